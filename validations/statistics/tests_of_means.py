"""P values of the tests that compare means between arms, as ranges: they hold every P value that the unrounded means
and standard deviations can give."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import inf, sqrt
from typing import NamedTuple

from scipy.special import fdtrc, ndtr, stdtr  # type: ignore[import-untyped]

from validations.statistics.rounding import FLOAT_ERROR, FloatSpan

FEWEST_PATIENTS = 2  # of an arm: one patient has no standard deviation
MOST_ARMS = 6  # of an analysis of variance: all combinations of the ends of their means are tried
TESTS_OF_MEANS = ("pooled t test", "Welch's t test", "analysis of variance", "z test")
"""The tests, the most usual first."""


class ArmMean(NamedTuple):
    """The least and greatest mean and standard deviation of an arm, and the least and greatest number of patients."""

    mean: FloatSpan
    sd: FloatSpan
    n: tuple[int, int]


def p_ranges_of_means(arms: Sequence[ArmMean]) -> dict[str, FloatSpan]:
    """The least and greatest two-sided P value by test; empty where no test can be done."""
    if any(arm.n[0] < FEWEST_PATIENTS for arm in arms):
        return {}
    if len(arms) == 2:
        return dict(_t_tests(arms[0], arms[1]))
    return {"analysis of variance": _anova(arms)} if len(arms) <= MOST_ARMS else {}


def _t_tests(first: ArmMean, second: ArmMean) -> Iterator[tuple[str, FloatSpan]]:
    low, high = first.mean[0] - second.mean[1], first.mean[1] - second.mean[0]
    most = max(abs(low), abs(high))
    least = 0.0 if low <= FLOAT_ERROR and high >= -FLOAT_ERROR else min(abs(low), abs(high))
    for name in ("pooled t test", "Welch's t test", "z test"):
        errors = [standard_error(name, *ends) for ends in product(first.sd, second.sd, first.n, second.n)]
        smallest, greatest = min(error for error, _ in errors), max(error for error, _ in errors)
        fewest, freedom = min(df for _, df in errors), max(df for _, df in errors)
        z_least = least / greatest if greatest > 0 else (inf if least else 0.0)
        z_most = most / smallest if smallest > 0 else (inf if most else 0.0)
        if name == "z test":
            yield name, (float(2 * ndtr(-z_most)), float(2 * ndtr(-z_least)))
        else:
            yield name, (float(2 * stdtr(freedom, -z_most)), float(2 * stdtr(fewest, -z_least)))


def standard_error(test: str, sd: float, sd2: float, n: int, m: int) -> tuple[float, float]:
    """The standard error of a difference of means and its degrees of freedom, by the pooled or another t test."""
    if test == "pooled t test":
        pooled = ((n - 1) * sd**2 + (m - 1) * sd2**2) / (n + m - 2)
        return sqrt(pooled * (1 / n + 1 / m)), n + m - 2
    a, b = sd**2 / n, sd2**2 / m
    spread = a**2 / (n - 1) + b**2 / (m - 1)
    return sqrt(a + b), (a + b) ** 2 / spread if spread > 0 else n + m - 2


def _anova(arms: Sequence[ArmMean]) -> FloatSpan:
    """The range of P of a one-way analysis of variance."""
    ranges = []
    for place in (0, 1):  # the fewest and the most patients
        sizes = [arm.n[place] for arm in arms]
        between, within = len(arms) - 1, sum(sizes) - len(arms)
        inside = [
            sum((n - 1) * arm.sd[end] ** 2 for n, arm in zip(sizes, arms, strict=True)) / within for end in (0, 1)
        ]
        least, most = _between(arms, sizes)
        ranges.append(float(fdtrc(between, within, most / between / inside[0])) if inside[0] > 0 else 0.0)
        ranges.append(float(fdtrc(between, within, least / between / inside[1])) if inside[1] > 0 else 1.0)
    return min(ranges), max(ranges)


def _between(arms: Sequence[ArmMean], sizes: Sequence[int]) -> FloatSpan:
    """The least and the greatest sum of squares between the arms. It is the least of sum n (mean - c)^2 over c, so the
    least has the means as near to one c as their rounding allows."""

    def squares(c: float) -> float:
        return sum(n * max(arm.mean[0] - c, 0.0, c - arm.mean[1]) ** 2 for n, arm in zip(sizes, arms, strict=True))

    ends = sorted({end for arm in arms for end in arm.mean})
    low, high = ends[0], ends[-1]
    for _ in range(100):  # the sum is convex in c
        left, right = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, right) if squares(left) <= squares(right) else (left, high)
    greatest = 0.0
    for means in product(*(arm.mean for arm in arms)):
        middle = sum(n * mean for n, mean in zip(sizes, means, strict=True)) / sum(sizes)
        greatest = max(greatest, sum(n * (mean - middle) ** 2 for n, mean in zip(sizes, means, strict=True)))
    return squares((low + high) / 2), greatest
