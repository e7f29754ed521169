"""The marks of the forest plots of a page, out of the paths that it is drawn with.

A line is taken for an interval where a mark stands on it; the other marks are found by where they stand to those lines.
"""

from collections.abc import Iterable, Mapping, Sequence

from pdfplumber.page import Page

from extract.forests.plot import Diamond, Drawing, Square
from extract.forests.vector.arrows import with_arrows
from extract.forests.vector.marks import alone, barred, intervals, marks_of, merged
from extract.forests.vector.paths import read_paths
from extract.forests.vector.reference_lines import read_uprights
from extract.forests.vector.shapes import Patch, Piece
from extract.forests.vector.ticks import numbers_of, read_ticks
from extract.page.sheet import Sheet

OFF = 0.15  # of the side of a square: a rhombus upon it may be so far from its middle
NEAR = 0.6  # points, the same for the smallest; between the ends of two strokes that meet
LIKE_A_MARK = 2.0  # a rhombus upon a line, no wider than so many times its height, is a mark and no pooled line


def read_drawing(page: Page, sheet: Sheet) -> Drawing:
    """The marks that are drawn on a page, in the frame of one of its sheets; none of a page without forest plots."""
    paths = read_paths(page, sheet)
    lines = sorted((piece for piece in paths.pieces if piece.level), key=lambda piece: piece.y0)
    numbers = numbers_of(sheet)
    rhombi = [*paths.rhombi, *of_strokes(paths.pieces)]
    solid = marks_of([*paths.boxes, *paths.discs])
    small = small_rhombi(rhombi, solid, lines)
    marked = intervals([*solid, *marks_of(small)], lines)
    marked += barred(paths.pieces, lines, [whisker for _, whisker in marked], numbers)
    whiskers = with_arrows(dict.fromkeys(whisker for _, whisker in marked), paths)
    squares = merged(square for square, _ in marked)
    squares = merged([*squares, *alone(solid, squares, whiskers)])
    diamonds = as_diamonds(patch for patch in rhombi if patch not in small)
    ticks = read_ticks(lines, paths.pieces, whiskers, numbers)
    uprights = read_uprights(paths.pieces, whiskers, diamonds)
    return Drawing(tuple(squares), tuple(whiskers), tuple(diamonds), tuple(uprights), tuple(ticks))


def small_rhombi(rhombi: Iterable[Patch], solid: Sequence[Square], lines: Sequence[Piece]) -> set[Patch]:
    """The rhombi that are marks of studies: those upon a square, or all that stand on lines where most lines with a
    mark have one. A pooled line may also have a line, of its prediction interval."""
    narrow = {
        mark: patch for patch in rhombi if patch.width <= LIKE_A_MARK * patch.height for mark in marks_of([patch])
    }
    on_line = {narrow[mark] for mark, _ in intervals(narrow, lines)}
    heights = {round(patch.y) for patch in on_line}
    others = {round(whisker.y) for _, whisker in intervals(solid, lines)}
    if 2 * len(heights) >= len(heights | others):
        return on_line
    return {patch for patch in on_line if any(is_upon(patch, mark) for mark in solid)}


def is_upon(patch: Patch, mark: Square) -> bool:
    near = max(NEAR, OFF * mark.side)
    return abs(patch.y - mark.y) < near and abs((patch.x0 + patch.x1) / 2 - mark.x) < near


def as_diamonds(patches: Iterable[Patch]) -> list[Diamond]:
    """Pooled lines, each once although some are filled and drawn anew around that; from top to bottom."""
    found = {(round(p.x0), round(p.y)): Diamond(p.x0, p.peak, p.x1, p.y) for p in patches if p.width > NEAR}
    return sorted(found.values(), key=lambda diamond: (diamond.y, diamond.x0))


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
