"""The cells of a drawn grid: rows between two rules, columns in heads without lines, cells that span."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.page.box import Box
from extract.page.lines import Line, make_lines
from extract.page.numbers import is_value
from extract.page.sheet import Sheet
from extract.page.words import Word
from extract.tables.grid.cell_lines import CellLine, Rows, crowded
from extract.tables.grid.lattice import Lattice, lattice_frame, shaded_edges
from extract.tables.grid.rows import group_rows
from extract.tables.grid.spacing import row_spacing

_MEET_PT = 3.0  # a shaded area may stand out of a cell by less
_ROW_LINE_COUNT = 3  # lines with numbers between two rules that are rows, at least
_ROW_LINE_SHARE = 0.25  # of the lines between two rules have numbers
_FILL_GAP_PT = 7.0  # two shaded areas that end so near to a side of a cell meet there: Word shades text areas only


@dataclass(frozen=True)
class LatticeCell:
    """A cell at its first row and column, with its words line by line."""

    row: int
    column: int
    lines: tuple[tuple[Word, ...], ...]


def read_lattice(lattice: Lattice) -> list[LatticeCell]:
    """Return the cells with text, by row and column. A band between two rules may hold several rows."""
    lattice = _with_missing_rules(lattice)
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


def _with_missing_rules(lattice: Lattice) -> Lattice:
    """The grid, with boxes over several bands cut at the rules of other columns if one of them has a value in each of
    several bands."""
    cells: dict[Box, tuple[Word, ...]] = {}
    heights = {(cell.top, cell.bottom) for cell in lattice.cells}
    open_heights = {height for height in heights if _lacks_rules(lattice, *height)}
    for cell, words in lattice.cells.items():
        inner = [y for y in lattice.ys if cell.top < y < cell.bottom]
        lines = make_lines(words) if (cell.top, cell.bottom) in open_heights else []
        if not inner or not lines or any(line.top < y < line.bottom for line in lines for y in inner):
            cells[cell] = words
            continue
        for top, bottom in pairwise([cell.top, *inner, cell.bottom]):
            cells[Box(cell.x0, top, cell.x1, bottom)] = tuple(w for w in words if top <= w.middle < bottom)
    return replace(lattice, cells=cells)


def _lacks_rules(lattice: Lattice, top: float, bottom: float) -> bool:
    """Whether a box from `top` to `bottom` has values in several bands, no more than one in each."""
    inner = [y for y in lattice.ys if top < y < bottom]
    for cell, words in lattice.cells.items():
        if inner and (cell.top, cell.bottom) == (top, bottom):
            values = [line.middle for line in make_lines(words) if is_value(line.text)]
            if len(values) > 1 and len(values) == len({sum(y < value for y in inner) for value in values}):
                return True
    return False


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
    valued = [line for line in lines if line.values]
    labelled = all(0 in line.cells and re.match(r"[A-Z\d]", line.phrase(0).text) for line in valued)
    many = len(valued) >= _ROW_LINE_COUNT and len(valued) >= _ROW_LINE_SHARE * len(lines)
    return filled == len(lines) or many or labelled


def _cell_line(words: Sequence[Word], column: dict[Word, int]) -> CellLine:
    cells: dict[int, tuple[Word, ...]] = {}
    for word in words:
        cells[column[word]] = (*cells.get(column[word], ()), word)
    return CellLine(cells)
