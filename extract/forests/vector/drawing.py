"""The marks of the forest plots of a page, out of the paths that the page is drawn with.

A line is an interval if a mark stands on it. Arrows, ticks, reference lines and pooled lines are found by where they
stand to the intervals.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pdfplumber.page import Page

from extract.forests.plot import Diamond, Drawing, Square
from extract.forests.vector.arrows import with_arrows
from extract.forests.vector.marks import (
    crossed_intervals,
    intervals,
    marks_of,
    marks_without_line,
    merged_marks,
    off_line,
    slanting_crosses,
    triangular_marks,
)
from extract.forests.vector.paths import read_paths
from extract.forests.vector.reference_lines import read_uprights
from extract.forests.vector.shapes import Patch, Segment
from extract.forests.vector.ticks import axis_numbers, read_ticks
from extract.page.box import Box
from extract.page.sheet import Sheet

STROKE_END_GAP_PT = 0.6  # between the ends of two strokes that meet
NARROWEST_DIAMOND_PT = 0.6  # a rhombus no wider is the point that Stata draws at an estimate
GRID_LINES_COUNT = 3  # of one length; the intervals of a plot have many
GRID_COVERED_SHARE = 0.6  # of the lines of a grid have another line upon them
GRID_PART_SHARE = 0.95  # of the length of a line of the grid: so long is a line upon it at most
GRID_PT = 0.6  # between the heights of a line of the grid and one upon it
NARROW_RATIO = 2.0  # of a rhombus's width to its height: a wider one upon a line is a pooled line, no mark of a study


def read_drawing(page: Page, sheet: Sheet, letters: Sequence[Box] = ()) -> Drawing:
    """The marks drawn on a page, in the frame of one of its sheets; an empty drawing if the page has no forest plot.
    `letters`: the places of words that are drawn as outlines, which are no marks."""
    paths = read_paths(page, sheet, letters)
    lines = without_grid(sorted((s for s in paths.segments if s.is_level), key=lambda line: line.y0))
    numbers = axis_numbers(sheet)
    rhombi = [*paths.rhombi, *rhombi_of_strokes(paths.segments)]
    solid = marks_of([*paths.boxes, *paths.discs, *paths.polygons])
    solid += [*triangular_marks(paths.triangles), *slanting_crosses(paths.segments)]
    small = study_rhombi(rhombi, solid, lines)
    marked = intervals([*solid, *marks_of(small)], lines)
    marked += crossed_intervals(paths.segments, lines, [whisker for _, whisker in marked], numbers)
    whiskers = with_arrows(dict.fromkeys(whisker for _, whisker in marked), paths)
    squares = merged_marks(square for square, _ in marked)
    squares = merged_marks([*squares, *marks_without_line(solid, squares, whiskers)])
    diamonds = as_diamonds(patch for patch in rhombi if patch not in small)
    ticks = read_ticks(lines, paths.segments, whiskers, numbers)
    uprights = read_uprights(paths.segments, whiskers, diamonds)
    return Drawing(tuple(squares), tuple(whiskers), tuple(diamonds), tuple(uprights), tuple(ticks))


def without_grid(lines: Sequence[Segment]) -> list[Segment]:
    """The level lines without those of a grid: several of one length below one another, upon which others lie."""
    alike: dict[tuple[int, int], list[Segment]] = defaultdict(list)
    for line in lines:
        alike[round(line.x0), round(line.x1)].append(line)
    heights = [line.y0 for line in lines]
    grid: set[Segment] = set()
    for several in alike.values():
        rows = {round(line.y0) for line in several}
        if len(rows) >= GRID_LINES_COUNT:
            near = [
                lines[bisect_left(heights, s.y0 - GRID_PT) : bisect_right(heights, s.y0 + GRID_PT)] for s in several
            ]
            covered = [any(lies_upon(other, s) for other in others) for s, others in zip(several, near, strict=True)]
            grid |= set(several) if sum(covered) >= GRID_COVERED_SHARE * len(several) else set()
    return [line for line in lines if line not in grid]


def lies_upon(line: Segment, other: Segment) -> bool:
    """Whether a line is a shorter one between the ends of another."""
    shorter = line.x1 - line.x0 < GRID_PART_SHARE * (other.x1 - other.x0)
    return shorter and other.x0 - GRID_PT < line.x0 and line.x1 < other.x1 + GRID_PT


def study_rhombi(rhombi: Iterable[Patch], solid: Sequence[Square], lines: Sequence[Segment]) -> set[Patch]:
    """The rhombi that are marks of studies: all rhombi on lines, if at least half of the marked lines have one; else
    those upon a square. (A pooled line may have a rhombus on a line too, the line of its prediction interval.)"""
    narrow = {
        mark: patch for patch in rhombi if patch.width <= NARROW_RATIO * patch.height for mark in marks_of([patch])
    }
    on_line = {narrow[mark] for mark, _ in intervals(narrow, lines)}
    heights = {round(patch.y) for patch in on_line}
    others = {round(whisker.y) for _, whisker in intervals(solid, lines)}
    if 2 * len(heights) >= len(heights | others):
        return on_line
    return {patch for patch in on_line if any(is_centred_on(patch, mark) for mark in solid)}


def is_centred_on(patch: Patch, mark: Square) -> bool:
    near = off_line(mark)
    return abs(patch.y - mark.y) < near and abs(patch.x - mark.x) < near


def as_diamonds(patches: Iterable[Patch]) -> list[Diamond]:
    """The pooled lines from top to bottom. A diamond that is filled and then outlined comes once."""
    wide = [p for p in patches if p.width > NARROWEST_DIAMOND_PT]
    found = {(round(p.x0), round(p.y)): Diamond(p.x0, p.peak, p.x1, p.y) for p in wide}
    return sorted(found.values(), key=lambda diamond: (diamond.y, diamond.x0))


def rhombi_of_strokes(segments: Sequence[Segment]) -> list[Patch]:
    """The rhombi that are drawn as four strokes."""
    slants = [s for s in segments if not s.is_level and not s.is_upright]
    rising = {half_points(s.x0, s.y0): s for s in slants if s.y1 < s.y0}
    falling = {half_points(s.x0, s.y0): s for s in slants if s.y1 > s.y0}
    found = []
    for up in rising.values():
        down, upper = stroke_from(falling, up.x0, up.y0), stroke_from(falling, up.x1, up.y1)
        lower = stroke_from(rising, down.x1, down.y1) if down else None
        if down and upper and lower and abs(upper.x1 - lower.x1) + abs(upper.y1 - lower.y1) < STROKE_END_GAP_PT:
            found.append(Patch(up.x0, up.y1, upper.x1, down.y1, up.x1))
    return found


def stroke_from(strokes: Mapping[tuple[int, int], Segment], x: float, y: float) -> Segment | None:
    """The stroke that begins at a point, or within half a point of it. `strokes`: by where they begin."""
    column, row = half_points(x, y)
    around = [(column + i, row + j) for i in (0, -1, 1) for j in (0, -1, 1)]
    return next((strokes[place] for place in around if place in strokes), None)


def half_points(x: float, y: float) -> tuple[int, int]:
    """A place on the page, in half points."""
    return round(2 * x), round(2 * y)
