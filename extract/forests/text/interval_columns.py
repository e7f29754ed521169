"""Columns of intervals: what stands below one another on a sheet and reads "estimate (low, high)"."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.forests.text.captions import FigureCaption
from extract.forests.text.intervals import Hit, hits_in, number
from extract.forests.text.labels import HEAD, is_head, is_pooled, is_ticks
from extract.forests.text.separate_limits import hits_apart
from extract.page.lines import Line

SHARED = 0.5  # of the narrower one: intervals that overlap by so much stand in one column
FAR = 14.0  # rows: after a gap as wide something else begins
LETTERS = 2  # of a word that may be (part of) a label


@dataclass(frozen=True)
class Stack:
    """Intervals of one column, from top to bottom, each with the line that it stands in."""

    hits: tuple[Hit, ...]
    lines: tuple[Line, ...]

    @property
    def x0(self) -> float:
        return min(hit.x0 for hit in self.hits)

    @property
    def x1(self) -> float:
        return max(hit.x1 for hit in self.hits)

    @property
    def top(self) -> float:
        return self.hits[0].y

    @property
    def bottom(self) -> float:
        return self.hits[-1].y

    @property
    def pitch(self) -> float:
        """Points from row to row; of a lone row, its type size."""
        steps = [b.y - a.y for a, b in pairwise(self.hits)]
        return median(steps) if steps else self.hits[0].size


def find_stacks(lines: Sequence[Line], captions: Sequence[FigureCaption]) -> list[Stack]:
    """The columns of intervals, cut where another plot or table begins; from top to bottom."""
    whole = column_by_column([(hit, line) for hit, line in hits_of(lines) if is_set_off(hit, line)])
    cut = [part for stack in whole for part in cut_apart(stack, lines, captions)]
    return sorted(cut, key=lambda stack: (stack.top, stack.x0))


def hits_of(lines: Sequence[Line]) -> list[tuple[Hit, Line]]:
    """The intervals of some lines, in brackets or in columns of their own, from top to bottom."""
    found = [(hit, line) for line in lines for hit in hits_in(line)]
    bracketed = {id(line) for _, line in found}
    apart = [(hit, line) for hit, line in hits_apart(lines) if id(line) not in bracketed]
    return sorted(found + apart, key=lambda pair: (pair[0].y, pair[0].x0)) if apart else found


def is_set_off(hit: Hit, line: Line) -> bool:
    """Whether an interval stands in a column, and not in a sentence: limits in order, and no small word close before
    it or behind it."""
    before = [word for word in line.words if word.text and 0 <= hit.x0 - word.x1 < 0.6 * hit.size]
    behind = [word for word in line.words if word.text and 0 <= word.x0 - hit.x1 < 0.6 * hit.size]
    small = [text for word in before + behind if (text := word.text.strip(",;:.")).isalpha() and text.islower()]
    return not small and float(number(hit.low)) <= float(number(hit.high))


def column_by_column(found: Sequence[tuple[Hit, Line]]) -> list[Stack]:
    columns: list[list[tuple[Hit, Line]]] = []
    for hit, line in found:
        column = next((c for c in columns if stands_below(hit, c[-1][0])), None)
        if column is None:
            columns.append([(hit, line)])
        else:
            column.append((hit, line))
    return [Stack(tuple(hit for hit, _ in column), tuple(line for _, line in column)) for column in columns]


def stands_below(hit: Hit, last: Hit) -> bool:
    overlap = min(hit.x1, last.x1) - max(hit.x0, last.x0)
    return hit.y > last.y and overlap > SHARED * min(hit.x1 - hit.x0, last.x1 - last.x0)


def cut_apart(stack: Stack, lines: Sequence[Line], captions: Sequence[FigureCaption]) -> list[Stack]:
    """The stack in parts, each of one plot or table."""
    left = min(line.x0 for line in stack.lines)
    nearby = [caption for caption in captions if caption.x0 < stack.x1 and caption.x1 > left]
    parts = [[0]]
    for i in range(1, len(stack.hits)):
        first, second = stack.hits[i - 1], stack.hits[i]
        between = [line for line in lines if first.y + 1 < line.middle < second.y - 1]
        far = second.y - first.y > FAR * stack.pitch
        captioned = any(first.y < caption.top < second.y for caption in nearby)
        if far or captioned or begins_anew(stack, stack.lines[i - 1], between):
            parts.append([])
        parts[-1].append(i)
    return [Stack(tuple(stack.hits[i] for i in p), tuple(stack.lines[i] for i in p)) for p in parts]


def begins_anew(stack: Stack, last: Line, between: Sequence[Line]) -> bool:
    """Whether the heads of a plot stand between two rows, after the end of another one: its pooled line or its axis.
    Heads that are merely repeated are none."""
    heads = [i for i, line in enumerate(between) if is_head_of(stack, line)]
    if not heads:
        return False
    ended = is_pooled(last.phrases[0].text) or any(HEAD.match(line.phrases[0].text) for line in between)
    return ended or any(is_ticks(line) for line in between[: heads[0]])


def is_head_of(stack: Stack, line: Line) -> bool:
    return is_head(line) and any(p.x0 < stack.x1 and p.x1 > stack.x0 for p in line.phrases)


def are_beside(first: Stack, second: Stack) -> bool:
    """Whether two stacks share heights."""
    return min(first.bottom, second.bottom) + 1 > max(first.top, second.top) - 1


def labels_between(left: Stack, right: Stack) -> list[float]:
    """The left edges of what may be labels between two stacks, one a row of the right one that has any."""
    edges = []
    for line in right.lines:
        words = [w for w in line.words if left.x1 < w.x0 < right.x0 and sum(map(str.isalpha, w.text)) >= LETTERS]
        if words:
            edges.append(min(word.x0 for word in words))
    return edges
