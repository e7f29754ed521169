"""The characters of the second reader gathered into the cells of a table, by their places on the page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.page.box import Box, bounding_box
from extract.page.sheet import turned
from extract.tables.finding.parts import TablePart, lattice_frame
from extract.tables.proof.camelot_reader import Area, CamelotGlyph
from extract.tables.table import Table

_STRIP_PT = 8.0  # points: height of the strips by which cells are looked up
_STRAY_PT = 12.0  # points: a character farther from every cell belongs to none
_SAME_LINE_EM = 0.5  # of the type size

Address = tuple[int, int]  # row and column in Table.rows


@dataclass(frozen=True)
class CellPlace:
    """A cell, or what of it stands on one page, in the frame of the sheet."""

    address: Address
    box: Box

    def distance(self, x: float, y: float) -> float:
        box = self.box
        return max(box.x0 - x, x - box.x1, 0.0) + 3 * max(box.top - y, y - box.bottom, 0.0)

    @property
    def size(self) -> float:
        return self.box.width * self.box.height


class PartCells(NamedTuple):
    """A part of a table: where it is to be read again, and its cells that stand there."""

    part: TablePart
    area: Area
    spots: list[CellPlace]


def cells_by_part(table: Table, parts: Sequence[TablePart]) -> list[PartCells]:
    """The parts of a table that hold cells of it."""
    spots = [places_on(table, part) for part in parts]
    found = zip(parts, spots, strict=True)
    return [PartCells(part, area_to_read(part, own, table.header_rows), own) for part, own in found if own]


def places_on(table: Table, part: TablePart) -> list[CellPlace]:
    """The cells of a table on the sheet of one of its parts."""
    sheet = part.region.sheet
    width, height = (sheet.width, sheet.height) if sheet.turn in (0, 180) else (sheet.height, sheet.width)
    return [
        CellPlace((number, column), turned(box, sheet.turn, width, height))
        for number, row in enumerate(table.rows)
        for column, cell in enumerate(row.cells)
        for box in cell.boxes
        if box.page == sheet.page
    ]


def area_to_read(part: TablePart, spots: Sequence[CellPlace], header_rows: int) -> Area:
    """Where the part is to be read again: its region, with all its words."""
    region, sheet = part.region, part.region.sheet
    box = bounding_box([lattice_frame(part.lattice) if part.lattice else region, *part.words])
    body = min((spot.box.top for spot in spots if spot.address[0] >= header_rows), default=box.top)
    return Area(sheet.page, sheet.turn, sheet.height, box, body)


def locator(spots: Sequence[CellPlace]) -> Callable[[float, float], CellPlace]:
    """What gives the cell that holds a point, or the nearest one; of several the smallest."""
    strips: dict[int, list[CellPlace]] = defaultdict(list)
    for spot in spots:
        for strip in range(int(spot.box.top // _STRIP_PT), int(spot.box.bottom // _STRIP_PT) + 1):
            strips[strip].append(spot)

    def locate(x: float, y: float) -> CellPlace:
        around = [spot for spot in strips[int(y // _STRIP_PT)] if spot.distance(x, y) == 0]
        return min(around or spots, key=lambda spot: (spot.distance(x, y), spot.size))

    return locate


def glyphs_by_cell(spots: Sequence[CellPlace], glyphs: Iterable[CamelotGlyph]) -> dict[Address, list[CamelotGlyph]]:
    """The characters that stand in each cell, or nearest to it; none for a cell without."""
    locate = locator(spots)
    found: dict[Address, list[CamelotGlyph]] = {spot.address: [] for spot in spots}
    for glyph in glyphs:
        spot = locate(*glyph.centre)
        if spot.distance(*glyph.centre) < _STRAY_PT:
            found[spot.address].append(glyph)
    return found


def glyph_text(glyphs: Sequence[CamelotGlyph]) -> str:
    """Characters in reading order, without spaces; what is raised or lowered stands on its line."""
    lines: list[list[CamelotGlyph]] = []
    for glyph in sorted(glyphs, key=lambda g: -g.size):
        line = next((line for line in lines if abs(line[0].line - glyph.line) < _SAME_LINE_EM * line[0].size), None)
        if line is None:
            lines.append([glyph])
        else:
            line.append(glyph)
    ordered = sorted(lines, key=lambda line: line[0].line)
    return "".join(glyph.text for line in ordered for glyph in sorted(line, key=lambda g: g.x0))
