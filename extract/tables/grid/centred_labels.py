"""Labels centred over several rows ("Sex" between "Female" and "Male"), where no rule shows which rows are theirs."""

from collections.abc import Sequence
from itertools import pairwise

from extract.tables.grid.cell_lines import CellLine, Rows, goes_on

_MIDDLE_EM = 0.3  # a label is centred over rows if it is so close to the middle of the first and the last


def centred_blocks(lines: Sequence[CellLine]) -> list[list[CellLine]]:
    """Return the lines divided into blocks of rows, each with one label in the middle of its height; none unless all
    labels stand in the middle of their rows, and some have several. Each row has words in the second column and a
    number behind."""
    rows = [line for line in lines if 1 in line.cells]
    labels = [line for line in lines if 0 in line.cells]
    if len(rows) <= len(labels) or not all(map(_is_level, rows)) or _may_stand_on_top(rows, labels):
        return []
    counts = _row_counts(rows, labels)
    if len(counts) < len(labels) or sum(counts) < len(rows) or _are_values_wrapped(rows, counts):
        return []
    blocks: list[list[CellLine]] = []
    for label, count in zip(labels, counts, strict=True):
        own = rows[:count]
        rows = rows[count:]
        blocks.append(own if label in own else [own[0], label, *own[1:]])
    return blocks if len(lines) == sum(map(len, blocks)) else []


def _may_stand_on_top(rows: Sequence[CellLine], labels: Sequence[CellLine]) -> bool:
    """Whether each label stands on a row, the first on the first row: then it may be the label of the rows below."""
    return 0 in rows[0].cells and all(label in rows for label in labels)


def _is_level(line: CellLine) -> bool:
    return 1 not in line.values and bool(line.values)


def _row_counts(rows: Sequence[CellLine], labels: Sequence[CellLine]) -> list[int]:
    """How many rows each label stands in the middle of, from the first row on; shorter than `labels` where a label
    stands in the middle of none."""
    counts: list[int] = []
    start = 0
    for label in labels:
        reach = _MIDDLE_EM * label.size
        middle = label.phrase(0).middle
        ends = range(start, len(rows))
        fitting = [end for end in ends if abs((rows[start].middle + rows[end].middle) / 2 - middle) < reach]
        if not fitting:
            return counts
        counts.append(fitting[0] + 1 - start)
        start = fitting[0] + 1
    return counts


def _are_values_wrapped(rows: Sequence[CellLine], counts: Sequence[int]) -> bool:
    """Whether the lines of a block are those of one row, whose cells wrap."""
    start = 0
    for count in counts:
        block = rows[start : start + count]
        start += count
        for upper, lower in pairwise(block):
            shared = upper.values & lower.values
            if any(goes_on(upper.phrase(c).text, lower.phrase(c).text) for c in shared):
                return True
    return False


def with_raised(block: Rows) -> Rows:
    """Return the rows of a block with its label, and other cells that are alone in their column of the block, in its
    first row."""
    columns = [c for row in block for c in {c for line in row for c in line.cells}]
    lone = {column for column in columns if columns.count(column) == 1}
    first, *others = block
    raised = [_only(line, lone) for row in others for line in row]
    kept = [[part for line in row if (part := _without(line, lone)).cells] for row in others]
    return [first + [line for line in raised if line.cells], *[row for row in kept if row]]


def _only(line: CellLine, columns: set[int]) -> CellLine:
    return CellLine({c: words for c, words in line.cells.items() if c in columns})


def _without(line: CellLine, columns: set[int]) -> CellLine:
    return CellLine({c: words for c, words in line.cells.items() if c not in columns})
