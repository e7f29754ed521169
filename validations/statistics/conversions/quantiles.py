"""Mean and standard deviation from median, quartiles and range, for about normal values.

Sources: mean, Luo et al., Stat Methods Med Res 2018;27:1785, equations 7, 11 and 15. SD, Wan et al., BMC Med Res
Methodol 2014;14:135, equations 9 and 16; from all five numbers, Shi et al., Res Synth Methods 2020;11:641, equation 10.
Skewness, Shi et al., Stat Methods Med Res 2023;32:1338: where the test rejects, the formulas would be biased and are
not used. Letters: a least, q lower quartile, m median, r upper quartile, b greatest value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt

from scipy.special import ndtri  # type: ignore[import-untyped]

from validations.statistics.conversions.receipts import Bounds, Converted, convert

FEWEST_PATIENTS = 5  # with fewer, the formulas are not meant to be used
_Weights = Mapping[str, float]


@dataclass(frozen=True)
class FiveNumbers:
    """Least value, quartiles and greatest value of n patients as rounded numbers; None where not printed."""

    n: int
    least: Bounds | None = None
    lower: Bounds | None = None
    median: Bounds | None = None
    upper: Bounds | None = None
    greatest: Bounds | None = None

    @property
    def source(self) -> str:
        """What is printed: range, quartiles, quartiles_range; "" if neither pair is complete."""
        ranged = self.least is not None and self.greatest is not None
        quartered = self.lower is not None and self.upper is not None
        return "_".join(name for name, has in (("quartiles", quartered), ("range", ranged)) if has)

    @property
    def printed(self) -> tuple[Bounds, ...]:
        """The numbers of complete pairs and the median, in ascending order."""
        pairs = {"lower": "quartiles", "upper": "quartiles", "least": "range", "greatest": "range", "median": ""}
        names = [name for name in ("least", "lower", "median", "upper", "greatest") if pairs[name] in self.source]
        found = [getattr(self, name) for name in names]
        return tuple(bounds for bounds in found if bounds is not None)

    @property
    def why_not(self) -> str:
        """Why the formulas cannot be used: too few patients, numbers out of order, skewed values; "" if they can."""
        if not self.source:
            return "neither quartiles nor a range is printed"
        if self.n < FEWEST_PATIENTS:
            return f"fewer than {FEWEST_PATIENTS} patients"
        middle = [printed for _, printed, _ in self.printed]
        if middle != sorted(middle) or middle[0] == middle[-1]:
            return "the numbers are not in order"
        return "the values are skewed (Shi 2023)" if self.is_skewed else ""

    @property
    def is_skewed(self) -> bool:
        """Whether the test of skewness at the 5 % level rejects; False without a median."""
        if self.median is None:
            return False
        n, ranged, quartered = self.n, self._skew(self.least, self.greatest), self._skew(self.lower, self.upper)
        if self.source == "range":
            return ranged >= 1 / log(n + 9) + 2.5 / (n + 1)
        if self.source == "quartiles":
            return quartered >= 2.65 / sqrt(n) - 6 / n**2
        return max(2.65 * log(0.6 * n) / sqrt(n) * ranged, quartered) >= 3 / sqrt(n) - 40 / n**3

    def _skew(self, low: Bounds | None, high: Bounds | None) -> float:
        """How far the median is from the middle of a pair, in half widths."""
        if low is None or high is None or self.median is None or high[1] <= low[1]:
            return 0.0
        return abs(low[1] + high[1] - 2 * self.median[1]) / (high[1] - low[1])


def mean_of_quantiles(numbers: FiveNumbers) -> Converted | None:
    """The mean by Luo; None where the formulas cannot be used or no median is printed."""
    if numbers.why_not or numbers.median is None:
        return None
    ranged, quartered = _luo_weights(numbers.source, numbers.n)
    weights = {"least": ranged / 2, "greatest": ranged / 2, "lower": quartered / 2, "upper": quartered / 2}
    formula = " + ".join(
        [
            *([f"{ranged:.4f} * (low + high) / 2"] if ranged else []),
            *([f"{quartered:.4f} * (q1 + q3) / 2"] if quartered else []),
            f"{1 - ranged - quartered:.4f} * median, Luo 2018, n = {numbers.n}",
        ]
    )
    return _weighted(numbers, {**weights, "median": 1 - ranged - quartered}, formula)


def _luo_weights(source: str, n: int) -> tuple[float, float]:
    """The weights of the middle of the range and of the middle of the quartiles."""
    if source == "range":
        return 4 / (4 + n**0.75), 0.0
    if source == "quartiles":
        return 0.0, 0.7 + 0.39 / n
    return 2.2 / (2.2 + n**0.75), 0.7 - 0.72 / n**0.55


def sd_of_quantiles(numbers: FiveNumbers) -> Converted | None:
    """The standard deviation by Wan, from five numbers by Shi; None where the formulas cannot be used."""
    if numbers.why_not:
        return None
    n = numbers.n
    xi, eta = 2 * float(ndtri((n - 0.375) / (n + 0.25))), 2 * float(ndtri((0.75 * n - 0.125) / (n + 0.25)))
    if numbers.source == "range":
        return _weighted(numbers, _spread(1 / xi, 0), f"(high - low) / {xi:.4f}, Wan 2014, n = {n}")
    if numbers.source == "quartiles":
        return _weighted(numbers, _spread(0, 1 / eta), f"(q3 - q1) / {eta:.4f}, Wan 2014, n = {n}")
    share = 1 / (1 + 0.07 * n**0.6)
    formula = f"{share:.4f} * (high - low) / {xi:.4f} + {1 - share:.4f} * (q3 - q1) / {eta:.4f}, Shi 2020, n = {n}"
    return _weighted(numbers, _spread(share / xi, (1 - share) / eta), formula)


def _spread(ranged: float, quartered: float) -> _Weights:
    return {"least": -ranged, "greatest": ranged, "lower": -quartered, "upper": quartered}


def _weighted(numbers: FiveNumbers, weights: _Weights, formula: str) -> Converted | None:
    """The weighted sum of the printed numbers."""
    used = {name: weight for name, weight in weights.items() if weight and getattr(numbers, name) is not None}
    source = f"median_{numbers.source}" if numbers.median is not None else numbers.source
    return convert(
        source,
        formula,
        lambda *values: sum(weight * value for weight, value in zip(used.values(), values, strict=True)),
        *(getattr(numbers, name) for name in used),
    )
