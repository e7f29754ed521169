"""Confidence intervals of a proportion: (events, total, level) -> (low, high), as fractions of 1.

All are exact to about 1e-12. statsmodels has five of them, which the tests compare; for a single proportion it takes a
hundred times as long.

Sources: Clopper and Pearson, Biometrika 1934;26:404. Wilson, JASA 1927;22:209. Newcombe, Stat Med 1998;17:857. Agresti
and Coull, Am Stat 1998;52:119. Brown, Cai and DasGupta, Stat Sci 2001;16:101. Berry and Armitage, Statistician
1995;44:417.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import asin, exp, inf, sin, sqrt
from math import log as ln

import numpy as np
from scipy.optimize import brentq  # type: ignore[import-untyped]
from scipy.special import betainc, betaincinv, ndtri  # type: ignore[import-untyped]

from validations.statistics.transforms import freeman_tukey as double_arcsine
from validations.statistics.transforms import miller

Interval = tuple[float, float]
IntervalFunction = Callable[[int, int, float], Interval]


@lru_cache(maxsize=64)
def normal_quantile(level: float) -> float:
    """How many standard errors a two-sided normal interval of that level reaches: 1.96 for 0.95."""
    if not 0 < level < 1:
        raise ValueError(f"expected a level between 0 and 1, found {level}")
    return float(ndtri(0.5 + level / 2))


def clopper_pearson(events: int, total: int, level: float = 0.95) -> Interval:
    """Exact: the proportions that neither tail of the binomial distribution rejects."""
    _test(events, total)
    tail = (1 - level) / 2
    low = float(betaincinv(events, total - events + 1, tail)) if events else 0.0
    high = float(betaincinv(events + 1, total - events, 1 - tail)) if events < total else 1.0
    return low, high


def mid_p(events: int, total: int, level: float = 0.95) -> Interval:
    """Exact with half the probability of the observed count in each tail (Berry and Armitage 1995)."""
    _test(events, total)
    tail = (1 - level) / 2

    def above(p: float) -> float:
        """P(more events) + P(as many) / 2"""
        more = betainc(events + 1, total - events, p) if events < total else 0.0
        at_least = betainc(events, total - events + 1, p) if events else 1.0
        return float(more + at_least) / 2

    low = brentq(lambda p: above(p) - tail, 0, 1, xtol=1e-14) if events else 0.0
    high = brentq(lambda p: above(p) - 1 + tail, 0, 1, xtol=1e-14) if events < total else 1.0
    return float(low), float(high)


def jeffreys(events: int, total: int, level: float = 0.95) -> Interval:
    """Equal tails of the posterior under the prior Beta(1/2, 1/2), with limit 0 for no events and 1 for only events
    (Brown, Cai and DasGupta 2001)."""
    _test(events, total)
    tail, a, b = (1 - level) / 2, events + 0.5, total - events + 0.5
    low = float(betaincinv(a, b, tail)) if events else 0.0
    high = float(betaincinv(a, b, 1 - tail)) if events < total else 1.0
    return low, high


def wilson(events: int, total: int, level: float = 0.95) -> Interval:
    """The score interval (Wilson 1927)."""
    _test(events, total)
    p, z2 = events / total, normal_quantile(level) ** 2
    middle, scale = p + z2 / (2 * total), 1 + z2 / total
    half = sqrt(z2 * (p * (1 - p) + z2 / (4 * total)) / total)
    return _inside((middle - half) / scale, (middle + half) / scale)


def wilson_corrected(events: int, total: int, level: float = 0.95) -> Interval:
    """The score interval with continuity correction (Newcombe 1998, method 4), as in R's prop.test."""
    _test(events, total)
    p, z = events / total, normal_quantile(level)
    scale, middle = 2 * (total + z * z), 2 * total * p + z * z

    def reach(sign: int) -> float:
        return z * sqrt(max(0.0, z * z + sign * 2 - 1 / total + 4 * p * (total * (1 - p) - sign)))

    low = (middle - 1 - reach(-1)) / scale if events else 0.0
    high = (middle + 1 + reach(1)) / scale if events < total else 1.0
    return _inside(low, high)


def agresti_coull(events: int, total: int, level: float = 0.95) -> Interval:
    """Wald's interval about the middle of Wilson's (Agresti and Coull 1998), cut to 0..1."""
    _test(events, total)
    z = normal_quantile(level)
    n = total + z * z
    p = (events + z * z / 2) / n
    half = z * sqrt(p * (1 - p) / n)
    return _inside(p - half, p + half)


def wald(events: int, total: int, level: float = 0.95) -> Interval:
    """The normal interval, which may reach beyond 0 and 1."""
    _test(events, total)
    p = events / total
    half = normal_quantile(level) * sqrt(p * (1 - p) / total)
    return p - half, p + half


def wald_corrected(events: int, total: int, level: float = 0.95) -> Interval:
    """Wald's interval with continuity correction 1 / 2n, which may reach beyond 0 and 1."""
    low, high = wald(events, total, level)
    return low - 0.5 / total, high + 0.5 / total


def arcsine_interval(events: int, total: int, level: float = 0.95) -> Interval:
    """Normal on the arcsine of the square root, whose standard error is 1 / 2 sqrt(n)."""
    _test(events, total)
    middle, half = asin(sqrt(events / total)), normal_quantile(level) / (2 * sqrt(total))
    low, high = max(0.0, middle - half), min(asin(1.0), middle + half)
    return sin(low) ** 2, sin(high) ** 2


def logit_interval(events: int, total: int, level: float = 0.95) -> Interval:
    """Normal on the log odds; a half is added to events and to non-events if either is 0."""
    _test(events, total)
    half = 0.5 if events in (0, total) else 0.0
    a, b = events + half, total - events + half
    middle, reach = ln(a / b), normal_quantile(level) * sqrt(1 / a + 1 / b)
    return _expit(middle - reach), _expit(middle + reach)


def log_interval(events: int, total: int, level: float = 0.95) -> Interval:
    """Normal on the logarithm of the proportion, cut at 1; a half is added to events and 1 to the total if there are no
    events or only events."""
    _test(events, total)
    half = 0.5 if events in (0, total) else 0.0
    a, n = events + half, total + 2 * half
    reach = normal_quantile(level) * sqrt(1 / a - 1 / n)
    return _inside(a / n * exp(-reach), a / n * exp(reach))


def freeman_tukey_interval(events: int, total: int, level: float = 0.95) -> Interval:
    """Normal on the double arcsine, back-transformed after Miller at the study's own size."""
    _test(events, total)
    n = np.array(float(total))
    angle, variance = double_arcsine(np.array(float(events)), n)
    reach = normal_quantile(level) * np.sqrt(variance)
    return float(miller(angle - reach, n)), float(miller(angle + reach, n))


INTERVAL_METHODS: Mapping[str, IntervalFunction] = {
    "Clopper-Pearson": clopper_pearson,
    "Wilson": wilson,
    "Wald": wald,
    "Agresti-Coull": agresti_coull,
    "Jeffreys": jeffreys,
    "mid-P": mid_p,
    "Wilson with continuity correction": wilson_corrected,
    "Wald with continuity correction": wald_corrected,
    "logit": logit_interval,
    "arcsine": arcsine_interval,
    "log": log_interval,
    "Freeman-Tukey": freeman_tukey_interval,
}


def _expit(x: float) -> float:
    return 1 / (1 + exp(-x)) if x > -700 else 0.0


def _inside(low: float, high: float) -> Interval:
    return max(0.0, low), min(1.0, high)


def _test(events: int, total: int) -> None:
    if not 0 <= events <= total or not 0 < total < inf:
        raise ValueError(f"expected 0 <= events <= total and a total above 0, found {events} of {total}")
