"""Rows: the lines of a body grouped, because cells wrap. Their lines are aligned at the top, the bottom or the middle.

Rows are told, in this order, by rules and shading; by white space, if rows stand wider apart than the lines of a cell;
and else by whether the words of a line would have fitted behind those above.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.page.numbers import VALUE, is_number
from extract.tables.grid.cell_lines import CellLine, Rows, crowded, goes_on, is_open
from extract.tables.grid.centred_labels import centred_blocks, with_raised
from extract.tables.grid.gutters import Span
from extract.tables.grid.spacing import group_by_space, group_while

OPEN_END = re.compile(r"(?:[,/(\-–]|\b(?:of|or|and|to|the|in|with|for|by|than))$")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")  # a label in brackets alone continues the label above: "(%)"
_LEVEL_EM = 0.3  # cells of one line whose middles differ by more stand at several heights
_ROW_OVERLAP_EM = 0.2  # lines that share more of their height are cells of one row, centred or set off by half a line
_ROOM_SLACK_EM = 0.19  # a word for which so much less room was left did not fit
_SPACE_EM = 0.25  # the space before a word
_BAND_COUNT = 3  # bands between rules that show that each band is a row, at least
_NEW_ROW_COLUMN_COUNT = 3  # columns of a line that fills all columns of the row before: the line is a row of its own
_INDENT_EM = 0.375  # a label that begins further right is indented
_SAME_INDENT_EM = 0.125  # labels that begin within this distance are indented alike


def group_rows(
    lines: Sequence[CellLine], separators: Sequence[float], spacing: float | None, spans: Sequence[Span]
) -> Rows:
    """Return the lines of one part of a body, grouped into rows. `separators`: heights of rules and of the edges of
    shading; `spacing`: the height from which on a white strip separates rows, None if white space does not tell."""
    levels = _split_levels(lines)
    raised = _raised_blocks(levels)
    if raised:
        return raised
    bands = _split_at(levels, separators)
    if len(bands) >= _BAND_COUNT and _one_row_each(bands):
        return bands
    return _raise_labels([_group_band(band, spacing, spans) for band in bands])


def _split_at(lines: Sequence[CellLine], separators: Sequence[float]) -> Rows:
    bands: Rows = []
    for line in lines:
        if bands and not any(bands[-1][-1].middle < y < line.middle for y in separators):
            bands[-1].append(line)
        else:
            bands.append([line])
    return bands


def _one_row_each(bands: Rows) -> bool:
    """Whether each band between rules is one row: no band has two numbers in a column."""
    return all(not crowded(band, lone=True) for band in bands)


def _group_band(lines: Sequence[CellLine], spacing: float | None, spans: Sequence[Span]) -> Rows:
    raised = _raised_blocks(lines)
    if raised:
        return raised
    if spacing is not None:
        return group_by_space(lines, spacing)
    rows = [part for row in _merge_overlapping(lines) for part in _split_crowded(row)]
    if _reads_upwards(rows):
        return _merge_wrapped(rows[::-1], spans, upwards=True)[::-1]
    return _merge_wrapped(rows, spans)


def _raised_blocks(lines: Sequence[CellLine]) -> Rows:
    """The rows of labels centred over several rows each, with the label in the first of its rows; none otherwise."""
    return [row for block in centred_blocks(lines) for row in with_raised([[line] for line in block])]


def _merge_overlapping(lines: Sequence[CellLine]) -> Rows:
    """The lines, grouped where they overlap in height, as the lines of centred cells do."""

    def overlaps(row: list[CellLine], line: CellLine) -> bool:
        return row[-1].bottom - line.top > _ROW_OVERLAP_EM * line.size

    return group_while(lines, overlaps)


def _reads_upwards(rows: Rows) -> bool:
    """Whether labels end, rather than begin, on the line of their numbers: more labels wrap above it than below."""
    up = down = 0
    for above, below in pairwise(rows):
        if above[-1].label_only and below[0].values and 0 in below[0].cells:
            up += _may_go_on(above[-1], below[0])
        if above[0].values and below[0].label_only and 0 in above[-1].cells:
            down += _may_go_on(above[-1], below[0])
    return up > down


def _may_go_on(above: CellLine, below: CellLine) -> bool:
    """Whether a label may go on in the next line: it breaks off, or the line begins like the rest of a label."""
    upper, lower = above.phrase(0).text, below.phrase(0).text
    return bool(re.match(r"^[a-z(]", lower) or OPEN_END.search(upper))


def _goes_on(upper: str, lower: str) -> bool:
    """Whether a text breaks off and goes on with a small letter, a bracket or a number."""
    return bool(re.match(r"^[a-z(\d]", lower) and OPEN_END.search(upper))


def _merge_wrapped(rows: Rows, spans: Sequence[Span], upwards: bool = False) -> Rows:
    """The rows, with each row that can only continue the one before joined to it. With `upwards`, `rows` are in reverse
    order, and a row may continue in the one before."""
    merged: Rows = []
    for i, row in enumerate(rows):
        after = rows[i + 1] if i + 1 < len(rows) else None
        if merged and wraps(merged[-1], row, after, spans, upwards):
            merged[-1] = row + merged[-1] if upwards else merged[-1] + row
        else:
            merged.append(list(row))
    return merged


def wraps(
    row: list[CellLine], more: list[CellLine], after: list[CellLine] | None, spans: Sequence[Span], upwards: bool
) -> bool:
    """Whether `more` continues `row`: it fills only columns that the row fills, adds no second number to any of them,
    and no cell of it would have fitted on the line before. `after`: the row behind `more`."""
    filled = {c for line in row for c in line.cells}
    columns = {c for line in more for c in line.cells}
    if not columns <= filled or crowded([*row, *more]):
        return False
    full = len(columns) >= _NEW_ROW_COLUMN_COUNT and columns == filled and 0 in columns
    if full and not _all_values_go_on(row, more, upwards):
        return False
    if columns == {0} and _is_section(row, more, after, upwards):
        return False
    return all(_cell_wraps(row, more, column, spans, upwards) for column in columns)


def _all_values_go_on(row: list[CellLine], more: list[CellLine], upwards: bool) -> bool:
    """Whether the value of each column with one on both lines goes on from the upper to the lower line."""
    upper, lower = (more[-1], row[0]) if upwards else (row[-1], more[0])
    shared = upper.shapes.keys() & lower.cells.keys()
    return bool(shared) and all(goes_on(upper.phrase(c).text, lower.phrase(c).text) for c in shared)


def _cell_wraps(row: list[CellLine], more: list[CellLine], column: int, spans: Sequence[Span], upwards: bool) -> bool:
    """Whether the cell of a column goes on from `row` to `more`: by its text, or because there was no room."""
    first, second = (more, row) if upwards else (row, more)
    above = [line for line in first if column in line.cells][-1].phrase(column)
    below = next(line for line in second if column in line.cells).phrase(column)
    if column > 0 and VALUE.match(above.text):
        if re.match(r"^[(\[]", below.text) or is_open(above.text):
            return True
        if is_number(above.text):
            return False
    if _goes_on(above.text, below.text) or (column == 0 and _BRACKETED.fullmatch(below.text)):
        return True
    word = below.words[0]
    room = spans[column][1] - above.x1
    needed = word.width + _SPACE_EM * word.size
    return needed > room - _ROOM_SLACK_EM * word.size


def _is_section(row: list[CellLine], more: list[CellLine], after: list[CellLine] | None, upwards: bool) -> bool:
    """Whether a line with a label alone is a heading, by its type, its indent and the row behind."""
    label = more[0].phrase(0)
    nearest = row[0] if upwards else row[-1]
    if 0 not in row[-1].cells or 0 not in nearest.cells:
        return True
    if _BRACKETED.fullmatch(label.text):
        return False
    other = nearest.phrase(0)
    if label.bold != other.bold or label.style[0] != other.style[0]:
        return True
    indented, alike = _INDENT_EM * label.size, _SAME_INDENT_EM * label.size
    if upwards:
        return label.x0 < other.x0 - indented
    starts = [line.phrase(0).x0 for line in row if 0 in line.cells]
    if label.x0 < min(starts) - alike:  # but the first line may be indented by spaces, and the next begin further left
        return not label.text[:1].islower()
    if not after or 0 not in after[0].cells:
        return False
    follower = after[0].phrase(0).x0
    is_sibling = abs(starts[0] - follower) < alike
    return follower > label.x0 + indented and (is_sibling or bool(re.match(r"^[A-Z]", label.text)))


def _split_levels(lines: Sequence[CellLine]) -> list[CellLine]:
    """The lines, with cells that stand half a line higher or lower as lines of their own."""
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


def _split_crowded(row: list[CellLine]) -> Rows:
    """The rows of lines that overlap in height: a line that can be no part of the row so far begins the next."""
    rows: Rows = []
    for line in row:
        if rows and not crowded([*rows[-1], line]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _raise_labels(groups: Sequence[Rows]) -> list[list[CellLine]]:
    """The rows of all groups. If each group has one label, and these stand in the middle of the heights of the
    groups and not on their first lines, the labels, and other cells that are alone in their column of the group, move
    to the first rows."""
    flat = [row for group in groups for row in group]
    labels = [[i for i, row in enumerate(group) if any(0 in line.cells for line in row)] for group in groups]
    centred = all(
        found == [(len(group) - 1) // 2] or len(group) == 1 for group, found in zip(groups, labels, strict=True)
    )
    if not centred or not any(found and found[0] > 0 for found in labels):
        return flat
    return [row for group in groups for row in with_raised(group)]
