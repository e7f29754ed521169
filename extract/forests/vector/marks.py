"""The marks of estimates on a page, and the lines of their intervals."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from math import sqrt

from extract.forests.plot import Square, Whisker
from extract.forests.vector.reference_lines import upright_runs
from extract.forests.vector.shapes import Patch, Segment
from extract.forests.vector.ticks import number_below
from extract.page.words import Word

LARGEST_MARK_PT = 40.0  # larger shapes are frames and grounds of tables
SQUAT_RATIO = 3.5  # of the longer side of a mark to the shorter: some plots were stretched, squares and all
OFF_LINE_SHARE = 0.15  # of a mark's side between its middle and its line: journals set drawings anew and move things
OFF_LINE_PT = 0.6  # the same for the smallest marks
UPRIGHT_PEAK_SHARE = 0.15  # of a triangle's width: so near to its middle is the highest point of one that is upright
TOUCHING_PT = 0.6  # between a line and a thing that touches it
SAME_LINE_PT = 0.3  # between the heights of two segments of one line
BAR_HEIGHT_PT = 12.0  # a taller upright stroke is no mark of an estimate but a reference line
NEXT_ROW_PT = 40.0  # from a mark without a line to the nearest line: farther than that it stands in a legend
LIKE_SIDE_RATIO = 2.0  # of the sides of two marks in one plot, beyond the range of the marks with a line


def marks_of(shapes: Iterable[Patch]) -> list[Square]:
    """The small shapes of nearly equal width and height, as marks."""
    small = [s for s in shapes if 0 < max(s.width, s.height) <= LARGEST_MARK_PT]
    stout = [s for s in small if max(s.width, s.height) <= SQUAT_RATIO * min(s.width, s.height)]
    return [Square(s.x, s.y, sqrt(s.width * s.height)) for s in stout]


def triangular_marks(triangles: Iterable[Patch]) -> list[Square]:
    """The small triangles that point up or down, as marks; an arrow points sideways. Programs put the centre of
    gravity, or the middle height, on the line: a mark stands half-way between the two."""
    upright = [
        t for t in triangles if abs(t.peak - t.x) < UPRIGHT_PEAK_SHARE * t.width and 0 < t.width <= LARGEST_MARK_PT
    ]
    stout = [t for t in upright if max(t.width, t.height) <= SQUAT_RATIO * min(t.width, t.height)]
    lower = [t.height / 12 if t.is_pointed else -t.height / 12 for t in stout]
    return [Square(t.x, t.y + by, sqrt(t.width * t.height / 2)) for t, by in zip(stout, lower, strict=True)]


def slanting_crosses(segments: Iterable[Segment]) -> list[Square]:
    """The marks that are two slanting strokes of one size through one centre."""
    slants = [s for s in segments if not s.is_level and not s.is_upright and s.x1 - s.x0 <= LARGEST_MARK_PT]
    falling = {half_points_of(s): s for s in slants if s.y1 > s.y0}
    found = []
    for stroke in (s for s in slants if s.y1 < s.y0):
        other = falling.get(half_points_of(stroke))
        if other and abs(other.x1 - other.x0 - stroke.x1 + stroke.x0) < TOUCHING_PT:
            x, y = (stroke.x0 + stroke.x1) / 2, (stroke.y0 + stroke.y1) / 2
            found.append(Square(x, y, sqrt((stroke.x1 - stroke.x0) * (stroke.y0 - stroke.y1))))
    return found


def half_points_of(stroke: Segment) -> tuple[int, int]:
    """The middle of a stroke, in half points."""
    return round(stroke.x0 + stroke.x1), round(stroke.y0 + stroke.y1)


def intervals(marks: Iterable[Square], lines: Sequence[Segment]) -> list[tuple[Square, Whisker]]:
    """Each mark that stands on a line, with that line. Segments on both sides of a mark are one line. `lines`: level
    segments from top to bottom."""
    heights = [line.y0 for line in lines]
    found = []
    for mark in marks:
        off, reach = off_line(mark), mark.side / 2 + TOUCHING_PT
        near = lines[bisect_left(heights, mark.y - off) : bisect_right(heights, mark.y + off)]
        touching = [line for line in near if line.x0 - reach < mark.x < line.x1 + reach]
        if touching:
            y = min((line.y0 for line in touching), key=lambda y: abs(y - mark.y))
            line = [segment for segment in touching if abs(segment.y0 - y) <= SAME_LINE_PT]
            found.append((mark, Whisker(min(segment.x0 for segment in line), max(segment.x1 for segment in line), y)))
    return found


def off_line(mark: Square) -> float:
    """How far the middle of a mark may lie from its line, in points."""
    return max(OFF_LINE_PT, OFF_LINE_SHARE * mark.side)


def crossed_intervals(
    segments: Sequence[Segment], lines: Sequence[Segment], whiskers: Sequence[Whisker], numbers: Sequence[Word]
) -> list[tuple[Square, Whisker]]:
    """The other lines that one short upright stroke crosses between their ends, with that stroke as the mark. A line
    with numbers printed below the stroke and an end is an axis."""
    dashes = {dash for run in upright_runs(segments) if len(run) > 1 for dash in run}
    strokes = [s for s in segments if s.is_upright and s.y1 - s.y0 <= BAR_HEIGHT_PT and s not in dashes]
    strokes.sort(key=lambda s: (s.y0 + s.y1) / 2)
    heights, taken = [(s.y0 + s.y1) / 2 for s in strokes], {round(whisker.y) for whisker in whiskers}
    found = []
    for line in lines:
        near = strokes[bisect_left(heights, line.y0 - TOUCHING_PT) : bisect_right(heights, line.y0 + TOUCHING_PT)]
        crossing = {round(s.x0, 1): s for s in near if line.x0 + TOUCHING_PT < s.x0 < line.x1 - TOUCHING_PT}
        if len(crossing) == 1 and round(line.y0) not in taken:
            ((x, stroke),) = crossing.items()
            if not is_numbered(line, stroke, lines, numbers):
                found.append((Square(x, line.y0, 0.0), Whisker(line.x0, line.x1, line.y0)))
    return [pair for pair in found if not any(is_within(pair[1], other) for _, other in found)]


def is_numbered(line: Segment, stroke: Segment, lines: Iterable[Segment], numbers: Sequence[Word]) -> bool:
    """Whether a line is an axis with one stroke between its ends: numbers stand below the stroke and an end, with no
    other line between."""
    if not number_below(stroke, numbers):
        return False
    ends = [replaced_x(stroke, x) for x in (line.x0, line.x1)]
    below = [s.y1 for s in (stroke, *ends) if number_below(s, numbers)]
    between = any(stroke.y1 < o.y0 < stroke.y1 + BAR_HEIGHT_PT and o.x0 < stroke.x0 < o.x1 for o in lines)
    return len(below) > 1 and not between


def replaced_x(stroke: Segment, x: float) -> Segment:
    return stroke._replace(x0=x, x1=x)


def is_within(line: Whisker, other: Whisker) -> bool:
    """Whether a line is a part of a longer one at its height, such as the level stroke of a cross."""
    shorter = line.x1 - line.x0 < other.x1 - other.x0
    return shorter and other.x0 <= line.x0 and line.x1 <= other.x1 and abs(line.y - other.y) <= SAME_LINE_PT


def merged_marks(marks: Iterable[Square]) -> list[Square]:
    """The marks, with those upon one another as one: it has the size of the largest, which shows the weight, and the
    centre of the smallest, which shows the estimate. From top to bottom."""
    done: list[Square] = []
    for mark in sorted(marks, key=lambda m: (-m.side, m.y)):
        for i, other in enumerate(done):
            if abs(mark.y - other.y) <= off_line(other) and abs(mark.x - other.x) <= other.side / 2 + TOUCHING_PT:
                done[i] = Square(mark.x, mark.y, other.side)
                break
        else:
            done.append(mark)
    return sorted(done, key=lambda m: (m.y, m.x))


def marks_without_line(marks: Iterable[Square], squares: Sequence[Square], whiskers: Sequence[Whisker]) -> list[Square]:
    """The marks that hide their interval, which is shorter than they are: they stand among `squares`, those with a
    line, and are about as large. If they are as many or more, the plot is of another kind, and the list is empty."""
    if not squares or not whiskers:
        return []
    sides = [square.side for square in squares]
    left, right = min(whisker.x0 for whisker in whiskers), max(whisker.x1 for whisker in whiskers)
    heights = [whisker.y for whisker in whiskers]
    found = [
        mark
        for mark in marks
        if left <= mark.x <= right
        and min(sides) / LIKE_SIDE_RATIO <= mark.side <= LIKE_SIDE_RATIO * max(sides)
        and TOUCHING_PT < min(abs(mark.y - y) for y in heights) < NEXT_ROW_PT
    ]
    return found if len(found) < len(squares) else []
