"""Ways of pooling: all that are tried on a plot, and what each of them gives for a group of its studies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from validations.inference.pooling.plots import StudyGroup
from validations.inference.pooling.studies import SOURCES, RoundingBox, as_arms
from validations.statistics.effects import RATIO_MEASURES, corrected
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
from validations.statistics.rounding import FLOAT_ERROR, FloatSpan
from validations.statistics.transforms import INVERSION_SIZES, PROPORTION_SCALES, FloatArray
from validations.tables import once

MH = "Mantel-Haenszel"
MH_CORRECTED = "Mantel-Haenszel with empty cells corrected"
DL_ABOUT_MH = "DerSimonian-Laird about Mantel-Haenszel"
DL_ABOUT_MH_CORRECTED = f"{DL_ABOUT_MH} with empty cells corrected"
FIXED = "fixed effect"
MANTEL_HAENSZELS = (MH, MH_CORRECTED)
RANDOM_MODELS = (DL_ABOUT_MH, DL_ABOUT_MH_CORRECTED, *(model for model in TAU2 if model != FIXED))
EXACT_SOURCES = ("counts", "arms", "means")  # sources from which every way of pooling can be tried
TWO_ARM_SOURCES = ("arms", "means")  # sources that give each study its own effect
FEW_STUDIES = 3  # studies, below which some programs take a fixed effect
ITERATION_ERROR = 1e-5  # how near to the root programs end their iterations, relative


@dataclass(frozen=True)
class PoolingMethod:
    """A way of pooling. `source` and `scale`: what the effects are (see SOURCES); `model`: how they are weighted;
    `middle`: the sample size at which a scale is left that needs one; `fixed_below`: fewer studies get a fixed effect;
    `percent`: proportions are printed in percent."""

    source: str
    scale: str
    model: str
    middle: str = ""
    hartung_knapp: bool = False
    fixed_below: int = 0
    percent: bool = False

    def __str__(self) -> str:
        scale = {"ratio": "log of the printed ratio", "difference": "printed estimate"}.get(self.scale, self.scale)
        parts = [f"{scale}, {self.model}", f"from the {self.source}" if self.source in ("counts", "arms") else ""]
        parts += ["Hartung-Knapp interval" if self.hartung_knapp else ""]
        parts += [f"fixed effect below {self.fixed_below} studies" if self.fixed_below else ""]
        parts += [f"back-transformed at the {self.middle}" if self.middle else ""]
        return ", ".join(part for part in parts if part)

    @property
    def error(self) -> float:
        """How exact what it gives is."""
        return ITERATION_ERROR if self.model in ("Paule-Mandel", "REML") else FLOAT_ERROR

    @property
    def is_ratio(self) -> bool:
        return self.scale in RATIO_MEASURES or self.scale == "ratio"


@dataclass(frozen=True)
class PooledNumbers:
    """What a way gives for a group: by column of the schema, the spans that can be printed there (several where
    programs differ); the weights of the studies; effect and standard error on the scale of pooling."""

    columns: Mapping[str, tuple[FloatSpan, ...]]
    weights: tuple[FloatSpan, ...]
    effect: tuple[float, float, float]
    error: tuple[float, float, float]


def all_pooling_methods(source: str, *, percent: bool, few: bool) -> Iterator[PoolingMethod]:
    """Every way from that source, the usual ones first; `few`: there are groups of so few studies that some programs
    give them a fixed effect."""
    for scale in SOURCES[source].effects:
        for way in _weighted(source, scale):
            for below in (0, FEW_STUDIES) if few and way.model in RANDOM_MODELS else (0,):
                yield replace(way, fixed_below=below, percent=percent)


def _weighted(source: str, scale: str) -> Iterator[PoolingMethod]:
    pooled = [PoolingMethod(source, scale, model) for model in (MH, DL_ABOUT_MH, MH_CORRECTED, DL_ABOUT_MH_CORRECTED)]
    ways = [PoolingMethod(source, scale, model) for model in TAU2] + [
        PoolingMethod(source, scale, model, "", True) for model in TAU2
    ]
    ways = [way for way in ways if not (way.hartung_knapp and way.model == FIXED)]
    if source == "arms" and scale in MANTEL_HAENSZEL:
        ways = [*pooled, *ways]
    middles = INVERSION_SIZES if source == "counts" and PROPORTION_SCALES[scale].needs_n else [""]
    return (replace(way, middle=middle) for middle in middles for way in ways)


@once
def study_numbers(group: StudyGroup, source: str) -> FloatArray | None:
    """The numbers of the studies of a group, 1 + 2 c x k x m: as printed, and with each of the c rounded ones at its
    least and at its greatest; None where some study does not print them."""
    box = SOURCES[source].read(group.studies)
    return None if box is None else corners(box)


def corners(box: RoundingBox) -> FloatArray:
    varied = np.argwhere(box.low < box.high)
    numbers = np.repeat(box.middle[None], 1 + 2 * len(varied), axis=0)
    for place, cell in enumerate(map(tuple, varied)):
        numbers[(1 + 2 * place, *cell)] = box.low[cell]
        numbers[(2 + 2 * place, *cell)] = box.high[cell]
    return numbers


def span_of(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The least and greatest that values at corners (first axis, as of `corners`) let one expect: all deviations from
    the first, which add up where they point the same way."""
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
    """The pooled effect at all corners, and effects and variances of the studies."""
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


@once
def given_by(group: StudyGroup, way: PoolingMethod) -> PooledNumbers | None:
    """What the way gives for the group; None where the numbers that it needs are not printed."""
    model = FIXED if len(group.studies) < way.fixed_below else way.model
    found = _pooled(group, way.source, way.scale, model, way.hartung_knapp and model != FIXED)
    if found is None:
        return None
    pooled, effect, variance = found
    with np.errstate(all="ignore"):
        printed = _columns(way, pooled, group) | _heterogeneity(way, pooled, effect, variance, group)
        columns = {column: tuple(as_span(values) for values in programs) for column, programs in printed.items()}
        weights = tuple(zip(*map(np.ndarray.tolist, span_of(pooled.weights)), strict=True))
    return PooledNumbers(columns, weights, _bounds(pooled.effect), _bounds(pooled.error))


def as_span(values: FloatArray) -> FloatSpan:
    """The span of one number whose values at corners these are."""
    low, high = span_of(values)
    return float(low), float(high)


def _bounds(values: FloatArray) -> tuple[float, float, float]:
    low, high = as_span(values)
    return low, float(values[0]), high


def _columns(way: PoolingMethod, pooled: Pooled, group: StudyGroup) -> dict[str, list[FloatArray]]:
    back = partial(leave_scale, way, group=group, variance=pooled.error**2)
    found = {"estimate": [back(pooled.effect)], "ci_low": [back(pooled.low)], "ci_high": [back(pooled.high)]}
    if any(line["prediction_low"] or line["prediction_high"] for line in group.lines):
        ahead = [prediction_interval(pooled, df) for df in (len(group.studies) - 2, len(group.studies) - 1, 0)]
        found["prediction_low"] = [back(low) for low, _ in ahead]
        found["prediction_high"] = [back(high) for _, high in ahead]
    return found | {"z": [pooled.z, -pooled.z]}


def _heterogeneity(
    way: PoolingMethod, pooled: Pooled, effect: FloatArray, variance: FloatArray, group: StudyGroup
) -> dict[str, list[FloatArray]]:
    """Q about the pooled effect or the inverse-variance mean, I2 of Q or of tau2, tau2 by any estimator where the
    effect is fixed (and a quarter of it where R's packages take half of Freeman and Tukey's angle)."""
    df = effect.shape[-1] - 1
    qs = [pooled.q, cochran_q(effect, variance)]
    known = way.model in RANDOM_MODELS and df + 1 >= way.fixed_below
    others = (_pooled(group, way.source, way.scale, model, False) for model in TAU2 if not known)
    spread = [pooled.tau2] if known else [other[0].tau2 for other in others if other is not None]
    i2s = [i_squared(q, df) for q in qs] + [i_squared_of_tau2(tau2, variance) for tau2 in spread]
    spread += [tau2 / 4 for tau2 in spread if way.middle]
    return {"q": qs, "p": [p_of_q(q, df) for q in qs], "i2": i2s, "tau2": spread}


def leave_scale(way: PoolingMethod, effect: FloatArray, *, group: StudyGroup, variance: FloatArray) -> FloatArray:
    """An effect as it is printed."""
    if way.source == "counts":
        total = study_numbers(group, "counts")
        n = INVERSION_SIZES[way.middle](total[0, :, 1], variance) if way.middle and total is not None else variance
        return PROPORTION_SCALES[way.scale].back(effect, n) * (100 if way.percent else 1)
    return np.exp(effect) if way.is_ratio else effect


@once
def studies_by(group: StudyGroup, way: PoolingMethod) -> tuple[Mapping[str, FloatSpan], ...]:
    """Estimate and 95 % interval of each study by its arms, where the way starts from arms; else nothing."""
    found = _pooled(group, way.source, way.scale, FIXED, False) if way.source in TWO_ARM_SOURCES else None
    if found is None:
        return ()
    _, effect, variance = found
    reach = normal_quantile(0.95) * np.sqrt(variance)
    with np.errstate(all="ignore"):
        ends = [np.exp(value) if way.is_ratio else value for value in (effect, effect - reach, effect + reach)]
        spans = [zip(*map(np.ndarray.tolist, span_of(value)), strict=True) for value in ends]
    names = ("estimate", "ci_low", "ci_high")
    return tuple(dict(zip(names, study, strict=True)) for study in zip(*spans, strict=True))
