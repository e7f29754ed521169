"""Pooling of effects: inverse variance, fixed and random; heterogeneity; difference between groups.

`effect` and `variance` are arrays whose last axis is the studies; leading axes are pooled side by side.

Sources: DerSimonian and Laird, Control Clin Trials 1986;7:177. Paule and Mandel, J Res NBS 1982;87:377. REML:
Viechtbauer, J Educ Behav Stat 2005;30:261. Higgins and Thompson, Stat Med 2002;21:1539. Hartung and Knapp, Stat Med
2001;20:3875. Higgins, Thompson and Spiegelhalter, J R Stat Soc A 2009;172:137 (prediction interval).
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from scipy.special import chdtrc, stdtrit  # type: ignore[import-untyped]

from validations.statistics.proportions import normal_quantile
from validations.statistics.transforms import FloatArray

MOST_ITERATIONS = 200  # Newton's and Fisher's steps need about ten
CONVERGED_SHARE = 1e-10  # of the mean variance: a smaller change of tau2 ends the iteration


class Pooled(NamedTuple):
    """A pooled effect on the scale of the effects. `weights` in percent; `i2` in percent, of Q; `p` of Q."""

    effect: FloatArray
    error: FloatArray
    low: FloatArray
    high: FloatArray
    weights: FloatArray
    tau2: FloatArray
    q: FloatArray
    df: int
    i2: FloatArray
    p: FloatArray
    z: FloatArray


def _sum(values: FloatArray) -> FloatArray:
    """The sum over the studies."""
    return np.asarray(values.sum(-1))


def weighted_mean(effect: FloatArray, weight: FloatArray) -> FloatArray:
    """The weighted mean over the studies."""
    """The weighted mean over the studies."""
    return _sum(weight * effect) / _sum(weight)


def q_about(effect: FloatArray, variance: FloatArray, middle: FloatArray) -> FloatArray:
    """Cochran's Q: the weighted sum of squares about `middle`."""
    return _sum((effect - middle[..., None]) ** 2 / variance)


def cochran_q(effect: FloatArray, variance: FloatArray) -> FloatArray:
    """Cochran's Q about the inverse-variance mean."""
    """Cochran's Q about the inverse-variance mean."""
    return q_about(effect, variance, weighted_mean(effect, 1 / variance))


def no_tau2(effect: FloatArray, variance: FloatArray) -> FloatArray:
    """The tau2 of a fixed effect: zero for each set of studies."""
    return np.zeros(np.broadcast_shapes(effect.shape, variance.shape)[:-1])


def dersimonian_laird(effect: FloatArray, variance: FloatArray, q: FloatArray | None = None) -> FloatArray:
    """The tau2 by moments. `q`: Cochran's Q, by default about the inverse-variance mean."""
    weight = 1 / variance
    q = cochran_q(effect, variance) if q is None else q
    scale = _sum(weight) - _sum(weight**2) / _sum(weight)
    return np.asarray(np.maximum(0, (q - (effect.shape[-1] - 1)) / np.where(scale > 0, scale, np.inf)))


def paule_mandel(effect: FloatArray, variance: FloatArray) -> FloatArray:
    """The tau2 at which Q with weights 1 / (variance + tau2) is k - 1, by Newton's steps (Q is convex: from the left
    of the root, where at most one step leads, they never overshoot)."""

    def step(tau2: FloatArray) -> FloatArray:
        weight = 1 / (variance + tau2[..., None])
        squares = (effect - weighted_mean(effect, weight)[..., None]) ** 2
        slope = _sum(weight**2 * squares)
        excess = _sum(weight * squares) - (effect.shape[-1] - 1)
        return np.asarray(excess / np.where(slope > 0, slope, np.inf))

    return _iterate(step, effect, variance)


def reml(effect: FloatArray, variance: FloatArray) -> FloatArray:
    """The restricted maximum likelihood tau2, by Fisher scoring from DerSimonian and Laird's."""

    def step(tau2: FloatArray) -> FloatArray:
        weight = 1 / (variance + tau2[..., None])
        one, two, three = (_sum(weight**power) for power in (1, 2, 3))
        squares = _sum(weight**2 * (effect - weighted_mean(effect, weight)[..., None]) ** 2)
        information = two - 2 * three / one + (two / one) ** 2
        return np.asarray((squares - (one - two / one)) / np.where(information > 0, information, np.inf))

    return _iterate(step, effect, variance)


def _iterate(step: Callable[[FloatArray], FloatArray], effect: FloatArray, variance: FloatArray) -> FloatArray:
    tau2, close = dersimonian_laird(effect, variance), CONVERGED_SHARE * variance.mean(-1)
    for _ in range(MOST_ITERATIONS):
        new = np.maximum(0, tau2 + step(tau2))
        done = bool(np.all(np.abs(new - tau2) <= close))
        tau2 = new
        if done:
            break
    return tau2


TAU2: Mapping[str, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "fixed effect": no_tau2,
    "DerSimonian-Laird": dersimonian_laird,
    "Paule-Mandel": paule_mandel,
    "REML": reml,
}


def pool(
    effect: FloatArray,
    variance: FloatArray,
    tau2: FloatArray,
    *,
    q: FloatArray | None = None,
    hartung_knapp: bool = False,
    level: float = 0.95,
) -> Pooled:
    """Pool by the mean with weights 1 / (variance + tau2). `q`: by default, Q with inverse-variance weights."""
    weight = 1 / (variance + tau2[..., None])
    middle, df = weighted_mean(effect, weight), effect.shape[-1] - 1
    error = 1 / np.sqrt(_sum(weight))
    reach = normal_quantile(level)
    if hartung_knapp and df > 0:
        error = error * np.sqrt(q_about(effect, 1 / weight, middle) / df)
        reach = float(stdtrit(df, 0.5 + level / 2))
    shares = 100 * weight / _sum(weight)[..., None]
    return summarize(middle, error, reach, shares, tau2, cochran_q(effect, variance) if q is None else q, df)


def summarize(
    middle: FloatArray, error: FloatArray, reach: float, weights: FloatArray, tau2: FloatArray, q: FloatArray, df: int
) -> Pooled:
    """A pooled effect with interval, weights and heterogeneity. `reach`: standard errors from the effect to a limit."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = middle / error
    low, high = middle - reach * error, middle + reach * error
    return Pooled(middle, error, low, high, weights, tau2, q, df, i_squared(q, df), p_of_q(q, df), z)


def i_squared(q: FloatArray, df: int) -> FloatArray:
    """The percentage of variation beyond chance, 100 (Q - df) / Q, not below 0."""
    return 100 * np.maximum(0, q - df) / np.where(q > 0, q, 1.0)


def i_squared_of_tau2(tau2: FloatArray, variance: FloatArray) -> FloatArray:
    """The percentage tau2 / (tau2 + typical variance) of Higgins and Thompson 2002, as metafor prints it."""
    weight = 1 / variance
    one, two = _sum(weight), _sum(weight**2)
    typical = (variance.shape[-1] - 1) * one / np.where(one**2 > two, one**2 - two, np.inf)
    return 100 * tau2 / np.where(tau2 + typical > 0, tau2 + typical, np.inf)


def h_statistic(q: FloatArray, df: int) -> FloatArray:
    """H of Higgins and Thompson 2002, not below 1."""
    return np.sqrt(np.maximum(1, q / df)) if df else np.ones_like(q)


def p_of_q(q: FloatArray, df: int) -> FloatArray:
    """The probability that chi-squared with df degrees of freedom exceeds Q; 1 for a single study."""
    return np.asarray(chdtrc(df, q)) if df else np.ones_like(q)


def between_groups(effect: FloatArray, error: FloatArray) -> tuple[FloatArray, int, FloatArray]:
    """Q of the pooled effects of groups about their inverse-variance mean, with its df and P."""
    q, df = cochran_q(effect, error**2), effect.shape[-1] - 1
    return q, df, p_of_q(q, df)


def prediction_interval(pooled: Pooled, df: int, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """The prediction interval of the effect in a new study, by Student's t with df (0: by the normal distribution)."""
    reach = float(stdtrit(df, 0.5 + level / 2)) if df > 0 else normal_quantile(level)
    half = reach * np.sqrt(pooled.tau2 + pooled.error**2)
    return pooled.effect - half, pooled.effect + half
