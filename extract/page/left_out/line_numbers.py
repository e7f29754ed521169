"""The line numbers of manuscripts for reviewers, in the margin: no words of the page."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.page.box import Box
from extract.page.lines import Line, make_lines
from extract.page.words import Word

_NUMBER_COUNT = 4  # line numbers below one another, at least
_MOST_DIGITS = 6  # of a line number
_EDGE_PT = 1.0  # they begin or end within this distance of one another
_LINE_WORD_COUNT = 5  # words of a line of running text, at least
_TEXT_SHARE = 0.6  # of the numbers stand beside one line of running text
_STEPS = (1, 5)  # from number to number: every line or every fifth one is numbered


def without_line_numbers(words: Sequence[Word], rules: Iterable[Box]) -> list[Word]:
    """Return the words without the numbers that stand left of all lines of a page and count them. A column of a table
    counts rows, too, but has a head above it or rules across it, or rows of several cells beside it."""
    lines = _numbered_lines(words)
    if len(lines) < _NUMBER_COUNT:
        return list(words)
    numbers = [line.words[0] for line in lines]
    rows = sum(len(line.phrases) > 2 or len(line.words) <= _LINE_WORD_COUNT for line in lines)
    left, right = min(w.x0 for w in numbers), max(w.x1 for w in numbers)
    ruled = any(rule.x0 < right and rule.x1 > left and numbers[0].top < rule.top < numbers[-1].bottom for rule in rules)
    others = any(w.x0 < right and w.x1 > left and w not in numbers for w in words)
    if ruled or others or rows > (1 - _TEXT_SHARE) * len(lines):
        return list(words)
    return [word for word in words if word not in numbers]


def _numbered_lines(words: Sequence[Word]) -> list[Line]:
    """The longest run of lines that begin with numbers which count on and begin or end alike."""
    if not _may_be_numbered(words):
        return []
    lines = [line for line in make_lines(words) if _is_number(line.words[0])]
    runs: list[list[Line]] = [lines[:1]]
    for above, below in pairwise(lines):
        if _counts_on(above.words[0], below.words[0]):
            runs[-1].append(below)
        else:
            runs.append([below])
    return max(runs, key=len)


def _may_be_numbered(words: Iterable[Word]) -> bool:
    """Whether so many numbers count on that lines are worth making: on most pages they do not."""
    placed: dict[int, list[Word]] = {}
    for word in filter(_is_number, words):
        placed.setdefault(int(word.text), []).append(word)
    following = (
        any(_counts_on(above, below) for step in _STEPS for below in placed.get(number + step, ()))
        for number, numbers in placed.items()
        for above in numbers
    )
    return sum(following) >= _NUMBER_COUNT - 1


def _is_number(word: Word) -> bool:
    return word.text.isdecimal() and len(word.text) <= _MOST_DIGITS and not word.marks


def _counts_on(above: Word, below: Word) -> bool:
    step = int(below.text) - int(above.text)
    return step in _STEPS and min(abs(below.x0 - above.x0), abs(below.x1 - above.x1)) < _EDGE_PT
