"""The marks on the axis of a plot, and the numbers that are printed at them."""

import re
from collections.abc import Iterable, Sequence

from extract.forests.plot import Tick, Whisker
from extract.forests.vector.shapes import Piece
from extract.page.sheet import Sheet
from extract.page.words import Word

NEAR = 0.6  # points between the axis and a mark on it
LONGEST = 12.0  # points of a mark
FEWEST = 2  # marks on an axis
BELOW = 3.0  # times the type size: so far below the axis its numbers may stand
ASIDE = 0.5  # of the type size: so far its number may be from the middle of a mark
NUMBER = re.compile(r"[-−–]?(?:\d+(?:[.,·]\d+)?|[.,·]\d+)")
PLAIN = str.maketrans("−–,·", "--..")


def read_ticks(
    lines: Iterable[Piece], pieces: Iterable[Piece], whiskers: Sequence[Whisker], numbers: Sequence[Word]
) -> list[Tick]:
    """The ticks of the axes below the intervals, from top to bottom and left to right."""
    strokes = [piece for piece in pieces if piece.upright and piece.y1 - piece.y0 <= LONGEST]
    found: dict[tuple[int, int], Tick] = {}
    for line in lines:
        if is_below(line, whiskers):
            for stroke in strokes_on(line, strokes):
                tick = Tick(stroke.x0, line.y0, number_at(stroke, numbers))
                found.setdefault((round(tick.x), round(tick.y)), tick)
    return sorted(found.values(), key=lambda tick: (tick.y, tick.x))


def numbers_of(sheet: Sheet) -> list[Word]:
    """The words of a sheet that can be numbers at an axis."""
    return [word for word in sheet.words if NUMBER.fullmatch(word.text)]


def is_below(line: Piece, whiskers: Sequence[Whisker]) -> bool:
    """Whether a line can be an axis: intervals stand above it and it is none."""
    over = [w for w in whiskers if w.x0 < line.x1 and line.x0 < w.x1]
    return any(w.y < line.y0 - NEAR for w in over) and all(abs(w.y - line.y0) > NEAR for w in over)


def strokes_on(line: Piece, strokes: Iterable[Piece]) -> list[Piece]:
    """The strokes that hang from an axis or cross it; those that stand on it (which dashes may also do) where there are
    no others."""
    near = [s for s in strokes if line.x0 - NEAR < s.x0 < line.x1 + NEAR and touches(s, line)]
    hanging = {round(s.x0, 1): s for s in near if s.y1 > line.y0 + NEAR}
    standing = {round(s.x0, 1): s for s in near if s.y1 <= line.y0 + NEAR}
    chosen = hanging if len(hanging) >= FEWEST else standing
    return list(chosen.values()) if len(chosen) >= FEWEST else []


def touches(stroke: Piece, line: Piece) -> bool:
    return stroke.y0 - NEAR < line.y0 < stroke.y1 + NEAR


def number_at(stroke: Piece, numbers: Iterable[Word]) -> str:
    """The printed number next below a mark."""
    below = [n for n in numbers if -n.size < n.top - stroke.y1 < BELOW * n.size]
    near = [n for n in below if abs((n.x0 + n.x1) / 2 - stroke.x0) < (n.x1 - n.x0) / 2 + ASIDE * n.size]
    nearest = min(near, key=lambda n: abs((n.x0 + n.x1) / 2 - stroke.x0), default=None)
    return nearest.text.translate(PLAIN) if nearest else ""
