"""A straight line through points: some are wrong, and of the others only the rounded value is known.

The median of the slopes of all pairs of points (Theil 1950, Sen 1968) stays right with up to 29 % of wrong points. From
there the line is moved until it passes, at each point that is not far off, through a value that rounds to the printed
one. This is many times as exact as least squares, which take rounding for an error.
"""

import numpy as np
from numpy.typing import NDArray

FINEST_DRAWING_SHARE = 0.0006  # of the width of the drawing: no drawing is as exact (a quarter of a pixel in 400)
PAIRED_POINT_COUNT = 400  # points compared in pairs, evenly chosen of more: the pairs of more points take long
APART_SHARE = 0.05  # of the range of values: the slope between closer points is too inexact
OUTLIER_RATIO = 3.0  # of a point's distance to the usual one: farther points are wrong and left out
USUAL_DISTANCE_SHARE = 0.75  # of the points lie within the usual distance; the others may be wrong
KEPT_DISTANCE_RATIOS = (8, 4, 2, 1)  # of FINEST_DRAWING_SHARE: points so near always count; less from step to step
LEAST_SQUARES_STEP_COUNT = 60  # to move a line at most; it mostly stops sooner

Floats = NDArray[np.float64]


def line_through(x: Floats, t: Floats, low: Floats, high: Floats) -> tuple[float, float] | None:
    """Offset and slope of x over t, where t was rounded from low..high; None if no two points are apart."""
    line = median_line(x, t)
    if line is None or line[1] <= 0:
        return None
    for ratio in KEPT_DISTANCE_RATIOS:
        off = distances(x, low, high, line)
        fine = ratio * FINEST_DRAWING_SHARE * float(np.ptp(x))
        kept = off <= max(fine, OUTLIER_RATIO * float(np.quantile(off, USUAL_DISTANCE_SHARE)))
        line = least_squares(line, x[kept], low[kept], high[kept])
    return line


def median_line(x: Floats, t: Floats) -> tuple[float, float] | None:
    """Offset and slope by the medians of Theil and Sen."""
    step = max(1, len(t) * 2 // PAIRED_POINT_COUNT)
    t, x = t[::step], x[::step]
    run, rise = np.subtract.outer(t, t), np.subtract.outer(x, x)
    apart = run > APART_SHARE * np.ptp(t) if len(t) > 1 else run > 0
    if not apart.any():
        return None
    slope = float(np.median(rise[apart] / run[apart]))
    return float(np.median(x - slope * t)), slope


def distances(x: Floats, low: Floats, high: Floats, line: tuple[float, float]) -> Floats:
    """The distance of each point from where the line passes the values that round to its own."""
    offset, slope = line
    return np.maximum(np.maximum(offset + slope * low - x, x - offset - slope * high), 0.0)


def least_squares(line: tuple[float, float], x: Floats, low: Floats, high: Floats) -> tuple[float, float]:
    """The line, moved to where the squares of the distances are least; unchanged if all distances are zero."""
    offset, slope = line
    if np.ptp(x) == 0:
        return line
    aside = x - x.mean()
    for _ in range(LEAST_SQUARES_STEP_COUNT):
        reached = (x - offset) / slope
        wanted = np.clip(reached, low, high)
        rise = float(aside @ wanted / (aside @ aside))
        if np.array_equal(reached, wanted) or rise <= 0:
            break
        offset, slope = float(x.mean() - wanted.mean() / rise), 1 / rise
    return offset, slope
