"""The screens of exhibits: each as a grid beside its page, corrected in place."""

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from extract.errors import DoubletakeError
from extract.review.desk.items import Item
from extract.review.desk.paper import ReviewedPaper
from extract.review.desk.words import quoted_columns, short_place
from extract.review.exhibits.card_text import card_lines
from extract.review.exhibits.corrections import add_row, compared, correct_cell
from extract.review.exhibits.grids import Grid
from extract.review.exhibits.reading import grids_of
from extract.review.web.office import field_of, go, office_of, paper_of
from validations.registry import Finding
from validations.report.write import NoPicturesError


def list_exhibits(request: Request) -> Response:
    """The exhibits of a paper, with what is in doubt."""
    paper = paper_of(request)
    return office_of(request).screen(paper, "exhibits.html", grids=grids_of(paper))


def show_exhibit(request: Request) -> Response:
    """An exhibit beside its page, with the cell that the address names, or that of a finding."""
    paper = paper_of(request)
    grid, key = _grid(request, paper), request.query_params.get("finding", "")
    for item in paper.items(office_of(request).reviewer) if key else ():
        if item.key == key and item.finding.exhibit == grid.exhibit and item.finding.row.isdecimal():
            return _exhibit(request, paper, grid, *_suspect(grid, item))
    return _exhibit(request, paper, grid, _number(request, "row"), _number(request, "column"))


def _suspect(grid: Grid, item: Item) -> tuple[int, int]:
    """Row and column of the cell that a finding is about: the first of its row where that is not known."""
    finding = item.finding
    columns = [finding.column, *quoted_columns(finding)]
    places = [grid.column_of(finding.row, column, finding.part) for column in columns]
    return int(finding.row), next((place for place in places if place is not None), 0)


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
    doubtful: bool = False,
) -> Response:
    """`problem`: why a change was refused; `doubtful`: because it contradicts both readers, so that it is to be
    confirmed."""
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
    answer = office.screen(
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
        doubtful=doubtful,
        sent=request.state.form if problem else {},
        found=_marked(paper.items(office.reviewer), grid.exhibit),
    )
    if problem:
        answer.headers["HX-Replace-Url"] = f"/papers/{paper.name}/exhibits/{grid.exhibit}"
    return answer


def _marked(items: Sequence[Item], exhibit: str) -> dict[str, Item]:
    """The finding that marks each row of an exhibit: one that is not ruled on, if there is one."""
    here = [item for item in items if item.finding.exhibit == exhibit]
    return {item.finding.row: item for item in sorted(here, key=lambda item: item.state != "ruled")}


def correct(request: Request) -> Response:
    """Correct a cell; the paper is read and checked anew. What contradicts both readers is to be confirmed."""
    paper = paper_of(request)
    grid, row, column = _grid(request, paper), _field_number(request, "row"), _field_number(request, "column")
    printed, why = field_of(request, "published"), field_of(request, "why")
    confirmed = bool(field_of(request, "confirmed"))
    if _is_sure(grid, row, column, printed) and not confirmed:
        readers = " and ".join(grid.rows[row - 1].read_by)
        said = f"{readers} both read “{grid.rows[row - 1].cells[column].read}” here; look at the page once more"
        return _exhibit(request, paper, grid, row, column, 422, said, doubtful=True)
    before = paper.checked().findings
    try:
        correct_cell(paper, grid, row, column, printed, why, office_of(request).reviewer)
    except DoubletakeError as error:
        return _exhibit(request, paper, grid, row, column, 422, str(error), doubtful=confirmed)
    _tell(request, paper, "The cell is corrected", before)
    return go(f"/papers/{paper.name}/exhibits/{grid.exhibit}?row={row}&column={column}")


def _is_sure(grid: Grid, row: int, column: int, printed: str) -> bool:
    """Whether two readers agree without a doubt on a cell that is to get another text."""
    found = grid.row(row)
    if found is None or not 0 <= column < len(found.cells) or len(found.read_by) < 2:
        return False
    return not found.cells[column].doubts and " ".join(printed.split()) != found.cells[column].read


def _tell(request: Request, paper: ReviewedPaper, what: str, before: Sequence[Finding]) -> None:
    """Say what a correction has changed in the findings."""
    old, new = ({each.place: each for each in found} for found in (before, paper.checked().findings))
    names = [
        ", ".join(_finding_words(paper, there[place]) for place in there if place not in other)
        for there, other in ((old, new), (new, old))
    ]
    gone, came = (name and f"{word}: {name}" for word, name in zip(("Gone", "New"), names, strict=True))
    changes = "; ".join(filter(None, (gone, came))) or "The findings are the same"
    office_of(request).said.append(f"{what}; the paper was read and checked anew. {changes}. u takes it back.")


def _finding_words(paper: ReviewedPaper, finding: Finding) -> str:
    return f"{finding.code} {short_place(paper.about.labels, finding.exhibit, finding.row)}"


def type_row(request: Request) -> Response:
    """Add a row that the reader missed; the paper is read and checked anew."""
    paper = paper_of(request)
    grid, after, before = _grid(request, paper), _field_number(request, "after"), paper.checked().findings
    cells = [field_of(request, f"cell{number}") for number in range(len(grid.columns))]
    try:
        add_row(paper, grid, after, cells, _field_number(request, "page"), office_of(request).reviewer)
    except DoubletakeError as error:
        return _exhibit(request, paper, grid, after, None, 422, str(error), typing=True)
    _tell(request, paper, "The row is added", before)
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
