"""No check of ratios calls a true one wrong: estimates and standard errors are made up, what follows from them is
rounded as papers do, and nothing may fire."""

from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from math import erfc, exp, sqrt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validations.inference.estimates import find_estimates, scale_of_measure, symmetric
from validations.inputs.curated import table_from_frame
from validations.registry import all_checks
from validations.runner import run_checks
from validations.statistics.proportions import clopper_pearson, normal_quantile
from validations.tables import Paper, Table

RULES = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN])
MIDDLES, ERRORS = st.floats(-3, 3), st.floats(0.01, 2)
TITLES = ["alder", "birch", "cedar", "dogwood", "elm", "fir", "ginkgo", "hazel"]


def rounded(number: float, decimals: int, rule: str) -> str:
    return f"{Decimal(number).quantize(Decimal(1).scaleb(-decimals), rule):f}"


def p_text(z: float, rule: str) -> str:
    p = erfc(abs(z) / sqrt(2))
    return "<0.001" if p < 0.001 else rounded(p, 3, rule)


def found_in(table: Table) -> list[str]:
    findings, _ = run_checks([item for item in all_checks() if item.family == "EFF"], Paper({table.name: table}))
    return [f"{finding.code} {finding.message}" for finding in findings]


@st.composite
def hazards(draw: st.DrawFn) -> Table:
    level, decimals, rule = draw(st.sampled_from([90, 95, 99])), draw(st.integers(1, 3)), draw(RULES)
    records = []
    for title in TITLES[: draw(st.integers(1, 8))]:
        middle, error = draw(MIDDLES), draw(ERRORS)
        reach = normal_quantile(level / 100) * error
        ratio, low, high = (rounded(exp(value), decimals, rule) for value in (middle, middle - reach, middle + reach))
        numbers = {"hazard_ratio": ratio, "ci_low": low, "ci_high": high, "p": p_text(middle / error, rule)}
        records.append({"outcome": "OS", "characteristic": title, "ci_level": str(level), **numbers})
    return table_from_frame("table2", "hazard_ratios", pd.DataFrame(records, dtype="str"))


@settings(max_examples=100, deadline=None)
@given(hazards())
def test_true_ratios_raise_no_doubt(table: Table) -> None:
    assert found_in(table) == []


@st.composite
def plots(draw: st.DrawFn, measure: str) -> Table:
    """A plot of ratios or differences with z, whose measure is said or not."""
    decimals, rule, said = draw(st.integers(1, 3)), draw(RULES), draw(st.booleans())
    back = exp if measure == "OR" else float
    records = []
    for title in TITLES[: draw(st.integers(1, 8))]:
        middle, error = draw(MIDDLES), draw(ERRORS)
        values = (middle, middle - 1.959963985 * error, middle + 1.959963985 * error)
        numbers = (rounded(back(value), decimals, rule) for value in values)
        record = dict(zip(("estimate", "ci_low", "ci_high"), numbers, strict=True))
        z = rounded(draw(st.sampled_from([abs, float]))(middle / error), 2, rule)
        records.append({"kind": "study", "label": title, "measure": measure * said, "z": z, **record})
    return table_from_frame("fig2", "forest", pd.DataFrame(records, dtype="str"))


@settings(max_examples=80, deadline=None)
@given(st.one_of(plots("OR"), plots("MD")))
def test_true_plots_raise_no_doubt(table: Table) -> None:
    assert found_in(table) == []


@st.composite
def shares(draw: st.DrawFn) -> Table:
    """Proportions with exact intervals, which are skewed, in a plot that does not say that they are proportions."""
    records = []
    for title in TITLES:
        total = draw(st.integers(2, 200))
        events = draw(st.integers(0, total))
        values = (events / total, *clopper_pearson(events, total))
        numbers = (rounded(value, 2, ROUND_HALF_UP) for value in values)
        record = dict(zip(("estimate", "ci_low", "ci_high"), numbers, strict=True))
        records.append({"kind": "study", "label": title, "measure": draw(st.sampled_from(["ES", ""])), **record})
    return table_from_frame("fig2", "forest", pd.DataFrame(records, dtype="str"))


@settings(max_examples=80, deadline=None)
@given(shares())
def test_the_skewed_intervals_of_proportions_raise_no_doubt(table: Table) -> None:
    assert found_in(table) == []


def test_every_ratio_of_two_digits_is_in_the_middle_of_its_interval() -> None:
    frame = pd.DataFrame(
        [
            {
                "outcome": "OS",
                "hazard_ratio": f"{exp(m):.2f}",
                "ci_low": f"{exp(m - e):.2f}",
                "ci_high": f"{exp(m + e):.2f}",
            }
            for m in (step / 17 for step in range(-60, 60))
            for e in (step / 13 for step in range(1, 40))
        ],
        dtype="str",
    )
    table = table_from_frame("table2", "hazard_ratios", frame.assign(characteristic="x"))
    assert all(symmetric(each, "log") for each in find_estimates(table))


@pytest.mark.parametrize(
    ("measure", "scale"),
    [
        ("hazard_ratio", "log"),
        ("OR (95% CI)", "log"),
        ("Odds ratio, M-H", "log"),
        ("RR", "log"),
        ("Std. Mean Difference", "linear"),
        ("SMD", "linear"),
        ("Risk difference", "linear"),
        ("Hedges's g", "linear"),
        ("pfs_median", "neither"),
        ("ES", ""),
        ("", ""),
    ],
)
def test_the_scale_of_a_measure(measure: str, scale: str) -> None:
    assert scale_of_measure(measure) == scale


@pytest.mark.parametrize(
    ("estimate", "low", "high"),
    [("2", "2.5", "1.5"), ("0.02", "0.03", "0.02"), ("1.5", "1.5", "1.4"), ("1.00", "1.00", "1.00")],
)
def test_reversed_and_empty_intervals_are_judged(estimate: str, low: str, high: str) -> None:
    cells = {"label": "A", "measure": "OR", "kind": "study", "estimate": estimate, "ci_low": low, "ci_high": high}
    table = table_from_frame("fig2", "forest", pd.DataFrame([{**cells, "p": "0.412", "z": "0.82"}], dtype="str"))
    assert {finding[:6] for finding in found_in(table)} <= {"EFF001", "EFF002"}
