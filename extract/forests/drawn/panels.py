"""Plots whose numbers are drawn and not printed: marks below one another with a label beside each, and an axis."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from extract.forests.axis.axis_numbers import grows, is_axis_word, plain_axis_texts
from extract.forests.axis.measures import measure_of
from extract.forests.axis.row_marks import RowMarks, drawn_marks, row_pitch
from extract.forests.bounds import CanvasText, plot_box
from extract.forests.drawn.layout import labelled_lines, whole_marks
from extract.forests.panel import Panel
from extract.forests.plot import Canvas
from extract.forests.text.interval_columns import IntervalColumn
from extract.forests.text.labels import FAVOURS
from extract.page.box import Box
from extract.page.lines import Line

DRAWN_ROWS_COUNT = 3  # rows of a plot at least, and 2 where its caption says "forest"
NAMED_ROWS_COUNT = 2
COLUMN_GAP_STEPS = 6.0  # distances of rows: below a wider gap another plot begins
LABELLED_MARKS_SHARE = 0.6  # of the marks have a label beside them
ONE_START_SHARE = 0.75  # of the lines begin at one place: bars, or the times of patients, not intervals
ONE_START_PT = 0.7
DRAWN_SIGNS_COUNT = 2  # of a forest plot: an axis, a reference line, a measure, "Favours", a pooled diamond, a caption
PASSED_ROWS_SHARE = 0.6  # of the rows a reference line passes
AXIS_WORDS_COUNT = 2  # numbers below, or above, the marks
AXIS_REACH_STEPS = 4.0  # distances of rows from the first or last mark to the numbers of the axis
AXIS_TITLE_EM = 1.0  # from the numbers of an axis up to its title, at most
BESIDE_AXIS_SHARE = 1.0  # of the width of the marks: so far beyond them the numbers of their axis may stand


@dataclass(frozen=True)
class MarkColumn(IntervalColumn):
    """Marks below one another in place of printed intervals, from top to bottom. `lines`: the labels beside them."""

    marks: tuple[RowMarks, ...] = ()

    @cached_property
    def x0(self) -> float:
        return min(mark.span[0] for mark in self.marks)

    @cached_property
    def x1(self) -> float:
        return max(mark.span[1] for mark in self.marks)

    @property
    def top(self) -> float:
        return self.marks[0].y

    @property
    def bottom(self) -> float:
        return self.marks[-1].y

    @property
    def size(self) -> float:
        return median(word.size for line in self.lines for word in line.words)

    @cached_property
    def pitch(self) -> float:
        return row_pitch([mark.y for mark in self.marks])


def drawn_panels(
    canvas: Canvas, text: CanvasText, columns: Sequence[IntervalColumn], known: Sequence[Box]
) -> list[Panel]:
    """The panels of a canvas whose numbers are only drawn, from top to bottom. `columns`: all columns of printed
    intervals; `known`: the places of the plots that were found."""
    marks = [mark for mark in drawn_marks(canvas.drawing) if not any(stands_in(mark, place) for place in known)]
    groups = [MarkColumn((), labelled_lines(group, text.lines), tuple(group)) for group in mark_groups(marks, text)]
    found = [group for group in groups if is_drawn_plot(canvas, group, text)]
    panels = []
    for group in found:
        others = [*columns, *(other for other in found if other is not group)]
        box = with_axis(with_labels(plot_box(canvas, [group], others, text), group), group, text)
        words = tuple(word for word in text.words if word.inside(box, margin=group.size / 2))
        panels.append(Panel(canvas, box, words, estimates=(group.x0, group.x1), is_drawn=True))
    return panels


def with_labels(box: Box, column: MarkColumn) -> Box:
    """The box of a plot with the labels next to its marks, which may stand outside a shaded ground of the marks."""
    phrases = [phrase for line in column.lines for phrase in line.phrases]
    left = [p for p in phrases if p.x1 < column.x0]
    nearest = [max((p for p in left if p in line.phrases), key=lambda p: p.x1, default=None) for line in column.lines]
    return Box(min([box.x0, *(p.x0 for p in nearest if p is not None)]), box.top, box.x1, box.bottom)


def with_axis(box: Box, column: MarkColumn, text: CanvasText) -> Box:
    """The box of a plot with the numbers of its axis, which may be printed above the marks, and the title over them."""
    reach = AXIS_REACH_STEPS * column.pitch
    near = [line for line in text.lines if column.top - reach < line.middle < column.bottom + reach]
    axes = [line for line in near if len(axis_words([line], column.x0, column.x1)) >= AXIS_WORDS_COUNT]
    first = min((line.top for line in axes), default=box.top)
    title = AXIS_TITLE_EM * column.size
    titles = [line for line in text.lines if line.top < first < line.bottom + title and line.x0 < column.x1]
    tops, bottoms = [line.top for line in (*axes, *titles)], [line.bottom for line in axes]
    return Box(box.x0, min([box.top, *tops]), box.x1, max([box.bottom, *bottoms]))


def stands_in(mark: RowMarks, place: Box) -> bool:
    x0, x1 = mark.span
    return place.top <= mark.y <= place.bottom and place.x0 <= (x0 + x1) / 2 <= place.x1


def mark_groups(marks: Sequence[RowMarks], text: CanvasText) -> Iterator[list[RowMarks]]:
    """The marks of each plot, from top to bottom: they overlap sideways, and no wide gap, no axis and no caption stands
    between them."""
    for run in overlapping(marks):
        parts = list(parted(run, text))
        if len(parts) == 1:
            yield parts[0]
        else:
            for part in parts:
                yield from mark_groups(part, text)


def overlapping(marks: Iterable[RowMarks]) -> list[list[RowMarks]]:
    """The marks in groups that overlap sideways, from left to right."""
    runs: list[list[RowMarks]] = []
    end = 0.0
    for mark in sorted(marks, key=lambda mark: mark.span[0]):
        if runs and mark.span[0] <= end:
            runs[-1].append(mark)
            end = max(end, mark.span[1])
        else:
            runs.append([mark])
            end = mark.span[1]
    return runs


def parted(marks: Iterable[RowMarks], text: CanvasText) -> Iterator[list[RowMarks]]:
    """The marks from top to bottom, cut at wide gaps, axes and captions."""
    ordered = sorted(marks, key=lambda mark: mark.y)
    x0, x1 = min(mark.span[0] for mark in ordered), max(mark.span[1] for mark in ordered)
    widest = COLUMN_GAP_STEPS * row_pitch([mark.y for mark in ordered])
    breaks = [line.middle for line in text.lines if len(axis_words([line], x0, x1)) >= AXIS_WORDS_COUNT]
    breaks += [caption.top for caption in text.captions if caption.x0 < x1 and x0 < caption.x1]
    part = ordered[:1]
    for upper, lower in pairwise(ordered):
        if lower.y - upper.y > widest or any(upper.y < y < lower.y for y in breaks):
            yield part
            part = []
        part.append(lower)
    yield part


def is_drawn_plot(canvas: Canvas, column: MarkColumn, text: CanvasText) -> bool:
    """Whether marks below one another are a forest plot: most have a label beside them, they are no bars that begin at
    one place, and there are further signs."""
    whole = whole_marks(column.marks)
    heights = {round(mark.y) for mark in whole}
    named = any("forest" in caption.text.casefold() for caption in text.captions if not caption.is_table)
    if len(heights) < (NAMED_ROWS_COUNT if named else DRAWN_ROWS_COUNT) or 2 * len(whole) < len(column.marks):
        return False
    if len(column.lines) < LABELLED_MARKS_SHARE * len(heights) or start_together(column.marks):
        return False
    reach = AXIS_REACH_STEPS * column.pitch
    near = [line for line in text.lines if column.top - reach < line.middle < column.bottom + reach]
    outside = [line for line in near if not column.top <= line.middle <= column.bottom]
    words = " ".join(line.text for line in near)
    captions = " ".join(caption.text for caption in text.captions if not caption.is_table)
    axis = len(axis_words(outside, column.x0, column.x1)) >= AXIS_WORDS_COUNT
    sided = bool(FAVOURS.search(words))
    measured = bool(measure_of(words, captions))
    pooled = any(mark.diamond for mark in column.marks)
    referenced = has_reference(canvas, column)
    if not named and not (axis and has_growing_numbers(outside, column)):
        return False
    return 2 * named + axis + referenced + sided + measured + pooled >= DRAWN_SIGNS_COUNT


def has_growing_numbers(lines: Iterable[Line], column: MarkColumn) -> bool:
    """Whether one of some lines has numbers of an axis that grow from left to right."""
    rows = [plain_axis_texts(axis_words([line], column.x0, column.x1)) for line in lines]
    return any(len(row) >= AXIS_WORDS_COUNT and grows(row) for row in rows)


def start_together(marks: Sequence[RowMarks]) -> bool:
    """Whether most lines begin, or most end, at one place."""
    lines = [mark.whisker for mark in marks if mark.whisker]
    free = [[w.x0 for w in lines if not w.cut_low], [w.x1 for w in lines if not w.cut_high]]
    most = [max((sum(abs(x - other) < ONE_START_PT for other in ends) for x in ends), default=0) for ends in free]
    return len(lines) > 1 and max(most) > max(2, ONE_START_SHARE * len(lines))


def axis_words(lines: Iterable[Line], x0: float, x1: float) -> list[str]:
    """The numbers of lines that stand at the axis of marks from x0 to x1."""
    beyond = BESIDE_AXIS_SHARE * (x1 - x0)
    words = [word for line in lines for word in line.words if x0 - beyond < word.center < x1 + beyond]
    return [word.text for word in words if is_axis_word(word.text)]


def has_reference(canvas: Canvas, column: MarkColumn) -> bool:
    """Whether an upright line passes most rows."""
    heights = [mark.y for mark in column.marks]
    lines = [line for line in canvas.drawing.uprights if column.x0 <= line.x <= column.x1]
    return any(sum(line.top <= y <= line.bottom for y in heights) >= PASSED_ROWS_SHARE * len(heights) for line in lines)
