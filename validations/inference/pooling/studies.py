"""The printed numbers of studies as numbers to pool. Printed numbers are rounded, so each stands for a range.

A source is what effects are computed from: the counts of a proportion, the counts or means of two arms, or the printed
estimates with their intervals.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from schemas.base.printed import Printed
from validations.inference.pooling.plots import events_of
from validations.statistics import effects
from validations.statistics.effects import Arms, Means, arms_from_totals
from validations.statistics.proportions import normal_quantile
from validations.statistics.rounding import float_span
from validations.statistics.transforms import PROPORTION_SCALES, Effects, FloatArray
from validations.tables import Record


class RoundingBox(NamedTuple):
    """The m numbers of k studies as k x m arrays: their least, printed and greatest values."""

    low: FloatArray
    middle: FloatArray
    high: FloatArray


Bounds = tuple[float, float, float]
"""Least, printed and greatest value."""
ARM_COLUMNS = ("arm1_events", "arm1_total", "arm2_events", "arm2_total")
LEAST_RATIO_PART = 1000  # at least a thousandth of a printed ratio: rounding may reach 0, which has no logarithm
LEAST_WIDTH_PART = (
    100  # at least a hundredth of the widest interval: rounding may leave no width, and no variance can be 0
)
MEAN_COLUMNS = ("arm1_mean", "arm1_sd", "arm1_total", "arm2_mean", "arm2_sd", "arm2_total")


def _boxed(rows: Sequence[Sequence[Bounds] | None]) -> RoundingBox | None:
    """The box of all studies; None if one of them lacks a number."""
    if not rows or any(row is None for row in rows):
        return None
    low, middle, high = np.moveaxis(np.array(rows, dtype=np.float64), -1, 0)
    return RoundingBox(low, middle, high)


def _bounds(number: Printed) -> Bounds:
    low, high = float_span(number)
    return low, float(number.value), high


def _exactly(*numbers: int) -> list[Bounds]:
    return [(float(number), float(number), float(number)) for number in numbers]


def count_box(studies: Sequence[Record]) -> RoundingBox | None:
    """Events and total of each study, which are exact."""

    def read(record: Record) -> list[Bounds] | None:
        events, total = events_of(record), record.count("total")
        if events is None or not total or events > total:
            return None
        return _exactly(events, total)

    return _boxed([read(record) for record in studies])


def arm_box(studies: Sequence[Record]) -> RoundingBox | None:
    """Events and total of both arms of each study, which are exact."""

    def read(record: Record) -> list[Bounds] | None:
        cells = [record.count(column) for column in ARM_COLUMNS]
        if any(cell is None for cell in cells):
            return None
        a, n, c, m = (int(cell or 0) for cell in cells)
        return _exactly(a, n, c, m) if a <= n and c <= m and n and m else None

    return _boxed([read(record) for record in studies])


def mean_box(studies: Sequence[Record]) -> RoundingBox | None:
    """Mean, standard deviation and size of both arms of each study; means and deviations are rounded."""

    def read(record: Record) -> list[Bounds] | None:
        numbers = [record.number(column) for column in MEAN_COLUMNS]
        if any(number is None or number.comparator for number in numbers):
            return None
        found = [_bounds(number) for number in numbers if number is not None]
        sizes = [found[place][1] for place in (2, 5)]
        if min(sizes) < 2 or min(found[1][1], found[4][1]) <= 0:
            return None
        found[2], found[5] = ((size, size, size) for size in sizes)
        return found

    return _boxed([read(record) for record in studies])


def interval_box(studies: Sequence[Record], *, log: bool) -> RoundingBox | None:
    """Effect and variance of each study from its estimate and 95 % interval. `log`: on the log scale, for ratios."""
    return _boxed([_effect_printed(record, log=log) for record in studies])


def _effect_printed(record: Record, *, log: bool) -> list[Bounds] | None:
    numbers = [record.number(column) for column in ("estimate", "ci_low", "ci_high")]
    if any(number is None or number.comparator for number in numbers):
        return None
    estimate, low, high = (_scaled(number, log=log) for number in numbers if number is not None)
    if estimate is None or high is None:
        return None
    return _effect_between(estimate, low or _mirrored(estimate, high), high)


def _mirrored(estimate: Bounds, high: Bounds) -> Bounds:
    """The lower limit of a ratio if print shows 0.00: as far from the estimate as the upper limit."""
    return 2 * estimate[0] - high[2], 2 * estimate[1] - high[1], 2 * estimate[2] - high[0]


def _scaled(number: Printed, *, log: bool) -> Bounds | None:
    low, middle, high = _bounds(number)
    if not log:
        return low, middle, high
    if middle <= 0:
        return None
    least = np.log(max(low, middle / LEAST_RATIO_PART))
    return float(least), float(np.log(middle)), float(np.log(high))


def _effect_between(estimate: Bounds, low: Bounds, high: Bounds) -> list[Bounds] | None:
    """Effect and variance from an estimate and its limits.

    The effect lies within the rounding of the estimate and, if possible, midway between the limits. The variance
    follows from the width of the interval, and from each half of it.
    """
    midway = (low[0] + high[0]) / 2, (low[2] + high[2]) / 2
    least, most = max(estimate[0], midway[0]), min(estimate[2], midway[1])
    if least > most:
        least, most = estimate[0], estimate[2]
    widths = [(high[0] - low[2], high[2] - low[0])]
    widths += [(2 * (high[0] - most), 2 * (high[2] - least)), (2 * (least - low[2]), 2 * (most - low[0]))]
    narrow, wide = max(width[0] for width in widths), min(width[1] for width in widths)
    if narrow > wide:
        narrow, wide = widths[0]
    if wide <= 0:
        return None
    reach = 2 * normal_quantile(0.95)
    errors = max(narrow, wide / LEAST_WIDTH_PART) / reach, wide / reach
    variances = errors[0] ** 2, (sum(errors) / 2) ** 2, errors[1] ** 2
    return [(least, (least + most) / 2, most), variances]


class EffectSource(NamedTuple):
    """`read` returns the box of the studies. `effects`: by scale, the function from numbers of the box to effects."""

    read: Callable[[Sequence[Record]], RoundingBox | None]
    effects: Mapping[str, Callable[[FloatArray], Effects]]


def _columns(numbers: FloatArray) -> tuple[FloatArray, ...]:
    return tuple(np.moveaxis(numbers, -1, 0))


def as_arms(numbers: FloatArray) -> Arms:
    """The counts of both arms from events and totals along the last axis."""
    return arms_from_totals(*_columns(numbers))


def _pair(numbers: FloatArray) -> Effects:
    effect, variance = _columns(numbers)
    return effect, variance


def _of_proportion(name: str) -> Callable[[FloatArray], Effects]:
    return lambda numbers: PROPORTION_SCALES[name].forward(*_columns(numbers))


def _of_arms(name: str) -> Callable[[FloatArray], Effects]:
    return lambda numbers: effects.EFFECTS_OF_COUNTS[name](as_arms(numbers))


def _of_means(name: str) -> Callable[[FloatArray], Effects]:
    return lambda numbers: effects.EFFECTS_OF_MEANS[name](Means(*_columns(numbers)))


SOURCES: Mapping[str, EffectSource] = {
    "counts": EffectSource(count_box, {name: _of_proportion(name) for name in PROPORTION_SCALES}),
    "arms": EffectSource(arm_box, {name: _of_arms(name) for name in effects.EFFECTS_OF_COUNTS}),
    "means": EffectSource(mean_box, {name: _of_means(name) for name in effects.EFFECTS_OF_MEANS}),
    "ratios": EffectSource(lambda studies: interval_box(studies, log=True), {"ratio": _pair}),
    "differences": EffectSource(lambda studies: interval_box(studies, log=False), {"difference": _pair}),
}
