"""P values of test statistics with their degrees of freedom, as ranges: they hold every P value that the unrounded
statistic can give."""

import re
from itertools import product
from math import sqrt
from typing import NamedTuple

from scipy.special import chdtrc, fdtrc, ndtr, stdtr  # type: ignore[import-untyped]

from schemas.base.printed import Printed, parse_printed
from validations.statistics.rounding import FloatSpan, float_span

_PRINTED = re.compile(
    r"(?P<name>χ\s?2|χ²|[Cc]hi[-\s]?(?:2|²|squared?)|rs|(?<![A-Za-z])[tFHrz])"
    r"\s?\(?\s?(?:(?P<n>n\s?=\s?\d+)|(?P<df>\d+(?:\.\d+)?(?:\s?,\s?\d+(?:\.\d+)?)?))?(?:\s?[,;]\s?N\s?=\s?\d+)?\)?"
)
_FREEDOMS = {"t": 1, "F": 2, "χ2": 1, "H": 1, "r": 1, "rs": 1, "z": 0}  # degrees of freedom of each statistic
LEAST_FREEDOM = 0.5  # of a printed "1" that may be corrected for sphericity


class Statistic(NamedTuple):
    """A test statistic: its `name` (t, F, χ2, H, r, rs, z), and its degrees of freedom. `sized`: of a correlation, the
    number of pairs is printed instead."""

    name: str
    freedoms: tuple[Printed, ...]
    sized: bool = False

    def __str__(self) -> str:
        inside = ", ".join(each.text for each in self.freedoms)
        return f"{self.name}({'n = ' * self.sized}{inside})" if inside else self.name


def parse_statistic(text: str) -> Statistic | None:
    """The statistic that a text names with its degrees of freedom, "F(2, 53)", "ANOVA F2,22"; None without them."""
    match = _PRINTED.search(text)
    if match is None:
        return None
    name = match["name"] if match["name"] in _FREEDOMS else "χ2"
    printed = re.findall(r"\d+(?:\.\d+)?", match["n"] or match["df"] or "")
    freedoms = tuple(parse_printed(number) for number in printed)
    positive = all(each.value > 0 for each in freedoms)
    return Statistic(name, freedoms, bool(match["n"])) if len(freedoms) == _FREEDOMS[name] and positive else None


def p_range_of_statistic(statistic: Statistic, value: Printed, *, cut: bool = False) -> FloatSpan | None:
    """The least and greatest two-sided P value of a statistic; None where the statistic cannot have this value. `cut`:
    its digits may be cut instead of rounded."""
    low, high = float_span(value)
    least, most = (0.0 if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))
    if (
        value.comparator
        or (statistic.name in ("F", "χ2", "H") and high < 0)
        or (statistic.name[0] == "r" and least > 1)
    ):
        return None
    most += 0.5 * 10.0**-value.decimals if cut else 0.0
    spans = [_freedom_span(each) for each in statistic.freedoms]
    if statistic.name[0] == "r":
        spans = [(n - 2, n - 2) if statistic.sized else (max(n - 2, LEAST_FREEDOM), n) for _, n in spans]
        if spans[0][1] <= 0:
            return None
    found = [_p_of(statistic.name, each, *freedoms) for each in (least, most) for freedoms in product(*spans)]
    return min(found), max(found)


def p_range_by_sphericity(statistic: Statistic, value: Printed) -> FloatSpan | None:
    """The P values of an F test of repeated measures, with every correction for sphericity, whose degrees of freedom
    may be printed without the correction; None for other tests."""
    whole = p_range_of_statistic(statistic, value)
    if statistic.name != "F" or whole is None or statistic.freedoms[0].value <= 1:
        return None
    first, second = (float(each.value) for each in statistic.freedoms)
    corrected = [float(fdtrc(1, second / first, abs(each))) for each in float_span(value)]
    return min(*whole, *corrected), max(*whole, *corrected)


def _freedom_span(printed: Printed) -> FloatSpan:
    """Whole degrees of freedom are exact; those of Welch and of corrections are rounded."""
    value = float(printed.value)
    return float_span(printed) if printed.decimals else (value, value)


def _p_of(name: str, value: float, *freedoms: float) -> float:
    match name:
        case "t":
            return float(2 * stdtr(freedoms[0], -value))
        case "F":
            return float(fdtrc(*freedoms, value))
        case "χ2" | "H":
            return float(chdtrc(freedoms[0], value))
        case "z":
            return float(2 * ndtr(-value))
    if value >= 1:
        return 0.0
    return float(2 * stdtr(freedoms[0], -value * sqrt(freedoms[0] / (1 - value**2))))
