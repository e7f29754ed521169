"""Corrections of words whose glyphs look alike: O is 0 in a number, l is I in ICI. A word is corrected only if, as
read, it can be no number and no term of a forest plot; its first reading is kept."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.page.ocr.reader import Glyph

SAME_SHAPES = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "!": "1"}  # one shape in many typefaces
LIKE_SHAPES = dict(zip("DQSsBZzGbqg", "00558226699", strict=True))  # similar shapes
DIGIT_LIKE = "".join(map(re.escape, SAME_SHAPES | LIKE_SHAPES))
NUMBER_LIKE = re.compile(rf"[(\[{{<>=~±]*[-−–+]?(?P<core>[\d{DIGIT_LIKE}.,·]*)[)\]}},;:%]*")
DECIMAL_LIKE = re.compile(rf"[\d{DIGIT_LIKE}]*[.·][\d{DIGIT_LIKE}]+")
CERTAIN_CONFIDENCE = 0.98  # of a glyph that can be only one of two shapes

TERM_CONFUSIONS = (  # as read, as printed
    (re.compile(r"(?<=[A-Z])[l|](?=$|[A-Z)\],;+])"), "I"),  # ICl
    (re.compile(r"(?<![A-Za-z0-9])[l|](?=[A-Z]{1,3}(?![a-z]))"), "I"),  # lV, lCI
    (re.compile(r"(?<![A-Za-z0-9])[1l|](?=\^2|²|-squared|-sq)"), "I"),  # 1^2, l-squared
)
I_SQUARED_LIKE = re.compile(r"(?P<open>[(\[]?)[1lI|]2")  # before "=": I2
LEVEL_PERCENT = re.compile(r"[0-9.]+%")
CI_LIKE = re.compile(r"[CG][lI1|]{1,2}(?P<rest>[)\],]*)")  # after 95%: CI


class Spelling(NamedTuple):
    """A word after correction, with the confidence of its least sure glyph. `first`: the word as read; "" if nothing
    was corrected."""

    text: str
    confidence: float
    first: str = ""


def spell(glyphs: Sequence[Glyph], before: str = "", after: str = "") -> Spelling:
    """The word of these glyphs, which stands between the words `before` and `after`."""
    read = "".join(glyph.text for glyph in glyphs)
    term = as_term(read, before, after) if not is_squared(glyphs) else "I²"
    numeric = as_number(glyphs, read) if term == read else ""
    corrected = numeric or term
    changed = [glyph for glyph, text in zip(glyphs, corrected, strict=False) if glyph.text != text]
    counted = glyphs if numeric else [glyph for glyph in glyphs if glyph not in changed]
    confidence = min((confidence_of(glyph, bool(numeric)) for glyph in counted), default=CERTAIN_CONFIDENCE)
    return Spelling(corrected, confidence, read if corrected != read else "")


def is_squared(glyphs: Sequence[Glyph]) -> bool:
    """Whether two glyphs are I², the head of a column."""
    first, second = ("".join(glyph.text + glyph.rival for glyph in pair) for pair in (glyphs[:1], glyphs[1:]))
    return len(glyphs) == 2 and glyphs[0].text in "1lI|" and glyphs[1].text in "2²" and ("²" in second or "|" in first)


def confidence_of(glyph: Glyph, in_number: bool) -> float:
    """The confidence of a glyph. In a number, a shape that is both a digit and a letter is surely the digit."""
    pair = {SAME_SHAPES.get(glyph.text, glyph.text), SAME_SHAPES.get(glyph.rival, glyph.rival)}
    is_digit = in_number and len(pair) == 1 and glyph.rival != ""
    return max(glyph.confidence, CERTAIN_CONFIDENCE) if is_digit else glyph.confidence


def as_number(glyphs: Sequence[Glyph], read: str) -> str:
    """The number that the glyphs can be; "" if they can be none. More letters than digits make a number only if they
    have a decimal point, or stand alone. A letter of LIKE_SHAPES counts as a digit only if the digit is its rival."""
    match = NUMBER_LIKE.fullmatch(read)
    if match is None or not match["core"].strip(".,·"):
        return ""
    core, start = match["core"], match.start("core")
    letters = [at for at, text in enumerate(core, start) if text.isalpha() or text in "|!"]
    digits = sum(map(str.isdigit, core))
    alone = core == "O" or (len(core) == 1 and glyphs[start].rival == SAME_SHAPES.get(core))
    if letters and not alone and not (DECIMAL_LIKE.fullmatch(core.strip(",")) and digits) and digits < len(letters):
        return ""
    if any(
        text in LIKE_SHAPES and glyphs[at].rival != LIKE_SHAPES[text] for at, text in enumerate(read) if at in letters
    ):
        return ""
    return "".join((SAME_SHAPES | LIKE_SHAPES)[text] if at in letters else text for at, text in enumerate(read))


def as_term(read: str, before: str, after: str) -> str:
    for pattern, printed in TERM_CONFUSIONS:
        read = pattern.sub(printed, read)
    if after.startswith("=") and (match := I_SQUARED_LIKE.fullmatch(read)):
        return f"{match['open']}I2"
    if LEVEL_PERCENT.search(before) and (match := CI_LIKE.fullmatch(read)):
        return f"CI{match['rest']}"
    return read
