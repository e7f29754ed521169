"""P values of the tests that compare counts between arms, by the name of the test.

A table of counts is a tuple of rows: a row for each category, a number for each arm. Two-sided P values; that of a
one-sided test is half of them.

The chi-square tests are those of scipy, which the tests compare; scipy takes twenty times as long for a small table.

Sources: Yates, Suppl J R Stat Soc 1934;1:217. Lancaster, JASA 1961;56:223 (mid-P). Campbell, Stat Med 2007;26:3661 (the
N - 1 chi-square). Mantel, JASA 1963;58:690 (trend). Freeman and Halton, Biometrika 1951;38:141 (exact test of a larger
table).
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from math import prod, sqrt

import numpy as np
from scipy.special import chdtrc, gammaln, ndtr, xlogy  # type: ignore[import-untyped]

from validations.statistics.effects import arms_from_totals, odds_ratio, risk_ratio
from validations.statistics.rounding import FLOAT_ERROR

Counts = tuple[tuple[int, ...], ...]
"""A row for each category, a number for each arm."""

MOST_EXACT_TABLES = 400_000  # of which an exact test of a larger table adds up the probabilities: a tenth of a second
MOST_RANKED = 5_000  # patients whose categories are ranked: a rank test of more takes too long
FEWEST_ORDERED = 3  # categories that can have an order


@lru_cache(maxsize=16384)
def p_values_of_counts(counts: Counts) -> dict[str, float]:
    """The P values of the counts by test; 1 for all tests where the arms cannot differ, as no patient or every patient
    is in one category; empty with fewer than two arms of one patient or more."""
    table = np.array([row for row in counts if any(row)], dtype=float)
    if table.size == 0 or table.shape[1] < 2 or not table.sum(axis=0).all():
        return {}
    if len(table) == 1:
        return dict.fromkeys(_CHI_SQUARE_NAMES, 1.0)
    found = dict(_chi_square(table))
    if table.shape == (2, 2):
        found |= dict(_of_two_by_two(table))
    return found


@lru_cache(maxsize=4096)
def p_values_of_ordered(counts: Counts) -> dict[str, float]:
    """The P values of tests that take the categories as ordered, of ranks and of trend; empty with fewer than three."""
    table = np.array([row for row in counts if any(row)], dtype=float)
    ordered = len(table) >= FEWEST_ORDERED and table.sum(axis=0).all()
    return dict(_of_ordered(table)) if ordered else {}


TESTS_OF_COUNTS = (
    *("chi-square test", "Fisher's exact test", "chi-square test with Yates's correction", "likelihood ratio test"),
    *("mid-P exact test", "z test of the difference", "N - 1 chi-square test"),
)
"""The usual tests, the most usual first."""
_CHI_SQUARE_NAMES = ("chi-square test", "Fisher's exact test")


def _chi_square(table: np.ndarray) -> Iterator[tuple[str, float]]:
    total = float(table.sum())
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    freedom = (table.shape[0] - 1) * (table.shape[1] - 1)
    pearson = float(((table - expected) ** 2 / expected).sum())
    yield "chi-square test", float(chdtrc(freedom, pearson))
    yield "N - 1 chi-square test", float(chdtrc(freedom, pearson * (total - 1) / total))
    yield "likelihood ratio test", float(chdtrc(freedom, max(0.0, 2 * float(xlogy(table, table / expected).sum()))))
    if table.shape == (2, 2):
        yates = float((np.maximum(np.abs(table - expected) - 0.5, 0) ** 2 / expected).sum())
        yield "chi-square test with Yates's correction", float(chdtrc(freedom, yates))


def _of_two_by_two(table: np.ndarray) -> Iterator[tuple[str, float]]:
    (a, c), (b, d) = ((int(x), int(y)) for x, y in table)
    n, m = a + b, c + d
    support = np.arange(max(0, a + c - m), min(a + c, n) + 1)
    ways = -sum(gammaln(cell + 1) for cell in (support, n - support, a + c - support, m - a - c + support))
    probability = np.exp(ways - ways.max())
    probability /= probability.sum()
    observed = probability[a - support[0]]
    fisher = float(probability[probability <= observed * (1 + 1e-7)].sum())
    lower, upper = float(probability[: a - support[0] + 1].sum()), float(probability[a - support[0] :].sum())
    yield "Fisher's exact test", min(1.0, fisher)
    yield "Fisher's exact test (tail doubled)", min(1.0, 2 * min(lower, upper))
    yield "mid-P exact test", float(fisher - observed / 2)
    yield "mid-P exact test (tail doubled)", min(1.0, 2 * min(lower, upper) - float(observed))
    yield "chi-square test with Yates's correction beyond zero", _yates_beyond_zero(a, b, c, d)
    spread = sqrt(a * b / n**3 + c * d / m**3)
    if spread > FLOAT_ERROR:
        yield "z test of the difference", float(2 * ndtr(-abs(a / n - c / m) / spread))
    arms = arms_from_totals(*map(np.asarray, (float(a), float(n), float(c), float(m))))
    for name, measure in (("Wald test of the odds ratio", odds_ratio), ("Wald test of the risk ratio", risk_ratio)):
        effect, variance = measure(arms)
        if float(variance) > FLOAT_ERROR:
            yield name, float(2 * ndtr(-abs(float(effect)) / sqrt(float(variance))))


def _yates_beyond_zero(a: int, b: int, c: int, d: int) -> float:
    """P by Yates's formula in its short form, which also corrects a difference smaller than the correction."""
    total = a + b + c + d
    margins = float(a + b) * (c + d) * (a + c) * (b + d)
    return float(chdtrc(1, total * (abs(a * d - b * c) - total / 2) ** 2 / margins))


@lru_cache(maxsize=1024)
def exact_p_value(counts: Counts) -> float | None:
    """P of Freeman and Halton's exact test, where the table has two arms or two categories; None where it has neither,
    or more possible tables than can be added up."""
    table = np.array([row for row in counts if any(row)], dtype=int)
    wide = table if table.ndim == 2 and table.shape[1] == 2 else table.T
    if wide.ndim != 2 or wide.shape[1] != 2 or len(wide) < 2:
        return None
    wide = wide[np.argsort(wide.sum(axis=1))]
    totals, first = wide.sum(axis=1), wide[:, 0]
    drawn = int(first.sum())
    if prod(int(total) + 1 for total in totals[:-1]) > MOST_EXACT_TABLES:
        return None
    sides = np.meshgrid(*(np.arange(total + 1) for total in totals[:-1]), indexing="ij")
    grid = np.stack([side.ravel() for side in sides])
    last = drawn - grid.sum(axis=0)
    possible = (last >= 0) & (last <= totals[-1])
    tables = np.vstack([grid[:, possible], last[possible]])

    def log_ways(chosen: np.ndarray) -> np.ndarray:
        rest = totals.reshape(-1, *[1] * (chosen.ndim - 1)) - chosen
        return -(gammaln(chosen + 1) + gammaln(rest + 1)).sum(axis=0)  # type: ignore[no-any-return]

    ways = log_ways(tables)
    chances = np.exp(ways - ways.max())
    as_rare = ways <= log_ways(first) + 1e-7
    return float(chances[as_rare].sum() / chances.sum())


def _of_ordered(table: np.ndarray) -> Iterator[tuple[str, float]]:
    from scipy.stats import kruskal, mannwhitneyu  # type: ignore[import-untyped]

    total = int(table.sum())
    if total > MOST_RANKED:
        return
    scores = np.arange(len(table))
    groups = [np.repeat(scores, column.astype(int)) for column in table.T]
    if len(groups) == 2:
        for corrected in (True, False):
            p = mannwhitneyu(*groups, use_continuity=corrected, method="asymptotic").pvalue
            yield f"Mann-Whitney test with{'' if corrected else 'out'} correction", float(p)
        x, y = np.concatenate(groups), np.repeat([0, 1], [len(group) for group in groups])
        r = float(np.corrcoef(x, y)[0, 1])
        yield "test of trend", float(chdtrc(1, (total - 1) * r * r))
    else:
        yield "Kruskal-Wallis test", float(kruskal(*groups).pvalue)


def tables_of(possible: tuple[tuple[tuple[int, int], ...], ...]) -> Iterator[Counts]:
    """The tables of one category and its complement: for each arm one of its possible pairs of count and total."""
    for pairs in product(*possible):
        yield tuple(n for n, _ in pairs), tuple(total - n for n, total in pairs)
