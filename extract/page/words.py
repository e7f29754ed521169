"""Characters to words: raised note marks are kept out of the text, exponents and indices stay in it."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import hypot
from typing import Any
from unicodedata import normalize

from pdfplumber.utils.text import extract_words

from extract.page.box import Rectangle
from extract.page.glyphs.mending import Mended

SMALLER = 0.85  # of the neighbour's size: an index or a mark (Typst's superscripts: 0.6; Word's: 0.65)
RAISED = 0.12  # of the neighbour's size, baseline against baseline
TOUCHING = 0.35  # of the neighbour's size
SPACE = 0.15  # of the type size: a wider gap ends a word
LIGATURES = {letter: normalize("NFKC", letter) for letter in "ﬀﬁﬂﬃﬄﬅﬆ"}
SIGNS = "+−–-<>≤≥=±~≈"
SIGN_SPACE = 0.25  # of the type size: a sign before a number may be set off by so much and belongs to it
BASELINE = 0.05  # of the type size: characters of one baseline
DOUBLE = 0.1  # of the type size: two characters no farther apart are one, drawn twice
STEP = 2.0  # points between two places
FAR = 1 << 20  # places from one column of them to the next
AROUND = [column * FAR + row for column in (-1, 0, 1) for row in (-1, 0, 1)]
RAISED_LETTERS = "¹²³⁰⁴⁵⁶⁷⁸⁹ªº⁺⁻"

UNIT_BEFORE_EXPONENT = re.compile(
    r"(?:^|[\s\d/(×x*·.,])(?:[mckµμdn]?m|10|s|min|h|L|l|I|R|r|χ|[Cc]hi|X|x|T|η|f|ω|τ|e)[-−–]?$"
)
RAISED_NUMBER = re.compile(r"[\d¹²³⁰⁴⁵⁶⁷⁸⁹⁺⁻+\-−–]+")
ORDINAL = re.compile(r"st|nd|rd|th")


@dataclass(frozen=True)
class Word(Rectangle):
    """A word as printed. `text` is without its note marks; a word that is nothing but marks has none. `mended`: its
    characters that are not as the text layer has them, which has `layer` for the word where there are any.
    `confidence`: 0 to 1, how sure the reader of a picture is of it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    font: str
    marks: tuple[str, ...] = ()
    mended: tuple[Mended, ...] = ()
    layer: str = ""
    confidence: float = 1.0

    @property
    def style(self) -> tuple[str, float]:
        return self.font, round(self.size, 1)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @cached_property
    def bold(self) -> bool:
        return bool(re.search(r"bold|black|heavy|semibold|demi|\.B\b|-B$", self.font, re.IGNORECASE))


def make_words(chars: list[dict[str, Any]]) -> list[Word]:
    """The words of upright characters (pdfplumber's, with boxes in the sheet's frame), in reading order of lines."""
    settled = settle_raised(without_doubles([without_jitter(char) for char in chars]))
    found = extract_words(
        settled, x_tolerance_ratio=SPACE, y_tolerance=1.5, return_chars=True, keep_blank_chars=False, char_dir="ltr"
    )
    return [make_word(word["chars"]) for word in found]


def without_jitter(char: dict[str, Any]) -> dict[str, Any]:
    text = LIGATURES.get(char["text"], char["text"])
    return {
        **char,
        "text": text,
        "size": char["bottom"] - char["top"],
        "rise": rise(char),
        "raised": text in RAISED_LETTERS,
        "upright": True,
        "doctop": char["top"],
    }


def rise(char: dict[str, Any]) -> float:
    """How high the baseline of a character stands, across the direction of its text."""
    a, b, _, _, x, y = char.get("matrix") or (1, 0, 0, 1, 0, -char["bottom"])
    return float(y if a > 0 and not b else (a * y - b * x) / (hypot(a, b) or 1))


def without_doubles(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Characters without those that are drawn upon their like, which makes them bold."""
    if len({(char["text"], round(char["x0"]), round(char["top"])) for char in chars}) == len(chars):
        return chars
    kept: list[dict[str, Any]] = []
    near: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for char in chars:
        text, place = char["text"], round(char["x0"] / STEP) * FAR + round(char["top"] / STEP)
        around = (other for step in AROUND if (text, place + step) in near for other in near[text, place + step])
        if not any(is_upon(char, other) for other in around):
            near[text, place].append(char)
            kept.append(char)
    return kept


def is_upon(char: dict[str, Any], other: dict[str, Any]) -> bool:
    off = max(abs(char["x0"] - other["x0"]), abs(char["top"] - other["top"]), abs(char["x1"] - other["x1"]))
    return bool(off < DOUBLE * char["size"])


def settle_raised(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put raised and lowered characters on the line of the character that they touch, before or behind them, and
    remember which are raised."""
    settled: list[dict[str, Any]] = []
    base: dict[str, Any] | None = None
    small = SMALLER * max((char["size"] for char in chars), default=0)
    for i, char in enumerate(chars):
        if base is not None and belongs_to(char, base, settled[-1]):
            char = settle(char, base)
        elif char["size"] <= small and (bearer := leads_to(char, chars[i + 1 : i + 4])) is not None:
            char = settle(char, bearer)
        elif char["text"].strip():
            char = levelled(char, settled[-1]) if settled else char
            base = char
        settled.append(closed_up(char, settled))
    return settled


def levelled(char: dict[str, Any], last: dict[str, Any]) -> dict[str, Any]:
    """A character brought to the height of the one that it touches where size and baseline are the same: fonts may
    differ in how high they say that their characters are."""
    if char["top"] == last["top"] and char["bottom"] == last["bottom"]:
        return char
    alike = abs(char["size"] - last["size"]) < 0.1 * last["size"] and not last["raised"]
    touches = abs(char["x0"] - last["x1"]) < SIGN_SPACE * last["size"]
    if alike and touches and abs(char["rise"] - last["rise"]) < BASELINE * last["size"]:
        return char | {key: last[key] for key in ("top", "bottom", "doctop")}
    return char


def closed_up(char: dict[str, Any], before: list[dict[str, Any]]) -> dict[str, Any]:
    """A character without the gap before it that parts no words: within a raised run, or between a sign that begins a
    word and its number."""
    last = before[-1] if before else None
    other = before[-2] if len(before) > 1 else None
    if last is None or not last["text"].strip() or not 0 < char["x0"] - last["x1"] < SIGN_SPACE * last["size"]:
        return char
    begins = other is None or other["text"] in "([ " or last["x0"] - other["x1"] > SPACE * last["size"]
    signed = last["text"] in SIGNS and begins and char["text"].isdigit() and abs(char["top"] - last["top"]) < 1
    raised = last["raised"] and char["raised"]
    return char | {"x0": last["x1"]} if signed or raised else char


def settle(char: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    raised = base["bottom"] - char["bottom"] > RAISED * base["size"]
    line = {key: base[key] for key in ("top", "bottom", "doctop")}
    return char | line | {"raised": raised or char["raised"]}


def leads_to(char: dict[str, Any], following: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The character that a raised one stands before, as a mark does that begins a note: the first larger one."""
    larger = next((other for other in following if char["size"] <= SMALLER * other["size"]), None)
    if larger is None or larger["bottom"] - char["bottom"] <= RAISED * larger["size"] or not char["text"].strip():
        return None
    near = -1 < larger["x0"] - char["x1"] < 2 * larger["size"]
    return larger if near and char["bottom"] > larger["top"] else None


def belongs_to(char: dict[str, Any], base: dict[str, Any], last: dict[str, Any]) -> bool:
    """Whether `char` is a raised or lowered companion of `base`, behind `last` (base or a companion of it)."""
    if char["size"] > SMALLER * base["size"]:
        return False
    near = -0.5 * base["size"] < char["x0"] - last["x1"] <= TOUCHING * base["size"]
    overlap = min(char["bottom"], base["bottom"]) - max(char["top"], base["top"])
    return bool(near and overlap > 0.2 * char["size"])


def make_word(chars: list[dict[str, Any]]) -> Word:
    text, run = "", ""
    marks: list[str] = []
    for char in [*chars, None]:
        if char is not None and char["raised"]:
            run += char["text"]
            continue
        if run:
            exponent = exponent_of(run, text)
            text += exponent
            marks += filter(None, [run[len(exponent) :]])
            run = ""
        text += char["text"] if char is not None else ""
    largest = max(chars, key=lambda c: c["size"])
    mended = tuple(char["text"] for char in chars if isinstance(char["text"], Mended))
    return Word(
        text,
        min(c["x0"] for c in chars),
        min(c["top"] for c in chars),
        max(c["x1"] for c in chars),
        max(c["bottom"] for c in chars),
        largest["size"],
        largest["fontname"].split("+")[-1],
        tuple(marks),
        mended,
        layer_of(chars) if mended else "",
    )


def layer_of(chars: list[dict[str, Any]]) -> str:
    """What the text layer says for some characters."""
    texts = (char["text"] for char in chars)
    return "".join(text.layer if isinstance(text, Mended) else text for text in texts)


def exponent_of(raised: str, before: str) -> str:
    """The part of a raised text that belongs to the number or unit `before` it (m2, 10-9, 1st); the rest is marks."""
    if (ORDINAL.fullmatch(raised) and before[-1:].isdigit()) or raised in ("™", "®", "°", "º"):
        return raised
    number = RAISED_NUMBER.match(raised)
    return number[0] if number and UNIT_BEFORE_EXPONENT.search(before) else ""
