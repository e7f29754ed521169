"""Words to phrases and lines. A phrase is a run of words with ordinary spaces between them; a line holds the phrases
that stand side by side on one height."""

import re
from bisect import bisect, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from statistics import median

from extract.page.box import HasEdges, Rectangle
from extract.page.words import Word

PHRASE_GAP_EM = 0.75  # a gap this wide separates two phrases, however wide the spaces between words are
_SAME_LINE_SHARE = 0.5  # of the smaller height: words of one line share as much
_OPEN_LINE_COUNT = 4  # lines, the lowest so far, that a word may still join: lines of columns may alternate
_left_edge = attrgetter("x0")


class _Run(Rectangle):
    """Parts side by side, from left to right. Their edges are computed once."""

    @property
    def parts(self) -> Sequence[HasEdges]:
        raise NotImplementedError

    @cached_property
    def x0(self) -> float:
        return self.parts[0].x0

    @cached_property
    def x1(self) -> float:
        return max(part.x1 for part in self.parts)

    @cached_property
    def top(self) -> float:
        return min(part.top for part in self.parts)

    @cached_property
    def bottom(self) -> float:
        return max(part.bottom for part in self.parts)

    @cached_property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Phrase(_Run):
    """Words that belong together on one line."""

    words: tuple[Word, ...]

    @property
    def parts(self) -> tuple[Word, ...]:
        return self.words

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words if word.text)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        return tuple(mark for word in self.words for mark in word.marks)

    @cached_property
    def size(self) -> float:
        return median(word.size for word in self.words)

    @cached_property
    def style(self) -> tuple[str, float]:
        """The font and size of most characters."""
        count: dict[tuple[str, float], int] = {}
        for word in self.words:
            count[word.style] = count.get(word.style, 0) + len(word.text)
        return max(count, key=lambda style: count[style])

    @cached_property
    def bold(self) -> bool:
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))


@dataclass(frozen=True)
class Line(_Run):
    """Phrases side by side, from left to right."""

    phrases: tuple[Phrase, ...]

    @property
    def parts(self) -> tuple[Phrase, ...]:
        return self.phrases

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for phrase in self.phrases for word in phrase.words)

    @cached_property
    def text(self) -> str:
        return " ".join(phrase.text for phrase in self.phrases)


def make_lines(words: Iterable[Word], phrase_gap: float = PHRASE_GAP_EM) -> list[Line]:
    """Return lines from top to bottom. Words that share half of their height share a line; gaps of `phrase_gap` type
    sizes separate its phrases."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.middle):
        row = next((row for row in reversed(rows[-_OPEN_LINE_COUNT:]) if _shares_line(word, row)), None)
        if row is None:
            rows.append([word])
        else:
            insort(row, word, key=_left_edge)
    lines = [Line(tuple(make_phrases(row, phrase_gap))) for row in rows]
    return sorted(lines, key=lambda line: (line.middle, line.x0))


def _shares_line(word: Word, row: Sequence[Word]) -> bool:
    """Whether a word stands on the line of a row (sorted from left to right). Only the nearest word of the row counts,
    because the lines of a slanted scan drift."""
    place = bisect(row, word.x0, key=_left_edge)
    near = min(row[max(place - 1, 0) : place + 1], key=lambda w: abs(w.x0 - word.x0))
    return word.overlap_y(near) >= _SAME_LINE_SHARE * min(word.height, near.height)


def make_phrases(words: Iterable[Word], phrase_gap: float = PHRASE_GAP_EM) -> list[Phrase]:
    """Return the phrases of one line from left to right. Gaps of `phrase_gap` type sizes separate them."""
    phrases: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.x0):
        if phrases and word.x0 - phrases[-1][-1].x1 < phrase_gap * min(word.size, phrases[-1][-1].size):
            phrases[-1].append(word)
        else:
            phrases.append([word])
    return [Phrase(tuple(phrase)) for phrase in phrases]


def join_wrapped(lines: Iterable[str]) -> str:
    """Join the lines of one cell or sentence: with a space, but without one behind a hyphen, dash or slash at which a
    word is broken ("single-" + "arm", "(19–" + "52)", "LPS/" + "DDLPS")."""
    joined = ""
    for line in filter(None, lines):
        glue = "" if not joined or is_broken(joined, line) else " "
        joined += glue + line
    return joined


def is_broken(before: str, after: str) -> bool:
    """Whether a word or range breaks between two lines."""
    if re.search(r"\w[-‐\u00ad]$", before):
        return after[:1].isalnum()
    return bool(re.search(r"\w[/–]$", before)) and after[:1].isalnum()
