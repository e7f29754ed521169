"""Straight segments and simple closed shapes, in the frame of a sheet."""

from collections.abc import Sequence
from typing import NamedTuple

LEVEL_TOLERANCE_PT = 0.3  # a segment that rises, or leans, by no more is level, or upright: half a thin line
SAME_CORNER_PT = 0.05  # two corners no farther apart are one: programs repeat a point with other rounding
STRAIGHT_SIDE_PT = 0.1  # a side of a box leans by less: both of its corners may be rounded
RHOMBUS_TILT_SHARE = 0.15  # of a rhombus's height: its left and right corners may lie so far above or below its middle

PathPoint = tuple[float, float]  # x, y


class Segment(NamedTuple):
    """A straight line from its left end to its right end; an upright one from top to bottom."""

    x0: float
    y0: float
    x1: float
    y1: float
    dashed: bool = False

    @property
    def is_level(self) -> bool:
        return abs(self.y1 - self.y0) <= LEVEL_TOLERANCE_PT < self.x1 - self.x0

    @property
    def is_upright(self) -> bool:
        return self.x1 - self.x0 <= LEVEL_TOLERANCE_PT < abs(self.y1 - self.y0)


class Patch(NamedTuple):
    """A closed shape: the edges of the box around it, and the x of its highest point. `is_pointed`: only one of its
    corners is at the top."""

    x0: float
    top: float
    x1: float
    bottom: float
    peak: float
    is_pointed: bool = True

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


def patch_of(points: Sequence[PathPoint]) -> Patch:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    top = min(ys)
    peaks = [x for x, y in points if y - top < SAME_CORNER_PT]
    return Patch(min(xs), top, max(xs), max(ys), sum(peaks) / len(peaks), len(peaks) == 1)


def is_box(points: Sequence[PathPoint]) -> bool:
    """Whether each of four sides is level or upright."""
    sides = zip(points, [*points[1:], points[0]], strict=True)
    return all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) < STRAIGHT_SIDE_PT for a, b in sides)


def is_rhombus(points: Sequence[PathPoint]) -> bool:
    """Whether four corners lie left, right, above and below, the first two at one height between the other two."""
    left, *others, right = sorted(points)
    upper, lower = sorted(others, key=lambda point: point[1])
    height = lower[1] - upper[1]
    tilt = max(RHOMBUS_TILT_SHARE * height, LEVEL_TOLERANCE_PT)
    between = left[0] < min(upper[0], lower[0]) and max(upper[0], lower[0]) < right[0]
    middle = (upper[1] + lower[1]) / 2
    return between and height > LEVEL_TOLERANCE_PT and all(abs(y - middle) < tilt for _, y in (left, right))
