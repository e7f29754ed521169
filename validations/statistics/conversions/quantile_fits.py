"""Mean and standard deviation from quantiles by the distribution that fits them best, also for skewed values.

Source: the quantile estimation method of McGrath et al., Stat Methods Med Res 2020;29:2520. Normal, log-normal, gamma
and Weibull distributions are fitted by least squares to the printed quantiles; a range counts as the quantiles 1/n and
1 - 1/n. (The beta distribution of the paper holds for values between 0 and 1 only, and is left out.)
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from math import exp, log, sqrt
from typing import Any

import numpy as np
from scipy import optimize, stats  # type: ignore[import-untyped]

from validations.statistics.conversions.quantiles import FEWEST_PATIENTS, FiveNumbers
from validations.statistics.conversions.receipts import Converted

MOST_STEPS = 2000


def mean_and_sd_of_fit(numbers: FiveNumbers) -> tuple[Converted, Converted] | None:
    """Mean and SD of the best-fitting distribution; None where the printed numbers do not suffice.

    The bounds are those of the fits where each number is at its least or its greatest.
    """
    if not numbers.source or numbers.median is None or numbers.n < FEWEST_PATIENTS:
        return None
    printed = numbers.printed
    values = tuple(middle for _, middle, _ in printed)
    if list(values) != sorted(values) or values[0] == values[-1]:
        return None
    corners = product(*({low, high} for low, _, high in printed))
    fits = [
        fit_quantiles(ends, numbers.source, numbers.n) for ends in (values, *corners) if ends == tuple(sorted(ends))
    ]
    name = fits[0][0]
    formula = f"{name} distribution fitted to the quantiles, McGrath 2020, n = {numbers.n}"
    means, sds = [mean for _, mean, _ in fits], [sd for _, _, sd in fits]
    source = f"median_{numbers.source}"
    return (
        Converted(means[0], min(means), max(means), source, formula),
        Converted(sds[0], min(sds), max(sds), source, formula),
    )


@lru_cache(maxsize=4096)
def fit_quantiles(values: tuple[float, ...], source: str, n: int) -> tuple[str, float, float]:
    """Name, mean and SD of the distribution that fits the quantiles best. Values that are not all above 0 are fitted
    by the normal distribution only."""
    shares = {
        "range": (1 / n, 0.5, 1 - 1 / n),
        "quartiles": (0.25, 0.5, 0.75),
        "quartiles_range": (1 / n, 0.25, 0.5, 0.75, 1 - 1 / n),
    }[source]
    found = [_fitted(name, values, shares) for name in (_CANDIDATES if min(values) > 0 else ["normal"])]
    _, name, mean, sd = min(found)
    return name, mean, sd


def _normal(first: float, second: float) -> Any:  # noqa: ANN401 - a frozen distribution of scipy
    return stats.norm(first, exp(second))


def _log_normal(first: float, second: float) -> Any:  # noqa: ANN401
    return stats.lognorm(exp(second), scale=exp(first))


def _gamma(first: float, second: float) -> Any:  # noqa: ANN401
    return stats.gamma(exp(first), scale=exp(second))


def _weibull(first: float, second: float) -> Any:  # noqa: ANN401
    return stats.weibull_min(exp(first), scale=exp(second))


_CANDIDATES = {"normal": _normal, "log-normal": _log_normal, "gamma": _gamma, "Weibull": _weibull}


def _fitted(name: str, values: Sequence[float], shares: Sequence[float]) -> tuple[float, str, float, float]:
    """Sum of squared distances, name, mean and SD of a distribution fitted to the quantiles."""
    make, probabilities, wanted = _CANDIDATES[name], np.array(shares), np.array(values)
    done = optimize.least_squares(
        lambda theta: np.nan_to_num(make(*theta).ppf(probabilities) - wanted, nan=1e6, posinf=1e6, neginf=-1e6),
        _start(name, values, shares),
        max_nfev=MOST_STEPS,
    )
    fitted = make(*done.x)
    return float(2 * done.cost), name, float(fitted.mean()), float(fitted.std())


def _start(name: str, values: Sequence[float], shares: Sequence[float]) -> tuple[float, float]:
    """Parameters whose distribution has about the median and the spread of the quantiles."""
    median, width = values[len(values) // 2], float(stats.norm.ppf(shares[-1]) - stats.norm.ppf(shares[0]))
    sd = max((values[-1] - values[0]) / width, 1e-9)
    if name == "normal":
        return median, log(sd)
    if name == "log-normal":
        return log(median), log(max((log(values[-1]) - log(values[0])) / width, 1e-9))
    if name == "gamma":
        return 2 * log(median / sd), log(sd**2 / median)
    return log(max(1.0, median / sd)), log(median) + sqrt(sd / (median + sd)) / 2
