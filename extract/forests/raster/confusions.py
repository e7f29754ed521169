"""What a word of a plot can be, where glyphs look alike: O is 0 in a number, l is I in ICI. Only what no number and no
term of forest plots can be is read otherwise; what was read first is kept."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.forests.raster.ocr import Glyph

ALIKE = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "!": "1"}  # one shape in many a face
SIMILAR = {"D": "0", "Q": "0", "S": "5", "s": "5", "B": "8", "Z": "2", "z": "2", "G": "6", "b": "6", "q": "9", "g": "9"}
LETTERS = "".join(map(re.escape, ALIKE | SIMILAR))
NUMBER_LIKE = re.compile(rf"[(\[{{<>=~±]*[-−–+]?(?P<core>[\d{LETTERS}.,·]*)[)\]}},;:%]*")
DECIMAL = re.compile(rf"[\d{LETTERS}]*[.·][\d{LETTERS}]+")
SURE = 0.98  # of a glyph that can be only one of two

TERMS = (  # what is read, what it is
    (re.compile(r"(?<=[A-Z])[l|](?=$|[A-Z)\],;+])"), "I"),  # ICl
    (re.compile(r"(?<![A-Za-z0-9])[l|](?=[A-Z]{1,3}(?![a-z]))"), "I"),  # lV, lCI
    (re.compile(r"(?<![A-Za-z0-9])[1l|](?=\^2|²|-squared|-sq)"), "I"),  # 1^2, l-squared
)
HETEROGENEITY = re.compile(r"(?P<open>[(\[]?)[1lI|]2")  # before "=": I2
LEVEL = re.compile(r"[0-9.]+%")
INTERVAL = re.compile(r"[CG][lI1|]{1,2}(?P<rest>[)\],]*)")  # behind 95%: CI


class Spelling(NamedTuple):
    """A word as it is to be read, and how sure its least sure glyph is; `first` is how it was read, "" where alike."""

    text: str
    confidence: float
    first: str = ""


def spell(glyphs: Sequence[Glyph], before: str = "", after: str = "") -> Spelling:
    """The word of these glyphs between two other words."""
    read = "".join(glyph.text for glyph in glyphs)
    term = as_term(read, before, after) if not is_squared(glyphs) else "I²"
    numeric = as_number(glyphs, read) if term == read else ""
    meant = numeric or term
    changed = [glyph for glyph, text in zip(glyphs, meant, strict=False) if glyph.text != text]
    counted = glyphs if numeric else [glyph for glyph in glyphs if glyph not in changed]
    sureness = min((confidence_of(glyph, bool(numeric)) for glyph in counted), default=SURE)
    return Spelling(meant, sureness, read if meant != read else "")


def is_squared(glyphs: Sequence[Glyph]) -> bool:
    """Whether two glyphs are the head I² of a column."""
    first, second = ("".join(glyph.text + glyph.rival for glyph in pair) for pair in (glyphs[:1], glyphs[1:]))
    return len(glyphs) == 2 and glyphs[0].text in "1lI|" and glyphs[1].text in "2²" and ("²" in second or "|" in first)


def confidence_of(glyph: Glyph, in_number: bool) -> float:
    """In a number a shape that is both a digit and a letter is the digit."""
    pair = {ALIKE.get(glyph.text, glyph.text), ALIKE.get(glyph.rival, glyph.rival)}
    alike = in_number and len(pair) == 1 and glyph.rival != ""
    return max(glyph.confidence, SURE) if alike else glyph.confidence


def as_number(glyphs: Sequence[Glyph], read: str) -> str:
    """The number that is printed, "" where none is. A letter that only resembles a digit is one where the reader
    thought of it itself, or behind a decimal point."""
    match = NUMBER_LIKE.fullmatch(read)
    if match is None or not match["core"].strip(".,·"):
        return ""
    core, start = match["core"], match.start("core")
    letters = [at for at, text in enumerate(core, start) if text.isalpha() or text in "|!"]
    digits = sum(map(str.isdigit, core))
    alone = core == "O" or (len(core) == 1 and glyphs[start].rival == ALIKE.get(core))
    if letters and not alone and not (DECIMAL.fullmatch(core.strip(",")) and digits) and digits < len(letters):
        return ""
    if any(text in SIMILAR and glyphs[at].rival != SIMILAR[text] for at, text in enumerate(read) if at in letters):
        return ""
    return "".join((ALIKE | SIMILAR)[text] if at in letters else text for at, text in enumerate(read))


def as_term(read: str, before: str, after: str) -> str:
    for pattern, meant in TERMS:
        read = pattern.sub(meant, read)
    if after.startswith("=") and (match := HETEROGENEITY.fullmatch(read)):
        return f"{match['open']}I2"
    if LEVEL.search(before) and (match := INTERVAL.fullmatch(read)):
        return f"CI{match['rest']}"
    return read
