"""Standard errors from intervals, and standard deviations from standard errors and intervals of a mean.

Source: Cochrane Handbook for Systematic Reviews of Interventions, version 6, sections 6.3.1 and 6.5.2.
"""

from functools import lru_cache
from math import log, sqrt

from scipy.special import stdtrit  # type: ignore[import-untyped]

from validations.statistics.conversions.receipts import Bounds, Converted, convert
from validations.statistics.proportions import normal_quantile

LARGE_SAMPLE = 100  # patients: from here on the Handbook takes the normal distribution, below it Student's t


def error_of_interval(low: Bounds, high: Bounds, level: float, *, ratio: bool) -> Converted | None:
    """The standard error of an estimate from the limits of its interval; of a ratio that of its logarithm.

    `level`: of the interval, as a fraction of 1. None where a limit of a ratio can be 0 or less.
    """
    reach = normal_quantile(level)
    if ratio:
        formula = f"(ln(ci_high) - ln(ci_low)) / (2 * {reach:.4f})"
        return convert("ci", formula, lambda a, b: max(0.0, log(b) - log(a)) / (2 * reach), low, high)
    formula = f"(ci_high - ci_low) / (2 * {reach:.4f})"
    return convert("ci", formula, lambda a, b: max(0.0, b - a) / (2 * reach), low, high)


def log_of_ratio(ratio: Bounds, name: str) -> Converted | None:
    """The logarithm of a ratio; None where the ratio can be 0 or less. `name`: of its printed column."""
    return convert(name, f"ln({name})", log, ratio)


def variance_of_error(error: Bounds, source: str) -> Converted | None:
    """The variance, the square of a standard error."""
    return convert(source, "sei^2", lambda se: se * se, error)


def sd_of_error(error: Bounds, n: int) -> Converted | None:
    """The standard deviation from the standard error of a mean of n patients."""
    return convert("se", f"se * sqrt({n})", lambda se: se * sqrt(n), error)


def sd_of_interval(low: Bounds, high: Bounds, n: int, level: float) -> Converted | None:
    """The standard deviation from the confidence interval of a mean of n patients; None for fewer than two.

    Student's t with n - 1 degrees of freedom below LARGE_SAMPLE patients, the normal distribution from there on.
    """
    if n < 2:
        return None
    reach, name = _reach(n, level)
    formula = f"sqrt({n}) * (ci_high - ci_low) / (2 * {reach:.4f}), {name}"
    return convert("ci", formula, lambda a, b: sqrt(n) * max(0.0, b - a) / (2 * reach), low, high)


@lru_cache(maxsize=1024)
def _reach(n: int, level: float) -> tuple[float, str]:
    """How many standard errors the interval reaches, and the name of the distribution."""
    if n >= LARGE_SAMPLE:
        return normal_quantile(level), "normal distribution"
    return float(stdtrit(n - 1, 0.5 + level / 2)), f"t distribution with {n - 1} df"
