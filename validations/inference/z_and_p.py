"""The normal test of an estimate from its printed interval: the standard error is the width of the interval divided by
twice the normal quantile. Results are ranges: they hold every value that the unrounded numbers can give."""

from decimal import Decimal
from math import erfc, inf, log, sqrt

from schemas.base.printed import Printed
from validations.inference.estimates import Estimate
from validations.statistics.proportions import normal_quantile
from validations.statistics.rounding import FLOAT_ERROR, FloatSpan


def z_range(estimate: Estimate) -> FloatSpan:
    """The least and the greatest |z| of a measurable estimate."""
    low, high = _span(estimate.low, estimate), _span(estimate.high, estimate)
    narrowest, widest = high[0] - low[1], high[1] - low[0]
    middle = _middle(estimate, low, high)
    least = 0.0 if middle[0] <= 0 <= middle[1] else min(map(abs, middle))
    twice = 2 * normal_quantile(estimate.level)
    z_most = twice * max(map(abs, middle)) / narrowest if narrowest > FLOAT_ERROR else inf
    z_least = twice * least / widest if widest > FLOAT_ERROR else 0.0
    return max(0.0, z_least - FLOAT_ERROR), z_most * (1 + FLOAT_ERROR) + FLOAT_ERROR


def p_range(estimate: Estimate) -> FloatSpan:
    """The least and the greatest two-sided P value of a measurable estimate."""
    least, most = z_range(estimate)
    return erfc(most / sqrt(2)), erfc(least / sqrt(2))


def _middle(estimate: Estimate, low: FloatSpan, high: FloatSpan) -> FloatSpan:
    """The range of the estimate: its rounding, narrowed to possible middles of the interval if the two overlap."""
    least, most = _span(estimate.value, estimate)
    inner = max(least, (low[0] + high[0]) / 2), min(most, (low[1] + high[1]) / 2)
    return inner if inner[0] <= inner[1] else (least, most)


def _span(number: Printed, estimate: Estimate) -> FloatSpan:
    """The rounding interval of a number on the scale of the estimate."""
    on_scale = _natural if estimate.scale == "log" else float
    return on_scale(number.low), on_scale(number.high)


def _natural(number: Decimal) -> float:
    return log(number) if number > 0 else -inf
