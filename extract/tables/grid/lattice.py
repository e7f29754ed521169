"""Tables drawn as a grid: horizontal and vertical rules say where the cells are, and which of them span."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from extract.page.box import Box
from extract.page.lines import Line, make_lines
from extract.page.sheet import Sheet
from extract.page.words import Word
from extract.tables.grid.cell_lines import CellLine, Rows, crowded
from extract.tables.grid.columns import Span, find_columns
from extract.tables.grid.rows import group_rows
from extract.tables.grid.spacing import row_spacing

_SNAP_PT = 3.0  # points between two rules that are one (double rules, boxes side by side)
_MEET_PT = 3.0  # points by which two rules may miss one another where they should cross
_RULE_END_PT = 1.5  # points within which two rules end at the same place
_CROSSING_COUNT = 3000  # crossings: a drawing with more is no table
_FILLED_SHARE = 0.3  # of the cells of a table hold text, at least


@dataclass(frozen=True)
class Lattice:
    """A grid on a sheet. `cells`: rectangle -> the words in it; `xs`, `ys`: the heights and places of its rules."""

    sheet: Sheet
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: dict[Box, tuple[Word, ...]]

    @property
    def columns(self) -> list[Span]:
        return list(pairwise(self.xs))

    @property
    def words(self) -> list[Word]:
        return [word for words in self.cells.values() for word in words]


@dataclass(frozen=True)
class LatticeCell:
    """The words of a cell at its first row and column, line by line."""

    row: int
    column: int
    lines: tuple[tuple[Word, ...], ...]


def find_lattices(sheet: Sheet) -> list[Lattice]:
    """The grids of a sheet with at least two rows and two columns of cells, some of them with text."""
    across, down = list(sheet.across), list(sheet.down)
    down += missing_sides(across, down)
    across += _transposed(missing_sides(_transposed(down), _transposed(across)))
    edges = merge_edges([*map(edge_across, across), *map(edge_down, down)], _SNAP_PT, _SNAP_PT, _SNAP_PT, _SNAP_PT)
    crossings = edges_to_intersections(edges, _MEET_PT, _MEET_PT)
    if not 6 <= len(crossings) <= _CROSSING_COUNT:
        return []
    drawn = cells_to_tables(intersections_to_cells(crossings))
    found = [make_lattice(sheet, [Box(*cell) for cell in cells]) for cells in drawn]
    return [lattice for lattice in found if is_table(lattice)]


def edge_across(rule: Box) -> dict[str, Any]:
    y = (rule.top + rule.bottom) / 2
    return {"x0": rule.x0, "x1": rule.x1, "top": y, "bottom": y, "width": rule.width, "height": 0, "orientation": "h"}


def edge_down(rule: Box) -> dict[str, Any]:
    x = (rule.x0 + rule.x1) / 2
    place = {"x0": x, "x1": x, "top": rule.top, "bottom": rule.bottom}
    return {**place, "width": 0, "height": rule.height, "orientation": "v"}


def missing_sides(rules: Sequence[Box], crossing: Sequence[Box]) -> list[Box]:
    """The upright sides that a grid of horizontal `rules` lacks: where two neighbouring rules begin (or end) alike, an
    upright rule crosses from one to the other further in, and none stands at their ends. (For open tops and bottoms,
    everything turned by 90 degrees.)"""
    sides = []
    for end in (0, 2):
        for x in sorted({round(rule[end]) for rule in rules}):
            alike = [rule for rule in rules if abs(rule[end] - x) <= _RULE_END_PT]
            for upper, lower in pairwise(sorted(alike, key=lambda rule: rule.top)):
                between = [c for c in crossing if c.top < upper.bottom + _MEET_PT and c.bottom > lower.top - _MEET_PT]
                inner = any(upper.x0 + _MEET_PT < c.x0 < upper.x1 - _MEET_PT for c in between)
                if inner and not any(abs(c.x0 - upper[end]) <= _MEET_PT for c in between):
                    sides.append(Box(upper[end], upper.top, upper[end], lower.bottom))
    return sides


def _transposed(rules: Sequence[Box]) -> list[Box]:
    return [Box(rule.top, rule.x0, rule.bottom, rule.x1) for rule in rules]


def make_lattice(sheet: Sheet, cells: Sequence[Box]) -> Lattice:
    """Cells too thin for text are the gaps of double rules."""
    thick = [cell for cell in cells if cell.width > _SNAP_PT + 1 and cell.height > _SNAP_PT + 1]
    inside = {cell: tuple(w for w in sheet.words if _holds_middle(cell, w)) for cell in thick}
    xs = sorted({x for cell in thick for x in (cell.x0, cell.x1)})
    ys = sorted({y for cell in thick for y in (cell.top, cell.bottom)})
    return Lattice(sheet, tuple(xs), tuple(ys), inside)


def _holds_middle(cell: Box, word: Word) -> bool:
    return cell.x0 <= (word.x0 + word.x1) / 2 < cell.x1 and cell.top <= word.middle < cell.bottom


def is_table(lattice: Lattice) -> bool:
    filled = [words for words in lattice.cells.values() if words]
    rows = {cell.top for cell, words in lattice.cells.items() if words}
    columns = {cell.x0 for cell, words in lattice.cells.items() if words}
    return len(rows) > 1 and len(columns) > 1 and len(filled) >= max(3, _FILLED_SHARE * len(lattice.cells))


def is_complete(lattice: Lattice) -> bool:
    """Whether the rules part all the columns: no cells below one another hold several columns of phrases."""
    starts = sorted({cell.x0 for cell in lattice.cells})
    stacks = [[words for cell, words in lattice.cells.items() if cell.x0 == x] for x in starts]
    return not any(has_open_columns([line for words in stack for line in make_lines(words)]) for stack in stacks)


def has_open_columns(lines: Sequence[Line]) -> bool:
    several = [line for line in lines if len(line.phrases) > 1]
    return len(several) >= max(2, 0.5 * len(lines)) and len(find_columns(several)) > 1


def read_lattice(lattice: Lattice) -> list[LatticeCell]:
    """The cells with text, by row and column. A band between two rules that holds several rows is taken apart."""
    bands = [band_rows(lattice, top, bottom) for top, bottom in pairwise(lattice.ys)]
    starts = [sum(max(1, len(rows)) for rows in bands[:i]) for i in range(len(bands))]
    found = [spanning_cell(lattice, cell, starts) for cell in lattice.cells if not within_band(lattice, cell)]
    for start, rows in zip(starts, bands, strict=True):
        for i, row in enumerate(rows):
            columns = sorted({c for line in row for c in line.cells})
            found += [
                LatticeCell(start + i, c, tuple(line.cells[c] for line in row if c in line.cells)) for c in columns
            ]
    return [cell for cell in found if cell.lines]


def within_band(lattice: Lattice, cell: Box) -> bool:
    """Whether a cell reaches over one row of the grid only."""
    return lattice.ys.index(cell.bottom) == lattice.ys.index(cell.top) + 1


def spanning_cell(lattice: Lattice, cell: Box, starts: Sequence[int]) -> LatticeCell:
    lines = tuple(line.words for line in make_lines(lattice.cells[cell]))
    return LatticeCell(starts[lattice.ys.index(cell.top)], lattice.xs.index(cell.x0), lines)


def band_rows(lattice: Lattice, top: float, bottom: float) -> Rows:
    """The lines of the cells between two neighbouring rules, grouped into rows."""
    column = {
        word: lattice.xs.index(cell.x0)
        for cell, words in lattice.cells.items()
        if cell.top == top and cell.bottom == bottom
        for word in words
    }
    lines = [cell_line(line.words, column) for line in make_lines(column)]
    if not crowded(lines) or not all(len(line.cells) > 1 for line in lines):
        return [lines]
    return group_rows(lines, [], row_spacing([lines]), lattice.columns)


def cell_line(words: Sequence[Word], column: dict[Word, int]) -> CellLine:
    cells: dict[int, tuple[Word, ...]] = {}
    for word in words:
        cells[column[word]] = (*cells.get(column[word], ()), word)
    return CellLine(cells)
