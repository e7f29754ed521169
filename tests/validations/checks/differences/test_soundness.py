"""No check of differences calls a true one wrong: arms are made up, what follows from them is rounded as papers do, and
nothing may fire. A seeded error is caught."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.validations.checks.p_values.test_soundness import rounded
from validations.inference.comparisons.differences import measures_named
from validations.inputs.curated import table_from_frame
from validations.registry import all_checks
from validations.runner import run_checks
from validations.statistics.differences import (
    MEASURES_OF_COUNTS,
    effects_of_counts,
    interval_methods,
    interval_of_counts,
)
from validations.tables import Paper, Table

RULES = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])
ARMS = ("Drug", "Placebo")
NAMES = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel"]
GREATEST_PRINTED = 1e6
Record = dict[str, str]


def table_of(records: list[Record]) -> Table:
    return table_from_frame("table2", "results", pd.DataFrame(records, dtype="str").fillna(""))


def findings_in(table: Table) -> list[str]:
    checks = [item for item in all_checks() if item.family == "DIF"]
    return [f"{each.code} row {each.row}: {each.message}" for each in run_checks(checks, Paper({table.name: table}))[0]]


@st.composite
def tables_of_counts(draw: st.DrawFn) -> Table:
    """Effects with intervals by one method, of the first arm or of the second, in percent or as fractions."""
    measure, rule = draw(st.sampled_from(MEASURES_OF_COUNTS)), draw(RULES)
    method = draw(st.sampled_from(interval_methods(measure) + interval_methods(measure, slow=True)))
    decimals, factor = draw(st.sampled_from([(1, 100), (2, 1)] if measure == "RD" else [(2, 1), (1, 1)]))
    turned, records = draw(st.booleans()), list[Record]()
    for row, name in enumerate(NAMES[: draw(st.integers(1, 8))], start=1):
        totals = [draw(st.integers(5, 300)) for _ in ARMS]
        pairs = [(draw(st.integers(0, total)), total) for total in totals]
        one, other = pairs[::-1] if turned else pairs
        effects = effects_of_counts(measure, one, other)
        interval = interval_of_counts(measure, method, one, other, 0.95)
        if not effects or interval is None or max(map(abs, (*interval, effects[0]))) > GREATEST_PRINTED:
            continue
        for column, (arm, (n, total)) in enumerate(zip(ARMS, pairs, strict=True), start=2):
            place = {"row": str(row), "cell": str(column), "outcome": name, "arm": arm}
            records.append({**place, "statistic": "count", "n": str(n), "total": str(total)})
        texts = [rounded(factor * value, decimals, rule) for value in (effects[0], *interval)]
        numbers = dict(zip(("estimate", "ci_low", "ci_high"), texts, strict=True))
        place = {"row": str(row), "cell": "4", "outcome": name, "arm": ARMS[0], "versus": ARMS[1]}
        records.append({**place, "statistic": "effect", "measure": measure, **numbers})
    return table_of(records or [{"row": "1", "cell": "2", "outcome": "none", "statistic": "count"}])


@settings(max_examples=60, deadline=None)
@given(tables_of_counts())
def test_true_effects_of_counts_raise_no_doubt(table: Table) -> None:
    assert findings_in(table) == []


@st.composite
def tables_of_means(draw: st.DrawFn) -> Table:
    """Means before and after with their changes, and the difference of the arms."""
    decimals, rule = draw(st.integers(0, 2)), draw(RULES)
    turned, changed, records = draw(st.booleans()), draw(st.booleans()), list[Record]()
    for row, name in enumerate(NAMES[: draw(st.integers(1, 8))], start=1):
        after = []
        for place, arm in enumerate(ARMS):
            start, end = draw(st.floats(-90, 90)), draw(st.floats(-90, 90))
            change = (start - end) if changed else (end - start)
            after.append(end)
            values = (("baseline", start), ("week 8", end), ("change", change))
            for column, (timepoint, value) in enumerate(values, start=2 + 3 * place):
                cells = {"row": str(row), "cell": str(column), "outcome": name, "arm": arm, "arm_n": "40"}
                mean = rounded(value, decimals, rule)
                records.append({**cells, "timepoint": timepoint, "statistic": "mean", "mean": mean})
        difference = rounded((after[1] - after[0]) if turned else (after[0] - after[1]), decimals, rule)
        cells = {"row": str(row), "cell": "8", "outcome": name, "arm": ARMS[0], "versus": ARMS[1]}
        more = {"statistic": "difference", "measure": "MD", "timepoint": "week 8", "estimate": difference}
        records.append({**cells, **more})
    return table_of(records)


@settings(max_examples=60, deadline=None)
@given(tables_of_means())
def test_true_differences_and_changes_raise_no_doubt(table: Table) -> None:
    assert findings_in(table) == []


def four_rows(**altered: str) -> Table:
    """Risk differences in percent with Wald's intervals; `altered`: cells of the fourth row."""
    records = list[Record]()
    counts = [
        ((86, 94), (82, 93)),
        ((83, 94), (75, 93)),
        ((66, 94), (43, 93)),
        ((12, 94), (28, 93)),
        ((9, 94), (12, 93)),
    ]
    for row, pairs in enumerate(counts, start=1):
        for column, (arm, (n, total)) in enumerate(zip(ARMS, pairs, strict=True), start=2):
            place = {"row": str(row), "cell": str(column), "outcome": NAMES[row], "arm": arm}
            records.append({**place, "statistic": "count", "n": str(n), "total": str(total)})
        interval = interval_of_counts("RD", "Wald", *pairs, 0.95) or (0.0, 0.0)
        values = [100 * value for value in (effects_of_counts("RD", *pairs)[0], *interval)]
        texts = [rounded(value, 1, ROUND_HALF_UP) for value in values]
        numbers = dict(zip(("estimate", "ci_low", "ci_high"), texts, strict=True))
        place = {"row": str(row), "cell": "4", "outcome": NAMES[row], "arm": ARMS[0], "versus": ARMS[1]}
        records.append({**place, "statistic": "difference", "measure": "RD", **numbers})
    records[11] |= altered
    return table_of(records)


def test_a_true_table_is_silent() -> None:
    assert findings_in(four_rows()) == []


@pytest.mark.parametrize(
    ("altered", "code"),
    [
        ({"estimate": "-13.7"}, "DIF002"),
        ({"estimate": "17.3"}, "DIF002"),  # the sign is lost
        ({"ci_high": "-9.4"}, "DIF003"),
        ({"ci_low": "-39.8"}, "DIF003"),
    ],
)
def test_a_seeded_error_is_caught(altered: dict[str, str], code: str) -> None:
    found = findings_in(four_rows(**altered))
    assert [each[:12] for each in found] == [f"{code} row 4"], found


def test_limits_from_rounded_numbers_are_no_error() -> None:
    assert findings_in(four_rows(ci_high="-5.9")) == []


@pytest.mark.parametrize(
    ("measure", "statistic", "expected"),
    [
        ("RR", "effect", ("RR",)),
        ("Odds ratio", "effect", ("OR",)),
        ("relative risk", "effect", ("RR",)),
        ("difference/ratio", "effect", ("RD", "RR", "OR")),
        ("MD", "difference", ("RD",)),
        ("", "difference", ("RD",)),
        ("", "effect", ()),
        ("SMD", "difference", ()),
        ("median difference", "difference", ()),
        ("HR", "effect", ()),
        ("beta", "effect", ()),
        ("incidence rate ratio", "effect", ()),
    ],
)
def test_the_measures_that_a_name_stands_for(measure: str, statistic: str, expected: tuple[str, ...]) -> None:
    assert measures_named(measure, statistic) == expected
