"""The marks of the forest plots of a page, out of the paths that it is drawn with.

A line is taken for an interval where a mark stands on it; the other marks are found by where they stand to those lines.
"""

from collections.abc import Mapping, Sequence

from pdfplumber.page import Page

from extract.forests.arrows import with_arrows
from extract.forests.marks import alone, barred, intervals, marks_of, merged
from extract.forests.paths import Paths, read_paths
from extract.forests.plot import Diamond, Drawing, Whisker
from extract.forests.shapes import Patch, Piece
from extract.forests.ticks import numbers_of, read_ticks
from extract.forests.uprights import read_uprights
from extract.readers.sheet import Sheet

OFF = 0.15  # of its height: a rhombus may lie so far from the line that it stands on
NEAR = 0.6  # points, the same for the smallest; between the ends of two strokes that meet
LIKE_A_MARK = 2.0  # a rhombus upon a line, no wider than so many times its height, is a mark and no pooled line


def read_drawing(page: Page, sheet: Sheet) -> Drawing:
    """The marks that are drawn on a page, in the frame of one of its sheets; none of a page without forest plots."""
    paths = read_paths(page, sheet)
    lines = sorted((piece for piece in paths.pieces if piece.level), key=lambda piece: piece.y0)
    numbers = numbers_of(sheet)
    marks = marks_of([*paths.boxes, *paths.discs, *paths.rhombi])
    marked = intervals(marks, lines)
    marked += barred(paths.pieces, lines, [whisker for _, whisker in marked], numbers)
    whiskers = with_arrows(dict.fromkeys(whisker for _, whisker in marked), paths)
    diamonds = read_diamonds(paths, whiskers)
    squares = merged(square for square, _ in marked)
    squares = merged([*squares, *alone(marks_of([*paths.boxes, *paths.discs]), squares, whiskers)])
    ticks = read_ticks(lines, paths.pieces, whiskers, numbers)
    uprights = read_uprights(paths.pieces, whiskers, diamonds)
    return Drawing(tuple(squares), tuple(whiskers), tuple(diamonds), tuple(uprights), tuple(ticks))


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
