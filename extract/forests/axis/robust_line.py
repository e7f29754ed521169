"""A straight line through points some of which are wrong, and of all others only the rounded value is known.

The median of the slopes of all pairs of points (Theil 1950, Sen 1968) stays right with up to 29 % of wrong points. From
there the line is moved until it passes, at each point that is not far off, through what rounds to its value. That is
many times as exact as least squares, which takes rounding for an error.
"""

import numpy as np
from numpy.typing import NDArray

FINEST = 0.0006  # of the width of the drawing: no drawing is as exact (a quarter of a pixel in 400)
MOST = 400  # points that are looked at in pairs
APART = 0.05  # of the range: closer points tell nothing of the slope
FAR = 3.0  # times what most points are off: no part of the line
MOSTLY = 0.75  # of the points: what is off more may be wrong
WIDE = (8, 4, 2, 1)  # times FINEST: what is kept at first, and at last
STEPS = 60  # to move a line by least squares

Floats = NDArray[np.float64]


def line_through(x: Floats, t: Floats, low: Floats, high: Floats) -> tuple[float, float] | None:
    """Offset and slope of x over t, where t was rounded from low..high; None where there are not two points apart."""
    line = median_line(x, t)
    if line is None or line[1] <= 0:
        return None
    for wide in WIDE:
        off = distances(x, low, high, line)
        fine = wide * FINEST * float(np.ptp(x))
        kept = off <= max(fine, FAR * float(np.quantile(off, MOSTLY)))
        line = moved(line, x[kept], low[kept], high[kept])
    return line


def median_line(x: Floats, t: Floats) -> tuple[float, float] | None:
    """Offset and slope by the medians of Theil and Sen."""
    step = max(1, len(t) * 2 // MOST)
    t, x = t[::step], x[::step]
    run, rise = np.subtract.outer(t, t), np.subtract.outer(x, x)
    apart = run > APART * np.ptp(t) if len(t) > 1 else run > 0
    if not apart.any():
        return None
    slope = float(np.median(rise[apart] / run[apart]))
    return float(np.median(x - slope * t)), slope


def distances(x: Floats, low: Floats, high: Floats, line: tuple[float, float]) -> Floats:
    """How far each point lies from where the line passes what rounds to its value."""
    offset, slope = line
    return np.maximum(np.maximum(offset + slope * low - x, x - offset - slope * high), 0.0)


def moved(line: tuple[float, float], x: Floats, low: Floats, high: Floats) -> tuple[float, float]:
    """The line, moved to where the squares of the distances are least; it stays where there are none."""
    offset, slope = line
    if np.ptp(x) == 0:
        return line
    aside = x - x.mean()
    for _ in range(STEPS):
        reached = (x - offset) / slope
        wanted = np.clip(reached, low, high)
        rise = float(aside @ wanted / (aside @ aside))
        if np.array_equal(reached, wanted) or rise <= 0:
            break
        offset, slope = float(x.mean() - wanted.mean() / rise), 1 / rise
    return offset, slope
