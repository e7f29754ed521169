"""White space between lines: if rows stand wider apart than the lines of a cell, it shows which lines are one row."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol

from extract.tables.grid.cell_lines import CellLine, Rows, crowded

ROW_STEP_EM = 0.12  # rows stand wider apart than the lines of a cell by as much, at least
_ROW_GAP_EM = 3.0  # the white between two rows is less high
_INDENT_EM = 0.375  # a label that begins further right than the one above is indented


class HasHeight(Protocol):
    """Anything with a top and a bottom: lines, and lines cut into cells."""

    @property
    def top(self) -> float: ...
    @property
    def bottom(self) -> float: ...


def row_spacing(parts: Sequence[Sequence[CellLine]]) -> float | None:
    """Return the height from which on a white strip separates two rows, for a body in parts (pages). None if the strips
    do not tell: they are all alike, or would join lines with two numbers in one column."""
    sizes = [line.size for lines in parts for line in lines]
    strips = [strip for lines in parts for strip in white_strips(lines)]
    for height in gap_steps(strips, ROW_STEP_EM * min(sizes, default=0.0)):
        rows = [row for lines in parts for row in group_by_space(lines, height)]
        if not any(crowded(row, lone=True) for row in rows) and max(strips) < _ROW_GAP_EM * min(sizes):
            return None if any(map(joins_section, rows)) else height
    return None


def gap_steps(strips: Sequence[float], least: float) -> list[float]:
    """Return the heights halfway between two neighbouring heights of strips that differ by `least`, the widest step
    first. Lines that overlap, as those of centred cells do, leave no strip."""
    found = [(b - a, (a + b) / 2) for a, b in pairwise(sorted(s for s in strips if s >= 0)) if b - a >= least]
    return [height for _, height in sorted(found, reverse=True)]


def white_strips(lines: Sequence[HasHeight]) -> list[float]:
    """Return the heights of the white between lines, from top to bottom; below 0 where they overlap."""
    if not lines:
        return []
    bottom, strips = lines[0].bottom, []
    for line in lines[1:]:
        strips.append(line.top - bottom)
        bottom = max(bottom, line.bottom)
    return strips


def group_by_space(lines: Sequence[CellLine], height: float) -> Rows:
    """Return the lines grouped into rows that white strips of more than `height` separate."""
    return group_while(lines, lambda row, line: line.top - max(other.bottom for other in row) <= height)


def group_while(lines: Sequence[CellLine], joins: Callable[[list[CellLine], CellLine], bool]) -> Rows:
    """Return the lines grouped into rows; `joins` says whether a line belongs to the row before."""
    rows: Rows = []
    for line in lines:
        if rows and joins(rows[-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def joins_section(row: Sequence[CellLine]) -> bool:
    """Whether a row is a section heading with its first row: a label alone above an indented label with numbers. Then
    the white space separates sections, not rows."""
    if len(row) < 2 or not row[0].label_only or 0 not in row[1].cells:
        return False
    indent = row[1].phrase(0).x0 - row[0].phrase(0).x0
    return bool(row[1].values) and indent > _INDENT_EM * row[1].size
