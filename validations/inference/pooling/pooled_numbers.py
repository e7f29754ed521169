"""Computes the numbers that a method of pooling gives for a group of studies, as spans.

Printed numbers are rounded, so each computation is done for the printed numbers and with each rounded one at its least
and at its greatest; the span holds all results.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from validations.inference.pooling.methods import (
    DL_ABOUT_MH,
    FIXED,
    MH,
    RANDOM_MODELS,
    TWO_ARM_SOURCES,
    PoolingMethod,
)
from validations.inference.pooling.plots import StudyGroup
from validations.inference.pooling.studies import SOURCES, RoundingBox, as_arms
from validations.statistics.effects import corrected
from validations.statistics.mantel_haenszel import MANTEL_HAENSZEL, pool_mantel_haenszel
from validations.statistics.pooling import (
    TAU2,
    Pooled,
    cochran_q,
    dersimonian_laird,
    i_squared,
    i_squared_of_tau2,
    p_of_q,
    pool,
    prediction_interval,
)
from validations.statistics.proportions import normal_quantile
from validations.statistics.rounding import FloatSpan
from validations.statistics.transforms import INVERSION_SIZES, PROPORTION_SCALES, FloatArray
from validations.tables import once


@dataclass(frozen=True)
class PooledNumbers:
    """The numbers that a method gives for a group.

    `columns`: by column of the schema, the possible spans (several where programs differ). `weights`: of the studies,
    in percent. `effect`, `error`: least, printed and greatest value on the scale of pooling.
    """

    columns: Mapping[str, tuple[FloatSpan, ...]]
    weights: tuple[FloatSpan, ...]
    effect: tuple[float, float, float]
    error: tuple[float, float, float]


@once
def study_numbers(group: StudyGroup, source: str) -> FloatArray | None:
    """The numbers of the k studies of a group as an array of shape (1 + 2c, k, m), see `corners`; None if a study does
    not print them."""
    box = SOURCES[source].read(group.studies)
    return None if box is None else corners(box)


def corners(box: RoundingBox) -> FloatArray:
    """The k x m numbers of a box, stacked: as printed, then with each of the c rounded numbers in turn at its least and
    at its greatest; shape (1 + 2c, k, m)."""
    varied = np.argwhere(box.low < box.high)
    numbers = np.repeat(box.middle[None], 1 + 2 * len(varied), axis=0)
    for place, cell in enumerate(map(tuple, varied)):
        numbers[(1 + 2 * place, *cell)] = box.low[cell]
        numbers[(2 + 2 * place, *cell)] = box.high[cell]
    return numbers


def span_of(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The least and the greatest value to expect from values at corners (first axis, in the order of `corners`): the
    first value with all negative, or all positive, deviations of the others added."""
    if len(values) == 1:
        return values[0], values[0]
    off = values[1:] - values[0]
    pairs = off.reshape(-1, 2, *off.shape[1:])
    down = np.minimum(0, pairs.min(axis=1, initial=0)).sum(axis=0)
    up = np.maximum(0, pairs.max(axis=1, initial=0)).sum(axis=0)
    return values[0] + down, values[0] + up


@once
def _pooled(
    group: StudyGroup, source: str, scale: str, model: str, hartung_knapp: bool
) -> tuple[Pooled, FloatArray, FloatArray] | None:
    """The pooled effect at all corners, with the effects and variances of the studies."""
    numbers = study_numbers(group, source)
    if numbers is None:
        return None
    with np.errstate(all="ignore"):
        effect, variance = SOURCES[source].effects[scale](numbers)
        if model not in TAU2:
            arms = as_arms(numbers) if model in (MH, DL_ABOUT_MH) else corrected(as_arms(numbers))
            pooled = pool_mantel_haenszel(MANTEL_HAENSZEL[scale], arms, effect, variance)
            if model in RANDOM_MODELS:
                pooled = pool(effect, variance, dersimonian_laird(effect, variance, pooled.q), q=pooled.q)
            return pooled, effect, variance
        tau2 = TAU2[model](effect, variance)
        return pool(effect, variance, tau2, hartung_knapp=hartung_knapp), effect, variance


def given_by(group: StudyGroup, method: PoolingMethod) -> PooledNumbers | None:
    """The numbers that the method gives for the group; None if the numbers it needs are not printed."""
    if len(group.studies) < method.fixed_below:
        method = replace(method, model=FIXED, hartung_knapp=False)
    return _given_by(group, replace(method, fixed_below=0))


@once
def _given_by(group: StudyGroup, method: PoolingMethod) -> PooledNumbers | None:
    found = _pooled(group, method.source, method.scale, method.model, method.hartung_knapp)
    if found is None:
        return None
    pooled, effect, variance = found
    with np.errstate(all="ignore"):
        printed = _columns(method, pooled, group) | _heterogeneity(method, pooled, effect, variance, group)
        columns = {column: tuple(as_span(values) for values in programs) for column, programs in printed.items()}
        weights = tuple(zip(*map(np.ndarray.tolist, span_of(pooled.weights)), strict=True))
    return PooledNumbers(columns, weights, _bounds(pooled.effect), _bounds(pooled.error))


def as_span(values: FloatArray) -> FloatSpan:
    """The span of one number from its values at corners."""
    low, high = span_of(values)
    return float(low), float(high)


def _bounds(values: FloatArray) -> tuple[float, float, float]:
    low, high = as_span(values)
    return low, float(values[0]), high


def _columns(method: PoolingMethod, pooled: Pooled, group: StudyGroup) -> dict[str, list[FloatArray]]:
    back = partial(leave_scale, method, group=group, variance=pooled.error**2)
    found = {"estimate": [back(pooled.effect)], "ci_low": [back(pooled.low)], "ci_high": [back(pooled.high)]}
    if any(line["prediction_low"] or line["prediction_high"] for line in group.lines):
        ahead = [prediction_interval(pooled, df) for df in (len(group.studies) - 2, len(group.studies) - 1, 0)]
        found["prediction_low"] = [back(low) for low, _ in ahead]
        found["prediction_high"] = [back(high) for _, high in ahead]
    return found | {"z": [pooled.z, -pooled.z]}


def _heterogeneity(
    method: PoolingMethod, pooled: Pooled, effect: FloatArray, variance: FloatArray, group: StudyGroup
) -> dict[str, list[FloatArray]]:
    """Q about the pooled effect or about the inverse-variance mean. Where I2 or tau2 is printed also I2 from Q or from
    tau2; tau2, by any estimator if the effect is fixed; on the Freeman-Tukey scale also a quarter of it: R's packages
    halve the angle."""
    df = effect.shape[-1] - 1
    qs = [pooled.q, cochran_q(effect, variance)]
    found = {"q": qs, "p": [p_of_q(q, df) for q in qs]}
    if not any(line["i2"] or line["tau2"] for line in group.lines):
        return found
    known = method.model in RANDOM_MODELS
    others = (_pooled(group, method.source, method.scale, model, False) for model in TAU2 if not known)
    spread = [pooled.tau2] if known else [other[0].tau2 for other in others if other is not None]
    i2s = [i_squared(q, df) for q in qs] + [i_squared_of_tau2(tau2, variance) for tau2 in spread]
    spread += [tau2 / 4 for tau2 in spread if method.inversion_size]
    return found | {"i2": i2s, "tau2": spread}


def leave_scale(method: PoolingMethod, effect: FloatArray, *, group: StudyGroup, variance: FloatArray) -> FloatArray:
    """Transform an effect from the scale of pooling to the scale of print."""
    if method.source == "counts":
        total = study_numbers(group, "counts")
        size = INVERSION_SIZES.get(method.inversion_size)
        n = size(total[0, :, 1], variance) if size and total is not None else variance  # other scales ignore n
        return PROPORTION_SCALES[method.scale].back(effect, n) * (100 if method.percent else 1)
    return np.exp(effect) if method.is_ratio else effect


@once
def studies_by(group: StudyGroup, method: PoolingMethod) -> tuple[Mapping[str, FloatSpan], ...]:
    """Estimate and 95 % interval of each study from its arms; empty if the method does not start from arms."""
    found = _pooled(group, method.source, method.scale, FIXED, False) if method.source in TWO_ARM_SOURCES else None
    if found is None:
        return ()
    _, effect, variance = found
    reach = normal_quantile(0.95) * np.sqrt(variance)
    with np.errstate(all="ignore"):
        ends = [np.exp(value) if method.is_ratio else value for value in (effect, effect - reach, effect + reach)]
        spans = [zip(*map(np.ndarray.tolist, span_of(value)), strict=True) for value in ends]
    names = ("estimate", "ci_low", "ci_high")
    return tuple(dict(zip(names, study, strict=True)) for study in zip(*spans, strict=True))
