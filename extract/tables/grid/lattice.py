"""Tables drawn as a grid: horizontal and vertical rules show the cells and which of them span."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from extract.page.box import Box, HasEdges
from extract.page.lines import Line, make_lines
from extract.page.numbers import is_value
from extract.page.sheet import Sheet
from extract.page.words import Word
from extract.tables.grid.cell_lines import CellLine, Rows, crowded
from extract.tables.grid.columns import Span, find_columns
from extract.tables.grid.rows import group_rows
from extract.tables.grid.spacing import row_spacing

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
_ROW_LINE_COUNT = 3  # lines with numbers between two rules that are rows, at least
_ROW_LINE_SHARE = 0.25  # of the lines between two rules have numbers
_FILL_GAP_PT = 7.0  # two shaded areas that end so near to a side of a cell meet there: Word shades text areas only
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


@dataclass(frozen=True)
class LatticeCell:
    """A cell at its first row and column, with its words line by line."""

    row: int
    column: int
    lines: tuple[tuple[Word, ...], ...]


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


def read_lattice(lattice: Lattice) -> list[LatticeCell]:
    """Return the cells with text, by row and column. A band between two rules may hold several rows."""
    bands = list(pairwise(_band_edges(lattice)))
    inside = [[cell for cell in lattice.cells if top <= cell.top and cell.bottom <= bottom] for top, bottom in bands]
    rows = [_band_rows(lattice, cells) for cells in inside]
    starts = [sum(max(1, len(own)) for own in rows[:i]) for i in range(len(bands))]
    first_row = {top: start for (top, _), start in zip(bands, starts, strict=True)}
    spanning = set(lattice.cells) - {cell for cells in inside for cell in cells}
    found = [part for cell in spanning for part in _split_cell(lattice, cell, first_row[cell.top])]
    for start, own in zip(starts, rows, strict=True):
        for i, row in enumerate(own):
            columns = sorted({c for line in row for c in line.cells})
            found += [
                LatticeCell(start + i, c, tuple(line.cells[c] for line in row if c in line.cells)) for c in columns
            ]
    return [cell for cell in found if cell.lines]


def _band_edges(lattice: Lattice) -> list[float]:
    """The heights of the rules between bands: without those that only some columns have, beside a cell that holds more
    rows than these rules would separate."""
    beside = set()
    for cell, words in lattice.cells.items():
        inner = [y for y in lattice.ys if cell.top < y < cell.bottom]
        if inner and sum(is_value(line.text) for line in make_lines(words)) > len(inner) + 1:
            beside.update(inner)
    return [y for y in lattice.ys if y not in beside]


def _split_cell(lattice: Lattice, cell: Box, row: int) -> list[LatticeCell]:
    """The cell of a box over several bands; several cells if it holds several columns."""
    column = _columns_of_words(lattice, cell)
    lines = make_lines(column)
    return [
        LatticeCell(row, c, tuple(words for line in lines if (words := tuple(w for w in line.words if column[w] == c))))
        for c in sorted(set(column.values()))
    ]


def _columns_of_words(lattice: Lattice, cell: Box) -> dict[Word, int]:
    """The column of each word of a box: the first of the box; or the word's own, if the rules between the columns of
    the box are left out, as in heads of shaded boxes."""
    words, first = lattice.cells[cell], lattice.xs.index(cell.x0)
    borders = [x for x in lattice.xs if cell.x0 < x < cell.x1]
    lines = make_lines(words) if borders else []
    kept = [x for x in borders if _fills_meet(lattice.sheet, cell, x)]
    if any(_keeps_to_columns(line, borders) for line in lines) and not any(_crosses(line, borders) for line in lines):
        kept = borders
    return {
        w: max([first, *[first + 1 + i for i, x in enumerate(borders) if x in kept and x < w.center]]) for w in words
    }


def _keeps_to_columns(line: Line, borders: Sequence[float]) -> bool:
    """Whether a line has several phrases, each in a column of its own."""
    columns = [sum(x < phrase.center for x in borders) for phrase in line.phrases]
    return len(columns) > 1 and len(set(columns)) == len(columns)


def _crosses(line: Line, borders: Sequence[float]) -> bool:
    return any(phrase.x0 < x < phrase.x1 for phrase in line.phrases for x in borders)


def _fills_meet(sheet: Sheet, cell: Box, x: float) -> bool:
    """Whether two shaded areas in a cell meet at x: one ends there and another begins there."""
    fills = [fill for fill in sheet.fills if cell.top - _MEET_PT < fill.middle < cell.bottom + _MEET_PT]
    ends = any(0 <= x - fill.x1 < _FILL_GAP_PT and fill.x0 > cell.x0 - _MEET_PT for fill in fills)
    return ends and any(0 <= fill.x0 - x < _FILL_GAP_PT and fill.x1 < cell.x1 + _MEET_PT for fill in fills)


def _band_rows(lattice: Lattice, cells: Sequence[Box]) -> Rows:
    """The lines of the cells between two rules, grouped into rows."""
    column = {word: c for cell in cells for word, c in _columns_of_words(lattice, cell).items()}
    lines = [_cell_line(line.words, column) for line in make_lines(column)]
    if not crowded(lines) or not _are_rows(lines):
        return [lines]
    frame = lattice_frame(lattice)
    edges = shaded_edges(lattice.sheet, frame, frame.width)
    return group_rows(lines, edges, row_spacing([lines]), lattice.columns)


def _are_rows(lines: Sequence[CellLine]) -> bool:
    """Whether lines between two rules are rows, some with headings or wrapped labels, and not the list in one cell."""
    filled = sum(len(line.cells) > 1 for line in lines)
    valued = sum(bool(line.values) for line in lines)
    return filled == len(lines) or (valued >= _ROW_LINE_COUNT and valued >= _ROW_LINE_SHARE * len(lines))


def _cell_line(words: Sequence[Word], column: dict[Word, int]) -> CellLine:
    cells: dict[int, tuple[Word, ...]] = {}
    for word in words:
        cells[column[word]] = (*cells.get(column[word], ()), word)
    return CellLine(cells)


def lattice_frame(lattice: Lattice) -> Box:
    """The outer box of a grid."""
    return Box(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])


def shaded_edges(sheet: Sheet, place: HasEdges, width: float) -> list[float]:
    """Return the heights at which shaded areas that cover most of the `width` of a place begin or end."""
    shaded = [fill for fill in sheet.fills if fill.overlap_x(place) > _SEPARATOR_SHARE * width]
    return [y for fill in shaded for y in (fill.top, fill.bottom)]
