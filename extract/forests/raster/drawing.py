"""The drawing of a picture: squares, whiskers, diamonds, uprights and ticks, in its pixels."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extract.forests.plot import Diamond, Drawing, Tick, Upright, Whisker
from extract.forests.raster.ink import ink_of
from extract.forests.raster.lines import find_levels, find_uprights, without_uprights
from extract.forests.raster.marks import Beam, read_beam, take_diamonds
from extract.forests.raster.ocr import Image
from extract.page.box import Box
from extract.page.words import Word

SAME_ROW = 0.6  # of the type size between a mark and the text of its row
BELOW = 2.6  # of the type size from an axis down to its numbers
BESIDE = 0.8  # of the type size from a tick to the middle of its number
LONG = 0.5  # of a picture's width: as long is a rule or an axis, unless there is a mark on it
BESIDE_LINE = 2.0  # pixels between the middle of an upright and a line that ends on it
MANY = 2  # marks that an upright passes at least
FEW, SURE = 2, 0.9  # letters that a mark may be taken for, and how sure a word is that is none
SMALL = 0.7  # of the usual type size: what is read in a mark or a dash is smaller
NUMBER = re.compile(r"[-−–+]?\d*[.,·]?\d+%?")


@dataclass(frozen=True)
class Marks:
    """A drawing, the words that are none of its marks, and the rules above and below the rows."""

    drawing: Drawing
    words: tuple[Word, ...]
    rules: tuple[Box, ...]


def find_marks(image: Image, words: Sequence[Word]) -> Marks:
    """What is drawn in a picture beside its words (in pixels). Nothing where there is no text."""
    if not words:
        return Marks(Drawing(), (), ())
    usual = median(word.size for word in words)
    ink = ink_of(image, [word for word in words if not may_be_mark(word, usual)])
    uprights = find_uprights(ink)
    diamonds, rest = take_diamonds(without_uprights(ink, uprights))
    beams = [ended_at(read_beam(rest, level), uprights) for level in find_levels(rest)]
    axes = [beam for beam in beams if is_axis(beam, beams)]
    rules = [beam.whisker for beam in beams if beam in axes or is_rule(beam, image.shape[1])]
    marked = [beam for beam in beams if beam.square is not None and beam.whisker not in rules]
    bare = [beam for beam in beams if beam.square is None and beam.whisker not in rules]
    whiskers = [beam.whisker for beam in (*marked, *(b for b in bare if is_interval(b.whisker, marked, words, ink.em)))]
    squares = [beam.square for beam in marked if beam.square is not None]
    crossing = [line for line in uprights if crosses(line, whiskers, diamonds)]
    ticks = {(tick.text, round(tick.x)): tick for axis in axes for tick in ticks_on(axis, crossing, words, ink.em)}
    drawing = Drawing(
        tuple(sorted(squares, key=lambda mark: mark.y)),
        tuple(sorted(whiskers, key=lambda mark: mark.y)),
        tuple(sorted(diamonds, key=lambda mark: mark.y)),
        tuple(crossing),
        tuple(ticks.values()),
    )
    lines = tuple(Box(line.x0, line.y, line.x1, line.y) for line in rules)
    return Marks(drawing, tuple(word for word in words if not is_drawn(word, drawing, ink.em)), lines)


def may_be_mark(word: Word, em: float) -> bool:
    """A letter or digit or two may be a square or a diamond that was taken for one."""
    return len(word.text) <= FEW and (word.confidence < SURE or word.size < SMALL * em)


def is_axis(beam: Beam, beams: Iterable[Beam]) -> bool:
    """Whether a line has ticks (bars at the ends of an interval are two, with a mark) and intervals above it."""
    above = any(other.square is not None and other.whisker.y < beam.whisker.y for other in beams)
    return above and len(beam.strokes) > (1 if beam.square is None else 2)


def ended_at(beam: Beam, uprights: Iterable[Upright]) -> Beam:
    """A line that ends beside an upright, which was taken away, ends in its middle."""
    line = beam.whisker
    for upright in uprights:
        if upright.top <= line.y <= upright.bottom:
            x0, x1 = (upright.x if abs(x - upright.x) <= BESIDE_LINE else x for x in (line.x0, line.x1))
            line = line._replace(x0=x0, x1=x1)
    return beam._replace(whisker=line)


def is_rule(beam: Beam, width: int) -> bool:
    line = beam.whisker
    return beam.square is None and not (line.cut_low or line.cut_high) and line.x1 - line.x0 > LONG * width


def is_interval(line: Whisker, marked: Sequence[Beam], words: Iterable[Word], em: float) -> bool:
    """Whether a line without a mark, which is beyond the axis or under the line, is an interval: it lies between those
    that have one, in a row with text and with none upon it."""
    known = [beam.whisker for beam in marked]
    if len(known) < MANY:
        return False
    first, last = min(w.x0 for w in known), max(w.x1 for w in known)
    if line.x0 < first - (last - first) / 2 or line.x1 > last + (last - first) / 2:
        return False
    row = [word for word in words if abs(word.middle - line.y) < SAME_ROW * em]
    return bool(row) and not any(word.x0 < line.x1 and line.x0 < word.x1 for word in row)


def crosses(line: Upright, whiskers: Iterable[Whisker], diamonds: Iterable[Diamond]) -> bool:
    """Whether a line from top to bottom runs through the plot: beside at least two marks and not far from them."""
    marks = [(w.x0, w.x1, w.y) for w in whiskers] + [(d.x0, d.x1, d.y) for d in diamonds]
    if sum(line.top <= y <= line.bottom for _, _, y in marks) < MANY:
        return False
    x0, x1 = min(mark[0] for mark in marks), max(mark[1] for mark in marks)
    return x0 - (x1 - x0) / 2 < line.x < x1 + (x1 - x0) / 2


def ticks_on(axis: Beam, uprights: Iterable[Upright], words: Iterable[Word], em: float) -> list[Tick]:
    """The short lines across an axis, and the uprights that end on it where a number stands below; nothing without
    numbers, as then the line is a rule that touches letters."""
    y = axis.whisker.y
    numbers = [word for word in words if 0 < word.middle - y < BELOW * em and NUMBER.fullmatch(word.text)]
    ending = [line.x for line in uprights if not line.dashed and line.bottom > y - em]
    free = [x for x in ending if number_at(x, numbers, em) and all(abs(x - other) > em / 2 for other in axis.strokes)]
    ticks = [Tick(x, y, number_at(x, numbers, em)) for x in sorted((*axis.strokes, *free))]
    return ticks if any(tick.text for tick in ticks) else []


def number_at(x: float, numbers: Iterable[Word], em: float) -> str:
    """The number below a tick, "" where there is none."""
    near = min(numbers, key=lambda word: abs((word.x0 + word.x1) / 2 - x), default=None)
    return near.text if near is not None and abs((near.x0 + near.x1) / 2 - x) < BESIDE * em else ""


def is_drawn(word: Word, drawing: Drawing, em: float) -> bool:
    """Whether what was read as a word is part of the drawing: a mark, or a piece of a line."""
    if not may_be_mark(word, em):
        return False
    x, reach = (word.x0 + word.x1) / 2, em / 2
    beams = any(w.x0 - reach < x < w.x1 + reach and abs(w.y - word.middle) < reach for w in drawing.whiskers)
    diamonds = any(d.x0 - reach < x < d.x1 + reach and abs(d.y - word.middle) < reach for d in drawing.diamonds)
    uprights = any(abs(u.x - x) < reach and u.top - reach < word.middle < u.bottom for u in drawing.uprights)
    return beams or diamonds or uprights
