"""P values of test statistics, against scipy's distributions."""

from collections.abc import Callable

import pytest
from scipy import stats

from schemas.base.printed import parse_printed
from validations.statistics.tests_by_statistic import p_range_by_sphericity, p_range_of_statistic, parse_statistic


@pytest.mark.parametrize(
    ("named", "value", "p"),
    [
        ("t(28)", "2.20", lambda x: 2 * stats.t.sf(abs(x), 28)),
        ("t(28)", "-2.20", lambda x: 2 * stats.t.sf(abs(x), 28)),
        ("F(2, 53)", "3.25", lambda x: stats.f.sf(x, 2, 53)),
        ("ANOVA F2,22", "0.55", lambda x: stats.f.sf(x, 2, 22)),
        ("χ2(3)", "7.2", lambda x: stats.chi2.sf(x, 3)),
        ("Chi-square (1, N = 50)", "4.2", lambda x: stats.chi2.sf(x, 1)),
        ("H(2)", "7.1", lambda x: stats.chi2.sf(x, 2)),
        ("z", "-2.35", lambda x: 2 * stats.norm.sf(abs(x))),
        ("r(n = 28)", ".45", lambda x: 2 * stats.t.sf(abs(x) * (26 / (1 - x * x)) ** 0.5, 26)),
    ],
)
def test_the_range_ends_at_the_ends_of_the_rounding_interval(
    named: str, value: str, p: Callable[[float], float]
) -> None:
    statistic, printed = parse_statistic(named), parse_printed(value)
    assert statistic is not None
    span = p_range_of_statistic(statistic, printed)
    assert span == pytest.approx(sorted((p(float(printed.low)), p(float(printed.high)))), rel=1e-9)


def test_a_statistic_that_may_be_zero_gives_p_of_one() -> None:
    for named in ("t(28)", "z", "r(26)", "F(1, 40)", "χ2(1)"):
        statistic = parse_statistic(named)
        assert statistic is not None
        span = p_range_of_statistic(statistic, parse_printed("0.0"))
        assert span is not None and span[1] == pytest.approx(1)


def test_decimal_degrees_of_freedom_are_rounded() -> None:
    statistic, whole = parse_statistic("t(27.4)"), parse_statistic("t(27)")
    assert statistic is not None and whole is not None
    low, high = p_range_of_statistic(statistic, parse_printed("2.20")) or (1, 0)
    assert low < 2 * stats.t.sf(2.205, 27.4) < 2 * stats.t.sf(2.195, 27.4) < high


def test_a_correlation_may_print_its_pairs_or_its_degrees_of_freedom() -> None:
    statistic = parse_statistic("r(26)")
    assert statistic is not None
    low, high = p_range_of_statistic(statistic, parse_printed("0.45")) or (1, 0)
    for freedom in (24, 26):
        assert low <= 2 * stats.t.sf(0.45 * (freedom / (1 - 0.45**2)) ** 0.5, freedom) <= high


def test_a_correction_for_sphericity_raises_p_at_most_to_one_degree_of_freedom() -> None:
    statistic, between = parse_statistic("F(4, 80)"), parse_statistic("F(1, 80)")
    assert statistic is not None and between is not None
    low, high = p_range_by_sphericity(statistic, parse_printed("3.20")) or (1, 0)
    assert low == pytest.approx(stats.f.sf(3.205, 4, 80)) and high == pytest.approx(stats.f.sf(3.195, 1, 20))
    assert p_range_by_sphericity(between, parse_printed("3.20")) is None


@pytest.mark.parametrize("named", ["t", "F(2)", "χ2", "ANOVA", "Friedman", "t(0)", "F(0, 20)", "", "rash", "log-rank"])
def test_other_texts_name_no_whole_statistic(named: str) -> None:
    assert parse_statistic(named) is None


@pytest.mark.parametrize(
    ("named", "value"), [("F(2, 53)", "-3.2"), ("χ2(1)", "<1"), ("r(26)", "1.45"), ("r(n = 2)", ".5")]
)
def test_values_that_a_statistic_cannot_have_give_no_p(named: str, value: str) -> None:
    statistic = parse_statistic(named)
    assert statistic is not None and p_range_of_statistic(statistic, parse_printed(value)) is None
