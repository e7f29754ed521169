"""Conversions against the worked examples of their sources, against metafor, and within their bounds."""

import shutil
import subprocess
from decimal import ROUND_HALF_EVEN, Decimal
from math import exp, log, nan, sqrt
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schemas.base.printed import parse_printed
from validations.statistics.conversions.intervals import (
    error_of_interval,
    log_of_ratio,
    sd_of_error,
    sd_of_interval,
    variance_of_error,
)
from validations.statistics.conversions.quantile_fits import fit_quantiles, mean_and_sd_of_fit
from validations.statistics.conversions.quantiles import FiveNumbers, mean_of_quantiles, sd_of_quantiles
from validations.statistics.conversions.receipts import Bounds, Converted, convert, exactly
from validations.statistics.conversions.survival import error_of_log_hazard_ratio, log_hazard_ratio
from validations.statistics.conversions.times import weeks_of
from validations.statistics.rounding import float_span

HERE = Path(__file__).parent
# (least, lower quartile, median, upper quartile, greatest) of n: the examples of the manual of metafor's conv.fivenum,
# with the mean and SD by the equations that it names; nan where it finds the values skewed.
FIVE_NUMBERS = {
    (2, None, 6, None, 14, 20): (6.5944677601, 3.2115759674),
    (None, 4, 6, 10, None, 20): (6.7195, 4.7870760434),
    (2, 4, 6, 10, 14, 20): (6.9388412499, 3.6794350446),
    (2, 4, 6, 14, 20, 20): (nan, nan),
}
# Ratio and interval -> log ratio and variance, from the manual of metafor's conv.wald: to the digits printed there.
WALD = {(0.64, 0.33, 1.22): (-0.4463, 0.1113)}


def printed(text: str) -> Bounds:
    number = parse_printed(text)
    low, high = float_span(number)
    return low, float(number.value), high


def five(
    least: float | None, q1: float | None, median: float, q3: float | None, most: float | None, n: int
) -> FiveNumbers:
    return FiveNumbers(n, *(None if value is None else exactly(value) for value in (least, q1, median, q3, most)))


def value(found: Converted | None) -> float:
    return nan if found is None else found.value


@pytest.mark.parametrize("numbers", FIVE_NUMBERS)
def test_mean_and_sd_of_five_numbers(numbers: tuple[float | None, ...]) -> None:
    summary = five(*numbers)  # type: ignore[arg-type]
    found = (value(mean_of_quantiles(summary)), value(sd_of_quantiles(summary)))
    assert found == pytest.approx(FIVE_NUMBERS[numbers], abs=1e-9, nan_ok=True)
    assert bool(summary.why_not) == (found[0] != found[0])


@pytest.mark.parametrize(("n", "xi"), [(10, 3.078), (20, 3.735), (30, 4.086), (40, 4.322), (50, 4.498)])
def test_the_range_in_standard_deviations_is_that_of_wans_table(n: int, xi: float) -> None:
    """Table 1 of Wan 2014 has the exact values, which the formula in use approximates to half a percent."""
    found = sd_of_quantiles(FiveNumbers(n, exactly(0), None, None, None, exactly(1)))
    assert found is not None
    assert 1 / found.value == pytest.approx(xi, rel=6e-3)


def test_the_quantile_fit_is_that_of_its_authors_package() -> None:
    """The example of the package estmeansd of McGrath and others: least 2, median 4, greatest 9 of 100 values."""
    fitted = mean_and_sd_of_fit(five(2, None, 4, None, 9, 100))
    assert fitted is not None
    assert (fitted[0].value, fitted[1].value) == pytest.approx((4.347284, 1.502171), abs=2e-5)
    assert fitted[0].formula.startswith("log-normal distribution")


@pytest.mark.parametrize("name", ["normal", "log-normal", "gamma", "Weibull"])
def test_quantiles_of_a_distribution_are_fitted_by_it(name: str) -> None:
    from scipy import stats

    made = {
        "normal": stats.norm(50, 4),
        "log-normal": stats.lognorm(0.7, scale=9),
        "gamma": stats.gamma(1.6, scale=5),
        "Weibull": stats.weibull_min(3.4, scale=8),
    }[name]
    values = tuple(float(made.ppf(share)) for share in (0.01, 0.25, 0.5, 0.75, 0.99))
    assert fit_quantiles(values, "quartiles_range", 100) == (
        name,
        pytest.approx(made.mean(), rel=1e-3),
        pytest.approx(made.std(), rel=1e-3),
    )


def test_quantiles_at_or_below_zero_are_fitted_by_the_normal_distribution() -> None:
    assert fit_quantiles((-3.0, 1.0, 4.0), "quartiles", 40)[0] == "normal"


@pytest.mark.parametrize("numbers", WALD)
def test_error_of_a_ratio_from_its_interval(numbers: tuple[float, float, float]) -> None:
    ratio, low, high = map(exactly, numbers)
    error = error_of_interval(low, high, 0.95, ratio=True)
    assert error is not None
    found = value(log_of_ratio(ratio, "or")), value(variance_of_error(exactly(error.value), "ci"))
    assert tuple(round(each, 4) for each in found) == WALD[numbers]


def test_sd_of_the_handbooks_intervals() -> None:
    """Handbook 6.5.2.2: 3.92 standard errors in large samples; 4.128 in one of 25, as tinv(0.05, 24) is 2.064."""
    large = sd_of_interval(exactly(30), exactly(34), 400, 0.95)
    small = sd_of_interval(exactly(30), exactly(34), 25, 0.95)
    assert value(large) == pytest.approx(20 * 4 / 3.92, rel=1e-4)
    assert value(small) == pytest.approx(5 * 4 / 4.128, rel=1e-4)
    assert small is not None
    assert small.formula == "sqrt(25) * (ci_high - ci_low) / (2 * 2.0639), t distribution with 24 df"
    assert value(sd_of_error(exactly(1.5), 36)) == 9


def test_hazard_ratio_of_observed_and_expected_events() -> None:
    """A log-rank test with 15 events where 21.4 were expected, V = 9.1: HR exp(-6.4 / 9.1), error 1 / sqrt(9.1)."""
    assert exp(value(log_hazard_ratio(exactly(15 - 21.4), exactly(9.1)))) == pytest.approx(0.4949, abs=1e-4)
    assert value(error_of_log_hazard_ratio(exactly(9.1))) == pytest.approx(0.3315, abs=1e-4)
    assert error_of_log_hazard_ratio((0.0, 0.0, 0.05)) is None


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("12 weeks", 12.0),
        ("3-month follow-up", 3 * 365.25 / 84),
        ("Follow-up (24 months)", 24 * 365.25 / 84),
        ("Postop 1st mo", None),
        ("6 mo", 6 * 365.25 / 84),
        ("2 years", 2 * 365.25 / 7),
        ("14 days", 2.0),
        ("0-3 months", None),
        ("Baseline to 12 m", 12 * 365.25 / 84),
        ("baseline", None),
        ("3 and 6 months", 6 * 365.25 / 84),
        ("Period 1 2004 to 2006", None),
    ],
)
def test_weeks_of_a_time_point(text: str, weeks: float | None) -> None:
    found = weeks_of(text)
    assert (found and found.value) == (None if weeks is None else pytest.approx(weeks))


DECIMALS = st.integers(0, 3)
NUMBERS = st.floats(0.01, 200, allow_nan=False)


def rounded(number: float, decimals: int) -> Bounds:
    """The number as print shows it, with the bounds that print leaves."""
    return printed(str(Decimal(repr(number)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)))


def holds(found: Converted | None, true: float) -> bool:
    return found is None or found.low - 1e-9 * abs(true) <= true <= found.high + 1e-9 * abs(true)


@given(NUMBERS, st.floats(0.01, 3), DECIMALS, st.sampled_from([0.9, 0.95, 0.99]))
def test_the_true_error_of_a_ratio_lies_in_the_bounds(ratio: float, error: float, decimals: int, level: float) -> None:
    reach = {0.9: 1.6448536269514722, 0.95: 1.959963984540054, 0.99: 2.5758293035489004}[level]
    low, high = ratio * exp(-reach * error), ratio * exp(reach * error)
    assume(high < 1e6)
    found = error_of_interval(rounded(low, decimals), rounded(high, decimals), level, ratio=True)
    assert holds(found, error)
    assert found is None or holds(variance_of_error((found.low, found.value, found.high), "ci"), error**2)
    assert holds(log_of_ratio(rounded(ratio, decimals), "hr"), log(ratio))


@given(st.floats(-50, 50), st.floats(0.01, 20), st.integers(2, 300), DECIMALS)
def test_the_true_sd_lies_in_the_bounds(mean: float, sd: float, n: int, decimals: int) -> None:
    wide = sd_of_interval(exactly(-1.0), exactly(1.0), n, 0.95)
    assert wide is not None
    half = sd / wide.value
    assert holds(sd_of_interval(rounded(mean - half, decimals), rounded(mean + half, decimals), n, 0.95), sd)
    assert holds(sd_of_error(rounded(sd / sqrt(n), decimals), n), sd)


@given(st.lists(NUMBERS, min_size=5, max_size=5, unique=True), st.integers(5, 400), DECIMALS)
def test_what_unrounded_quantiles_give_lies_in_the_bounds(values: list[float], n: int, decimals: int) -> None:
    true = FiveNumbers(n, *map(exactly, sorted(values)))
    as_printed = FiveNumbers(n, *(rounded(each, decimals) for each in sorted(values)))
    for function in (mean_of_quantiles, sd_of_quantiles):
        exact = function(true)
        assert exact is None or holds(function(as_printed), exact.value)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.floats(2, 90), min_size=3, max_size=3, unique=True), st.integers(5, 400), st.integers(1, 2))
def test_what_the_fit_of_unrounded_quantiles_gives_lies_in_the_bounds(
    values: list[float], n: int, decimals: int
) -> None:
    low, median, high = sorted(values)
    assume(high - low > 1 and low + 0.2 < median < high - 0.2)
    exact = mean_and_sd_of_fit(five(None, low, median, high, None, n))
    about = [rounded(each, decimals) for each in (low, median, high)]
    found = mean_and_sd_of_fit(FiveNumbers(n, None, *about, None))
    assert exact is not None
    assert found is not None
    for true, each in zip(exact, found, strict=True):
        assert each.low * (1 - 1e-4) <= true.value <= each.high * (1 + 1e-4)


@given(st.floats(-30, 30), st.floats(0.5, 60), DECIMALS)
def test_the_true_log_hazard_ratio_lies_in_the_bounds(excess: float, variance: float, decimals: int) -> None:
    found = log_hazard_ratio(rounded(excess, decimals), rounded(variance, decimals))
    assert holds(found, excess / variance)
    assert holds(error_of_log_hazard_ratio(rounded(variance, decimals)), 1 / sqrt(variance))


def test_a_conversion_without_a_finite_value_is_none() -> None:
    assert convert("se", "1 / se", lambda se: 1 / se, (0.0, 0.4, 0.5)) is None
    assert log_of_ratio((-0.004, 0.0, 0.005), "hr") is None


def test_metafor_gives_the_same() -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("Rscript is not there (Debian: r-base-core)")
    has = "q(status = !(requireNamespace('metafor', quietly = TRUE) && packageVersion('metafor') >= '4.0.0'))"
    if subprocess.run([rscript, "-e", has], capture_output=True).returncode:
        pytest.skip("conv.wald and conv.fivenum came with metafor 4; Debian 12 has 3.8")
    done = subprocess.run([rscript, HERE / "conv.R"], check=True, capture_output=True, text=True, timeout=120)
    lines = [tuple(map(float, line.replace("NA", "nan").split())) for line in done.stdout.splitlines()]
    ratios = [(0.64, 0.33, 1.22), (1.37, 1.03, 1.82), (1.89, 1.60, 2.23)]
    ours = []
    for ratio, low, high in ratios:
        error = error_of_interval(exactly(low), exactly(high), 0.95, ratio=True)
        ours.append((log(ratio), value(error) ** 2))
    assert lines == [pytest.approx(each, abs=1e-8, nan_ok=True) for each in (*ours, *FIVE_NUMBERS.values())]
