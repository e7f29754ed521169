"""The screens of exhibits: each as a grid beside its page, corrected in place."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from extract.errors import DoubletakeError
from extract.review.desk.paper import ReviewedPaper
from extract.review.exhibits.card_text import card_lines
from extract.review.exhibits.corrections import add_row, compared, correct_cell
from extract.review.exhibits.grids import Grid
from extract.review.exhibits.reading import grids_of
from extract.review.web.office import field_of, go, office_of, paper_of
from validations.report.write import NoPicturesError


def list_exhibits(request: Request) -> Response:
    """The exhibits of a paper, with what is in doubt."""
    paper = paper_of(request)
    return office_of(request).screen(paper, "exhibits.html", grids=grids_of(paper))


def show_exhibit(request: Request) -> Response:
    """An exhibit beside its page, with the cell that the address names."""
    paper = paper_of(request)
    return _exhibit(request, paper, _grid(request, paper), _number(request, "row"), _number(request, "column"))


def _grid(request: Request, paper: ReviewedPaper) -> Grid:
    for grid in grids_of(paper):
        if grid.exhibit == request.path_params["exhibit"]:
            return grid
    raise HTTPException(404, "the paper has no exhibit of that name")


def _number(request: Request, name: str) -> int | None:
    """A number in the query of an address; None where there is none."""
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None


def _exhibit(
    request: Request,
    paper: ReviewedPaper,
    grid: Grid,
    row: int | None = None,
    column: int | None = None,
    status: int = 200,
    problem: str = "",
    typing: bool = False,
) -> Response:
    office = office_of(request)
    chosen = grid.row(row) if row is not None else None
    at = column if chosen and column is not None and column < len(grid.columns) else None
    cell = chosen.cells[at] if chosen and at is not None else None
    page = next((box.page for box in [*(cell.boxes if cell else ()), *(chosen.boxes if chosen else ())]), 0)
    page = page or next(iter(grid.pages), 0)
    try:
        picture, no_picture = (office.pictures[paper.name].page(page), "") if page else (None, "its page is not known")
    except NoPicturesError as error:
        picture, no_picture = None, str(error)
    return office.screen(
        paper,
        "exhibit.html",
        status,
        grid=grid,
        chosen=chosen,
        column=at,
        cell=cell,
        page=page,
        picture=picture,
        no_picture=no_picture,
        own=list(chosen.boxes) if chosen else [],
        lit=list(cell.boxes) if cell else [],
        problem=problem,
        typing=typing or request.query_params.get("type") == "row",
        found={item.finding.row: item for item in paper.items(office.reviewer) if item.finding.exhibit == grid.exhibit},
    )


def correct(request: Request) -> Response:
    """Correct a cell; the paper is read and checked anew."""
    paper = paper_of(request)
    grid, row, column = _grid(request, paper), _field_number(request, "row"), _field_number(request, "column")
    try:
        printed, why = field_of(request, "published"), field_of(request, "why")
        correct_cell(paper, grid, row, column, printed, why, office_of(request).reviewer)
    except DoubletakeError as error:
        return _exhibit(request, paper, grid, row, column, 422, str(error))
    office_of(request).said.append("The cell is corrected; the paper was read and checked anew.")
    return go(f"/papers/{paper.name}/exhibits/{grid.exhibit}?row={row}&column={column}")


def type_row(request: Request) -> Response:
    """Add a row that the reader missed; the paper is read and checked anew."""
    paper = paper_of(request)
    grid, after = _grid(request, paper), _field_number(request, "after")
    cells = [field_of(request, f"cell{number}") for number in range(len(grid.columns))]
    try:
        add_row(paper, grid, after, cells, _field_number(request, "page"), office_of(request).reviewer)
    except DoubletakeError as error:
        return _exhibit(request, paper, grid, after, None, 422, str(error), typing=True)
    office_of(request).said.append("The row is added; the paper was read and checked anew.")
    return go(f"/papers/{paper.name}/exhibits/{grid.exhibit}?row={after + 1}")


def note_compared(request: Request) -> Response:
    """Note that the exhibit was compared with its page."""
    paper = paper_of(request)
    grid = _grid(request, paper)
    try:
        compared(paper, grid, office_of(request).reviewer)
    except DoubletakeError as error:
        return _exhibit(request, paper, grid, status=422, problem=str(error))
    office_of(request).said.append(f"{grid.label} is compared with its page.")
    return go(f"/papers/{paper.name}/exhibits/{grid.exhibit}")


def _field_number(request: Request, name: str) -> int:
    text = field_of(request, name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else -1


def show_card(request: Request) -> Response:
    """The card as text, with what is wrong beside its lines."""
    paper = paper_of(request)
    if paper.card is None:
        raise HTTPException(404, "the paper has no card: 'doubletake new' drafts one")
    return office_of(request).screen(
        paper, "card.html", lines=card_lines(paper.name, paper.card, lambda: grids_of(paper))
    )
