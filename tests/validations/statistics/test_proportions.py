"""Intervals of a proportion against statsmodels, against published values, and by their own logic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from validations.statistics.proportions import INTERVAL_METHODS, clopper_pearson, wilson, wilson_corrected

CASES = [(0, 1), (1, 1), (0, 42), (42, 42), (1, 27), (9, 40), (50, 100), (66, 168), (3, 7), (999, 1000), (1, 10**6)]
STATSMODELS = {
    "Clopper-Pearson": "beta",
    "Wilson": "wilson",
    "Agresti-Coull": "agresti_coull",
    "Wald": "normal",
    "Jeffreys": "jeffreys",
}


@pytest.mark.parametrize(("name", "theirs"), STATSMODELS.items())
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_as_statsmodels_computes_it(name: str, theirs: str, level: float) -> None:
    for events, total in CASES:
        if name == "Jeffreys" and events in (0, total):
            continue  # statsmodels leaves out Brown's rule for the ends
        low, high = INTERVAL_METHODS[name](events, total, level)
        expected = proportion_confint(events, total, alpha=1 - level, method=theirs)
        assert (max(low, 0), min(high, 1)) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize(
    ("events", "total", "method", "expected"),
    [  # Newcombe 1998, table I: methods 3, 4, 5 and 6
        (81, 263, "Wilson", (0.2553, 0.3662)),
        (15, 148, "Wilson", (0.0624, 0.1605)),
        (0, 20, "Wilson", (0.0, 0.1611)),
        (1, 29, "Wilson", (0.0061, 0.1718)),
        (81, 263, "Wilson with continuity correction", (0.2535, 0.3682)),
        (15, 148, "Wilson with continuity correction", (0.0598, 0.1644)),
        (0, 20, "Wilson with continuity correction", (0.0, 0.2005)),
        (1, 29, "Wilson with continuity correction", (0.0018, 0.1963)),
        (81, 263, "Clopper-Pearson", (0.2527, 0.3676)),
        (0, 20, "Clopper-Pearson", (0.0, 0.1684)),
        (1, 29, "Clopper-Pearson", (0.0009, 0.1776)),
        (81, 263, "mid-P", (0.2544, 0.3658)),
        (15, 148, "mid-P", (0.0601, 0.1581)),
        (0, 20, "mid-P", (0.0, 0.1391)),
        (1, 29, "mid-P", (0.0017, 0.1585)),
        (81, 263, "Wald", (0.2522, 0.3638)),
        (81, 263, "Wald with continuity correction", (0.2503, 0.3657)),
        (1, 29, "Wald", (-0.0319, 0.1009)),
    ],
)
def test_as_newcombe_printed_it(events: int, total: int, method: str, expected: tuple[float, float]) -> None:
    assert INTERVAL_METHODS[method](events, total, 0.95) == pytest.approx(expected, abs=0.00005)


@pytest.mark.parametrize("method", INTERVAL_METHODS.values(), ids=INTERVAL_METHODS)
@given(total=st.integers(1, 500), share=st.floats(0, 1), level=st.sampled_from([0.8, 0.95, 0.99]))
def test_mirrored_and_around_the_estimate(method, total: int, share: float, level: float) -> None:  # noqa: ANN001
    events = round(share * total)
    low, high = method(events, total, level)
    mirrored = method(total - events, total, level)
    assert method is INTERVAL_METHODS["log"] or (1 - high, 1 - low) == pytest.approx(mirrored, abs=1e-9)
    inside = 0 < events < total or method is clopper_pearson
    assert not inside or low <= events / total <= high
    assert low < high or events in (0, total)


def test_corrected_is_wider() -> None:
    for events, total in CASES:
        (low, high), (wider_low, wider_high) = wilson(events, total), wilson_corrected(events, total)
        assert wider_low <= low + 1e-12 and high <= wider_high + 1e-12


@pytest.mark.parametrize("method", INTERVAL_METHODS.values(), ids=INTERVAL_METHODS)
@pytest.mark.parametrize(("events", "total"), [(-1, 5), (6, 5), (0, 0)])
def test_what_is_no_proportion_is_an_error(method, events: int, total: int) -> None:  # noqa: ANN001
    with pytest.raises(ValueError, match="expected"):
        method(events, total, 0.95)


def test_a_level_of_one_is_an_error() -> None:
    with pytest.raises(ValueError, match="level"):
        wilson(1, 2, 1.0)
