"""Straight pieces and simple shapes, in the frame of a sheet."""

from collections.abc import Sequence
from typing import NamedTuple

LEVEL = 0.3  # points: a piece that rises by no more is level
CLOSE = 0.05  # points: two corners no farther apart are one

Point = tuple[float, float]


class Piece(NamedTuple):
    """A straight line from its left end to its right one; an upright one from top to bottom."""

    x0: float
    y0: float
    x1: float
    y1: float
    dashed: bool = False

    @property
    def level(self) -> bool:
        return abs(self.y1 - self.y0) <= LEVEL < self.x1 - self.x0

    @property
    def upright(self) -> bool:
        return self.x1 - self.x0 <= LEVEL < abs(self.y1 - self.y0)


class Patch(NamedTuple):
    """A closed shape: the box around it, and where it is highest."""

    x0: float
    top: float
    x1: float
    bottom: float
    peak: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


def patch_of(points: Sequence[Point]) -> Patch:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    top = min(ys)
    peaks = [x for x, y in points if y - top < CLOSE]
    return Patch(min(xs), top, max(xs), max(ys), sum(peaks) / len(peaks))


def is_box(points: Sequence[Point]) -> bool:
    """Whether each of four sides is level or upright."""
    sides = zip(points, [*points[1:], points[0]], strict=True)
    return all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) < CLOSE * 2 for a, b in sides)


def is_rhombus(points: Sequence[Point]) -> bool:
    """Whether four corners lie left, right, above and below, the first two on one height between the others."""
    left, *others, right = sorted(points)
    upper, lower = sorted(others, key=lambda p: p[1])
    height = lower[1] - upper[1]
    slack = max(0.15 * height, LEVEL)
    between = left[0] < min(upper[0], lower[0]) and max(upper[0], lower[0]) < right[0]
    middle = (upper[1] + lower[1]) / 2
    return between and height > LEVEL and all(abs(p[1] - middle) < slack for p in (left, right))
