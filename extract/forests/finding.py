"""From a canvas to its panels: each column of intervals with labels, heads and an axis around it that looks like a
forest plot and not like a table or a sentence."""

from collections.abc import Sequence
from dataclasses import replace

from extract.forests.bounds import Frame, frame_of
from extract.forests.panel import Panel
from extract.forests.plot import Canvas
from extract.forests.text.captions import FigureCaption, above_of, below_of, find_captions
from extract.forests.text.heterogeneity import is_statistics, statistics_in
from extract.forests.text.interval_columns import Stack, are_beside, find_stacks, labels_between
from extract.forests.text.labels import FAVOURS, is_pooled, is_ticks
from extract.page.box import Box
from extract.page.lines import Line, make_lines
from extract.page.prose import blocks, running_phrases
from extract.page.words import Word

FEWEST = 2  # rows with intervals
ABOVE = 5.0  # type sizes between the caption of a table and its first row
ENOUGH = 2  # signs that it is a plot
FEW = 3  # marks could stand so by chance with fewer
MARKED = 0.5  # of the rows have a mark of the drawing


def find_panels(canvas: Canvas) -> list[Panel]:
    """The panels of a canvas, in reading order; none where it shows no forest plot."""
    captions = captions_of(canvas)
    prose = prose_of(canvas, captions)
    taken = {id(word) for phrases in prose for word in phrases}
    words = [word for word in canvas.sheet.words if id(word) not in taken]
    lines = make_lines(words)
    stacks = [stack for stack in find_stacks(lines, captions) if len(stack.hits) >= FEWEST]
    groups = side_by_side(stacks)
    found = []
    for group in groups:
        others = [stack for other in groups if other is not group for stack in other]
        frame = frame_of(canvas, group, others, lines, captions, prose)
        if is_plot(canvas, group[0], frame, lines, captions):
            found.append(make_panel(canvas, frame, words))
    return with_captions(found, captions)


def captions_of(canvas: Canvas) -> list[FigureCaption]:
    """The captions on a canvas, one of each label: the last, as running text that begins with "Figure 2." stands
    elsewhere."""
    found = find_captions(canvas.sheet)
    return [c for i, c in enumerate(found) if all(c.label != other.label for other in found[i + 1 :])]


def prose_of(canvas: Canvas, captions: Sequence[FigureCaption]) -> list[tuple[Word, ...]]:
    """Lines of running text, and those of captions."""
    running = [phrase.words for block in blocks(running_phrases(canvas.sheet)) for phrase in block]
    lines = [phrase.words for line in canvas.sheet.lines for phrase in line.phrases]
    return running + [words for words in lines if any(is_within(words, caption) for caption in captions)]


def is_within(words: Sequence[Word], caption: FigureCaption) -> bool:
    x0, x1, y = words[0].x0, words[-1].x1, words[0].middle
    return caption.top - 1 < y < caption.bottom + 1 and x0 > caption.x0 - 2 and x1 < caption.x1 + 2


def side_by_side(stacks: Sequence[Stack]) -> list[list[Stack]]:
    """Stacks by plot: those beside one another without labels between them are columns of one plot, the first one its
    estimates."""
    groups: list[list[Stack]] = []
    for stack in stacks:
        group = next((g for g in groups if belongs_to(stack, g)), None)
        if group is None:
            groups.append([stack])
        else:
            group.append(stack)
    return [sorted(group, key=lambda stack: (-len(stack.hits), stack.x0)) for group in groups]


def belongs_to(stack: Stack, group: Sequence[Stack]) -> bool:
    for other in group:
        left, right = sorted((stack, other), key=lambda s: s.x0)
        if are_beside(left, right) and len(labels_between(left, right)) < 0.5 * len(right.hits):
            return True
    return False


def is_plot(
    canvas: Canvas, stack: Stack, frame: Frame, lines: Sequence[Line], captions: Sequence[FigureCaption]
) -> bool:
    """Whether the signs of a forest plot are enough: a drawing beside the rows, a caption that names one, pooled lines,
    heterogeneity, weights, the numbers of an axis. Under the caption of a table only a drawing is."""
    inside = [line for line in lines if frame.top <= line.middle <= frame.bottom]
    if is_drawn(canvas, stack, frame):
        return True
    if any(is_table_above(stack, frame, caption) for caption in captions):
        return False
    texts = [line.text for line in inside if frame.x0 <= line.x1 and line.x0 <= frame.x1]
    named = any("forest" in caption.text.casefold() for caption in captions if not caption.is_table)
    pooled = any(is_pooled(text) for text in texts)
    tested = any(is_statistics(text) or "i2" in statistics_in(text)[0] for text in texts)
    weighed = any("weight" in text.casefold() for text in texts)
    axis = any(is_ticks(line) and line.middle > stack.bottom for line in inside)
    sided = any(FAVOURS.search(text) for text in texts)
    return 2 * named + pooled + tested + weighed + axis + sided >= ENOUGH


def is_drawn(canvas: Canvas, stack: Stack, frame: Frame) -> bool:
    """Whether a mark stands at the height of most rows; of a few rows, of each."""
    drawing = canvas.drawing
    marks = [(mark.x, mark.y) for mark in drawing.squares] + [(mark.x, mark.y) for mark in drawing.diamonds]
    marks += [((mark.x0 + mark.x1) / 2, mark.y) for mark in drawing.whiskers]
    heights = [y for x, y in marks if frame.x0 <= x <= frame.x1]
    marked = sum(any(abs(y - hit.y) < 0.5 * stack.pitch for y in heights) for hit in stack.hits)
    return marked >= max(MARKED * len(stack.hits), min(len(stack.hits), FEW))


def is_table_above(stack: Stack, frame: Frame, caption: FigureCaption) -> bool:
    size = stack.hits[0].size
    near = -size < frame.top - caption.bottom < ABOVE * size
    return caption.is_table and near and caption.x0 < frame.x1 and caption.x1 > frame.x0


def make_panel(canvas: Canvas, frame: Frame, words: Sequence[Word]) -> Panel:
    inside = tuple(
        word
        for word in words
        if frame.top - 1 <= word.middle <= frame.bottom + 1 and frame.x0 <= (word.x0 + word.x1) / 2 <= frame.x1
    )
    return Panel(canvas, Box(frame.x0, frame.top, frame.x1, frame.bottom), inside)


def with_captions(panels: Sequence[Panel], captions: Sequence[FigureCaption]) -> list[Panel]:
    """The panels with the captions of their figures: all those below them, or where that leaves the last one without,
    those above."""
    figures = [caption for caption in captions if not caption.is_table]
    below = [below_of(panel.region, figures) for panel in panels]
    above = [above_of(panel.region, figures) for panel in panels]
    chosen = below if sum(c is None for c in below) <= sum(c is None for c in above) else above
    return [replace(p, label=c.label, caption=c.text) if c else p for p, c in zip(panels, chosen, strict=True)]
