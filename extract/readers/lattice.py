"""Tables drawn as a grid: horizontal and vertical rules say where the cells are, and which of them span."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from extract.readers.cell_lines import CellLine, Rows, crowded
from extract.readers.lines import make_lines
from extract.readers.rows import group_rows
from extract.readers.sheet import Placed, Rule, Sheet
from extract.readers.spacing import row_spacing
from extract.readers.words import Word

SNAP = 3.0  # points between two rules that are one (double rules, boxes side by side)
MEET = 3.0  # points by which two rules may miss one another where they should cross
MOST = 3000  # crossings: a drawing with more is no table
FILLED = 0.3  # of the cells of a table hold text, at least

Span = tuple[float, float]


@dataclass(frozen=True)
class Lattice:
    """A grid on a sheet. `cells`: rectangle -> the words in it; `xs`, `ys`: the heights and places of its rules."""

    sheet: Sheet
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: dict[Placed, tuple[Word, ...]]

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
    edges = merge_edges([*map(edge_across, sheet.across), *map(edge_down, sheet.down)], SNAP, SNAP, SNAP, SNAP)
    edges += open_sides(edges)
    crossings = edges_to_intersections(edges, MEET, MEET)
    if not 6 <= len(crossings) <= MOST:
        return []
    found = [make_lattice(sheet, cells) for cells in cells_to_tables(intersections_to_cells(crossings))]
    return [lattice for lattice in found if is_table(lattice)]


def edge_across(rule: Rule) -> dict[str, Any]:
    y = (rule.y0 + rule.y1) / 2
    return {"x0": rule.x0, "x1": rule.x1, "top": y, "bottom": y, "width": rule.width, "height": 0, "orientation": "h"}


def edge_down(rule: Rule) -> dict[str, Any]:
    x = (rule.x0 + rule.x1) / 2
    return {"x0": x, "x1": x, "top": rule.y0, "bottom": rule.y1, "width": 0, "height": rule.height, "orientation": "v"}


def open_sides(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The left and right sides of grids that have none: where three and more horizontal rules begin, or end, alike and
    vertical rules cross between them."""
    across = [e for e in edges if e["orientation"] == "h"]
    down = [e for e in edges if e["orientation"] == "v"]
    sides = []
    for end in ("x0", "x1"):
        for x in sorted({round(e[end]) for e in across}):
            alike = [e for e in across if abs(e[end] - x) <= 1.5]
            top, bottom = min(e["top"] for e in alike), max(e["top"] for e in alike)
            left, right = min(e["x0"] for e in alike), max(e["x1"] for e in alike)
            beside = [d for d in down if d["top"] < bottom - MEET and d["bottom"] > top + MEET]
            inner = any(left + MEET < d["x0"] < right - MEET for d in beside)
            if len(alike) >= 3 and inner and not any(abs(d["x0"] - x) <= MEET for d in beside):
                sides.append(edge_down(Rule(alike[0][end], top, alike[0][end], bottom)))
    return [side for i, side in enumerate(sides) if all(abs(side["x0"] - other["x0"]) > MEET for other in sides[:i])]


def make_lattice(sheet: Sheet, cells: Sequence[Placed]) -> Lattice:
    inside = {cell: tuple(w for w in sheet.words if holds(cell, w)) for cell in cells}
    xs = sorted({x for x0, _, x1, _ in cells for x in (x0, x1)})
    ys = sorted({y for _, top, _, bottom in cells for y in (top, bottom)})
    return Lattice(sheet, tuple(xs), tuple(ys), inside)


def holds(cell: Placed, word: Word) -> bool:
    x0, top, x1, bottom = cell
    return x0 <= (word.x0 + word.x1) / 2 < x1 and top <= word.middle < bottom


def is_table(lattice: Lattice) -> bool:
    filled = [words for words in lattice.cells.values() if words]
    rows = {cell[1] for cell, words in lattice.cells.items() if words}
    columns = {cell[0] for cell, words in lattice.cells.items() if words}
    return len(rows) > 1 and len(columns) > 1 and len(filled) >= max(3, FILLED * len(lattice.cells))


def is_complete(lattice: Lattice) -> bool:
    """Whether the rules part all the columns: no two rows of cells over several columns hold phrases side by side."""
    wide = [words for cell, words in lattice.cells.items() if lattice.xs.index(cell[2]) - lattice.xs.index(cell[0]) > 2]
    rows = [line for words in wide for line in make_lines(words) if len(line.phrases) > 2]
    return len(rows) < 2


def read_lattice(lattice: Lattice) -> list[LatticeCell]:
    """The cells with text, by row and column. A band between two rules that holds several rows is taken apart."""
    bands = [band_rows(lattice, top, bottom) for top, bottom in pairwise(lattice.ys)]
    single = sum(len(rows) == 1 for rows in bands)
    if single >= 0.7 * len(bands):
        bands = [[[line for row in rows for line in row]] for rows in bands]
    starts = [sum(max(1, len(rows)) for rows in bands[:i]) for i in range(len(bands))]
    found = [spanning_cell(lattice, cell, starts) for cell in lattice.cells if not within_band(lattice, cell)]
    for start, rows in zip(starts, bands, strict=True):
        for i, row in enumerate(rows):
            columns = sorted({c for line in row for c in line.cells})
            found += [
                LatticeCell(start + i, c, tuple(line.cells[c] for line in row if c in line.cells)) for c in columns
            ]
    return [cell for cell in found if cell.lines]


def within_band(lattice: Lattice, cell: Placed) -> bool:
    """Whether a cell reaches over one row of the grid only."""
    return lattice.ys.index(cell[3]) == lattice.ys.index(cell[1]) + 1


def spanning_cell(lattice: Lattice, cell: Placed, starts: Sequence[int]) -> LatticeCell:
    lines = tuple(line.words for line in make_lines(lattice.cells[cell]))
    return LatticeCell(starts[lattice.ys.index(cell[1])], lattice.xs.index(cell[0]), lines)


def band_rows(lattice: Lattice, top: float, bottom: float) -> Rows:
    """The lines of the cells between two neighbouring rules, grouped into rows."""
    column = {
        word: lattice.xs.index(cell[0])
        for cell, words in lattice.cells.items()
        if cell[1] == top and cell[3] == bottom
        for word in words
    }
    lines = [by_column(line.words, column) for line in make_lines(column)]
    if not crowded(lines):
        return [lines]
    return group_rows(lines, [], row_spacing([lines]), lattice.columns)


def by_column(words: Sequence[Word], column: dict[Word, int]) -> CellLine:
    cells: dict[int, tuple[Word, ...]] = {}
    for word in words:
        cells[column[word]] = (*cells.get(column[word], ()), word)
    return CellLine(cells)
