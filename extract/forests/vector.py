"""The marks of the forest plots of a page, out of the paths that it is drawn with.

A line is taken for an interval where a mark stands on it; the other marks are found by where they stand to those lines.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

from pdfplumber.page import Page

from extract.forests.arrows import with_arrows
from extract.forests.paths import Paths, read_paths
from extract.forests.plot import Diamond, Drawing, Square, Whisker
from extract.forests.shapes import Patch, Piece
from extract.forests.ticks import read_ticks
from extract.forests.uprights import in_a_row, read_uprights
from extract.readers.sheet import Sheet

LARGEST = 40.0  # points: no mark of a study is as large
SQUAT = 3.5  # times as long as thick at most: squares of a picture that was stretched
OFF = 0.15  # of a mark's side: its middle may lie so far from its line (drawings set anew by a journal)
NEAR = 0.6  # points, the same for the smallest marks; between a line and what touches it
ONE_LINE = 0.3  # points between the heights of two pieces of one line
TALL = 12.0  # points: an upright stroke as short may be a mark
LIKE_A_MARK = 2.0  # a rhombus upon a line, no wider than so many times its height, is a mark and no pooled line


def read_drawing(page: Page, sheet: Sheet) -> Drawing:
    """The marks that are drawn on a page, in the frame of one of its sheets; none of a page without forest plots."""
    paths = read_paths(page, sheet)
    lines = sorted((piece for piece in paths.pieces if piece.level), key=lambda piece: piece.y0)
    marked = intervals(marks_of(paths), lines)
    marked += barred(paths.pieces, lines, [whisker for _, whisker in marked])
    whiskers = with_arrows(dict.fromkeys(whisker for _, whisker in marked), paths)
    diamonds = read_diamonds(paths, whiskers)
    squares = merged(square for square, _ in marked)
    ticks = read_ticks(sheet, lines, paths.pieces, whiskers)
    uprights = read_uprights(paths.pieces, whiskers, diamonds)
    return Drawing(tuple(squares), tuple(whiskers), tuple(diamonds), tuple(uprights), tuple(ticks))


def marks_of(paths: Paths) -> list[Square]:
    """All small shapes of nearly equal width and height."""
    shapes = [*paths.boxes, *paths.discs, *paths.rhombi]
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
    pieces: Sequence[Piece], lines: Sequence[Piece], whiskers: Sequence[Whisker]
) -> list[tuple[Square, Whisker]]:
    """Other lines, which one short upright stroke crosses between their ends: it is their estimate."""
    dashes = {piece for run in in_a_row(pieces) if len(run) > 1 for piece in run}
    strokes = [p for p in pieces if p.upright and p.y1 - p.y0 <= TALL and p not in dashes]
    strokes.sort(key=lambda p: (p.y0 + p.y1) / 2)
    heights, taken = [(p.y0 + p.y1) / 2 for p in strokes], {round(whisker.y) for whisker in whiskers}
    found = []
    for line in lines:
        near = strokes[bisect_left(heights, line.y0 - NEAR) : bisect_right(heights, line.y0 + NEAR)]
        crossing = {round(s.x0, 1) for s in near if line.x0 + NEAR < s.x0 < line.x1 - NEAR}
        if len(crossing) == 1 and round(line.y0) not in taken:
            found.append((Square(crossing.pop(), line.y0, 0.0), Whisker(line.x0, line.x1, line.y0)))
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


def read_diamonds(paths: Paths, whiskers: Sequence[Whisker]) -> list[Diamond]:
    """The rhombi that are no marks: one path, or four strokes."""
    rhombi = [patch for patch in [*paths.rhombi, *of_strokes(paths.pieces)] if not is_mark(patch, whiskers)]
    found = {(round(p.x0), round(p.y)): Diamond(p.x0, p.peak, p.x1, p.y) for p in rhombi if p.width > NEAR}
    return sorted(found.values(), key=lambda diamond: (diamond.y, diamond.x0))


def is_mark(patch: Patch, whiskers: Sequence[Whisker]) -> bool:
    """Whether a line runs through a rhombus that is no wider than marks are."""
    upon = [w for w in whiskers if abs(w.y - patch.y) < max(NEAR, OFF * patch.height)]
    through = any(w.x0 < patch.x1 and patch.x0 < w.x1 for w in upon)
    return through and patch.width <= LIKE_A_MARK * patch.height


def of_strokes(pieces: Sequence[Piece]) -> list[Patch]:
    """Rhombi that are drawn as four strokes."""
    slants = [p for p in pieces if not p.level and not p.upright]
    rising = {cell(p.x0, p.y0): p for p in slants if p.y1 < p.y0}
    falling = {cell(p.x0, p.y0): p for p in slants if p.y1 > p.y0}
    found = []
    for up in rising.values():
        down, upper = from_point(falling, up.x0, up.y0), from_point(falling, up.x1, up.y1)
        lower = from_point(rising, down.x1, down.y1) if down else None
        if down and upper and lower and abs(upper.x1 - lower.x1) + abs(upper.y1 - lower.y1) < NEAR:
            found.append(Patch(up.x0, up.y1, upper.x1, down.y1, up.x1))
    return found


def from_point(strokes: Mapping[tuple[int, int], Piece], x: float, y: float) -> Piece | None:
    """The stroke that begins at a point."""
    column, row = cell(x, y)
    around = [(column + i, row + j) for i in (0, -1, 1) for j in (0, -1, 1)]
    return next((strokes[place] for place in around if place in strokes), None)


def cell(x: float, y: float) -> tuple[int, int]:
    """A place on the page, by half points."""
    return round(2 * x), round(2 * y)
