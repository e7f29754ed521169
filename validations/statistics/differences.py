"""Differences and ratios of two arms with their confidence intervals, by the name of the method.

Intervals of counts are those of statsmodels. Sources: Katz et al., Biometrics 1978;34:469. Woolf, Ann Hum Genet
1955;19:251. Newcombe, Stat Med 1998;17:873. Miettinen and Nurminen, Stat Med 1985;4:213. Agresti and Caffo, Am Stat
2000;54:280.
"""

import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from math import exp, isfinite

import numpy as np
from scipy.special import stdtrit  # type: ignore[import-untyped]

from validations.statistics.effects import arms_from_totals, peto_odds_ratio
from validations.statistics.proportions import normal_quantile
from validations.statistics.rounding import FloatSpan
from validations.statistics.tests_of_means import ArmMean, standard_error

Pair = tuple[int, int]
"""Count and total of an arm."""

MEASURES_OF_COUNTS = ("RD", "RR", "OR")
_COMPARED = {"RD": "diff", "RR": "ratio", "OR": "odds-ratio"}
_METHODS = {
    "RD": {
        "Wald": "wald",
        "Newcombe": "newcomb",
        "Miettinen-Nurminen": "score",
        "Agresti-Caffo": "agresti-caffo",
    },
    "RR": {"Katz": "log", "Katz, adjusted": "log-adjusted", "Miettinen-Nurminen": "score"},
    "OR": {"Woolf": "logit", "Woolf, adjusted": "logit-adjusted", "Miettinen-Nurminen": "score"},
}
QUICK_METHODS = {
    "RD": ("Wald", "Newcombe", "Agresti-Caffo", "Wald with continuity correction"),
    "RR": ("Katz", "Katz, adjusted"),
    "OR": ("Woolf", "Woolf, adjusted"),
}
SLOW_METHODS = {"RD": ("Miettinen-Nurminen",), "RR": ("Miettinen-Nurminen",), "OR": ("Miettinen-Nurminen", "exact")}


@lru_cache(maxsize=8192)
def effects_of_counts(measure: str, first: Pair, second: Pair) -> tuple[float, ...]:
    """The estimates of a measure from the counts of two arms: the plain one, and those that other estimators give."""
    (a, n), (c, m) = first, second
    b, d = n - a, m - c
    if not n or not m:
        return ()
    if measure == "RD":
        return (a / n - c / m,)
    if measure == "RR":
        plain = [a / n / (c / m)] if c else []
        return (
            *plain,
            ((a + 0.5) / (n + 0.5)) / ((c + 0.5) / (m + 0.5)),
            ((a + 0.5) / (n + 1)) / ((c + 0.5) / (m + 1)),
        )
    plain = [a * d / (b * c)] if b and c else []
    corrected = (a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5))
    return (*plain, corrected, *_peto(first, second))


def _peto(first: Pair, second: Pair) -> tuple[float, ...]:
    """Peto's odds ratio; none where no patient or every patient has the event."""
    (a, n), (c, m) = first, second
    if a + c in (0, n + m):
        return ()
    effect, _ = peto_odds_ratio(arms_from_totals(*map(np.asarray, (float(a), float(n), float(c), float(m)))))
    return (exp(float(effect)),)


@lru_cache(maxsize=8192)
def conditional_odds_ratio(first: Pair, second: Pair) -> tuple[float, ...]:
    """The conditional odds ratio, as Fisher's exact test of R prints it; none with an empty cell."""
    from scipy.stats.contingency import odds_ratio  # type: ignore[import-untyped]

    (a, n), (c, m) = first, second
    b, d = n - a, m - c
    if not all((a, b, c, d)):
        return ()
    return (float(odds_ratio([[a, b], [c, d]], kind="conditional").statistic),)


@lru_cache(maxsize=8192)
def interval_of_counts(measure: str, method: str, first: Pair, second: Pair, level: float) -> FloatSpan | None:
    """The interval of a measure by a method; None where the method gives none."""
    (a, n), (c, m) = first, second
    if method == "exact":
        return _exact_interval(a, n - a, c, m - c, level)
    if method == "Wald with continuity correction":
        low, high = interval_of_counts(measure, "Wald", first, second, level) or (0.0, 0.0)
        return low - (1 / n + 1 / m) / 2, high + (1 / n + 1 / m) / 2
    if method not in ("Miettinen-Nurminen", "Newcombe", "Wald", "Agresti-Caffo") and not all((a, n - a, c, m - c)):
        a, n, c, m = a + 0.5, n + 1, c + 0.5, m + 1  # type: ignore[assignment]
    from statsmodels.stats.proportion import confint_proportions_2indep  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            low, high = confint_proportions_2indep(
                *(a, n, c, m), method=_METHODS[measure][method], compare=_COMPARED[measure], alpha=1 - level
            )
        except (ValueError, ZeroDivisionError):
            return None
    if np.iscomplexobj((low, high)) or not (isfinite(low) and isfinite(high)):
        return None
    return float(low), float(high)


def _exact_interval(a: int, b: int, c: int, d: int, level: float) -> FloatSpan | None:
    """The exact interval of the odds ratio, as Fisher's exact test of R prints it."""
    from scipy.stats.contingency import odds_ratio

    if not all((a, b, c, d)):
        return None
    found = odds_ratio([[a, b], [c, d]], kind="conditional").confidence_interval(level)
    return float(found.low), float(found.high)


def interval_methods(measure: str, *, slow: bool = False) -> tuple[str, ...]:
    """The methods for the interval of a measure of counts: those that are quick to compute, or the `slow` ones."""
    return SLOW_METHODS[measure] if slow else QUICK_METHODS[measure]


def interval_spans_of_means(
    arms: Sequence[ArmMean], level: float, difference: FloatSpan
) -> Iterator[tuple[str, FloatSpan, FloatSpan]]:
    """The ranges of the lower and upper limit of a difference of means, by test; `difference`: its range."""
    first, second = arms
    for name in ("pooled t test", "Welch's t test", "z test"):
        reaches = []
        for ends in product(first.sd, second.sd, first.n, second.n):
            error, freedom = standard_error(name, *ends)
            quantile = normal_quantile(level) if name == "z test" else float(stdtrit(freedom, 0.5 + level / 2))
            reaches.append(error * quantile)
        low, high = min(reaches), max(reaches)
        yield name, (difference[0] - high, difference[1] - low), (difference[0] + low, difference[1] + high)
