"""Rows: which lines of a body belong together. Wrapped cells are aligned at the top, at the bottom or in the middle.

In this order: rules and shading between rows; white space, where rows stand wider apart than the lines of a cell; and
where neither tells, whether the words of a line would have fitted behind those above them.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.page.numbers import VALUE, is_closed, is_number
from extract.tables.grid.cell_lines import CellLine, Rows, crowded
from extract.tables.grid.columns import Span
from extract.tables.grid.spacing import group_by_space, group_while

OPEN_END = re.compile(r"(?:[,/(\-–]|\b(?:of|or|and|to|the|in|with|for|by|than))$")
_ROW_OVERLAP_EM = 0.2  # of the height: lines that share as much are cells of one row, centred or set off by half a line
_ROOM_SLACK_PT = 1.5  # points


def group_rows(
    lines: Sequence[CellLine], separators: Sequence[float], spacing: float | None, spans: Sequence[Span]
) -> Rows:
    """The lines of one part of a body, grouped into rows. `separators`: heights of rules and edges of shading;
    `spacing`: the height of a white strip that separates rows, if there is one."""
    bands = split_at(lines, separators)
    if len(bands) > 2 and one_row_each(bands):
        return bands
    return [row for band in bands for row in group_band(band, spacing, spans)]


def split_at(lines: Sequence[CellLine], separators: Sequence[float]) -> Rows:
    bands: Rows = []
    for line in lines:
        if bands and not any(bands[-1][-1].middle < y < line.middle for y in separators):
            bands[-1].append(line)
        else:
            bands.append([line])
    return bands


def one_row_each(bands: Rows) -> bool:
    """Whether each band between rules is one row: none holds two numbers in a column."""
    return all(not crowded(band, lone=True) for band in bands)


def group_band(lines: Sequence[CellLine], spacing: float | None, spans: Sequence[Span]) -> Rows:
    if spacing is not None:
        return group_by_space(lines, spacing)
    rows = merge_overlapping(lines)
    if reads_upwards(rows, spans):
        return merge_wrapped(rows[::-1], spans, upwards=True)[::-1]
    return merge_wrapped(rows, spans)


def merge_overlapping(lines: Sequence[CellLine]) -> Rows:
    """Lines that overlap in height without sharing a column, as cells that are centred do."""

    def overlaps(row: list[CellLine], line: CellLine) -> bool:
        return row[-1].bottom - line.top > _ROW_OVERLAP_EM * line.size

    return group_while(lines, overlaps)


def reads_upwards(rows: Rows, spans: Sequence[Span]) -> bool:
    """Whether labels end, rather than begin, on the line of their numbers: wraps above outnumber those below."""
    up = down = 0
    for above, below in pairwise(rows):
        if above[-1].label_only and below[0].values and 0 in below[0].cells:
            up += looks_broken(above[-1], below[0])
        if above[0].values and below[0].label_only and 0 in above[-1].cells:
            down += looks_broken(above[-1], below[0])
    return up > down


def looks_broken(above: CellLine, below: CellLine) -> bool:
    """Whether a label goes on in the next line, by its words alone."""
    upper, lower = above.phrase(0).text, below.phrase(0).text
    return bool(re.match(r"^[a-z(]", lower) or OPEN_END.search(upper))


def looks_broken_text(upper: str, lower: str) -> bool:
    """Both at once: it breaks off, and goes on with a small letter, a bracket or a number."""
    return bool(re.match(r"^[a-z(\d]", lower) and OPEN_END.search(upper))


def merge_wrapped(rows: Rows, spans: Sequence[Span], upwards: bool = False) -> Rows:
    """Join each line to the row before it where it can only be its continuation (in reverse order with `upwards`)."""
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
    """Whether `more` continues `row`: it fills only columns that the row fills, adds no second number to one, and
    none of its cells would have fitted on the line before."""
    filled = {c for line in row for c in line.cells}
    columns = {c for line in more for c in line.cells}
    if not columns <= filled or crowded([*row, *more]):
        return False
    if len(columns) > 2 and columns == filled and 0 in columns:
        return False
    if columns == {0} and is_section(row, more, after, upwards):
        return False
    return all(broken_cell(row, more, column, spans, upwards) for column in columns)


def broken_cell(row: list[CellLine], more: list[CellLine], column: int, spans: Sequence[Span], upwards: bool) -> bool:
    """Whether the text of a column goes on from the one to the other."""
    first, second = (more, row) if upwards else (row, more)
    above = [line for line in first if column in line.cells][-1].phrase(column)
    below = next(line for line in second if column in line.cells).phrase(column)
    if column > 0 and VALUE.match(above.text):
        if re.match(r"^[(\[]", below.text) or not is_closed(above.text):
            return True
        if is_number(above.text):
            return False
    if looks_broken_text(above.text, below.text):
        return True
    word = below.words[0]
    room = spans[column][1] - above.x1
    needed = (word.x1 - word.x0) + 0.25 * word.size
    return needed > room - _ROOM_SLACK_PT


def is_section(row: list[CellLine], more: list[CellLine], after: list[CellLine] | None, upwards: bool) -> bool:
    """Whether a line that holds a label alone is a heading, by its type, its indent and what follows."""
    label = more[0].phrase(0)
    other = (row[0] if upwards else row[-1]).phrase(0) if 0 in row[-1].cells else None
    if other is None:
        return True
    if label.bold != other.bold or label.style[0] != other.style[0]:
        return True
    if upwards:
        return label.x0 < other.x0 - 3
    starts = [line.phrase(0).x0 for line in row if 0 in line.cells]
    if label.x0 < min(starts) - 1:
        return True
    follows = after[0].phrase(0) if after and 0 in after[0].cells else None
    deeper = follows is not None and follows.x0 > label.x0 + 3 and abs(starts[0] - follows.x0) < 1
    return deeper or (bool(re.match(r"^[A-Z]", label.text)) and follows is not None and follows.x0 > label.x0 + 3)
