"""The box of a plot around its column of intervals: up to its heads, down to its axis, sideways to its neighbours."""

from collections.abc import Sequence
from typing import NamedTuple

from extract.forests.plot import Canvas
from extract.forests.text.captions import FigureCaption
from extract.forests.text.heterogeneity import is_statistics
from extract.forests.text.interval_columns import ROW_TOLERANCE_PT, IntervalColumn, are_beside, labels_between
from extract.forests.text.labels import FAVOURS, PANEL_LETTER, is_axis_numbers, is_head, is_pooled
from extract.page.box import Box, HasEdges, bounding_box
from extract.page.lines import Line
from extract.page.words import Word

PLOT_WHITE_EM = 4.0  # white above the heads or below the axis, beyond the distance of rows, ends a plot
HEAD_WHITE_EM = 1.6  # white above a line of the heads ends the heads: their lines stand close
CAPTIONS_BESIDE_PT = 20.0  # captions whose tops differ by less stand side by side, each below its own plot
NEIGHBOUR_MARGIN_PT = 1.0  # between the right limit of a plot and the labels of the plot beside it


class CanvasText(NamedTuple):
    """The text of a canvas. `words` are those outside of running text and captions, `lines` their lines; `prose`: the
    boxes of the lines of running text and captions."""

    words: Sequence[Word]
    lines: Sequence[Line]
    captions: Sequence[FigureCaption]
    prose: Sequence[Box]


def plot_box(
    canvas: Canvas, group: Sequence[IntervalColumn], others: Sequence[IntervalColumn], text: CanvasText
) -> Box:
    """The box of the plot that has a group of columns of intervals, the estimates first. `others`: the columns of the
    other plots on the canvas."""
    x0, x1 = horizontal_limits(canvas, group, others, text)
    near = [line for line in text.lines if any(x0 <= phrase.center <= x1 for phrase in line.phrases)]
    rows = bounding_box(group)
    ceiling, floor = vertical_limits(canvas, Box(x0, rows.top, x1, rows.bottom), others, text)
    above = [line for line in near if ceiling < line.middle < rows.top - ROW_TOLERANCE_PT]
    below = [line for line in near if rows.bottom + ROW_TOLERANCE_PT < line.middle < floor]
    return Box(x0, top_of_plot(group[0], above, rows.top), x1, bottom_of_plot(group[0], below, rows.bottom))


def horizontal_limits(
    canvas: Canvas, group: Sequence[IntervalColumn], others: Sequence[IntervalColumn], text: CanvasText
) -> tuple[float, float]:
    """The left and right limits of a plot: those of the canvas, or of the nearest neighbours beside its rows: running
    text, the caption of another figure, another plot, the frame around a figure."""
    rows = bounding_box(group)
    beside = [line for line in text.prose if rows.top < (line.top + line.bottom) / 2 < rows.bottom]
    beside += captions_beside(text.captions, rows)
    lefts = [canvas.area.x0, *(place.x1 for place in beside if place.x1 < rows.x0)]
    rights = [canvas.area.x1, *(place.x0 for place in beside if place.x0 > rows.x1)]
    for other in others:
        if any(are_beside(other, column) for column in group):
            if other.x0 > rows.x1:
                rights.append(labels_end(group[0], other, default=other.x0))
            elif other.x1 < rows.x0:
                lefts.append(labels_end(other, group[0], default=other.x1))
    for fill in canvas.sheet.fills:
        if fill.top < rows.top and fill.bottom > rows.bottom and fill.x0 < rows.x0 and fill.x1 > rows.x1:
            lefts.append(fill.x0)
            rights.append(fill.x1)
    return max(lefts), min(rights)


def captions_beside(captions: Sequence[FigureCaption], rows: Box) -> list[Box]:
    """The captions beside the caption below the rows of a plot."""
    own = [caption for caption in captions if caption.top > rows.bottom and caption.overlap_x(rows) > 0]
    if not own:
        return []
    nearest = min(own, key=lambda caption: caption.top)
    others = [caption for caption in captions if caption is not nearest]
    return [bounding_box([other]) for other in others if abs(other.top - nearest.top) < CAPTIONS_BESIDE_PT]


def labels_end(left: IntervalColumn, right: IntervalColumn, default: float) -> float:
    """The limit between two plots side by side: before the labels of the right one; near `default` without labels."""
    return min(labels_between(left, right), default=default) - NEIGHBOUR_MARGIN_PT


def vertical_limits(
    canvas: Canvas, rows: Box, others: Sequence[IntervalColumn], text: CanvasText
) -> tuple[float, float]:
    """The upper and lower limits of the plot with these rows: other plots, captions, running text, or the canvas."""
    places: tuple[HasEdges, ...] = (*others, *text.captions, *text.prose)
    across = [place for place in places if rows.overlap_x(place) > 0]
    ceiling = max([canvas.area.top, *(place.bottom for place in across if place.bottom < rows.top)])
    floor = min([canvas.area.bottom, *(place.top for place in across if place.top > rows.bottom)])
    return ceiling, floor


def top_of_plot(estimates: IntervalColumn, lines: Sequence[Line], first: float) -> float:
    """The top of the plot: above its heads, up to white space or the end of another plot. `first`: the height of the
    first row; `lines`: those above it."""
    size = estimates.size
    top, in_heads = first - size / 2, False
    for line in reversed(lines):
        white = HEAD_WHITE_EM * size if in_heads else PLOT_WHITE_EM * size + estimates.pitch
        if top - line.bottom > white or ends_plot(line):
            break
        top, in_heads = min(top, line.top), in_heads or is_head(line)
        if PANEL_LETTER.fullmatch(line.text):
            break
    return top


def ends_plot(line: Line) -> bool:
    """Whether a line is one of the last of a plot: statistics, a pooled line, the numbers of the axis, "Favours"."""
    return is_axis_numbers(line) or is_statistics(line.text) or is_pooled(line.text) or bool(FAVOURS.search(line.text))


def bottom_of_plot(estimates: IntervalColumn, lines: Sequence[Line], last: float) -> float:
    """The bottom of the plot: below its notes and the numbers of its axis, down to white space or the heads of another
    plot. `last`: the height of the last row; `lines`: those below it."""
    white = PLOT_WHITE_EM * estimates.size + estimates.pitch
    bottom = last + estimates.size / 2
    for line in lines:
        if line.top - bottom > white or is_head(line) or PANEL_LETTER.fullmatch(line.text):
            break
        bottom = max(bottom, line.bottom)
    return bottom
