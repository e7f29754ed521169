"""How far a plot reaches around its column of intervals: up to its heads, down to its axis, sideways to what stands
beside it."""

from collections.abc import Sequence
from typing import NamedTuple

from extract.forests.plot import Canvas
from extract.forests.text.captions import FigureCaption
from extract.forests.text.heterogeneity import is_statistics
from extract.forests.text.interval_columns import Stack, are_beside, labels_between
from extract.forests.text.labels import FAVOURS, PANEL_LETTER, is_head, is_pooled, is_ticks
from extract.page.lines import Line
from extract.page.words import Word

WHITE = 4.0  # type sizes of white above the heads, or below the axis
HEAD_WHITE = 1.6  # type sizes of white between the lines of the heads
BESIDE = 20.0  # points: captions that begin within this height stand side by side


class Frame(NamedTuple):
    """The place of a plot in the frame of its sheet."""

    x0: float
    top: float
    x1: float
    bottom: float


def frame_of(
    canvas: Canvas,
    group: Sequence[Stack],
    others: Sequence[Stack],
    lines: Sequence[Line],
    captions: Sequence[FigureCaption],
    prose: Sequence[tuple[Word, ...]],
) -> Frame:
    """The place of the plot with these columns of intervals, between all that is none of it."""
    x0, x1 = sides(canvas, group, others, captions, prose)
    near = [line for line in lines if any(x0 <= (p.x0 + p.x1) / 2 <= x1 for p in line.phrases)]
    stack = group[0]
    first, last = min(s.top for s in group), max(s.bottom for s in group)
    ceiling, floor = ends(canvas, (x0, x1), (first, last), others, captions, prose)
    above, below = (
        [n for n in near if ceiling < n.middle < first - 1],
        [n for n in near if last + 1 < n.middle < floor],
    )
    return Frame(x0, upwards(stack, above, first), x1, downwards(stack, below, last))


def sides(
    canvas: Canvas,
    group: Sequence[Stack],
    others: Sequence[Stack],
    captions: Sequence[FigureCaption],
    prose: Sequence[tuple[Word, ...]],
) -> tuple[float, float]:
    """Left and right limits: the area of the canvas, less what stands beside: running text, the caption of another
    figure, another plot, the frame of a figure."""
    left, right = canvas.area.x0, canvas.area.x1
    x0, x1 = min(s.x0 for s in group), max(s.x1 for s in group)
    first, last = min(s.top for s in group), max(s.bottom for s in group)
    beside = [(words[0].x0, words[-1].x1) for words in prose if first < words[0].middle < last]
    beside += neighbours(captions, x0, x1, last)
    lefts = [b for _, b in beside if b < x0]
    rights = [a for a, _ in beside if a > x1]
    for other in others:
        if any(are_beside(other, stack) for stack in group):
            if other.x0 > x1:
                rights.append(min(labels_between(group[0], other), default=other.x0) - 1)
            elif other.x1 < x0:
                lefts.append(right_end(other, group[0]))
    for fill in canvas.sheet.fills:
        if fill.top < first and fill.bottom > last and fill.x0 < x0 and fill.x1 > x1:
            lefts.append(fill.x0)
            rights.append(fill.x1)
    return max([left, *lefts]), min([right, *rights])


def neighbours(captions: Sequence[FigureCaption], x0: float, x1: float, last: float) -> list[tuple[float, float]]:
    """The captions beside the one under a plot."""
    own = [c for c in captions if c.top > last and c.x0 < x1 and c.x1 > x0]
    if not own:
        return []
    under = min(own, key=lambda c: c.top)
    return [(c.x0, c.x1) for c in captions if c is not under and abs(c.top - under.top) < BESIDE]


def right_end(other: Stack, own: Stack) -> float:
    """Where the plot on the left ends: before the labels of this one."""
    return min(labels_between(other, own), default=other.x1) - 1


def ends(
    canvas: Canvas,
    sides: tuple[float, float],
    rows: tuple[float, float],
    others: Sequence[Stack],
    captions: Sequence[FigureCaption],
    prose: Sequence[tuple[Word, ...]],
) -> tuple[float, float]:
    """Upper and lower limits: other plots, captions, running text."""
    (x0, x1), (first, last) = sides, rows
    spans = [(s.x0, s.top, s.x1, s.bottom) for s in others]
    spans += [(c.x0, c.top, c.x1, c.bottom) for c in captions]
    spans += [(words[0].x0, words[0].top, words[-1].x1, words[0].bottom) for words in prose]
    across = [(top, bottom) for a, top, b, bottom in spans if a < x1 and b > x0]
    ceiling = max([canvas.area.top, *[bottom for _, bottom in across if bottom < first]])
    floor = min([canvas.area.bottom, *[top for top, _ in across if top > last]])
    return ceiling, floor


def upwards(stack: Stack, lines: Sequence[Line], first: float) -> float:
    """The top of the plot: through its heads, up to a strip of white or the end of another plot."""
    size = stack.hits[0].size
    top, seen = first - size / 2, False
    for line in reversed(lines):
        white = HEAD_WHITE * size if seen else WHITE * size + stack.pitch
        if top - line.bottom > white or ends_plot(line):
            break
        top, seen = min(top, line.top), seen or is_head(line)
        if PANEL_LETTER.fullmatch(line.text):
            break
    return top


def ends_plot(line: Line) -> bool:
    return is_ticks(line) or is_statistics(line.text) or is_pooled(line.text) or bool(FAVOURS.search(line.text))


def downwards(stack: Stack, lines: Sequence[Line], last: float) -> float:
    """The bottom of the plot: through its notes and the numbers of its axis, to the heads of another one or white."""
    size = stack.hits[0].size
    bottom = last + size / 2
    for line in lines:
        if line.top - bottom > WHITE * size + stack.pitch or is_head(line) or PANEL_LETTER.fullmatch(line.text):
            break
        bottom = max(bottom, line.bottom)
    return bottom
