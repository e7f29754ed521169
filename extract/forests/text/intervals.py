"""Printed numbers, and estimates with their intervals, in every way in which plots print them: 2.09 [1.69; 2.59],
0.61 [0.42, 0.87], 1.84 (1.43–2.36), 8·70 (–9·72 to –7·69)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.page.lines import Line
from extract.page.words import Word

_SIGNS = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-") | {ord("·"): ".", ord("∙"): ".", ord("‧"): "."}
_PLAIN = r"-?(?:\d+(?:\.\d+)?|\.\d+)"
NUMBER = re.compile(rf"(?:[<>≤≥=~]\s*)?(?:-?\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|{_PLAIN})\s*%?")
_LIMITS = rf"(?P<low>{_PLAIN})\s*%?\s*(?:[,;:/]|to|-)\s*(?P<high>{_PLAIN})\s*%?\s*[)\]}}]"
INTERVAL = re.compile(rf"(?<![\w.])(?P<estimate>{_PLAIN})\s*%?\s*(?P<open>[(\[{{])\s*{_LIMITS}(?!\s*/)")
LIMITS = re.compile(rf"(?P<open>[(\[{{])\s*{_LIMITS}")
DECIMAL_LIMITS = re.compile(r"[(\[]\s*-?\d*\.\d+\s*(?:[,;:]|to|-)\s*-?\d*\.\d+\s*[)\]]")
_COMMAS = re.compile(r"(?<=\d),(?=\d+\s*(?:[(\[]|;|to\b|-|[)\]]))")
_DECIMAL_COMMAS = re.compile(r"\d,\d+\s*[(\[]\s*-?\d+,\d+\s*(?:;|to|-)\s*-?\d+,\d+\s*[)\]]")


@dataclass(frozen=True)
class Hit:
    """An interval found in a line. `estimate` is "" where none stands before it; `x0` is where the estimate begins,
    `bracket` where the bracket opens; `words` are those that it takes up."""

    estimate: str
    low: str
    high: str
    x0: float
    bracket: float
    x1: float
    y: float
    size: float
    words: tuple[Word, ...]
    parts: tuple[tuple[Word, ...], ...]  # those of estimate, lower and upper limit


def plain(text: str) -> str:
    """The text with ASCII minus and points; of the same length."""
    return text.translate(_SIGNS)


def number(text: str) -> str:
    """A printed number as our tables have it: ASCII minus, a digit before the point, without %; "" for another text."""
    text = plain(text).strip()
    if not NUMBER.fullmatch(text):
        return ""
    bare = re.sub(r"[\s%=~]", "", text)
    return re.sub(r"(?<!\d)\.(?=\d)", "0.", bare)


def is_number(text: str) -> bool:
    return bool(number(text))


def hits_in(line: Line) -> list[Hit]:
    """The estimates with intervals of a line, from left to right."""
    text, places = spelled(line.words)
    return [make_hit(match, places) for match in INTERVAL.finditer(text)]


def bare_hits_in(line: Line) -> list[Hit]:
    """The intervals of a line that have no estimate before them."""
    text, places = spelled(line.words)
    taken = [match.span() for match in INTERVAL.finditer(text)]
    found = [match for match in LIMITS.finditer(text) if not any(a <= match.start() < b for a, b in taken)]
    return [make_hit(match, places) for match in found]


Place = tuple[int, int, Word]  # a word with the characters that it takes up in the text of its line


def spelled(words: Sequence[Word]) -> tuple[str, list[Place]]:
    """The words as one text in plain signs, with the place of each in it."""
    places, text = [], ""
    for word in words:
        text += " " if text else ""
        places.append((len(text), len(text) + len(word.text), word))
        text += word.text
    text = plain(text)
    if _DECIMAL_COMMAS.search(text):
        text = _COMMAS.sub(".", text)
    return text, places


def make_hit(match: re.Match[str], places: Sequence[Place]) -> Hit:
    start, end = match.span()
    words = words_at((start, end), places)
    texts = match.groupdict()
    return Hit(
        number(texts.get("estimate") or ""),
        number(texts["low"]),
        number(texts["high"]),
        x_of(start, places),
        x_of(match.start("open"), places),
        x_of(end - 1, places, after=True),
        sum(word.middle for word in words) / len(words),
        words[0].size,
        words,
        tuple(words_at(match.span(name), places) if name in texts else () for name in ("estimate", "low", "high")),
    )


def words_at(span: tuple[int, int], places: Sequence[Place]) -> tuple[Word, ...]:
    """The words that hold some characters of their text."""
    return tuple(word for a, b, word in places if a < span[1] and b > span[0])


def x_of(position: int, places: Sequence[Place], after: bool = False) -> float:
    """Where a character of the text stands on its line, all characters of a word being held to be equally wide."""
    for start, end, word in places:
        if start <= position < end:
            return word.x0 + (position - start + after) / (end - start) * (word.x1 - word.x0)
    raise ValueError(f"no word at {position}")


def outside(words: Sequence[Word], hits: Sequence[Hit]) -> Iterator[Word]:
    """The words of a line that its hits do not take up."""
    taken = {id(word) for hit in hits for word in hit.words}
    return (word for word in words if id(word) not in taken)
