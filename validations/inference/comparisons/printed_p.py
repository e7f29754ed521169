"""Whether the P values that tests give are what a table prints."""

from collections.abc import Iterable
from math import inf, sqrt

from scipy.special import ndtri  # type: ignore[import-untyped]

from schemas.base.printed import Printed
from validations.statistics.rounding import FloatSpan, covers_twice_rounded
from validations.statistics.tests_of_counts import Counts, p_values_of_counts

FARTHEST_EXACT_Z = 0.5  # of z between the exact and the chi-square test of a large table
LEAST_P = 1e-15  # smaller P values are not told apart
FEWEST_SIMULATIONS = 2000  # the usual number of R: fewer tables are not drawn
SIMULATION_ERRORS = 3  # standard errors of a simulated P value that are allowed


def z_of_p(p: float) -> float:
    """The |z| of a two-sided P value."""
    return float(-ndtri(min(max(p, LEAST_P), 1.0) / 2))


def p_distance(span: FloatSpan, p: Printed) -> float:
    """How many units of z a printed P value lies outside a span of P values; 0 inside."""
    least, most = z_of_p(span[1]), z_of_p(span[0])
    return max(z_of_p(float(p.high)) - most, least - z_of_p(float(p.low)), 0.0)


def prints(span: FloatSpan, p: Printed) -> bool:
    return covers_twice_rounded(*span, p)


def prints_one_sided(span: FloatSpan, p: Printed) -> bool:
    low, high = span[0] / 2, span[1] / 2
    return prints((low, high), p) or prints((1 - high, 1 - low), p)


def p_spans(tables: Iterable[Counts]) -> dict[str, FloatSpan]:
    """The least and greatest P by test over tables that differ in the number of patients."""
    found: dict[str, FloatSpan] = {}
    every = list(tables)
    for counts in every:
        for name, p in p_values_of_counts(counts).items():
            low, high = found.get(name, (inf, -inf))
            found[name] = (min(low, p), max(high, p))
    if len({_sign(counts) for counts in every}) > 1:  # between the two, the arms are equal
        found = {name: (low, 1.0) for name, (low, _) in found.items()}
    return found


def _sign(counts: Counts) -> int:
    """Which of two arms has the greater share in the first category: 1, -1, or 0 for neither and for other tables."""
    if len(counts) != 2 or len(counts[0]) != 2:
        return 0
    (a, c), (b, d) = counts
    return (a * d > b * c) - (a * d < b * c)


def larger_tables(possible: Iterable[Iterable[Iterable[Counts]]]) -> list[Counts]:
    """The tables with more than two arms or categories."""
    every = (counts for alternative in possible for group in alternative for counts in group)
    return list(dict.fromkeys(counts for counts in every if max(len(counts), len(counts[0])) > 2))


def simulated(p: float) -> FloatSpan:
    """The P values that an exact test may print if it draws tables at random, as programs do for larger tables."""
    error = SIMULATION_ERRORS * sqrt(p * (1 - p) / FEWEST_SIMULATIONS) if 0 < p < 1 else 0.0
    return max(0.0, p - error), min(1.0, p + error)


def exact_may_print(counts: Counts, p: Printed) -> bool:
    """Whether the exact test of a table too large for it may give the printed P: it is near the chi-square test."""
    z = z_of_p(p_values_of_counts(counts).get("chi-square test", 1.0))
    return z_of_p(float(p.high)) - FARTHEST_EXACT_Z <= z <= z_of_p(float(p.low)) + FARTHEST_EXACT_Z
