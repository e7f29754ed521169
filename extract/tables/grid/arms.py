"""Several rows beside one label: the rows of the arms of a trial, whose label stands in the middle of their height."""

from collections.abc import Sequence
from itertools import groupby

from extract.tables.grid.cell_lines import CellLine, Rows, crowded

_LEVEL_EM = 0.3  # cells of one line whose middles differ by more stand at several heights


def split_levels(lines: Sequence[CellLine]) -> list[CellLine]:
    """Return the lines, with cells that stand half a line higher or lower as lines of their own."""
    return [part for line in lines for part in _levels_of(line)]


def _levels_of(line: CellLine) -> list[CellLine]:
    heights = {c: line.phrase(c).middle for c in line.cells}
    if max(heights.values()) - min(heights.values()) < _LEVEL_EM * line.size:
        return [line]
    levels: list[list[int]] = []
    for column in sorted(heights, key=lambda c: heights[c]):
        if levels and heights[column] - heights[levels[-1][0]] < _LEVEL_EM * line.size:
            levels[-1].append(column)
        else:
            levels.append([column])
    return [CellLine({c: line.cells[c] for c in sorted(level)}) for level in levels]


def split_crowded(row: list[CellLine]) -> Rows:
    """Return the rows of lines that overlap in height: a line that can be no part of the row so far begins the next."""
    rows: Rows = []
    for line in row:
        if rows and not crowded([*rows[-1], line]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def raise_labels(groups: Sequence[Rows]) -> list[list[CellLine]]:
    """Return the rows of all groups. If each group has one label, and these stand in the middle of the heights of the
    groups and not on their first lines, the labels, and other cells that are alone in their column of the group, move
    to the first rows."""
    flat = [row for group in groups for row in group]
    labels = [[i for i, row in enumerate(group) if any(0 in line.cells for line in row)] for group in groups]
    centred = all(
        found == [(len(group) - 1) // 2] or len(group) == 1 for group, found in zip(groups, labels, strict=True)
    )
    if not centred or not any(found and found[0] > 0 for found in labels):
        return flat
    return [row for group in groups for row in _with_raised(group)]


def _with_raised(group: Rows) -> Rows:
    columns = [c for row in group for c in {c for line in row for c in line.cells}]
    lone = {column for column, same in groupby(sorted(columns)) if len(list(same)) == 1}
    first, *others = group
    raised = [_only(line, lone) for row in others for line in row]
    kept = [[part for line in row if (part := _without(line, lone)).cells] for row in others]
    return [first + [line for line in raised if line.cells], *kept]


def _only(line: CellLine, columns: set[int]) -> CellLine:
    return CellLine({c: words for c, words in line.cells.items() if c in columns})


def _without(line: CellLine, columns: set[int]) -> CellLine:
    return CellLine({c: words for c, words in line.cells.items() if c not in columns})
