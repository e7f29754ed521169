"""The ticks on the axis of a plot, and the numbers printed below them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.forests.axis.axis_numbers import is_axis_word, plain_axis_texts
from extract.forests.plot import Tick, Whisker
from extract.forests.vector.shapes import Segment
from extract.page.sheet import Sheet
from extract.page.words import Word

TICK_GAP_PT = 0.6  # between an axis and a tick that touches it: about the width of a line
LONGEST_TICK_PT = 12.0  # a longer stroke is a reference line or a frame
FEWEST_TICKS_COUNT = 2  # on an axis; one stroke on a line may be a mark
TICK_NUMBER_BELOW_EM = 3.0  # of the number's type size: so far below the axis its numbers may stand
TICK_NUMBER_ASIDE_EM = 0.5  # of the number's type size: so far beside its edges the tick may stand


def read_ticks(
    lines: Sequence[Segment], segments: Sequence[Segment], whiskers: Sequence[Whisker], numbers: Sequence[Word]
) -> list[Tick]:
    """The ticks of the axes below the intervals, from top to bottom and left to right; of those above the intervals, if
    no axis below has a number."""
    below = ticks_below(lines, segments, whiskers, numbers)
    if any(tick.text for tick in below):
        return below
    turned_lines, turned_segments = ([upside_down(s) for s in some] for some in (lines, segments))
    turned_whiskers = [whisker._replace(y=-whisker.y) for whisker in whiskers]
    turned_numbers = [replace(number, top=-number.bottom, bottom=-number.top) for number in numbers]
    above = ticks_below(turned_lines, turned_segments, turned_whiskers, turned_numbers)
    return [tick._replace(y=-tick.y) for tick in above] if any(tick.text for tick in above) else below


def upside_down(segment: Segment) -> Segment:
    """A segment with its height above the page's top instead of below; an upright one still runs from top to bottom."""
    if segment.is_upright:
        return segment._replace(y0=-segment.y1, y1=-segment.y0)
    return segment._replace(y0=-segment.y0, y1=-segment.y1)


def ticks_below(
    lines: Iterable[Segment], segments: Iterable[Segment], whiskers: Sequence[Whisker], numbers: Sequence[Word]
) -> list[Tick]:
    """The ticks of the axes below the intervals, from top to bottom and left to right."""
    strokes = [stroke for stroke in segments if stroke.is_upright and stroke.y1 - stroke.y0 <= LONGEST_TICK_PT]
    found: dict[tuple[int, int], Tick] = {}
    for line in lines:
        if may_be_axis(line, whiskers):
            for tick in ticks_at(line, tick_strokes(line, strokes), numbers):
                found.setdefault((round(tick.x), round(tick.y)), tick)
    return sorted(found.values(), key=lambda tick: (tick.y, tick.x))


def ticks_at(line: Segment, strokes: Sequence[Segment], numbers: Sequence[Word]) -> list[Tick]:
    """The ticks of one axis, with their numbers in plain decimals. A number stands at its nearest tick alone."""
    near = [nearest_number(stroke, numbers) for stroke in strokes]
    own = [
        number.text if number and all(offset(s, number) >= offset(stroke, number) for s in strokes) else ""
        for stroke, number in zip(strokes, near, strict=True)
    ]
    plain = iter(plain_axis_texts([text for text in own if text]))
    texts = [next(plain) if text else "" for text in own]
    return [Tick(stroke.x0, line.y0, text) for stroke, text in zip(strokes, texts, strict=True)]


def axis_numbers(sheet: Sheet) -> list[Word]:
    """The words of a sheet that can be numbers at an axis."""
    return [word for word in sheet.words if is_axis_word(word.text)]


def may_be_axis(line: Segment, whiskers: Sequence[Whisker]) -> bool:
    """Whether a line can be an axis: intervals stand above the line, and the line is no interval."""
    over = [w for w in whiskers if w.x0 < line.x1 and line.x0 < w.x1]
    return any(w.y < line.y0 - TICK_GAP_PT for w in over) and all(abs(w.y - line.y0) > TICK_GAP_PT for w in over)


def tick_strokes(line: Segment, strokes: Iterable[Segment]) -> list[Segment]:
    """The strokes that hang from an axis or cross it. If there are none, those that stand on it: dashes of a reference
    line may stand there too."""
    near = [s for s in strokes if line.x0 - TICK_GAP_PT < s.x0 < line.x1 + TICK_GAP_PT and touches(s, line)]
    hanging = {round(s.x0, 1): s for s in near if s.y1 > line.y0 + TICK_GAP_PT}
    standing = {round(s.x0, 1): s for s in near if s.y1 <= line.y0 + TICK_GAP_PT}
    chosen = hanging if len(hanging) >= FEWEST_TICKS_COUNT else standing
    return list(chosen.values()) if len(chosen) >= FEWEST_TICKS_COUNT else []


def touches(stroke: Segment, line: Segment) -> bool:
    return stroke.y0 - TICK_GAP_PT < line.y0 < stroke.y1 + TICK_GAP_PT


def number_below(stroke: Segment, numbers: Iterable[Word]) -> str:
    """The printed number next below a tick; "" if there is none."""
    nearest = nearest_number(stroke, numbers)
    return nearest.text if nearest else ""


def nearest_number(stroke: Segment, numbers: Iterable[Word]) -> Word | None:
    below = [n for n in numbers if -n.size < n.top - stroke.y1 < TICK_NUMBER_BELOW_EM * n.size]
    near = [n for n in below if abs((n.x0 + n.x1) / 2 - stroke.x0) < (n.x1 - n.x0) / 2 + TICK_NUMBER_ASIDE_EM * n.size]
    return min(near, key=lambda number: offset(stroke, number), default=None)


def offset(stroke: Segment, number: Word) -> float:
    """How far the middle of a number is from a stroke, sideways."""
    return abs(number.center - stroke.x0)
