"""Intervals whose limits are columns of their own, without brackets: "Odds ratio  Lower limit  Upper limit"."""

import re
from collections.abc import Sequence

from extract.forests.text.intervals import Hit, is_number, number
from extract.page.lines import Line
from extract.page.words import Word

LOWER = re.compile(r"^(?:lower|low|ll|lcl|lci)\b", re.IGNORECASE)
UPPER = re.compile(r"^(?:upper|high|ul|ucl|uci)\b", re.IGNORECASE)
ASIDE = 2.5  # type sizes between the middle of a head and that of a number under it

Heads = tuple[Word, Word]  # those of the lower and of the upper limits


def heads_of_limits(lines: Sequence[Line]) -> list[tuple[Line, Heads]]:
    """The lines that name columns of limits, each with the words that do: a lower one, and an upper one behind it."""
    found = []
    for line in lines:
        words = [word for word in line.words if word.text]
        for lower in (word for word in words if LOWER.match(word.text)):
            upper = next((word for word in words if word.x0 > lower.x1 and UPPER.match(word.text)), None)
            if upper is not None:
                found.append((line, (lower, upper)))
    return found


def hits_under(heads: Heads, line: Line) -> list[Hit]:
    """The estimate and the limits of a line, each a number of its own, the limits under their heads."""
    numbers = [word for word in line.words if is_number(word.text)]
    low, high = (nearest(head, numbers) for head in heads)
    before = [word for word in numbers if low is not None and word.x1 < low.x0]
    if low is None or high is None or low is high or not before:
        return []
    words = (before[-1], low, high)
    texts = [number(word.text) for word in words]
    if any(text[0] in "<>≤≥" or "," in text for text in texts) or not float(texts[1]) <= float(texts[2]):
        return []
    middle = sum(word.middle for word in words) / 3
    parts = tuple((word,) for word in words)
    return [Hit(texts[0], texts[1], texts[2], words[0].x0, low.x0, high.x1, middle, low.size, words, parts)]


def nearest(head: Word, numbers: Sequence[Word]) -> Word | None:
    """The number that stands under a head."""
    x = (head.x0 + head.x1) / 2
    under = [word for word in numbers if abs((word.x0 + word.x1) / 2 - x) < ASIDE * word.size]
    return min(under, key=lambda word: abs((word.x0 + word.x1) / 2 - x), default=None)


def hits_apart(lines: Sequence[Line]) -> list[tuple[Hit, Line]]:
    """The intervals under heads of limits, each with its line; the heads of a plot hold down to those of the next."""
    heads = heads_of_limits(lines)
    found = []
    for i, (head_line, pair) in enumerate(heads):
        end = next((other.top for other, _ in heads[i + 1 :] if other.top > head_line.bottom), float("inf"))
        below = [line for line in lines if head_line.bottom < line.middle < end]
        found += [(hit, line) for line in below for hit in hits_under(pair, line)]
    return found
