"""The baselines of the second reader's characters, and the numbers that stand apart on them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from extract.tables.proof.camelot_reader import CamelotGlyph

_SAME_LINE_EM = 0.5  # characters whose baselines differ by less stand on one line: some are raised or lowered
_SMALL_RATIO = 0.85  # of the largest character of a run: smaller ones are raised or lowered
_APART_EM = 1.0  # numbers with a wider gap between them stand in two columns: spaces within cells are narrower
ROW_NUMBERS_COUNT = 2  # numbers side by side make a row of numbers: one alone may be a part of running text
_NEXT_LINE_EM = 1.7  # a line closer below another may continue its cells
_NUMBER = re.compile(r"(?:[pP](?=[<>≤≥=]))?[<>≤≥=~≈+−–-]*[\d.·](?:[\d\s,.·/%:×+−–<>±()\[\];-]|to)*[*†‡§¶#]*")
_OPEN_END = re.compile(r"(?:[-−–±/(\[,;]|to)$")
_WORDS_IN_BRACKETS = re.compile(r"(?<=.)[(\[][^()\[\]]*[A-Za-z][^()\[\]]*[)\]]")  # "3 (0 to 8) (n = 15)"
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Run:
    """Characters of one baseline without a wide gap: the text of a cell, or of one line of it."""

    glyphs: tuple[CamelotGlyph, ...]

    @cached_property
    def text(self) -> str:
        """Without raised and lowered characters, which may be note marks."""
        return "".join(glyph.text for glyph in self.glyphs if glyph.size > _SMALL_RATIO * self.size)

    @cached_property
    def size(self) -> float:
        return max(glyph.size for glyph in self.glyphs)

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return self.glyphs[-1].x1

    def stands_under(self, other: "Run") -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1


@dataclass(frozen=True)
class Baseline:
    """The runs of a line from left to right; `height`: of the line, from the top; `numbers`: those that are numbers."""

    height: float
    size: float
    runs: tuple[Run, ...]
    numbers: tuple[Run, ...]

    @property
    def is_row(self) -> bool:
        return len(self.numbers) >= ROW_NUMBERS_COUNT

    @property
    def is_of_years(self) -> bool:
        """Whether at least half of the numbers are years, as in a head."""
        return 2 * sum(bool(_YEAR.match(run.text)) for run in self.numbers) >= len(self.numbers)


def is_whole_number(text: str) -> bool:
    """Whether a text without spaces is a value of numbers and signs that continues no other line and is not broken."""
    fits = _NUMBER.fullmatch(_WORDS_IN_BRACKETS.sub("", text))
    whole = all(text.count(opening) == text.count(closing) for opening, closing in ("()", "[]"))
    return bool(fits) and whole and not _OPEN_END.search(text)


def number_baselines(glyphs: Iterable[CamelotGlyph]) -> list[Baseline]:
    """Return the baselines of characters, from top to bottom. Small numbers, like errors set one upon the other behind
    a value, are not among their numbers."""
    found: list[Baseline] = []
    lines = _lines_of(glyphs)
    least = _SMALL_RATIO * median([glyph.size for line in lines for glyph in line] or [0.0])
    for line in lines:
        runs = _runs_of(line)
        above = found[-1] if found and line[0].line - found[-1].height < _NEXT_LINE_EM * line[0].size else None
        whole = (run for run in runs if run.size > least and is_whole_number(run.text))
        numbers = tuple(run for run in whole if not (above and _continues(run, above)))
        found.append(Baseline(line[0].line, line[0].size, runs, numbers))
    return found


def _lines_of(glyphs: Iterable[CamelotGlyph]) -> list[list[CamelotGlyph]]:
    heights: dict[float, list[CamelotGlyph]] = {}
    for glyph in glyphs:
        heights.setdefault(glyph.line, []).append(glyph)
    lines: list[list[CamelotGlyph]] = []
    for level in sorted(heights.values(), key=lambda level: -max(glyph.size for glyph in level)):
        first = max(level, key=lambda glyph: glyph.size)
        near = (line for line in lines if abs(line[0].line - first.line) < _SAME_LINE_EM * line[0].size)
        line = next(near, None)
        if line is None:
            lines.append([first, *(glyph for glyph in level if glyph is not first)])
        else:
            line += level
    return sorted(lines, key=lambda line: line[0].line)


def _runs_of(line: Iterable[CamelotGlyph]) -> tuple[Run, ...]:
    runs: list[list[CamelotGlyph]] = []
    for glyph in sorted(line, key=lambda each: each.x0):
        if runs and glyph.x0 - runs[-1][-1].x1 < _APART_EM * max(glyph.size, runs[-1][-1].size):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return tuple(Run(tuple(run)) for run in runs)


def _continues(run: Run, above: Baseline) -> bool:
    """Whether the line above breaks off over a run ("0.61–")."""
    return any(run.stands_under(other) and _OPEN_END.search(other.text) for other in above.runs)
