"""Printed numbers, and estimates with their intervals, in every way in which plots print them: 2.09 [1.69; 2.59],
0.61 [0.42, 0.87], 1.84 (1.43–2.36), 8·70 (–9·72 to –7·69)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.page.box import Rectangle
from extract.page.lines import Line
from extract.page.words import Word
from schemas.base.printed import MOST_DECIMALS, MOST_DIGITS, parse_printed

_SIGNS = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-") | {ord("·"): ".", ord("∙"): ".", ord("‧"): "."}
_DECIMALS = rf"\.[0-9]{{1,{MOST_DECIMALS}}}"
_VALUE = rf"-?(?:[0-9]{{1,{MOST_DIGITS}}}(?:{_DECIMALS})?|{_DECIMALS})"  # longer ones are no numbers
_THOUSANDS = rf"-?[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,{MOST_DIGITS // 3 - 1}}}"
PRINTED_NUMBER = re.compile(rf"(?:[<>≤≥=~]\s*)?(?:{_THOUSANDS}(?:{_DECIMALS})?|{_VALUE})\s*%?")
_GROUPED = rf"(?:{_THOUSANDS}{_DECIMALS}|{_VALUE})"  # "1,219.68" has decimals; "(1,219)" may be two limits
_LIMITS = rf"(?P<low>{_GROUPED})\s*%?\s*(?:[,;:/]|to|-)\s*(?P<high>{_GROUPED})\s*%?\s*[)\]}}]"
ESTIMATE_WITH_LIMITS = re.compile(rf"(?<![\w.])(?P<estimate>{_GROUPED})\s*%?\s*(?P<open>[(\[{{])\s*{_LIMITS}(?!\s*/)")
BRACKETED_LIMITS = re.compile(rf"(?P<open>[(\[{{])\s*{_LIMITS}")
DECIMAL_LIMITS = re.compile(r"[(\[]\s*-?\d*\.\d+\s*(?:[,;:]|to|-)\s*-?\d*\.\d+\s*[)\]]")
_COMMAS = re.compile(r"(?<=\d),(?=\d+\s*(?:[(\[]|;|to\b|-|[)\]]))")
_DECIMAL_COMMAS = re.compile(r"\d,\d+\s*[(\[]\s*-?\d+,\d+\s*(?:;|to|-)\s*-?\d+,\d+\s*[)\]]")
_DECIMAL = rf"-?[0-9]{{0,{MOST_DIGITS}}}{_DECIMALS}"
BARE_RANGE = re.compile(
    rf"(?<![\w.,;(\[{{/-])(?P<low>{_DECIMAL})(?:\s+to\s+|\s*[,;]\s*|-|\s+-\s+)(?P<high>{_DECIMAL})(?![\w.%/]|\s*[)\]}}])"
)
WHOLE_PART = re.compile(r"(?<![\d.,])\d+$")
DECIMAL_PART = re.compile(r"[.·]\d")
CUT_NUMBER_GAP_EM = 0.5  # between the parts of a number; columns stand farther apart


@dataclass(frozen=True)
class PrintedInterval(Rectangle):
    """An interval found in a line. `estimate` is "" where no number stands before it; `x0` is where the estimate
    begins, `bracket` where the bracket opens, `y` the middle height; `words` are the words that hold it, `parts` those
    of the estimate, the lower and the upper limit. `doubted`: the columns of the three that may not be as
    printed; `doubt`: why."""

    estimate: str
    low: str
    high: str
    x0: float
    bracket: float
    x1: float
    y: float
    size: float
    words: tuple[Word, ...]
    parts: tuple[tuple[Word, ...], ...]
    doubt: str = ""
    doubted: tuple[str, ...] = ()

    @cached_property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)


def ascii_signs(text: str) -> str:
    """The text with ASCII minus and decimal points, of the same length."""
    return text.translate(_SIGNS)


def curated_number(text: str) -> str:
    """A printed number as our tables have it: ASCII minus, a digit before the point, without %; "" for other text."""
    text = ascii_signs(text).strip()
    if not PRINTED_NUMBER.fullmatch(text):
        return ""
    bare = re.sub(r"[\s%=~]", "", text)
    return re.sub(r"(?<!\d)\.(?=\d)", "0.", bare)


def as_float(number: str) -> float:
    """A curated number as a float: "1,219.68" has a comma between its thousands."""
    return float(parse_printed(number).value)


def is_one_number(text: str) -> bool:
    return bool(curated_number(text))


def intervals_in(line: Line) -> list[PrintedInterval]:
    """The estimates with intervals of a line, from left to right."""
    text, spans = text_with_spans(line.words)
    return [make_interval(match, spans) for match in ESTIMATE_WITH_LIMITS.finditer(text)]


def bare_limits_in(line: Line) -> list[PrintedInterval]:
    """The intervals of a line that have no estimate before them."""
    text, spans = text_with_spans(line.words)
    taken = [match.span() for match in ESTIMATE_WITH_LIMITS.finditer(text)]
    found = [match for match in BRACKETED_LIMITS.finditer(text) if not any(a <= match.start() < b for a, b in taken)]
    return [make_interval(match, spans) for match in found]


def bare_ranges_in(line: Line) -> list[PrintedInterval]:
    """The pairs of numbers of a line that may be the limits of an interval, without estimates."""
    text, spans = text_with_spans(line.words)
    found = []
    for match in BARE_RANGE.finditer(text):
        words = words_at(match.span(), spans)
        low, high = (curated_number(match[name]) for name in ("low", "high"))
        x0, x1 = x_at(match.start(), spans), x_at(match.end() - 1, spans, after=True)
        parts = ((), words_at(match.span("low"), spans), words_at(match.span("high"), spans))
        y = sum(word.middle for word in words) / len(words)
        if as_float(low) <= as_float(high):
            found.append(PrintedInterval("", low, high, x0, x0, x1, y, words[0].size, words, parts))
    return found


WordSpan = tuple[int, int, Word]  # a word, with the begin and end of its characters in the text of its line


def text_with_spans(words: Sequence[Word]) -> tuple[str, list[WordSpan]]:
    """The words as one text with ASCII signs, and the span of each word in that text. Decimal commas become points
    where an interval shows that the commas are decimal. A number that a narrow blank cuts at its point is one."""
    spans, text = [], ""
    for i, word in enumerate(words):
        text += " " if text and not goes_on(words[i - 1], word) else ""
        spans.append((len(text), len(text) + len(word.text), word))
        text += word.text
    text = ascii_signs(text)
    if _DECIMAL_COMMAS.search(text):
        text = _COMMAS.sub(".", text)
    return text, spans


def goes_on(first: Word, second: Word) -> bool:
    """Whether a number goes on from one word to the next: "1 .08", where the typeface has wide spaces around a 1."""
    near = second.x0 - first.x1 < CUT_NUMBER_GAP_EM * min(first.size, second.size)
    return near and bool(WHOLE_PART.search(first.text) and DECIMAL_PART.match(second.text))


def make_interval(match: re.Match[str], spans: Sequence[WordSpan]) -> PrintedInterval:
    """The interval that matches in the text of some words."""
    start, end = match.span()
    words = words_at((start, end), spans)
    texts = match.groupdict()
    return PrintedInterval(
        curated_number(texts.get("estimate") or ""),
        curated_number(texts["low"]),
        curated_number(texts["high"]),
        x_at(start, spans),
        x_at(match.start("open"), spans),
        x_at(end - 1, spans, after=True),
        sum(word.middle for word in words) / len(words),
        words[0].size,
        words,
        tuple(words_at(match.span(name), spans) if name in texts else () for name in ("estimate", "low", "high")),
    )


def words_at(characters: tuple[int, int], spans: Sequence[WordSpan]) -> tuple[Word, ...]:
    """The words that hold some of these characters of their text."""
    return tuple(word for a, b, word in spans if a < characters[1] and b > characters[0])


def x_at(character: int, spans: Sequence[WordSpan], after: bool = False) -> float:
    """The left edge (`after`: the right edge) of a character of the text, as if all characters of a word were equally
    wide. ValueError for a character between two words."""
    for start, end, word in spans:
        if start <= character < end:
            return word.x0 + (character - start + after) / (end - start) * (word.x1 - word.x0)
    raise ValueError(f"no word has character {character} of the line")


def words_outside(words: Sequence[Word], intervals: Sequence[PrintedInterval]) -> Iterator[Word]:
    """The words of a line that hold no part of these intervals."""
    taken = {id(word) for interval in intervals for word in interval.words}
    return (word for word in words if id(word) not in taken)
