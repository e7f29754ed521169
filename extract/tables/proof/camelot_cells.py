"""The characters of the second reader gathered into the cells of a table, by their places on the page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from extract.page.box import Box, bounding_box
from extract.page.sheet import turned
from extract.tables.finding.parts import TablePart
from extract.tables.grid.lattice import lattice_frame
from extract.tables.proof.camelot_reader import Area, CamelotGlyph
from extract.tables.table import PrintedTable

_STRIP_PT = 8.0  # height of the strips by which cells are looked up (for speed only)
_STRAY_PT = 12.0  # a character farther from every cell belongs to no cell
_HEIGHT_RATIO = 3  # a distance in height counts three times: lines are closer than columns
_SAME_LINE_EM = 0.5  # characters whose lines differ by less stand on one line: some are raised or lowered
_SMALL_RATIO = 0.85  # of the size of their line: raised and lowered characters are smaller

Address = tuple[int, int]  # row and column in PrintedTable.rows


@dataclass(frozen=True)
class CellPlace:
    """A cell, or its part on one page, in the frame of the sheet."""

    address: Address
    box: Box

    def distance(self, x: float, y: float) -> float:
        box = self.box
        return max(box.x0 - x, x - box.x1, 0.0) + _HEIGHT_RATIO * max(box.top - y, y - box.bottom, 0.0)

    @property
    def area(self) -> float:
        return self.box.width * self.box.height


class PartCells(NamedTuple):
    """A part of a table, the area to read again, and the places of the cells there."""

    part: TablePart
    area: Area
    places: list[CellPlace]


def cells_by_part(table: PrintedTable, parts: Sequence[TablePart]) -> list[PartCells]:
    """Return the parts of a table that hold cells, with these cells."""
    places = [places_on(table, part) for part in parts]
    found = zip(parts, places, strict=True)
    return [PartCells(part, area_to_read(part, own, table.header_rows), own) for part, own in found if own]


def places_on(table: PrintedTable, part: TablePart) -> list[CellPlace]:
    """Return the places of a table's cells on the sheet of one of its parts."""
    sheet = part.region.sheet
    width, height = (sheet.width, sheet.height) if sheet.turn in (0, 180) else (sheet.height, sheet.width)
    return [
        CellPlace((number, column), turned(box, sheet.turn, width, height))
        for number, row in enumerate(table.rows)
        for column, cell in enumerate(row.cells)
        for box in cell.boxes
        if box.page == sheet.page
    ]


def area_to_read(part: TablePart, places: Sequence[CellPlace], header_rows: int) -> Area:
    """Return the area of a part to read again: its region with all its words."""
    region, sheet = part.region, part.region.sheet
    box = bounding_box([lattice_frame(part.lattice) if part.lattice else region, *part.words])
    body = min((place.box.top for place in places if place.address[0] >= header_rows), default=box.top)
    return Area(sheet.page, sheet.turn, sheet.height, box, body)


def locator(places: Sequence[CellPlace]) -> Callable[[float, float], CellPlace]:
    """Return a function that finds the cell at a point, or the nearest cell; the smallest of several."""
    strips: dict[int, list[CellPlace]] = defaultdict(list)
    for place in places:
        for strip in range(int(place.box.top // _STRIP_PT), int(place.box.bottom // _STRIP_PT) + 1):
            strips[strip].append(place)

    def locate(x: float, y: float) -> CellPlace:
        around = [place for place in strips[int(y // _STRIP_PT)] if place.distance(x, y) == 0]
        return min(around or places, key=lambda place: (place.distance(x, y), place.area))

    return locate


def glyphs_by_cell(places: Sequence[CellPlace], glyphs: Iterable[CamelotGlyph]) -> dict[Address, list[CamelotGlyph]]:
    """Return the characters in each cell, or nearest to it; an empty list for a cell without any."""
    locate = locator(places)
    found: dict[Address, list[CamelotGlyph]] = {place.address: [] for place in places}
    for glyph in glyphs:
        place = locate(*glyph.centre)
        if place.distance(*glyph.centre) < _STRAY_PT:
            found[place.address].append(glyph)
    return found


def glyph_text(glyphs: Sequence[CamelotGlyph]) -> str:
    """Return the text of characters in reading order, without spaces. Raised and lowered ones stand on their line, the
    raised before the lowered if they are stacked."""
    lines: list[list[CamelotGlyph]] = []
    for glyph in sorted(glyphs, key=lambda g: -g.size):
        line = next((line for line in lines if abs(line[0].line - glyph.line) < _SAME_LINE_EM * line[0].size), None)
        if line is None:
            lines.append([glyph])
        else:
            line.append(glyph)
    ordered = sorted(lines, key=lambda line: line[0].line)
    return "".join(glyph.text for line in ordered for glyph in _along_line(line))


def _along_line(line: Sequence[CamelotGlyph]) -> list[CamelotGlyph]:
    """The characters of a line (the first has its size and height) from left to right; in each run of small ones the
    raised before the lowered."""
    base = line[0]
    runs = groupby(sorted(line, key=lambda g: g.x0), key=lambda g: g.size <= _SMALL_RATIO * base.size)
    return [g for small, run in runs for g in sorted(run, key=lambda g: small and g.line > base.line)]
