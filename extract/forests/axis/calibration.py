"""The axis of a forest plot: from a place on the drawing to the value drawn there.

The axis is fitted to the numbers at its ticks. If the ticks have no numbers, or if these do not fit the rows, it is
fitted to the printed estimates and limits of the rows; some of these may be misprinted.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import exp, inf, log
from typing import NamedTuple

import numpy as np

from extract.forests.axis.robust_line import FINEST_DRAWING_SHARE, OUTLIER_RATIO, USUAL_DISTANCE_SHARE, line_through
from extract.forests.axis.row_marks import RowMarks, bind_marks
from extract.forests.plot import Drawing, PlotRow, Tick
from schemas.base.printed import is_printed, parse_printed

SCALES = ("log", "linear")
LOG_ZERO = 1e-9  # stands for zero, which has no logarithm: a printed 0.00 may be any number from 0 to 0.005
LARGEST_EXPONENT = 700.0  # exp of 710 overflows
EXACT_TICK = re.compile(r"-?(\d+|0\.0*1)")  # whole numbers and powers of ten: never rounded
PRINTED_NUMBER_COUNT = 5  # at least, to judge an axis by: two rows with one number misprinted
SCALED_TICK_COUNT = 2  # at least, to find an axis by its ticks alone: two points make a line
UNSCALED_TICK_COUNT = 3  # the same if the scale is unknown: the third tells log from linear
REFERENCE_PT = 1.5  # points or pixels from a reference line to its value on the axis
PIXEL_ERROR_SHARE = 1.0  # of a pixel: by so much the ends of lines in a picture are off, mostly
NO_AXIS_SHARE = 0.02  # of the width: if the usual point is so far off, the drawing has nothing to do with the print
FINEST_DRAWING_UNITS = 0.1  # points or pixels: no drawing is as exact
ROWS_HANDICAP_SHARE = 0.0001  # of the width: an axis fitted to the rows must fit better by this than one of the ticks


@dataclass(frozen=True)
class Axis:
    """A linear or log axis: x = `offset` + `slope` * t, where t is the value or its logarithm. `precision`: how far the
    drawing may be off, in units of the frame (points or pixels); `source`: ticks or rows."""

    scale: str
    offset: float
    slope: float
    precision: float = 0.0
    source: str = "ticks"

    def place(self, value: float) -> float:
        """The x of a value; minus infinity for a value that a log axis does not have."""
        t = value if self.scale == "linear" else log(value) if value > 0 else -inf
        return self.offset + self.slope * t

    def value(self, x: float) -> float:
        t = (x - self.offset) / self.slope
        return t if self.scale == "linear" else exp(min(t, LARGEST_EXPONENT))

    def error(self, x: float, more: float = 0.0) -> float:
        """By how much the value at a place may be off: half of what it changes within the precision to both sides.
        `more`: is added to the precision."""
        reach = self.precision + more
        return abs(self.value(x + reach) - self.value(x - reach)) / 2

    def off(self, point: "AxisPoint") -> float:
        """The distance of a drawn point from the places of the values that round to its number."""
        low, high = self.place(point.low), self.place(point.high)
        return max(low - point.x, point.x - high, 0.0)


class AxisPoint(NamedTuple):
    """A place on the drawing, its printed number, and the range of values that round to that number."""

    x: float
    value: float
    low: float
    high: float

    @property
    def exact(self) -> "AxisPoint":
        return self._replace(low=self.value, high=self.value)


def calibrate(drawing: Drawing, rows: Sequence[PlotRow], scale: str = "") -> Axis | None:
    """The axis that fits the printed numbers best; None if no axis fits. Both scales are tried if `scale` is "", and if
    the given scale does not fit. The places of the rows must be in the frame of the drawing."""
    points = printed_points(rows, bind_marks(rows, drawing))
    if len(points) < PRINTED_NUMBER_COUNT:
        return from_ticks_alone(drawing, scale)
    width = drawn_width(drawing)
    given = best_axis(drawing.ticks, points, [scale] if scale else SCALES, width)
    if scale and given is None:
        return best_axis(drawing.ticks, points, SCALES, width)
    return given


def best_axis(ticks: Sequence[Tick], points: Sequence[AxisPoint], scales: Iterable[str], width: float) -> Axis | None:
    """The axis that fits the printed numbers best; the axis of the ticks if the axis of the rows is hardly better."""
    axes = [
        (replace(axis, source=source), handicap)
        for scale in scales
        for source, basis, handicap in (
            ("ticks", tick_points(ticks), 0.0),
            ("rows", points, ROWS_HANDICAP_SHARE * width),
        )
        if (axis := from_points(basis, scale))
    ]
    found = []
    for axis, handicap in axes:
        errors = [min(axis.off(point), NO_AXIS_SHARE * width) for point in points]
        usual = float(np.quantile(errors, USUAL_DISTANCE_SHARE))
        if usual < NO_AXIS_SHARE * width:
            precise = with_precision(axis, OUTLIER_RATIO * usual, width)
            found.append((float(np.mean(errors)) + handicap, precise))
    return min(found, key=lambda pair: pair[0], default=(0.0, None))[1]


def with_precision(axis: Axis, error: float, width: float) -> Axis:
    """The axis with the precision that its `error` shows, but no finer than a drawing of that width can be."""
    return replace(axis, precision=max(FINEST_DRAWING_UNITS, FINEST_DRAWING_SHARE * width, error))


def from_ticks_alone(drawing: Drawing, scale: str) -> Axis | None:
    """The axis that the ticks give without printed rows; None if they are too few or do not fit. Two ticks fit both
    scales: then that one holds whose reference line is at 1 or 0, or else the given one."""
    points = tick_points(drawing.ticks)
    if len(points) < SCALED_TICK_COUNT:
        return None
    axes = [axis for one in SCALES if (axis := from_points(points, one))]
    if len(points) < UNSCALED_TICK_COUNT:
        referenced = [axis for axis in axes if has_reference_at(axis, drawing)]
        axes = referenced if len(referenced) == 1 else [axis for axis in axes if axis.scale == scale]
    width = max(point.x for point in points) - min(point.x for point in points)
    fitting = [(max(axis.off(point) for point in points), axis) for axis in axes]
    error, axis = min(fitting, key=lambda pair: pair[0], default=(inf, None))
    if axis is None or error >= NO_AXIS_SHARE * width:
        return None
    return with_precision(axis, error + PIXEL_ERROR_SHARE * drawing.grain, width)


def has_reference_at(axis: Axis, drawing: Drawing) -> bool:
    """Whether a reference line of a drawing stands at the value of no effect: 1, or 0 on a linear axis."""
    values = (1.0,) if axis.scale == "log" else (0.0, 1.0)
    return any(abs(axis.place(value) - line.x) < REFERENCE_PT for value in values for line in drawing.uprights)


def from_points(points: Sequence[AxisPoint], scale: str) -> Axis | None:
    """The axis through most points, growing from left to right; None if there is no such axis."""
    known = [point for point in points if scale == "linear" or point.value > 0]
    numbers = np.array([(point.x, point.value, point.low, point.high) for point in known]).reshape(-1, 4)
    if scale == "log":
        numbers[:, 1:] = np.log(np.maximum(numbers[:, 1:], LOG_ZERO))
    line = line_through(*numbers.T)
    return Axis(scale, *line) if line else None


def printed_points(rows: Sequence[PlotRow], bound: Sequence[RowMarks | None]) -> list[AxisPoint]:
    """The printed numbers of the rows, each with the x where it is drawn."""
    return [
        point_at(x, row.values[column])
        for row, marks in zip(rows, bound, strict=True)
        for column, x in (marks.places if marks else {}).items()
        if is_printed(row.values.get(column, "")) and not parse_printed(row.values[column]).comparator
    ]


def point_at(x: float, text: str) -> AxisPoint:
    number = parse_printed(text)
    return AxisPoint(x, float(number.value), float(number.low), float(number.high))


def tick_points(ticks: Iterable[Tick]) -> list[AxisPoint]:
    """The ticks with a number. Whole numbers and powers of ten are exact, other numbers may be rounded (8.76, 0.14)."""
    texts = [(tick.x, re.sub(r"^(-?)\.", r"\g<1>0.", tick.text)) for tick in ticks]
    points = [(point_at(x, text), text) for x, text in texts if is_printed(text)]
    return [point.exact if EXACT_TICK.fullmatch(text) else point for point, text in points]


def drawn_width(drawing: Drawing) -> float:
    """The width of the part of the drawing that intervals and diamonds cover."""
    ends = [x for w in drawing.whiskers for x in (w.x0, w.x1)] + [x for d in drawing.diamonds for x in (d.x0, d.x1)]
    return max(ends) - min(ends) if ends else 0.0
