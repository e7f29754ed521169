"""Scales on which proportions are pooled: events of total -> (effect, variance), and back from a pooled effect.

Arrays have any shape; totals are above 0, and 0 <= events <= total. `back` takes the sample size n of Miller's
inversion; other scales ignore it. Sources: Freeman and Tukey, Ann Math Stat 1950;21:607. Miller, Am Stat 1978;32:138.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit  # type: ignore[import-untyped]

FloatArray = npt.NDArray[np.float64]
Effects = tuple[FloatArray, FloatArray]


def freeman_tukey(events: FloatArray, total: FloatArray) -> Effects:
    """The double arcsine asin sqrt(x / (n + 1)) + asin sqrt((x + 1) / (n + 1)), variance 1 / (n + 1/2). R's packages
    take half of it with a quarter of the variance, which pools to the same."""
    angle = np.arcsin(np.sqrt(events / (total + 1))) + np.arcsin(np.sqrt((events + 1) / (total + 1)))
    return angle, 1 / (total + 0.5)


def miller(angle: FloatArray, n: FloatArray) -> FloatArray:
    """The proportion whose double arcsine at sample size n is `angle`; 0 and 1 beyond what any proportion of n has."""
    sine = np.sin(angle)
    with np.errstate(divide="ignore", invalid="ignore"):
        inner = 1 - (sine + (sine - 1 / sine) / n) ** 2
        share = 0.5 * (1 - np.sign(np.cos(angle)) * np.sqrt(np.maximum(0, inner)))
    least = np.arcsin(np.sqrt(1 / (n + 1)))
    most = np.arcsin(np.sqrt(n / (n + 1))) + np.pi / 2
    return np.where(angle <= least, 0.0, np.where(angle >= most, 1.0, share))


def arcsine(events: FloatArray, total: FloatArray) -> Effects:
    """asin sqrt(x / n), variance 1 / 4n."""
    return np.arcsin(np.sqrt(events / total)), 1 / (4 * total)


def raw_proportion(events: FloatArray, total: FloatArray) -> Effects:
    """The proportion itself, variance p (1 - p) / n; a half is added to events and to non-events if either is 0."""
    events, total = _halved(events, total)
    share = events / total
    return share, share * (1 - share) / total


def logit(events: FloatArray, total: FloatArray) -> Effects:
    """The log odds, variance 1 / x + 1 / (n - x); a half is added to both if either is 0."""
    events, total = _halved(events, total)
    return np.log(events / (total - events)), 1 / events + 1 / (total - events)


def log_proportion(events: FloatArray, total: FloatArray) -> Effects:
    """The log of the proportion, variance 1 / x - 1 / n; a half is added to x and 1 to n if x is 0 or n."""
    events, total = _halved(events, total)
    return np.log(events / total), 1 / events - 1 / total


def _halved(events: FloatArray, total: FloatArray) -> Effects:
    extreme = (events == 0) | (events == total)
    return np.where(extreme, events + 0.5, events), np.where(extreme, total + 1, total)


@dataclass(frozen=True)
class ProportionScale:
    """A scale with its inverse. `needs_n`: the inverse depends on a sample size."""

    name: str
    forward: Callable[[FloatArray, FloatArray], Effects]
    back: Callable[[FloatArray, FloatArray], FloatArray]
    needs_n: bool = False


def _sine_squared(angle: FloatArray, n: FloatArray) -> FloatArray:
    return np.sin(np.clip(angle, 0, np.pi / 2)) ** 2


PROPORTION_SCALES: Mapping[str, ProportionScale] = {
    scale.name: scale
    for scale in (
        ProportionScale("Freeman-Tukey", freeman_tukey, miller, needs_n=True),
        ProportionScale("logit", logit, lambda effect, n: np.asarray(expit(effect))),
        ProportionScale("raw", raw_proportion, lambda effect, n: effect),
        ProportionScale("arcsine", arcsine, _sine_squared),
        ProportionScale("log", log_proportion, lambda effect, n: np.exp(effect)),
    )
}

INVERSION_SIZES: Mapping[str, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "harmonic mean": lambda total, variance: 1 / np.mean(1 / total, axis=-1),
    "inverse of the pooled variance": lambda total, variance: 1 / variance,
    "arithmetic mean": lambda total, variance: np.mean(total, axis=-1),
    "geometric mean": lambda total, variance: np.exp(np.mean(np.log(total), axis=-1)),
}
"""The sample size of the inversion of the Freeman-Tukey scale, from the totals and the variance of the pooled effect.

Harmonic mean: Miller 1978. Inverse of the variance: Barendregt et al., J Epidemiol Community Health 2013;67:974.
"""
