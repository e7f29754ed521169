"""From a canvas to its panels: each column of intervals with labels, heads and an axis around it that looks like a
forest plot and not like a table or a sentence."""

from collections.abc import Sequence
from dataclasses import replace

from extract.forests.axis.row_marks import drawing_within, drawn_marks
from extract.forests.bounds import CanvasText, plot_box
from extract.forests.drawn.panels import drawn_panels
from extract.forests.panel import Panel
from extract.forests.plot import Canvas
from extract.forests.side_panels import panels_beside
from extract.forests.text.captions import FigureCaption, caption_above, caption_below, captions_on_sheet
from extract.forests.text.heterogeneity import is_statistics, statistics_in
from extract.forests.text.interval_columns import (
    ROW_TOLERANCE_PT,
    IntervalColumn,
    are_beside,
    find_interval_columns,
    labels_between,
)
from extract.forests.text.labels import FAVOURS, is_axis_numbers, is_pooled
from extract.page.box import Box
from extract.page.lines import Phrase, make_lines
from extract.page.prose import find_blocks, running_phrases
from extract.page.words import Word

PLOT_ROWS_COUNT = 2  # rows with intervals that a plot has at least
TABLE_CAPTION_GAP_EM = 5.0  # between the caption of a table and its first row
PLOT_SIGNS_COUNT = 2  # signs that a plot without drawing has: a table may show one of them, too
NAMED_PLOT_SIGNS_COUNT = 2  # a caption that says "forest" counts as two signs
CHANCE_MARKS_COUNT = 3  # fewer marks may stand at the height of rows by chance
MARKED_ROWS_SHARE = 0.5  # of the rows of a drawn plot have a mark
MARK_PITCH_SHARE = 0.5  # of the distance of rows: a mark no farther from a row stands in it
LABELLED_ROWS_SHARE = 0.5  # of the rows have a label between two columns that belong to two plots
CAPTION_MARGIN_PT = 2.0  # by which the words of a caption may stand out of its box sideways


def find_panels(canvas: Canvas) -> list[Panel]:
    """The panels of a canvas, in reading order; an empty list where the canvas shows no forest plot."""
    text = text_of_canvas(canvas)
    columns = find_interval_columns(text.lines, text.captions)
    groups = grouped_by_plot([column for column in columns if len(column.intervals) >= PLOT_ROWS_COUNT])
    single = [[column] for column in columns if len(column.intervals) < PLOT_ROWS_COUNT]
    panels: list[Panel] = []
    for group in [*groups, *single]:
        others = [column for other in groups if other is not group for column in other]
        box = plot_box(canvas, group, others, text)
        if any(panel.region.overlap_y(group[0]) >= 0 and panel.region.overlap_x(box) > 0 for panel in panels):
            continue
        if (is_plot if group in groups else is_single_row)(canvas, group[0], box, text):
            panels += panels_beside(canvas, box, group, words_of_plot(box, text.words))
    known = [panel.region for panel in panels]
    drawn = drawn_panels(canvas, text, [column for group in groups for column in group], known)
    ordered = sorted([*panels, *drawn], key=lambda panel: panel.region.top) if single or drawn else panels
    return with_captions(ordered, text.captions)


def text_of_canvas(canvas: Canvas) -> CanvasText:
    """The words and lines of a canvas that may belong to plots, its captions, and its running text."""
    captions = last_captions(canvas)
    prose = prose_of(canvas, captions)
    taken = {id(word) for phrase in prose for word in phrase.words}
    words = [word for word in canvas.sheet.words if id(word) not in taken]
    return CanvasText(words, make_lines(words), captions, [line_box(phrase) for phrase in prose])


def last_captions(canvas: Canvas) -> list[FigureCaption]:
    """The captions on a canvas, one for each label: the last, as a line of running text that begins with "Figure 2."
    may stand above it."""
    found = captions_on_sheet(canvas.sheet)
    return [c for i, c in enumerate(found) if all(c.label != other.label for other in found[i + 1 :])]


def prose_of(canvas: Canvas, captions: Sequence[FigureCaption]) -> list[Phrase]:
    """The lines of running text, and those of captions."""
    running = [phrase for block in find_blocks(running_phrases(canvas.sheet)) for phrase in block]
    phrases = [phrase for line in canvas.sheet.lines for phrase in line.phrases]
    return running + [phrase for phrase in phrases if any(is_in_caption(phrase, caption) for caption in captions)]


def line_box(phrase: Phrase) -> Box:
    """The box of a line of text by its first and last word: words in between may be raised or higher."""
    first, last = phrase.words[0], phrase.words[-1]
    return Box(first.x0, first.top, last.x1, first.bottom)


def is_in_caption(phrase: Phrase, caption: FigureCaption) -> bool:
    """Whether a phrase is a line of a caption, or part of one."""
    first, last = phrase.words[0], phrase.words[-1]
    return (
        caption.top - ROW_TOLERANCE_PT < first.middle < caption.bottom + ROW_TOLERANCE_PT
        and first.x0 > caption.x0 - CAPTION_MARGIN_PT
        and last.x1 < caption.x1 + CAPTION_MARGIN_PT
    )


def grouped_by_plot(columns: Sequence[IntervalColumn]) -> list[list[IntervalColumn]]:
    """The columns of intervals of each plot, the estimates first. Columns side by side belong to one plot where no
    labels stand between them."""
    groups: list[list[IntervalColumn]] = []
    for column in columns:
        group = next((g for g in groups if is_of_plot(column, g)), None)
        if group is None:
            groups.append([column])
        else:
            group.append(column)
    return [sorted(group, key=lambda column: (-len(column.intervals), column.x0)) for group in groups]


def is_of_plot(column: IntervalColumn, group: Sequence[IntervalColumn]) -> bool:
    """Whether a column stands beside one of a group, with hardly any labels between them."""
    for other in group:
        left, right = sorted((column, other), key=lambda c: c.x0)
        fewest = LABELLED_ROWS_SHARE * len(right.intervals)
        if are_beside(left, right) and len(labels_between(left, right)) < fewest:
            return True
    return False


def is_plot(canvas: Canvas, estimates: IntervalColumn, box: Box, text: CanvasText) -> bool:
    """Whether there are enough signs of a forest plot: a drawing beside the rows, which is enough alone; a caption that
    names one, pooled lines, heterogeneity, weights, the numbers of an axis, "Favours". Below the caption of a table,
    only a drawing counts."""
    if has_marks(canvas, estimates, box):
        return True
    if any(is_table_above(estimates, box, caption) for caption in text.captions):
        return False
    inside = [line for line in text.lines if box.top <= line.middle <= box.bottom]
    texts = [line.text for line in inside if line.overlap_x(box) >= 0]
    named = any("forest" in caption.text.casefold() for caption in text.captions if not caption.is_table)
    pooled = any(is_pooled(text) for text in texts)
    tested = any(is_statistics(text) or "i2" in statistics_in(text)[0] for text in texts)
    weighed = any("weight" in text.casefold() for text in texts)
    axis = any(is_axis_numbers(line) and line.middle > estimates.bottom for line in inside)
    sided = any(FAVOURS.search(text) for text in texts)
    return NAMED_PLOT_SIGNS_COUNT * named + pooled + tested + weighed + axis + sided >= PLOT_SIGNS_COUNT


def is_single_row(canvas: Canvas, estimates: IntervalColumn, box: Box, text: CanvasText) -> bool:
    """Whether a row alone is a plot: with an estimate and interval drawn at its height, and the sides of an axis."""
    near = ROW_TOLERANCE_PT + estimates.size / 2
    marks = drawn_marks(drawing_within(canvas.drawing, box))
    drawn = any(mark.square and mark.whisker and abs(mark.y - estimates.top) < near for mark in marks)
    below = [line for line in text.lines if estimates.bottom < line.middle <= box.bottom and line.overlap_x(box) >= 0]
    return drawn and any(FAVOURS.search(line.text) for line in below) and any(map(is_axis_numbers, below))


def has_marks(canvas: Canvas, estimates: IntervalColumn, box: Box) -> bool:
    """Whether a mark stands at the height of most rows; of a few rows, at the height of each."""
    drawing = canvas.drawing
    marks = [(mark.x, mark.y) for mark in drawing.squares] + [(mark.x, mark.y) for mark in drawing.diamonds]
    marks += [((mark.x0 + mark.x1) / 2, mark.y) for mark in drawing.whiskers]
    heights = [y for x, y in marks if box.x0 <= x <= box.x1]
    near, rows = MARK_PITCH_SHARE * estimates.pitch, len(estimates.intervals)
    marked = sum(any(abs(y - interval.y) < near for y in heights) for interval in estimates.intervals)
    return marked >= max(MARKED_ROWS_SHARE * rows, min(rows, CHANCE_MARKS_COUNT))


def is_table_above(estimates: IntervalColumn, box: Box, caption: FigureCaption) -> bool:
    """Whether the caption of a table stands just above a plot, so that its rows are those of the table."""
    size = estimates.size
    near = -size < box.top - caption.bottom < TABLE_CAPTION_GAP_EM * size
    return caption.is_table and near and caption.overlap_x(box) > 0


def words_of_plot(box: Box, words: Sequence[Word]) -> list[Word]:
    """The words that have their middle in the box of a plot."""
    return [
        word
        for word in words
        if box.top - ROW_TOLERANCE_PT <= word.middle <= box.bottom + ROW_TOLERANCE_PT
        and box.x0 <= (word.x0 + word.x1) / 2 <= box.x1
    ]


def with_captions(panels: Sequence[Panel], captions: Sequence[FigureCaption]) -> list[Panel]:
    """The panels with the captions of their figures: all with those below them, or all with those above them where
    fewer panels are left without caption in this way."""
    figures = [caption for caption in captions if not caption.is_table]
    below = [caption_below(panel.region, figures) for panel in panels]
    above = [caption_above(panel.region, figures) for panel in panels]
    chosen = below if sum(c is None for c in below) <= sum(c is None for c in above) else above
    return [replace(p, label=c.label, caption=c.text) if c else p for p, c in zip(panels, chosen, strict=True)]
