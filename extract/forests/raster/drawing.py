"""The drawing of a picture, in its pixels: squares, whiskers, diamonds, uprights and ticks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan
from statistics import median

from extract.forests.axis.axis_numbers import is_axis_word, plain_axis_texts
from extract.forests.plot import Diamond, Drawing, Square, Tick, Upright, Whisker
from extract.forests.raster.ink import drawn_ink
from extract.forests.raster.lines import find_levels, find_uprights, without_uprights
from extract.forests.raster.marks import Beam, read_beam, take_diamonds
from extract.page.box import Box
from extract.page.ocr.pixels import Image
from extract.page.words import Word

SAME_ROW_EM = 0.6  # between the heights of a line and of the text of its row
AXIS_NUMBER_BELOW_EM = 2.6  # from an axis down to the middle of its numbers
AXIS_NUMBER_ASIDE_EM = 0.8  # from a tick to the middle of its number
TICK_REACH_EM = 1.0  # above an axis: an upright that ends so near to it, or below it, can be a tick
SAME_TICK_EM = 0.5  # between a tick and an upright that is the same line
LONG_RULE_SHARE = 0.5  # of a picture's width: a longer line without a mark is a rule or an axis
UPRIGHT_END_PX = 2.0  # between the middle of an upright and a line that ends beside it
PASSED_MARKS_COUNT = 2  # marks that a reference line passes at least
MARKED_LINES_COUNT = 2  # lines with a mark at least, which show where intervals lie
BEYOND_MARKS_SHARE = 0.5  # of the width of all intervals: so far beyond them others, and reference lines, may lie
MISREAD_MARK_LETTERS_COUNT = 2  # that OCR reads at most in a mark or a dash
MISREAD_MARK_CONFIDENCE = 0.9  # below which a short word may be a mark
MISREAD_MARK_SIZE_RATIO = 0.7  # to the usual type size: marks and dashes are read as smaller type
MARK_WORD_REACH_EM = 0.5  # between the middle of a misread word and its mark or line
MARK_LETTERS = ("x", "X", "×", "+", "*")  # as which OCR reads crosses and stars
MARK_PART_SIDES = 1.0  # of a mark, from its middle to a line that is a part of it
NUMBERED_STROKES_COUNT = 2  # of an axis have a number
_LABEL_LETTERS_COUNT = 2


@dataclass(frozen=True)
class PictureMarks:
    """A drawing, the words of the picture without those misread from marks, and the rules above and below the rows."""

    drawing: Drawing
    words: tuple[Word, ...]
    rules: tuple[Box, ...]


def find_marks(image: Image, words: Sequence[Word]) -> PictureMarks:
    """The drawing of a picture with these words (in pixels); empty for a picture without words."""
    if not words:
        return PictureMarks(Drawing(), (), ())
    usual = median(word.size for word in words)
    sure = [word for word in words if not may_be_mark(word, usual)]  # a picture may have none: labels of panels alone
    ink = drawn_ink(image, sure, median(word.size for word in sure or words))
    uprights = find_uprights(ink)
    diamonds, rest = take_diamonds(without_uprights(ink, uprights))
    beams = [ended_at(read_beam(rest, level), uprights) for level in find_levels(rest)]
    axes = [beam for beam in beams if is_axis(beam, beams, words, ink.em)]
    beams = with_stroke_marks([beam for beam in beams if beam not in axes]) + axes
    rules = [beam.whisker for beam in beams if beam in axes or is_rule(beam, image.shape[1])]
    marked = [beam for beam in beams if beam.square is not None and beam.whisker not in rules]
    bare = [beam for beam in beams if beam.square is None and beam.whisker not in rules and not is_part(beam, marked)]
    whiskers = [beam.whisker for beam in (*marked, *(b for b in bare if is_interval(b.whisker, marked, words, ink.em)))]
    squares = [beam.square for beam in marked if beam.square is not None and not isnan(beam.square.x)]
    crossing = [line for line in uprights if crosses(line, whiskers, diamonds)]
    ticks = {(tick.text, round(tick.x)): tick for axis in axes for tick in ticks_on(axis, crossing, words, ink.em)}
    drawing = Drawing(
        tuple(sorted(squares, key=lambda mark: mark.y)),
        tuple(sorted(whiskers, key=lambda mark: mark.y)),
        tuple(sorted(diamonds, key=lambda mark: mark.y)),
        tuple(crossing),
        tuple(ticks.values()),
        from_pixels=True,
    )
    lines = tuple(Box(line.x0, line.y, line.x1, line.y) for line in rules)
    kept = tuple(word for word in words if not is_misread_mark(word, drawing, ink.em))
    return PictureMarks(drawing, kept, lines)


def with_stroke_marks(beams: Sequence[Beam]) -> list[Beam]:
    """The lines, with the one stroke between the ends of a line as its mark, if most marks of the picture are so."""
    bars = [beam for beam in beams if beam.square is None and len(beam.inner) == 1]
    if len(bars) <= max(1, sum(beam.square is not None for beam in beams)):
        return list(beams)
    return [
        beam._replace(square=Square(beam.inner[0], beam.whisker.y, 0.0)) if beam in bars else beam for beam in beams
    ]


def is_part(beam: Beam, marked: Iterable[Beam]) -> bool:
    """Whether a short line is a part of a mark, such as an end of a cross."""
    x, y = (beam.whisker.x0 + beam.whisker.x1) / 2, beam.whisker.y
    squares = [other.square for other in marked if other.square is not None]
    return any(abs(x - s.x) < MARK_PART_SIDES * s.side and abs(y - s.y) < MARK_PART_SIDES * s.side for s in squares)


def may_be_mark(word: Word, em: float) -> bool:
    """Whether a word may be a mark that OCR took for letters: it is a cross, or it is short, and small or not sure."""
    if word.text in MARK_LETTERS:
        return True
    short = len(word.text) <= MISREAD_MARK_LETTERS_COUNT
    return short and (word.confidence < MISREAD_MARK_CONFIDENCE or word.size < MISREAD_MARK_SIZE_RATIO * em)


def is_axis(beam: Beam, beams: Iterable[Beam], words: Sequence[Word], em: float) -> bool:
    """Whether a line has all its intervals on one side, and ticks: two strokes, or three if one may be a mark between
    two bars. A line with the label of a row beside it, and without numbers at its strokes, is an interval with bars."""
    heights = [other.whisker.y for other in beams if other.is_marked and other is not beam]
    sides = {y < beam.whisker.y for y in heights}
    if len(beam.strokes) <= (1 if beam.square is None else 2) or not sides:
        return False
    numbers = numbers_beside(beam.whisker.y, words, em)
    if sum(bool(number_near(x, numbers, em)) for x in beam.strokes) >= NUMBERED_STROKES_COUNT:
        return True
    labelled = any(abs(word.middle - beam.whisker.y) < SAME_ROW_EM * em and is_label(word) for word in words)
    return True in sides and not labelled


def is_label(word: Word) -> bool:
    return sum(map(str.isalpha, word.text)) >= _LABEL_LETTERS_COUNT


def numbers_beside(y: float, words: Iterable[Word], em: float) -> list[Word]:
    """The numbers next below a line at a height; those above it, if there are none below."""
    numbers = [word for word in words if is_axis_word(word.text)]
    below = [word for word in numbers if 0 < word.middle - y < AXIS_NUMBER_BELOW_EM * em]
    return below or [word for word in numbers if 0 < y - word.middle < AXIS_NUMBER_BELOW_EM * em]


def ended_at(beam: Beam, uprights: Iterable[Upright]) -> Beam:
    """The beam, with each end beside an upright moved to the middle of that upright, which was taken out of the
    drawing."""
    line = beam.whisker
    for upright in uprights:
        if upright.top <= line.y <= upright.bottom:
            x0, x1 = (upright.x if abs(x - upright.x) <= UPRIGHT_END_PX else x for x in (line.x0, line.x1))
            line = line._replace(x0=x0, x1=x1)
    return beam._replace(whisker=line)


def is_rule(beam: Beam, width: int) -> bool:
    line = beam.whisker
    return beam.square is None and not (line.cut_low or line.cut_high) and line.x1 - line.x0 > LONG_RULE_SHARE * width


def is_interval(line: Whisker, marked: Sequence[Beam], words: Iterable[Word], em: float) -> bool:
    """Whether a line without a mark is an interval (its mark is beyond the axis, or under an upright): it lies among
    the lines with a mark, in a row with text, and no text stands upon it."""
    known = [beam.whisker for beam in marked]
    if len(known) < MARKED_LINES_COUNT:
        return False
    first, last = min(w.x0 for w in known), max(w.x1 for w in known)
    beyond = (last - first) * BEYOND_MARKS_SHARE
    if line.x0 < first - beyond or line.x1 > last + beyond:
        return False
    row = [word for word in words if abs(word.middle - line.y) < SAME_ROW_EM * em]
    return bool(row) and not any(word.x0 < line.x1 and line.x0 < word.x1 for word in row)


def crosses(line: Upright, whiskers: Iterable[Whisker], diamonds: Iterable[Diamond]) -> bool:
    """Whether an upright runs through the plot: it passes at least two marks, not far from them."""
    marks = [(w.x0, w.x1, w.y) for w in whiskers] + [(d.x0, d.x1, d.y) for d in diamonds]
    if sum(line.top <= y <= line.bottom for _, _, y in marks) < PASSED_MARKS_COUNT:
        return False
    x0, x1 = min(mark[0] for mark in marks), max(mark[1] for mark in marks)
    beyond = (x1 - x0) * BEYOND_MARKS_SHARE
    return x0 - beyond < line.x < x1 + beyond


def ticks_on(axis: Beam, uprights: Iterable[Upright], words: Iterable[Word], em: float) -> list[Tick]:
    """The ticks of an axis: the short lines across it, and the uprights that end on it above a number. A line without
    any number below its strokes has no ticks: it is a rule that touches letters."""
    y = axis.whisker.y
    numbers = numbers_beside(y, words, em)
    ending = [line.x for line in uprights if not line.dashed and line.bottom > y - TICK_REACH_EM * em]
    apart = [x for x in ending if all(abs(x - other) > SAME_TICK_EM * em for other in axis.strokes)]
    free = [x for x in apart if number_near(x, numbers, em)]
    places = sorted((*axis.strokes, *free))
    nearest = {min(places, key=lambda x: abs(x - word.center)): word for word in numbers} if places else {}
    texts = [number_near(x, [nearest[x]], em) if x in nearest else "" for x in places]
    plain = iter(plain_axis_texts([text for text in texts if text]))
    ticks = [Tick(x, y, next(plain) if text else "") for x, text in zip(places, texts, strict=True)]
    return ticks if any(tick.text for tick in ticks) else []


def number_near(x: float, numbers: Iterable[Word], em: float) -> str:
    """The number near the x of a tick; "" if there is none."""
    near = min(numbers, key=lambda word: abs((word.x0 + word.x1) / 2 - x), default=None)
    return near.text if near is not None and abs((near.x0 + near.x1) / 2 - x) < AXIS_NUMBER_ASIDE_EM * em else ""


def is_misread_mark(word: Word, drawing: Drawing, em: float) -> bool:
    """Whether a word was misread from a mark or a piece of a line."""
    return may_be_mark(word, em) and stands_on_drawing(word, drawing, em)


def stands_on_drawing(word: Word, drawing: Drawing, em: float) -> bool:
    """Whether a word stands on a line or a diamond of a drawing."""
    x, reach = (word.x0 + word.x1) / 2, MARK_WORD_REACH_EM * em
    beams = any(w.x0 - reach < x < w.x1 + reach and abs(w.y - word.middle) < reach for w in drawing.whiskers)
    diamonds = any(d.x0 - reach < x < d.x1 + reach and abs(d.y - word.middle) < reach for d in drawing.diamonds)
    uprights = any(abs(u.x - x) < reach and u.top - reach < word.middle < u.bottom for u in drawing.uprights)
    return beams or diamonds or uprights
