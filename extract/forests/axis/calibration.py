"""The axis of a forest plot: from a place on the drawing to the value that is drawn there.

It is taken from the numbers at its ticks, or, where there are none or they do not fit, from the printed estimates and
limits of the rows, some of which may be misprinted.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import exp, inf, log
from typing import NamedTuple

import numpy as np

from extract.forests.axis.robust_line import FAR, FINEST, MOSTLY, line_through
from extract.forests.axis.row_marks import Marks, bind
from extract.forests.plot import Drawing, PlotRow, Tick
from schemas.printed import is_printed, parse_printed

SCALES = ("log", "linear")
TINY = 1e-9  # stands for zero on a log axis
EXACT = re.compile(r"-?(\d+|0\.0*1)")
FEWEST_POINTS = 5  # of printed numbers to find an axis by
WILD = 0.02  # of the width: an axis from which most points are as far off is none
COARSE = 0.1  # points or pixels: no drawing is as exact
HANDICAP = 0.0001  # of the width: the axis of the ticks is kept where that of the rows fits better by less


@dataclass(frozen=True)
class Axis:
    """`offset` + `slope` * t is the place of a value, where t is the value or its logarithm. `precision`: how far the
    drawing may be off, in units of the frame (points or pixels); `source`: ticks or rows."""

    scale: str
    offset: float
    slope: float
    precision: float = 0.0
    source: str = "ticks"

    def place(self, value: float) -> float:
        """Where a value stands; far left for one that a log axis does not have."""
        t = value if self.scale == "linear" else log(value) if value > 0 else -inf
        return self.offset + self.slope * t

    def value(self, x: float) -> float:
        t = (x - self.offset) / self.slope
        return t if self.scale == "linear" else exp(min(t, 700.0))

    def off(self, point: "Point") -> float:
        """How far a point is drawn from where its number, however it was rounded, can be."""
        low, high = self.place(point.low), self.place(point.high)
        return max(low - point.x, point.x - high, 0.0)


class Point(NamedTuple):
    """A place, the number that is printed for it, and what rounds to that."""

    x: float
    value: float
    low: float
    high: float

    @property
    def exact(self) -> "Point":
        return self._replace(low=self.value, high=self.value)


def calibrate(drawing: Drawing, rows: Sequence[PlotRow], scale: str = "") -> Axis | None:
    """The axis that fits the printed numbers best, None where none does. Both scales are tried where `scale` is "", and
    where the given one does not fit. The boxes of the rows must be in the frame of the drawing."""
    points = printed_points(rows, bind(rows, drawing))
    if len(points) < FEWEST_POINTS:
        return from_ticks_alone(drawing.ticks, scale)
    width = width_of(drawing)
    given = best(drawing.ticks, points, [scale] if scale else SCALES, width)
    if scale and given is None:
        return best(drawing.ticks, points, SCALES, width)
    return given


def best(ticks: Sequence[Tick], points: Sequence[Point], scales: Iterable[str], width: float) -> Axis | None:
    """The axis from which the printed numbers are off least; that of the ticks where another is hardly better."""
    axes = [
        (replace(axis, source=source), handicap)
        for scale in scales
        for source, basis, handicap in (("ticks", tick_points(ticks), 0.0), ("rows", points, HANDICAP * width))
        if (axis := from_points(basis, scale))
    ]
    found = []
    for axis, handicap in axes:
        errors = [min(axis.off(point), WILD * width) for point in points]
        usual = float(np.quantile(errors, MOSTLY))
        if usual < WILD * width:
            precise = replace(axis, precision=max(COARSE, FINEST * width, FAR * usual))
            found.append((float(np.mean(errors)) + handicap, precise))
    return min(found, key=lambda pair: pair[0], default=(0.0, None))[1]


def from_ticks_alone(ticks: Sequence[Tick], scale: str) -> Axis | None:
    """The axis of its ticks: two tell it where the scale is known, three where it is not."""
    points = tick_points(ticks)
    if len(points) < (2 if scale else 3):
        return None
    axes = [axis for one in ([scale] if scale else SCALES) if (axis := from_points(points, one))]
    width = max(point.x for point in points) - min(point.x for point in points)
    fitting = [(max(axis.off(point) for point in points), axis) for axis in axes]
    error, axis = min(fitting, key=lambda pair: pair[0], default=(inf, None))
    return replace(axis, precision=max(COARSE, FINEST * width, error)) if axis and error < WILD * width else None


def from_points(points: Sequence[Point], scale: str) -> Axis | None:
    """The line through most points, from left to right; None where there is none."""
    known = [point for point in points if scale == "linear" or point.value > 0]
    numbers = np.array([(point.x, point.value, point.low, point.high) for point in known]).reshape(-1, 4)
    if scale == "log":
        numbers[:, 1:] = np.log(np.maximum(numbers[:, 1:], TINY))
    line = line_through(*numbers.T)
    return Axis(scale, *line) if line else None


def printed_points(rows: Sequence[PlotRow], bound: Sequence[Marks | None]) -> list[Point]:
    """The printed numbers of the rows and the places where they are drawn."""
    return [
        point_at(x, row.values[column])
        for row, marks in zip(rows, bound, strict=True)
        for column, x in (marks.places if marks else {}).items()
        if is_printed(row.values.get(column, "")) and not parse_printed(row.values[column]).comparator
    ]


def point_at(x: float, text: str) -> Point:
    number = parse_printed(text)
    return Point(x, float(number.value), float(number.low), float(number.high))


def tick_points(ticks: Iterable[Tick]) -> list[Point]:
    """The ticks with a number. Whole numbers and powers of ten are exact, others may be rounded (8.76, 0.14)."""
    texts = [(tick.x, re.sub(r"^(-?)\.", r"\g<1>0.", tick.text)) for tick in ticks]
    points = [(point_at(x, text), text) for x, text in texts if is_printed(text)]
    return [point.exact if EXACT.fullmatch(text) else point for point, text in points]


def width_of(drawing: Drawing) -> float:
    """How wide the intervals are drawn, all in all."""
    ends = [x for w in drawing.whiskers for x in (w.x0, w.x1)] + [x for d in drawing.diamonds for x in (d.x0, d.x1)]
    return max(ends) - min(ends) if ends else 0.0
