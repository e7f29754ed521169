"""Words to phrases and lines. A phrase is a run of words with ordinary spaces between them; a line holds the phrases
that stand side by side on one height."""

import re
from bisect import bisect, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from statistics import median

from extract.page.box import Rectangle
from extract.page.words import Word

PHRASE_GAP_EM = 0.75  # of the type size: a gap from this on separates two phrases, whatever the spaces are
_SAME_LINE_SHARE = 0.5  # of the smaller height must be shared
_left_edge = attrgetter("x0")


@dataclass(frozen=True)
class Phrase(Rectangle):
    """Words that belong together on one line."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words if word.text)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        return tuple(mark for word in self.words for mark in word.marks)

    @cached_property
    def x0(self) -> float:
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @cached_property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @cached_property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @cached_property
    def center(self) -> float:
        return (self.x0 + self.x1) / 2

    @cached_property
    def width(self) -> float:
        return self.x1 - self.x0

    @cached_property
    def size(self) -> float:
        return median(word.size for word in self.words)

    @cached_property
    def style(self) -> tuple[str, float]:
        """Font and size of most of its characters."""
        count: dict[tuple[str, float], int] = {}
        for word in self.words:
            count[word.style] = count.get(word.style, 0) + len(word.text)
        return max(count, key=lambda style: count[style])

    @cached_property
    def bold(self) -> bool:
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))


@dataclass(frozen=True)
class Line(Rectangle):
    """Phrases side by side, from left to right."""

    phrases: tuple[Phrase, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for phrase in self.phrases for word in phrase.words)

    @cached_property
    def text(self) -> str:
        return " ".join(phrase.text for phrase in self.phrases)

    @cached_property
    def x0(self) -> float:
        return self.phrases[0].x0

    @cached_property
    def x1(self) -> float:
        return max(phrase.x1 for phrase in self.phrases)

    @cached_property
    def top(self) -> float:
        return min(phrase.top for phrase in self.phrases)

    @cached_property
    def bottom(self) -> float:
        return max(phrase.bottom for phrase in self.phrases)

    @cached_property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def make_lines(words: Iterable[Word], wide: float = PHRASE_GAP_EM) -> list[Line]:
    """Lines from top to bottom; words share a line where they share half of their height."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.middle):
        row = next((row for row in reversed(rows[-4:]) if shares_line(word, row)), None)
        if row is None:
            rows.append([word])
        else:
            insort(row, word, key=_left_edge)
    lines = [Line(tuple(make_phrases(row, wide))) for row in rows]
    return sorted(lines, key=lambda line: (line.middle, line.x0))


def shares_line(word: Word, row: Sequence[Word]) -> bool:
    """Against the word of the row, sorted from left to right, that is nearest sideways, so that a slanted scan does not
    drift."""
    place = bisect(row, word.x0, key=_left_edge)
    near = min(row[max(place - 1, 0) : place + 1], key=lambda w: abs(w.x0 - word.x0))
    overlap = min(word.bottom, near.bottom) - max(word.top, near.top)
    return overlap >= _SAME_LINE_SHARE * min(word.bottom - word.top, near.bottom - near.top)


def make_phrases(words: Iterable[Word], wide: float = PHRASE_GAP_EM) -> list[Phrase]:
    phrases: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.x0):
        if phrases and word.x0 - phrases[-1][-1].x1 < wide * min(word.size, phrases[-1][-1].size):
            phrases[-1].append(word)
        else:
            phrases.append([word])
    return [Phrase(tuple(phrase)) for phrase in phrases]


def join_wrapped(lines: Iterable[str]) -> str:
    """Lines of one cell or sentence as one text: a space between them, none behind a hyphen, dash or slash that
    a word was broken at ("single-" + "arm", "(19–" + "52)", "LPS/" + "DDLPS")."""
    joined = ""
    for line in filter(None, lines):
        glue = "" if not joined or is_broken(joined, line) else " "
        joined += glue + line
    return joined


def is_broken(before: str, after: str) -> bool:
    if re.search(r"\w[-‐\u00ad]$", before):
        return after[:1].isalnum()
    return bool(re.search(r"\w[/–]$", before)) and after[:1].isalnum()
