"""Tests of counts and means, and intervals of differences, against scipy, R and by enumeration."""

import shutil
import subprocess
from itertools import product
from math import comb, isclose, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from validations.statistics.differences import conditional_odds_ratio, effects_of_counts, interval_of_counts
from validations.statistics.tests_of_counts import Counts, exact_p_value, p_values_of_counts
from validations.statistics.tests_of_means import ArmMean, p_ranges_of_means

TABLES: list[Counts] = [
    ((12, 34), (20, 31)),
    ((0, 5), (40, 36)),
    ((3, 1), (15, 16)),
    ((21, 21), (19, 19)),
    ((226, 171), (913, 965)),
]
LARGER: list[Counts] = [
    ((4, 2), (20, 14), (8, 2), (5, 3)),
    ((315, 311), (8, 12), (3, 3)),
    ((9, 6), (19, 23), (12, 11)),
    ((5, 9, 2), (15, 11, 18)),
]
MEANS = [((54.2, 9.3, 40), (58.1, 8.9, 42)), ((3.1, 4.0, 12), (4.0, 1.1, 30)), ((-7.5, 9.4, 45), (-11.4, 8.9, 47))]


@pytest.mark.parametrize("counts", TABLES)
def test_two_by_two_tables_as_scipy_tests_them(counts: Counts) -> None:
    found = p_values_of_counts(counts)
    table = np.array(counts)
    assert isclose(found["Fisher's exact test"], stats.fisher_exact(table).pvalue, rel_tol=1e-9)
    assert isclose(found["chi-square test"], stats.chi2_contingency(table, correction=False).pvalue)
    assert isclose(found["chi-square test with Yates's correction"], stats.chi2_contingency(table).pvalue)
    one_sided = min(stats.fisher_exact(table, alternative=way).pvalue for way in ("less", "greater"))
    assert isclose(found["Fisher's exact test (tail doubled)"], min(1, 2 * one_sided), rel_tol=1e-9)
    assert found["mid-P exact test"] < found["Fisher's exact test"]


@pytest.mark.parametrize("counts", TABLES)
def test_the_exact_test_of_larger_tables_is_that_of_fisher_in_small_ones(counts: Counts) -> None:
    exact = exact_p_value(counts)
    assert exact is not None and isclose(exact, stats.fisher_exact(np.array(counts)).pvalue, rel_tol=1e-6)


def ways(column: tuple[int, ...], totals: tuple[int, ...]) -> int:
    product_of = 1
    for chosen, total in zip(column, totals, strict=True):
        product_of *= comb(total, chosen)
    return product_of


def test_the_exact_test_by_enumeration() -> None:
    for first in product(range(4), range(3), range(3)):
        totals = (3, 2, 2)
        counts = tuple((one, total - one) for one, total in zip(first, totals, strict=True))
        drawn = sum(first)
        if drawn in (0, sum(totals)):
            continue
        every = [each for each in product(range(4), range(3), range(3)) if sum(each) == drawn]
        rare = sum(ways(each, totals) for each in every if ways(each, totals) <= ways(first, totals))
        exact = exact_p_value(counts)
        assert exact is not None and isclose(exact, rare / sum(ways(each, totals) for each in every), rel_tol=1e-9)


@pytest.mark.parametrize("counts", [((0, 0), (12, 14)), ((12, 14), (0, 0)), ((0, 0, 0), (3, 4, 5))])
def test_arms_that_cannot_differ_have_a_p_of_1(counts: Counts) -> None:
    assert set(p_values_of_counts(counts).values()) == {1.0}


@pytest.mark.parametrize("counts", [((0, 3), (0, 4)), ((), ()), ((3,), (4,))])
def test_an_arm_without_patients_is_not_tested(counts: Counts) -> None:
    assert p_values_of_counts(counts) == {}


def exact_arm(mean: float, sd: float, n: int) -> ArmMean:
    return ArmMean((mean, mean), (sd, sd), (n, n))


@pytest.mark.parametrize("arms", MEANS)
def test_t_tests_as_scipy_computes_them(arms: tuple[tuple[float, float, int], ...]) -> None:
    found = p_ranges_of_means([exact_arm(*arm) for arm in arms])
    for name, equal in (("pooled t test", True), ("Welch's t test", False)):
        expected = stats.ttest_ind_from_stats(*arms[0], *arms[1], equal_var=equal).pvalue
        assert isclose(found[name][0], expected, rel_tol=1e-9)
        assert isclose(found[name][1], expected, rel_tol=1e-9)


@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=9), min_size=3, max_size=4))
def test_the_analysis_of_variance_of_rounded_numbers_holds_the_true_p(groups: list[list[int]]) -> None:
    arms = [np.array(group, dtype=float) + np.linspace(0, 0.4, len(group)) for group in groups]
    if all(np.ptp(arm) == 0 for arm in arms):
        return
    true = stats.f_oneway(*arms).pvalue
    rounded = []
    for arm in arms:
        mean, sd = round(float(arm.mean()), 1), round(float(arm.std(ddof=1)), 1)
        span = (max(0.0, sd - 0.05), sd + 0.05)
        rounded.append(ArmMean((mean - 0.05, mean + 0.05), span, (len(arm), len(arm))))
    low, high = p_ranges_of_means(rounded)["analysis of variance"]
    assert low - 1e-9 <= true <= high + 1e-9


def test_wald_and_katz_by_their_formulae() -> None:
    low, high = interval_of_counts("RD", "Wald", (66, 94), (43, 93), 0.95) or (0, 0)
    a, c = 66 / 94, 43 / 93
    reach = 1.959963985 * sqrt(a * (1 - a) / 94 + c * (1 - c) / 93)
    assert (low, high) == pytest.approx((a - c - reach, a - c + reach))
    low, high = interval_of_counts("RR", "Katz", (19, 47), (9, 45), 0.95) or (0, 0)
    assert (low, high) == pytest.approx((1.02, 3.99), abs=0.005)
    assert effects_of_counts("RR", (19, 47), (9, 45))[0] == pytest.approx(2.0213, abs=1e-4)


R_SCRIPT = """
show <- function(x) cat(sprintf("%.12g\\n", x))
for (m in list({tables})) {{
  show(fisher.test(m)$p.value); show(suppressWarnings(chisq.test(m, correct = FALSE)$p.value))
}}
show(suppressWarnings(chisq.test(matrix(c(12, 20, 34, 31), 2))$p.value))
f <- fisher.test(matrix(c(12, 20, 34, 31), 2)); show(f$estimate); show(f$conf.int)
"""


def test_r_gives_the_same() -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not there (Debian: r-base-core)")
    tables = [*TABLES, *LARGER]
    columns = (", ".join(str(n) for row in table for n in row) for table in tables)
    matrices = [f"matrix(c({cells}), {len(table)}, byrow = TRUE)" for cells, table in zip(columns, tables, strict=True)]
    script = R_SCRIPT.format(tables=", ".join(matrices))
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=True, timeout=120)
    numbers = [float(line) for line in done.stdout.split()]
    for counts in tables:
        fisher, chi_square, *numbers = numbers
        assert exact_p_value(counts) == pytest.approx(fisher, rel=1e-6)
        assert p_values_of_counts(counts)["chi-square test"] == pytest.approx(chi_square, rel=1e-9)
    yates, odds, low, high = numbers
    assert p_values_of_counts(TABLES[0])["chi-square test with Yates's correction"] == pytest.approx(yates, rel=1e-9)
    assert conditional_odds_ratio((12, 32), (34, 65)) == pytest.approx((odds,), rel=1e-3)
    assert interval_of_counts("OR", "exact", (12, 32), (34, 65), 0.95) == pytest.approx((low, high), rel=1e-3)
