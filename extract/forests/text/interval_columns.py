"""Columns of intervals: intervals that stand below one another on a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from extract.forests.text.captions import FigureCaption
from extract.forests.text.intervals import PrintedInterval, as_float, bare_ranges_in, curated_number, intervals_in
from extract.forests.text.labels import LABEL_HEAD, is_axis_numbers, is_head, is_pooled
from extract.forests.text.separate_limits import separate_intervals, with_estimates_before
from extract.page.box import Box, Rectangle
from extract.page.lines import Line

SHARED_WIDTH_SHARE = 0.5  # of the narrower interval: those that overlap by as much stand in one column
COLUMN_GAP_PITCHES = 14.0  # distances of rows: below a wider gap another plot or table begins
SENTENCE_SPACE_EM = 0.6  # a small word nearer to an interval is part of its sentence
_LABEL_LETTERS_COUNT = 2  # letters of a word that may be part of a label: fewer are a sign or the letter of an arm
ROW_TOLERANCE_PT = 1.0  # by which heights on one row may differ


@dataclass(frozen=True)
class IntervalColumn(Rectangle):
    """Intervals below one another, from top to bottom, and the line of each. `top` and `bottom` are the middle heights
    of the first and the last interval."""

    intervals: tuple[PrintedInterval, ...]
    lines: tuple[Line, ...]

    @cached_property
    def x0(self) -> float:
        return min(interval.x0 for interval in self.intervals)

    @cached_property
    def x1(self) -> float:
        return max(interval.x1 for interval in self.intervals)

    @property
    def top(self) -> float:
        return self.intervals[0].y

    @property
    def bottom(self) -> float:
        return self.intervals[-1].y

    @property
    def size(self) -> float:
        """The type size of the first interval, in points."""
        return self.intervals[0].size

    @cached_property
    def pitch(self) -> float:
        """Points from row to row; of a single row, its type size."""
        steps = [b.y - a.y for a, b in pairwise(self.intervals)]
        return median(steps) if steps else self.size


def find_interval_columns(lines: Sequence[Line], captions: Sequence[FigureCaption]) -> list[IntervalColumn]:
    """The columns of intervals, cut where another plot or table begins; from top to bottom."""
    found = grouped_in_columns(
        [(interval, line) for interval, line in intervals_of(lines) if is_set_off(interval, line)]
    )
    cut = [part for column in found for part in cut_by_plot(column, lines, captions)]
    return sorted(cut, key=lambda column: (column.top, column.x0))


def intervals_of(lines: Sequence[Line]) -> list[tuple[PrintedInterval, Line]]:
    """The intervals of some lines, in brackets, with limits in columns of their own, or as bare ranges, from top to
    bottom."""
    found = [(interval, line) for line in lines for interval in intervals_in(line)]
    taken = {id(line) for _, line in found}
    separate = [(interval, line) for interval, line in separate_intervals(lines) if id(line) not in taken]
    taken |= {id(line) for _, line in separate}
    ranges = [(interval, line) for line in lines if id(line) not in taken for interval in bare_ranges_in(line)]
    for column in grouped_in_columns(ranges):
        separate += with_estimates_before(list(zip(column.intervals, column.lines, strict=True)), lines)
    return sorted(found + separate, key=lambda pair: (pair[0].y, pair[0].x0)) if separate else found


def is_set_off(interval: PrintedInterval, line: Line) -> bool:
    """Whether an interval stands in a column, and not in a sentence: its limits are in order, and no word in small
    letters stands close before or behind it."""
    reach = SENTENCE_SPACE_EM * interval.size
    before = [word for word in line.words if word.text and 0 <= interval.x0 - word.x1 < reach]
    behind = [word for word in line.words if word.text and 0 <= word.x0 - interval.x1 < reach]
    small = [text for word in before + behind if (text := word.text.strip(",;:.")).isalpha() and text.islower()]
    return not small and as_float(curated_number(interval.low)) <= as_float(curated_number(interval.high))


def grouped_in_columns(found: Sequence[tuple[PrintedInterval, Line]]) -> list[IntervalColumn]:
    """The intervals, given from top to bottom, as columns: each joins the first column whose last interval it stands
    below."""
    columns: list[list[tuple[PrintedInterval, Line]]] = []
    for interval, line in found:
        column = next((c for c in columns if stands_below(interval, c[-1][0])), None)
        if column is None:
            columns.append([(interval, line)])
        else:
            column.append((interval, line))
    return [IntervalColumn(tuple(i for i, _ in column), tuple(line for _, line in column)) for column in columns]


def stands_below(interval: PrintedInterval, last: PrintedInterval) -> bool:
    narrower = min(interval.x1 - interval.x0, last.x1 - last.x0)
    return interval.y > last.y and interval.overlap_x(last) > SHARED_WIDTH_SHARE * narrower


def cut_by_plot(
    column: IntervalColumn, lines: Sequence[Line], captions: Sequence[FigureCaption]
) -> list[IntervalColumn]:
    """The column in parts, each of one plot or table."""
    rows = Box(min(line.x0 for line in column.lines), column.top, column.x1, column.bottom)
    nearby = [caption for caption in captions if caption.overlap_x(rows) > 0]
    parts = [[0]]
    for i, (first, second) in enumerate(pairwise(column.intervals), start=1):
        between = [line for line in lines if first.y + ROW_TOLERANCE_PT < line.middle < second.y - ROW_TOLERANCE_PT]
        far = second.y - first.y > COLUMN_GAP_PITCHES * column.pitch
        captioned = any(first.y < caption.top < second.y for caption in nearby)
        if far or captioned or another_begins(column, column.lines[i - 1], between):
            parts.append([])
        parts[-1].append(i)
    return [
        IntervalColumn(tuple(column.intervals[i] for i in part), tuple(column.lines[i] for i in part)) for part in parts
    ]


def another_begins(column: IntervalColumn, last: Line, between: Sequence[Line]) -> bool:
    """Whether the heads of another plot stand between two rows: heads that follow a pooled line or the numbers of an
    axis. Heads without these are merely repeated, and the plot goes on."""
    heads = [i for i, line in enumerate(between) if is_head_of(column, line)]
    if not heads:
        return False
    ended = is_pooled(last.phrases[0].text) or any(LABEL_HEAD.match(line.phrases[0].text) for line in between)
    return ended or any(is_axis_numbers(line) for line in between[: heads[0]])


def is_head_of(column: IntervalColumn, line: Line) -> bool:
    return is_head(line) and any(phrase.overlap_x(column) > 0 for phrase in line.phrases)


def are_beside(first: IntervalColumn, second: IntervalColumn) -> bool:
    """Whether two columns share heights."""
    return first.overlap_y(second) > -2 * ROW_TOLERANCE_PT


def labels_between(left: IntervalColumn, right: IntervalColumn) -> list[float]:
    """The left edges of the possible labels between two columns, one for each row of the right column that has any."""
    edges = []
    for line in right.lines:
        inside = [word for word in line.words if left.x1 < word.x0 < right.x0]
        words = [word for word in inside if sum(map(str.isalpha, word.text)) >= _LABEL_LETTERS_COUNT]
        if words:
            edges.append(min(word.x0 for word in words))
    return edges
