"""Effects of two-armed studies: (effect, variance) of each study; of ratios, the logarithm.

Arrays with the studies along the last axis. Sources: Woolf, Ann Hum Genet 1955;19:251. Yusuf, Peto et al., Prog
Cardiovasc Dis 1985;27:335. Hedges, J Educ Stat 1981;6:107. Deeks and Higgins, Statistical algorithms in Review Manager
5, 2010.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from scipy.special import gammaln  # type: ignore[import-untyped]

from validations.statistics.transforms import Effects, FloatArray


class Arms(NamedTuple):
    """Counts of two-armed studies: events and others of the first arm (a, b) and of the second (c, d)."""

    a: FloatArray
    b: FloatArray
    c: FloatArray
    d: FloatArray

    @property
    def sizes(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Patients of the first arm, of the second, of both."""
        return self.a + self.b, self.c + self.d, self.a + self.b + self.c + self.d


class Means(NamedTuple):
    """Mean, standard deviation and size of the first arm and of the second."""

    mean: FloatArray
    sd: FloatArray
    n: FloatArray
    mean2: FloatArray
    sd2: FloatArray
    m: FloatArray


def arms_from_totals(events: FloatArray, total: FloatArray, events2: FloatArray, total2: FloatArray) -> Arms:
    return Arms(events, total - events, events2, total2 - events2)


def corrected(arms: Arms, add: float = 0.5) -> Arms:
    """The counts with `add` added to every cell of the studies that have an empty cell."""
    empty = (arms.a == 0) | (arms.b == 0) | (arms.c == 0) | (arms.d == 0)
    return Arms(*(np.where(empty, cell + add, cell) for cell in arms))


def corrected_events(arms: Arms, add: float = 0.5) -> Arms:
    """Like `corrected`, but only events (and so the sizes) grow, as R's meta does for risk ratios."""
    cells = corrected(arms, add)
    return Arms(cells.a, arms.b, cells.c, arms.d)


def odds_ratio(arms: Arms) -> Effects:
    """The log odds ratio, variance 1/a + 1/b + 1/c + 1/d (Woolf); empty cells corrected."""
    a, b, c, d = corrected(arms)
    return np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d


def _risk_ratio(cells: Arms) -> Effects:
    n, m, _ = cells.sizes
    return np.log(cells.a * m / (cells.c * n)), 1 / cells.a - 1 / n + 1 / cells.c - 1 / m


def risk_ratio(arms: Arms) -> Effects:
    """The log risk ratio, variance 1/a - 1/n + 1/c - 1/m; empty cells corrected."""
    return _risk_ratio(corrected(arms))


def risk_ratio_of_events(arms: Arms) -> Effects:
    """The log risk ratio with corrected events, where the sizes grow by as much."""
    return _risk_ratio(corrected_events(arms))


def risk_difference(arms: Arms) -> Effects:
    """The difference of risks a/n - c/m, variance ab/n^3 + cd/m^3 (with empty cells corrected)."""
    cells, (n, m, _) = corrected(arms), arms.sizes
    larger, larger2, _ = cells.sizes
    return arms.a / n - arms.c / m, cells.a * cells.b / larger**3 + cells.c * cells.d / larger2**3


def peto_odds_ratio(arms: Arms) -> Effects:
    """The log odds ratio (O - E) / V with variance 1 / V, V hypergeometric (Yusuf, Peto et al.)."""
    n, m, both = arms.sizes
    events = arms.a + arms.c
    v = n * m * events * (both - events) / (both**2 * (both - 1))
    return (arms.a - n * events / both) / v, 1 / v


def mean_difference(means: Means) -> Effects:
    """The difference of means with variance sd^2/n + sd2^2/m."""
    return means.mean - means.mean2, means.sd**2 / means.n + means.sd2**2 / means.m


def _cohen(means: Means) -> Effects:
    """Cohen's d by the pooled standard deviation, and the number of patients."""
    both = means.n + means.m
    pooled = ((means.n - 1) * means.sd**2 + (means.m - 1) * means.sd2**2) / (both - 2)
    return (means.mean - means.mean2) / np.sqrt(pooled), both


def cohen_d(means: Means) -> Effects:
    """Cohen's d, variance (n + m)/nm + d^2 / 2(n + m)."""
    d, both = _cohen(means)
    return d, both / (means.n * means.m) + d**2 / (2 * both)


def hedges_g(means: Means) -> Effects:
    """Hedges' g with the approximate correction 1 - 3/(4N - 9), variance N/nm + g^2 / 2(N - 3.94), as of RevMan."""
    d, both = _cohen(means)
    g = d * (1 - 3 / (4 * both - 9))
    return g, both / (means.n * means.m) + g**2 / (2 * (both - 3.94))


def hedges_g_exact(means: Means) -> Effects:
    """Hedges' g with the exact correction, variance 1/n + 1/m + g^2 / 2N, as of metafor."""
    d, both = _cohen(means)
    half = (both - 2) / 2
    g = d * np.exp(gammaln(half) - np.log(np.sqrt(half)) - gammaln(half - 0.5))
    return g, 1 / means.n + 1 / means.m + g**2 / (2 * both)


EFFECTS_OF_COUNTS: Mapping[str, Callable[[Arms], Effects]] = {
    "OR": odds_ratio,
    "RR": risk_ratio,
    "RR (half an event added)": risk_ratio_of_events,
    "RD": risk_difference,
    "Peto OR": peto_odds_ratio,
}
EFFECTS_OF_MEANS: Mapping[str, Callable[[Means], Effects]] = {
    "MD": mean_difference,
    "SMD (Hedges)": hedges_g,
    "SMD (Hedges, exact)": hedges_g_exact,
    "SMD (Cohen)": cohen_d,
}
LOG_EFFECT_MEASURES = frozenset({"OR", "RR", "RR (half an event added)", "Peto OR"})
"""Measures whose effects are logarithms of the printed numbers."""
