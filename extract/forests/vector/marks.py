"""The marks of estimates on a page, and the lines of their intervals."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from math import sqrt

from extract.forests.plot import Square, Whisker
from extract.forests.vector.reference_lines import in_a_row
from extract.forests.vector.shapes import Patch, Piece
from extract.forests.vector.ticks import number_at
from extract.page.words import Word

LARGEST = 40.0  # points: no mark of a study is as large
SQUAT = 3.5  # times as long as thick at most: squares of a picture that was stretched
OFF = 0.15  # of a mark's side: its middle may lie so far from its line (drawings set anew by a journal)
NEAR = 0.6  # points, the same for the smallest marks; between a line and what touches it
ONE_LINE = 0.3  # points between the heights of two pieces of one line
TALL = 12.0  # points: an upright stroke as short may be a mark
NEXT_ROW = 40.0  # points from a mark without a line to the nearest one with


def marks_of(shapes: Iterable[Patch]) -> list[Square]:
    """All small shapes of nearly equal width and height."""
    small = [s for s in shapes if 0 < max(s.width, s.height) <= LARGEST]
    stout = [s for s in small if max(s.width, s.height) <= SQUAT * min(s.width, s.height)]
    return [Square((s.x0 + s.x1) / 2, s.y, sqrt(s.width * s.height)) for s in stout]


def intervals(marks: Iterable[Square], lines: Sequence[Piece]) -> list[tuple[Square, Whisker]]:
    """Each mark that stands on a line, with that line. Pieces on both sides of a mark are one line."""
    heights = [line.y0 for line in lines]
    found = []
    for mark in marks:
        off, reach = max(NEAR, OFF * mark.side), mark.side / 2 + NEAR
        near = lines[bisect_left(heights, mark.y - off) : bisect_right(heights, mark.y + off)]
        touching = [line for line in near if line.x0 - reach < mark.x < line.x1 + reach]
        if touching:
            y = min((line.y0 for line in touching), key=lambda y: abs(y - mark.y))
            upon = [line for line in touching if abs(line.y0 - y) <= ONE_LINE]
            found.append((mark, Whisker(min(line.x0 for line in upon), max(line.x1 for line in upon), y)))
    return found


def barred(
    pieces: Sequence[Piece], lines: Sequence[Piece], whiskers: Sequence[Whisker], numbers: Sequence[Word]
) -> list[tuple[Square, Whisker]]:
    """Other lines, which one short upright stroke crosses between their ends: it is their estimate, unless a number is
    printed below it as at an axis."""
    dashes = {piece for run in in_a_row(pieces) if len(run) > 1 for piece in run}
    strokes = [p for p in pieces if p.upright and p.y1 - p.y0 <= TALL and p not in dashes]
    strokes.sort(key=lambda p: (p.y0 + p.y1) / 2)
    heights, taken = [(p.y0 + p.y1) / 2 for p in strokes], {round(whisker.y) for whisker in whiskers}
    found = []
    for line in lines:
        near = strokes[bisect_left(heights, line.y0 - NEAR) : bisect_right(heights, line.y0 + NEAR)]
        crossing = {round(s.x0, 1): s for s in near if line.x0 + NEAR < s.x0 < line.x1 - NEAR}
        if len(crossing) == 1 and round(line.y0) not in taken:
            ((x, stroke),) = crossing.items()
            if not number_at(stroke, numbers):
                found.append((Square(x, line.y0, 0.0), Whisker(line.x0, line.x1, line.y0)))
    return found


def merged(marks: Iterable[Square]) -> list[Square]:
    """Marks upon one another as one: of the largest its size (the weight), of the smallest its centre."""
    done: list[Square] = []
    for mark in sorted(marks, key=lambda m: (-m.side, m.y)):
        for i, other in enumerate(done):
            if abs(mark.y - other.y) <= max(NEAR, OFF * other.side) and abs(mark.x - other.x) <= other.side / 2 + NEAR:
                done[i] = Square(mark.x, mark.y, other.side)
                break
        else:
            done.append(mark)
    return sorted(done, key=lambda m: (m.y, m.x))


def alone(marks: Iterable[Square], squares: Sequence[Square], whiskers: Sequence[Whisker]) -> list[Square]:
    """Marks whose interval does not show because it is shorter than they are: among the others, and as large. Where
    they are the more, it is another kind of plot."""
    if not squares or not whiskers:
        return []
    sides = [square.side for square in squares]
    left, right = min(whisker.x0 for whisker in whiskers), max(whisker.x1 for whisker in whiskers)
    heights = [whisker.y for whisker in whiskers]
    found = [
        mark
        for mark in marks
        if left <= mark.x <= right
        and min(sides) / 2 <= mark.side <= 2 * max(sides)
        and NEAR < min(abs(mark.y - y) for y in heights) < NEXT_ROW
    ]
    return found if len(found) < len(squares) else []
