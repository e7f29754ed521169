"""Intervals without brackets whose limits are columns of their own: "Odds ratio  Lower limit  Upper limit"."""

import re
from collections.abc import Sequence

from extract.forests.text.intervals import PrintedInterval, curated_number, is_one_number
from extract.page.lines import Line
from extract.page.words import Word

LOWER = re.compile(r"^(?:lower|low|ll|lcl|lci)\b", re.IGNORECASE)
UPPER = re.compile(r"^(?:upper|high|ul|ucl|uci)\b", re.IGNORECASE)
LIMIT_OFFSET_EM = 2.5  # from the middle of a head to that of a number under it: half a head ("Lower limit") wide

LimitHeads = tuple[Word, Word]  # the head of the lower limits and that of the upper limits


def heads_of_limits(lines: Sequence[Line]) -> list[tuple[Line, LimitHeads]]:
    """The lines that name columns of limits, each with its two heads: the lower one, and the upper one behind it."""
    found = []
    for line in lines:
        words = [word for word in line.words if word.text]
        for lower in (word for word in words if LOWER.match(word.text)):
            upper = next((word for word in words if word.x0 > lower.x1 and UPPER.match(word.text)), None)
            if upper is not None:
                found.append((line, (lower, upper)))
    return found


def intervals_under(heads: LimitHeads, line: Line) -> list[PrintedInterval]:
    """The interval of a line whose limits stand under these heads, with the number before them as its estimate; an
    empty list where one of the three is missing or the limits are not in order."""
    numbers = [word for word in line.words if is_one_number(word.text)]
    low, high = (number_under(head, numbers) for head in heads)
    before = [word for word in numbers if low is not None and word.x1 < low.x0]
    if low is None or high is None or low is high or not before:
        return []
    words = (before[-1], low, high)
    texts = [curated_number(word.text) for word in words]
    if any(text[0] in "<>≤≥" or "," in text for text in texts) or not float(texts[1]) <= float(texts[2]):
        return []
    middle = sum(word.middle for word in words) / len(words)
    parts = tuple((word,) for word in words)
    return [PrintedInterval(texts[0], texts[1], texts[2], words[0].x0, low.x0, high.x1, middle, low.size, words, parts)]


def number_under(head: Word, numbers: Sequence[Word]) -> Word | None:
    """The number that stands under a head; None where none does."""
    x = (head.x0 + head.x1) / 2
    under = [word for word in numbers if abs((word.x0 + word.x1) / 2 - x) < LIMIT_OFFSET_EM * word.size]
    return min(under, key=lambda word: abs((word.x0 + word.x1) / 2 - x), default=None)


def separate_intervals(lines: Sequence[Line]) -> list[tuple[PrintedInterval, Line]]:
    """The intervals under heads of limits, each with its line. The heads of a plot apply down to those of the next."""
    heads = heads_of_limits(lines)
    found = []
    for i, (head_line, pair) in enumerate(heads):
        end = next((other.top for other, _ in heads[i + 1 :] if other.top > head_line.bottom), float("inf"))
        below = [line for line in lines if head_line.bottom < line.middle < end]
        found += [(interval, line) for line in below for interval in intervals_under(pair, line)]
    return found
