"""The second reader: camelot reads the same regions; it parses with playa and not with pdfminer.

From the first reader it takes only the boxes of the regions. It finds the characters, columns and rows anew.
"""

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from warnings import catch_warnings, simplefilter

from extract.page.box import Box
from extract.page.glyphs.descents import believable_descent

if TYPE_CHECKING:
    from camelot.core import Table as CamelotTable
    from playa.document import Document as PlayaDocument
    from playa.font import Font
    from playa.miner import LTTextLineHorizontal, LTTextLineVertical
    from playa.page import Page

    CamelotLine = LTTextLineHorizontal | LTTextLineVertical

SECOND_READER = "camelot"
OUTSIDE_GRID = -1
_X_HEIGHT_EM = 0.5  # the height of small letters
_log = logging.getLogger(__name__)


class Area(NamedTuple):
    """A part of a page to read. `turn`: as in a sheet; `height`: of the sheet; `box`: in the sheet's frame (points from
    its top left); `body`: the height at which the body of the table begins; `bare`: only its characters are wanted,
    without their columns."""

    page: int
    turn: int
    height: float
    box: Box
    body: float
    bare: bool = False


class CamelotGlyph(NamedTuple):
    """A character as the second reader has it, in the sheet's frame. `line`: the height of its baseline; `row`,
    `column`: in the second reader's own grid, OUTSIDE_GRID for no cell."""

    text: str
    x0: float
    x1: float
    line: float
    size: float
    row: int
    column: int

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of a small letter: surely inside the box of a cell, whatever height its font states."""
        return (self.x0 + self.x1) / 2, self.line - _X_HEIGHT_EM / 2 * self.size


@dataclass(frozen=True)
class PageLayout:
    """The text lines and drawings of a turned page, as camelot's parsers take them. `upright`: vertical text lines."""

    page: int
    content: Any
    size: tuple[float, float]
    lines: list[Any]
    upright: list[Any]


def read_again(path: Path, areas: Sequence[Area], password: str | None = None) -> dict[Area, list[CamelotGlyph]]:
    """Return the characters in each area. An area that camelot cannot read, for whatever reason, is left out (and
    logged): its first reading stands, unconfirmed."""
    views = {(area.page, area.turn): [a for a in areas if a[:2] == area[:2]] for area in areas}
    found: dict[Area, list[CamelotGlyph]] = {}
    if not views:
        return found
    import playa

    try:
        with quiet(), playa.open(path, space="page", password=password or "") as document:
            trust_baselines(document)
            rotation = {number: document.pages[number - 1].rotate for number, _ in views}
            for (number, turn), wanted in views.items():
                found |= read_view(document.pages[number - 1], rotation[number] + turn, wanted)
    except Exception as error:
        _log.debug("%s: the second reader cannot open the file: %r", path, error)
    return found


def trust_baselines(document: "PlayaDocument") -> None:
    """Make playa place the characters of fonts whose descent cannot be true by their baselines."""
    load = document.get_font

    def get_font(objid: int = 0, spec: dict[str, Any] | None = None) -> "Font":
        font = load(objid, spec)
        scale = font.matrix[3]
        if scale:
            font.descent = believable_descent(font.descent * scale) / scale
        return font

    vars(document)["get_font"] = get_font


def read_view(page: "Page", rotation: int, areas: Sequence[Area]) -> dict[Area, list[CamelotGlyph]]:
    """Return the characters in areas of one page, which is turned so that their text reads from left to right."""
    try:
        page.set_initial_ctm(page.space, rotation)
        layout = page_layout(page)
        return {area: read_area(layout, area) for area in areas}
    except Exception as error:
        _log.debug("page %s: the second reader cannot read the page: %r", areas[0].page, error)
        return {}


@contextmanager
def quiet() -> Iterator[None]:
    """Silence the warnings and logs of camelot and playa: the comparison shows what they could not read."""
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


@cache
def camelot_module(name: str) -> Any:  # noqa: ANN401 - camelot has no types
    """Return a module of camelot, loaded as if there were no matplotlib: camelot would load it for drawings that nobody
    asks for, and it writes its list of fonts into the user's home."""
    hidden = "matplotlib" not in sys.modules
    if hidden:
        sys.modules["matplotlib"] = None  # type: ignore[assignment] # an import of it is then an ImportError
    try:
        return import_module(f"camelot.{name}")
    finally:
        if hidden:
            del sys.modules["matplotlib"]


def page_layout(page: "Page") -> PageLayout:
    utils = camelot_module("utils")
    content, size = utils.get_page_layout(page, boxes_flow=None)
    _, _, lines, upright = utils.get_image_char_and_text_objects(content)
    return PageLayout(page.page_idx + 1, content, size, lines, upright)


def read_area(layout: PageLayout, area: Area) -> list[CamelotGlyph]:
    """Return the characters of an area, in the cells of the grid that is drawn there, or else of the columns that gaps
    in the text of its body make."""
    utils = camelot_module("utils")
    x0, top, x1, bottom = area.box.edges
    whole = (x0, area.height - bottom, x1, area.height - top)
    body = (x0, area.height - bottom, x1, area.height - area.body)
    grid = None
    if not area.bare:
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


def find_grid(layout: PageLayout, flavour: str, **options: object) -> "CamelotTable | None":
    """Return the rows and columns that a parser of camelot finds with these options; None if it finds none."""
    parsers = camelot_module("parsers")
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


def glyphs_of(
    line: "CamelotLine", direction: str, height: float, grid: "CamelotTable | None"
) -> Iterator[CamelotGlyph]:
    """Yield the characters of a text line, all in one cell of the grid: the cell that holds most of the line."""
    from playa.miner import LTChar

    row, column = place_in(grid, line, direction) if grid else (OUTSIDE_GRID, OUTSIDE_GRID)
    for char in line:
        if isinstance(char, LTChar) and char.get_text().strip():
            yield CamelotGlyph(char.get_text(), char.x0, char.x1, height - char.matrix[5], char.size, row, column)


def place_in(grid: "CamelotTable", line: "CamelotLine", direction: str) -> tuple[int, int]:
    """Return row and column of the cell in which a text line stands; the first row and column of a spanning cell."""
    utils = camelot_module("utils")
    places, _ = utils.get_table_index(grid, line, direction)
    if not places or -1 in places[0][:2]:
        return OUTSIDE_GRID, OUTSIDE_GRID
    row, column, _ = places[0]
    while column > 0 and not grid.cells[row][column].left:
        column -= 1
    while row > 0 and not grid.cells[row][column].top:
        row -= 1
    return row, column
