"""Tables drawn as a grid: horizontal and vertical rules show the cells and which of them span."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from extract.page.box import Box, HasEdges
from extract.page.lines import Line, make_lines
from extract.page.sheet import Sheet
from extract.page.words import Word
from extract.tables.grid.columns import find_columns
from extract.tables.grid.gutters import Span

_SNAP_PT = 3.0  # two rules this close are one: double rules, sides of neighbouring boxes
_MEET_PT = 3.0  # two rules that miss one another by no more should cross
_RULE_END_PT = 1.5  # two rules that end within this distance end at the same place
_CELL_PT = 4.0  # a narrower or lower cell is the gap of a double rule
_FEWEST_CROSSING_COUNT = 6  # crossings of a grid, at least: two cells
_MOST_CROSSING_COUNT = 3000  # a drawing with more is no table
_FILLED_SHARE = 0.3  # of the cells of a table hold text, at least
_FILLED_COUNT = 3  # cells of a table with text, at least
_OPEN_LINE_SHARE = 0.5  # of the lines of a column have several phrases: it holds columns that no rules separate
_OPEN_LINE_COUNT = 2  # such lines, at least
_SEPARATOR_SHARE = 0.6  # of the width of the table: a wider shaded area shades rows


@dataclass(frozen=True)
class Lattice:
    """A grid on a sheet. `cells`: the words of each cell; `xs`: the places of the vertical rules, from left to right;
    `ys`: the heights of the horizontal rules, from top to bottom."""

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


def find_lattices(sheet: Sheet) -> list[Lattice]:
    """Return the grids of a sheet with at least two rows and two columns of cells, some of them with text."""
    across, down = list(sheet.across), list(sheet.down)
    down += _missing_sides(across, down)
    across += _transposed(_missing_sides(_transposed(down), _transposed(across)))
    edges = merge_edges([*map(_edge_across, across), *map(_edge_down, down)], _SNAP_PT, _SNAP_PT, _SNAP_PT, _SNAP_PT)
    crossings = edges_to_intersections(edges, _MEET_PT, _MEET_PT)
    if not _FEWEST_CROSSING_COUNT <= len(crossings) <= _MOST_CROSSING_COUNT:
        return []
    drawn = cells_to_tables(intersections_to_cells(crossings))
    found = [_make_lattice(sheet, [Box(*cell) for cell in cells]) for cells in drawn]
    return [lattice for lattice in found if _is_table(lattice)]


def _edge_across(rule: Box) -> dict[str, Any]:
    """A horizontal rule as an edge of pdfplumber."""
    y = rule.middle
    return {"x0": rule.x0, "x1": rule.x1, "top": y, "bottom": y, "width": rule.width, "height": 0, "orientation": "h"}


def _edge_down(rule: Box) -> dict[str, Any]:
    """A vertical rule as an edge of pdfplumber."""
    x = rule.center
    place = {"x0": x, "x1": x, "top": rule.top, "bottom": rule.bottom}
    return {**place, "width": 0, "height": rule.height, "orientation": "v"}


def _missing_sides(rules: Sequence[Box], crossing: Sequence[Box]) -> list[Box]:
    """The upright sides that a grid of horizontal `rules` lacks: where two neighbouring rules begin (or end) alike, an
    upright rule crosses from one to the other further in, and no upright rule stands at their ends. (For open tops and
    bottoms, call with everything transposed.)"""
    sides = []
    for end in (attrgetter("x0"), attrgetter("x1")):
        for x in sorted({round(end(rule)) for rule in rules}):
            alike = [rule for rule in rules if abs(end(rule) - x) <= _RULE_END_PT]
            for upper, lower in pairwise(sorted(alike, key=lambda rule: rule.top)):
                between = [c for c in crossing if c.top < upper.bottom + _MEET_PT and c.bottom > lower.top - _MEET_PT]
                inner = any(upper.x0 + _MEET_PT < c.x0 < upper.x1 - _MEET_PT for c in between)
                if inner and not any(abs(c.x0 - end(upper)) <= _MEET_PT for c in between):
                    sides.append(Box(end(upper), upper.top, end(upper), lower.bottom))
    return sides


def _transposed(rules: Sequence[Box]) -> list[Box]:
    return [rule.transposed for rule in rules]


def _make_lattice(sheet: Sheet, cells: Sequence[Box]) -> Lattice:
    """The grid of cells, without cells too thin for text."""
    thick = [cell for cell in cells if cell.width > _CELL_PT and cell.height > _CELL_PT]
    inside = {cell: tuple(w for w in sheet.words if _holds_middle(cell, w)) for cell in thick}
    xs = sorted({x for cell in thick for x in (cell.x0, cell.x1)})
    ys = sorted({y for cell in thick for y in (cell.top, cell.bottom)})
    return Lattice(sheet, tuple(xs), tuple(ys), inside)


def _holds_middle(cell: Box, word: Word) -> bool:
    return cell.x0 <= word.center < cell.x1 and cell.top <= word.middle < cell.bottom


def _is_table(lattice: Lattice) -> bool:
    filled = [words for words in lattice.cells.values() if words]
    rows = {cell.top for cell, words in lattice.cells.items() if words}
    columns = {cell.x0 for cell, words in lattice.cells.items() if words}
    fewest = max(_FILLED_COUNT, _FILLED_SHARE * len(lattice.cells))
    return len(rows) > 1 and len(columns) > 1 and len(filled) >= fewest


def is_complete(lattice: Lattice) -> bool:
    """Whether the rules separate all columns: no cells below one another hold several columns of phrases."""
    starts = sorted({cell.x0 for cell in lattice.cells})
    stacks = [[words for cell, words in lattice.cells.items() if cell.x0 == x] for x in starts]
    return not any(_has_open_columns([line for words in stack for line in make_lines(words)]) for stack in stacks)


def _has_open_columns(lines: Sequence[Line]) -> bool:
    """Whether lines stand in several columns that no rules separate."""
    several = [line for line in lines if len(line.phrases) > 1]
    fewest = max(_OPEN_LINE_COUNT, _OPEN_LINE_SHARE * len(lines))
    return len(several) >= fewest and len(find_columns(several)) > 1


def lattice_frame(lattice: Lattice) -> Box:
    """The outer box of a grid."""
    return Box(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])


def shaded_edges(sheet: Sheet, place: HasEdges, width: float) -> list[float]:
    """Return the heights at which shaded areas that cover most of the `width` of a place begin or end."""
    shaded = [fill for fill in sheet.fills if fill.overlap_x(place) > _SEPARATOR_SHARE * width]
    return [y for fill in shaded for y in (fill.top, fill.bottom)]
