"""The numbers printed at an axis: whole and decimal ones, percentages, powers of ten. Where a drawing has no ticks, or
none with a number, the numbers themselves, or reference lines at them, show the axis."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.forests.axis.row_marks import drawn_marks
from extract.forests.plot import Drawing, Tick
from extract.page.lines import make_lines
from extract.page.words import Word

AXIS_WORD = re.compile(r"[-−–+]?(?:[0-9]{1,15}(?:[.,·][0-9]{1,20})?|[.,·][0-9]{1,20})%?")
POWER = re.compile(
    r"10(?:\^?([-−–][0-9]{1,2})|\^([0-9]{1,2}))"
)  # a raised exponent is printed, and read, behind the 10
LOST_POWER = re.compile(r"10[0-9]")
SIGNS = str.maketrans("−–·", "--.")
NUMBERED_TICKS_COUNT = 2  # with fewer numbers at its ticks, an axis is searched for among the words
AXIS_NUMBERS_COUNT = 2  # numbers on one line, growing from left to right, that make an axis
SNAP_EM = 0.6  # from the middle of a number to the tick, or the line, that stands for it
NUMBERS_BEYOND_SHARE = 1.0  # of the width of the marks: so far beyond them the numbers of their axis may stand


def is_axis_word(text: str) -> bool:
    return bool(AXIS_WORD.fullmatch(text) or POWER.fullmatch(text))


def plain_axis_texts(texts: Sequence[str]) -> list[str]:
    """The numbers of one axis as plain decimals; "" for a text that is none. "100" and "101" beside "10-1", or alone,
    are 10 to the power of 0 and 1, whose exponents lost their height."""
    powers = any(map(POWER.fullmatch, texts)) or (len(texts) > 1 and all(map(LOST_POWER.fullmatch, texts)))
    return [plain_axis_text(text, powers) for text in texts]


def plain_axis_text(text: str, powers: bool) -> str:
    if match := POWER.fullmatch(text):
        return power_text(int((match[1] or match[2]).translate(SIGNS)))
    if powers and LOST_POWER.fullmatch(text):
        return power_text(int(text[2:]))
    if not AXIS_WORD.fullmatch(text):
        return ""
    return text.translate(SIGNS).rstrip("%").lstrip("+").replace(",", ".")


def power_text(exponent: int) -> str:
    return f"{10.0**exponent:.{max(0, -exponent)}f}"


def with_axis_numbers(drawing: Drawing, words: Iterable[Word]) -> Drawing:
    """The drawing with ticks at the numbers of its axis, if fewer than two of its own ticks have a number."""
    if sum(bool(tick.text) for tick in drawing.ticks) >= NUMBERED_TICKS_COUNT:
        return drawing
    rows = [row for row in number_rows(drawing, words) if len(row) >= AXIS_NUMBERS_COUNT]
    if not rows:
        return drawing
    row = max(rows, key=lambda row: (len(row), -row[0].top))
    texts = plain_axis_texts([word.text for word in row])
    ticks = (Tick(snapped(word, drawing), word.middle, text) for word, text in zip(row, texts, strict=True))
    return replace(drawing, ticks=tuple(ticks))


def number_rows(drawing: Drawing, words: Iterable[Word]) -> list[list[Word]]:
    """The lines of numbers above or below all marks of a drawing, those that grow from left to right."""
    marks = list(drawn_marks(drawing))
    if not marks:
        return []
    x0, x1 = min(mark.span[0] for mark in marks), max(mark.span[1] for mark in marks)
    top, bottom = min(mark.y for mark in marks), max(mark.y for mark in marks)
    beyond = NUMBERS_BEYOND_SHARE * (x1 - x0)
    near = [word for word in words if x0 - beyond < word.center < x1 + beyond and is_axis_word(word.text)]
    rows = [list(line.words) for line in make_lines(word for word in near if not top < word.middle < bottom)]
    return [row for row in rows if grows(plain_axis_texts([word.text for word in row]))]


def grows(texts: Sequence[str]) -> bool:
    return all(float(a) < float(b) for a, b in pairwise(texts))


def snapped(word: Word, drawing: Drawing) -> float:
    """The x of the tick or upright line nearest to a number; its own middle if none is near."""
    places = [*(tick.x for tick in drawing.ticks), *(line.x for line in drawing.uprights)]
    nearest = min(places, key=lambda x: abs(x - word.center), default=word.center)
    return nearest if abs(nearest - word.center) < SNAP_EM * word.size else word.center
