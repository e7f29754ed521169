"""The second reader: the same regions read by camelot, which parses with playa and not with pdfminer.

From the first reader it takes the boxes of the regions and nothing else: which characters stand there, and in which
columns and rows, is found out anew.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from warnings import catch_warnings, simplefilter

from extract.page.box import Box

if TYPE_CHECKING:
    from camelot.core import Table as Grid
    from playa.miner import LTTextLineHorizontal, LTTextLineVertical
    from playa.page import Page

    Line = LTTextLineHorizontal | LTTextLineVertical

SECOND_READER = "camelot"
OUTSIDE_GRID = -1
_X_HEIGHT_EM = 0.5  # of the type size
_log = logging.getLogger(__name__)


class Area(NamedTuple):
    """A part of a page to be read: `turn` as that of a sheet, the box in the sheet's frame (points from its top left),
    which is `height` high; the body of the table begins at `body`."""

    page: int
    turn: int
    height: float
    box: Box
    body: float


class CamelotGlyph(NamedTuple):
    """A character as the second reader has it: its left and right end, the line that it stands on and its size, in the
    sheet's frame; `row` and `column` count in the second reader's own grid, NOWHERE outside it."""

    text: str
    x0: float
    x1: float
    line: float
    size: float
    row: int
    column: int

    @property
    def centre(self) -> tuple[float, float]:
        """What small letters are as high as twice: sure to be inside the box of a cell, whatever its font says."""
        return (self.x0 + self.x1) / 2, self.line - _X_HEIGHT_EM / 2 * self.size


@dataclass(frozen=True)
class PageLayout:
    """The text lines and drawings of a page, turned, as camelot's parsers take them."""

    page: int
    content: Any
    size: tuple[float, float]
    lines: list[Any]
    upright: list[Any]


def read_again(path: Path, areas: Sequence[Area], password: str | None = None) -> dict[Area, list[CamelotGlyph]]:
    """What stands in each area. What cannot be read by camelot, for whatever reason, is left out (and logged): the
    first reading stands, unconfirmed."""
    views = {(area.page, area.turn): [a for a in areas if a[:2] == area[:2]] for area in areas}
    found: dict[Area, list[CamelotGlyph]] = {}
    if not views:
        return found
    import playa

    try:
        with quiet(), playa.open(path, space="page", password=password or "") as document:
            rotation = {number: document.pages[number - 1].rotate for number, _ in views}
            for (number, turn), wanted in views.items():
                found |= read_view(document.pages[number - 1], rotation[number] + turn, wanted)
    except Exception as error:
        _log.debug("%s: the second reader cannot open it: %r", path, error)
    return found


def read_view(page: "Page", rotation: int, areas: Sequence[Area]) -> dict[Area, list[CamelotGlyph]]:
    """The areas of a page that is turned so that their text reads from left to right."""
    try:
        page.set_initial_ctm(page.space, rotation)
        layout = page_layout(page)
        return {area: read_area(layout, area) for area in areas}
    except Exception as error:
        _log.debug("page %s: the second reader cannot read it: %r", areas[0].page, error)
        return {}


@contextmanager
def quiet() -> Iterator[None]:
    """Neither camelot nor playa warn or log: what they could not read is told by what is compared."""
    names = ("camelot", "playa")
    levels = [logging.getLogger(name).level for name in names]
    with catch_warnings():
        simplefilter("ignore")
        for name in names:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            yield
        finally:
            for name, level in zip(names, levels, strict=True):
                logging.getLogger(name).setLevel(level)


def page_layout(page: "Page") -> PageLayout:
    utils: Any = import_module("camelot.utils")
    content, size = utils.get_page_layout(page, boxes_flow=None)
    _, _, lines, upright = utils.get_image_char_and_text_objects(content)
    return PageLayout(page.page_idx + 1, content, size, lines, upright)


def read_area(layout: PageLayout, area: Area) -> list[CamelotGlyph]:
    """The characters of an area in the cells of the grid that is drawn there, or else of the columns that the gaps in
    the text of its body make."""
    utils: Any = import_module("camelot.utils")
    x0, top, x1, bottom = area.box.edges
    whole = (x0, area.height - bottom, x1, area.height - top)
    body = (x0, area.height - bottom, x1, area.height - area.body)
    grid = find_grid(layout, "Lattice", table_areas=[comma_joined(whole)], engine="vector")
    grid = grid or find_grid(layout, "Stream", table_areas=[comma_joined(body)])
    lines = utils.text_in_bbox_per_axis(whole, layout.lines, layout.upright)
    return [
        found
        for direction in ("horizontal", "vertical")
        for line in lines[direction]
        for found in glyphs_of(line, direction, area.height, grid)
    ]


def comma_joined(edges: tuple[float, ...]) -> str:
    return ",".join(f"{value:.2f}" for value in edges)


def find_grid(layout: PageLayout, flavour: str, **options: object) -> "Grid | None":
    """The rows and columns that a parser of camelot finds with these options; None where there are none."""
    parsers: Any = import_module("camelot.parsers")
    parser = getattr(parsers, flavour)(**options)
    size = {"dimensions": layout.size, "page_idx": layout.page, "images": []}
    text = {"horizontal_text": layout.lines, "vertical_text": layout.upright}
    parser.prepare_page_parse("", layout.content, rotation="", layout_kwargs={}, **size, **text)
    try:
        tables = parser.extract_tables()
    except Exception as error:
        _log.debug("page %s: camelot's %s finds no table: %r", layout.page, flavour, error)
        return None
    return next((table for table in tables if len(table.cols) > 1 and len(table.rows) > 1), None)


def glyphs_of(line: "Line", direction: str, height: float, grid: "Grid | None") -> Iterator[CamelotGlyph]:
    """The characters of a text line, all in one cell of the grid: that on which most of the line stands."""
    from playa.miner import LTChar

    row, column = place_in(grid, line, direction) if grid else (OUTSIDE_GRID, OUTSIDE_GRID)
    for char in line:
        if isinstance(char, LTChar) and char.get_text().strip():
            yield CamelotGlyph(char.get_text(), char.x0, char.x1, height - char.matrix[5], char.size, row, column)


def place_in(grid: "Grid", line: "Line", direction: str) -> tuple[int, int]:
    """The cell of the grid in which a text line stands; of a spanning one the uppermost and leftmost."""
    utils: Any = import_module("camelot.utils")
    places, _ = utils.get_table_index(grid, line, direction)
    if not places or -1 in places[0][:2]:
        return OUTSIDE_GRID, OUTSIDE_GRID
    row, column, _ = places[0]
    while column > 0 and not grid.cells[row][column].left:
        column -= 1
    while row > 0 and not grid.cells[row][column].top:
        row -= 1
    return row, column
