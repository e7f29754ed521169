"""Characters to words: raised note marks are kept out of the text, exponents and indices stay in it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise
from math import hypot
from typing import Any, cast
from unicodedata import normalize

from pdfplumber.utils.text import extract_words

from extract.page.box import Rectangle
from extract.page.glyphs.mending import Mended
from extract.page.objects import Character, savable

# Raised and lowered characters
_SMALL_RATIO = 0.85  # of the neighbour's size: an index or a mark (Typst's superscripts: 0.6; Word's: 0.65)
_RAISED_EM = 0.12  # of the neighbour's size, bottom against bottom: a higher one is raised, not lowered
_COMPANION_GAP_EM = 0.35  # of the neighbour's size: an index or mark stands so close behind the character before it
_COMPANION_BACK_EM = 0.5  # of the neighbour's size: an index below a mark begins so far to the left of the mark's end
_COMPANION_HEIGHT_SHARE = 0.2  # of its own height must overlap its neighbour: a caption's line below does not
_LEADING_MARK_COUNT = 3  # characters: a note's mark ("a,b") stands so closely before the first letter of the note
_LEADING_GAP_EM = 2.0  # of the letter's size: the space between the mark of a note and its first letter
_LEADING_OVERLAP_EM = 0.125  # of the letter's size: a mark may reach so far into the box of the letter

# Words
_WORD_GAP_EM = 0.15  # a wider gap ends a word
# pdfplumber's `y_tolerance`: characters of a line have tops that differ by less. In points, because pdfplumber takes
# one tolerance for all lines of a page, whatever their type size
_LINE_TOLERANCE_PT = 1.5
_SIGN_GAP_EM = 0.25  # a sign before a number may be set off by so much and belongs to it
_SIGN_TOP_EM = 0.125  # the tops of a sign and its number differ by less
_BASELINE_EM = 0.05  # characters whose baselines differ by less stand on one baseline
_SAME_SIZE_RATIO = 0.1  # of the size: fonts of one line differ by less

# Characters that are drawn twice, which makes them bold
_DOUBLE_EM = 0.1  # two equal characters no farther apart are one
_BUCKET_PT = 2.0  # side of the squares in which doubles are looked for
_BUCKETS_PER_COLUMN = 1 << 20  # more than a page has: so one number addresses a square
_NEIGHBOURS = [column * _BUCKETS_PER_COLUMN + row for column in (-1, 0, 1) for row in (-1, 0, 1)]

_LIGATURES = {letter: normalize("NFKC", letter) for letter in "ﬀﬁﬂﬃﬄﬅﬆ"}
_NUMBER_SIGNS = "+−–-<>≤≥=±~≈"
RAISED_LETTERS = "¹²³⁰⁴⁵⁶⁷⁸⁹ªº⁺⁻"
_UNIT_BEFORE_EXPONENT = re.compile(
    r"(?:^|[\s\d/(×x*·.,])(?:[mckµμdn]?m|10|s|min|h|L|l|I|R|r|χ|[Cc]hi|X|x|T|η|f|ω|τ|e)[-−–]?$"
)
_RAISED_NUMBER = re.compile(r"[\d¹²³⁰⁴⁵⁶⁷⁸⁹⁺⁻+\-−–]+")
_ORDINAL = re.compile(r"st|nd|rd|th")
_ERROR = re.compile(r"(?:[+\-−–]\s?\d+(?:[.,·]\d+)?|\d*[.·]\d+)%?")  # of a number, raised or lowered behind it


class PlacedCharacter(Character):
    """A character in the frame of its sheet, upright, with what the making of words asks for."""

    rise: float  # height of its baseline, across the direction of its text
    raised: bool  # whether it is a superscript
    lowered: bool  # whether it is a subscript
    upright: bool  # always true; `extract_words` asks
    doctop: float  # its top; `extract_words` asks


@dataclass(frozen=True)
class Word(Rectangle):
    """A word as printed. `text`: without its note marks, so "" for a word of marks alone. `mended`: its characters that
    differ from the text layer; then `layer` is the word as the text layer has it. `confidence`: 0 to 1, of the OCR that
    read the word; 1 for a word of the text layer. `struck`: the text of a word that is struck out; its `text` is ""."""

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
    struck: str = ""

    @property
    def style(self) -> tuple[str, float]:
        """Font and size."""
        return self.font, round(self.size, 1)

    @cached_property
    def bold(self) -> bool:
        return bool(re.search(r"bold|black|heavy|semibold|demi|\.B\b|-B$", self.font, re.IGNORECASE))


def make_words(chars: Sequence[Character]) -> list[Word]:
    """Return the words of upright characters (boxes in the sheet's frame), in reading order of lines."""
    placed = _without_doubles([_placed(char) for char in chars])
    found = extract_words(
        cast("list[dict[str, Any]]", _on_their_lines(placed)),
        x_tolerance_ratio=_WORD_GAP_EM,
        y_tolerance=_LINE_TOLERANCE_PT,
        return_chars=True,
        keep_blank_chars=False,
        char_dir="ltr",
    )
    return _in_print_order([_make_word(chars) for word in found for chars in _errors_apart(word["chars"])])


def _errors_apart(chars: Sequence[PlacedCharacter]) -> list[list[PlacedCharacter]]:
    """The characters of a word, with the errors that are raised or lowered behind its number as words of their own:
    "4.12" with "+0.31" over "-0.28"."""
    if not any(char["raised"] or char["lowered"] for char in chars):
        return [list(chars)]
    runs = [list(run) for _, run in groupby(chars, key=lambda char: (char["raised"], char["lowered"]))]
    words = [runs[0]]
    for run in runs[1:]:
        before = "".join(char["text"] for char in words[0])
        small = run[0]["raised"] or run[0]["lowered"]
        is_error = small and _ERROR.fullmatch("".join(char["text"] for char in run)) and before[-1:].isdigit()
        if is_error and not _UNIT_BEFORE_EXPONENT.search(before):
            words.append([{**char, "raised": False} for char in run])
        else:
            words[-1] += run
    return words


def _in_print_order(words: list[Word]) -> list[Word]:
    """The words, with an upper error that begins right of the lower one below it moved so far to the left that it comes
    first."""
    for i, (word, other) in enumerate(pairwise(words)):
        stacked = _ERROR.fullmatch(word.text) and _ERROR.fullmatch(other.text) and other.bottom > word.bottom
        if stacked and 0 < word.x0 - other.x0 < other.width:
            words[i] = replace(word, x0=other.x0)
    return words


def _placed(char: Character) -> PlacedCharacter:
    """The character with its ligature taken apart; its size is the height of its box."""
    text = _LIGATURES.get(char["text"], char["text"])
    return {
        **char,
        "text": text,
        "size": char["bottom"] - char["top"],
        "rise": _rise(char),
        "raised": text in RAISED_LETTERS,
        "lowered": False,
        "upright": True,
        "doctop": char["top"],
    }


def _rise(char: Character) -> float:
    """How high the baseline of a character stands, across the direction of its text."""
    a, b, _, _, x, y = char["matrix"]
    return float(y if a > 0 and not b else (a * y - b * x) / (hypot(a, b) or 1))


def _without_doubles(chars: list[PlacedCharacter]) -> list[PlacedCharacter]:
    """The characters without those that are drawn upon their like, which makes them bold."""
    if len({(char["text"], round(char["x0"]), round(char["top"])) for char in chars}) == len(chars):
        return chars
    kept: list[PlacedCharacter] = []
    buckets: dict[tuple[str, int], list[PlacedCharacter]] = defaultdict(list)
    for char in chars:
        text = char["text"]
        bucket = round(char["x0"] / _BUCKET_PT) * _BUCKETS_PER_COLUMN + round(char["top"] / _BUCKET_PT)
        around = (
            other for step in _NEIGHBOURS if (text, bucket + step) in buckets for other in buckets[text, bucket + step]
        )
        if not any(_is_double(char, other) for other in around):
            buckets[text, bucket].append(char)
            kept.append(char)
    return kept


def _is_double(char: PlacedCharacter, other: PlacedCharacter) -> bool:
    off = max(abs(char["x0"] - other["x0"]), abs(char["top"] - other["top"]), abs(char["x1"] - other["x1"]))
    return bool(off < _DOUBLE_EM * char["size"])


def _on_their_lines(chars: list[PlacedCharacter]) -> list[PlacedCharacter]:
    """The characters, with raised and lowered ones put on the line of the character before or behind that they touch.
    `raised` keeps which were raised."""
    placed: list[PlacedCharacter] = []
    base: PlacedCharacter | None = None
    small = _SMALL_RATIO * max((char["size"] for char in chars), default=0)
    for i, char in enumerate(chars):
        if base is not None and _is_companion(char, base, placed[-1]):
            char = _on_line_of(char, base)
        elif (
            char["size"] <= small
            and (bearer := _bearer_behind(char, chars[i + 1 : i + 1 + _LEADING_MARK_COUNT])) is not None
        ):
            char = _on_line_of(char, bearer)
        elif char["text"].strip():
            char = _levelled(char, placed[-1]) if placed else char
            base = char
        placed.append(_closed_up(char, placed))
    return placed


def _levelled(char: PlacedCharacter, last: PlacedCharacter) -> PlacedCharacter:
    """The character brought to the height of the touching one before it where size and baseline are the same: fonts may
    differ in how high they say that their characters are."""
    if char["top"] == last["top"] and char["bottom"] == last["bottom"]:
        return char
    alike = abs(char["size"] - last["size"]) < _SAME_SIZE_RATIO * last["size"] and not last["raised"]
    touches = abs(char["x0"] - last["x1"]) < _SIGN_GAP_EM * last["size"]
    if alike and touches and abs(char["rise"] - last["rise"]) < _BASELINE_EM * last["size"]:
        return char | {"top": last["top"], "bottom": last["bottom"], "doctop": last["doctop"]}
    return char


def _closed_up(char: PlacedCharacter, before: list[PlacedCharacter]) -> PlacedCharacter:
    """The character without the gap before it, where the gap separates no words: within a raised run, or between a
    sign that begins a word and its number."""
    last = before[-1] if before else None
    other = before[-2] if len(before) > 1 else None
    if last is None or not last["text"].strip() or not 0 < char["x0"] - last["x1"] < _SIGN_GAP_EM * last["size"]:
        return char
    begins = other is None or other["text"] in "([ " or last["x0"] - other["x1"] > _WORD_GAP_EM * last["size"]
    level = abs(char["top"] - last["top"]) < _SIGN_TOP_EM * last["size"]
    between = last["text"] == "±" and other is not None and other["text"].isdigit()  # "55 ± 20"
    signed = last["text"] in _NUMBER_SIGNS and begins and not between and char["text"].isdigit() and level
    raised = last["raised"] and char["raised"]
    return char | {"x0": last["x1"]} if signed or raised else char


def _on_line_of(char: PlacedCharacter, base: PlacedCharacter) -> PlacedCharacter:
    raised = base["bottom"] - char["bottom"] > _RAISED_EM * base["size"]
    return char | {
        "top": base["top"],
        "bottom": base["bottom"],
        "doctop": base["doctop"],
        "raised": raised or char["raised"],
        "lowered": not raised,
    }


def _bearer_behind(char: PlacedCharacter, following: list[PlacedCharacter]) -> PlacedCharacter | None:
    """The character that a raised one stands before, like the mark that begins a note: the first larger one."""
    larger = next((other for other in following if char["size"] <= _SMALL_RATIO * other["size"]), None)
    if larger is None or larger["bottom"] - char["bottom"] <= _RAISED_EM * larger["size"] or not char["text"].strip():
        return None
    near = -_LEADING_OVERLAP_EM * larger["size"] < larger["x0"] - char["x1"] < _LEADING_GAP_EM * larger["size"]
    return larger if near and char["bottom"] > larger["top"] else None


def _is_companion(char: PlacedCharacter, base: PlacedCharacter, last: PlacedCharacter) -> bool:
    """Whether `char` is an index or exponent of `base`. `last`: the character before `char`."""
    if char["size"] > _SMALL_RATIO * base["size"]:
        return False
    near = -_COMPANION_BACK_EM * base["size"] < char["x0"] - last["x1"] <= _COMPANION_GAP_EM * base["size"]
    overlap = min(char["bottom"], base["bottom"]) - max(char["top"], base["top"])
    return bool(near and overlap > _COMPANION_HEIGHT_SHARE * char["size"])


def _make_word(chars: Sequence[PlacedCharacter]) -> Word:
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
    largest = max(chars, key=lambda char: char["size"])
    mended = tuple(char["text"] for char in chars if isinstance(char["text"], Mended))
    return Word(
        text,
        min(char["x0"] for char in chars),
        min(char["top"] for char in chars),
        max(char["x1"] for char in chars),
        max(char["bottom"] for char in chars),
        largest["size"],
        largest["fontname"].split("+")[-1],
        tuple(marks),
        mended,
        _layer_of(chars) if mended else "",
    )


def _layer_of(chars: Sequence[PlacedCharacter]) -> str:
    """The text of characters as the text layer has it."""
    texts = (char["text"] for char in chars)
    return savable("".join(text.layer if isinstance(text, Mended) else text for text in texts))


def exponent_of(raised: str, before: str) -> str:
    """The part of a raised text that belongs to the number or unit `before` it (m2, 10-9, 1st); the rest is marks."""
    if (_ORDINAL.fullmatch(raised) and before[-1:].isdigit()) or raised in ("™", "®", "°", "º"):
        return raised
    number = _RAISED_NUMBER.match(raised)
    return number[0] if number and _UNIT_BEFORE_EXPONENT.search(before) else ""
