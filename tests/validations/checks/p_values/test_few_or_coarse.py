"""P values of columns that do not settle which test was used: only what lies far from every test is named."""

import pandas as pd
import pytest

from validations.inputs.curated import table_from_frame
from validations.registry import all_checks
from validations.runner import run_checks
from validations.tables import Paper, Table

CHECKS = [check for check in all_checks() if check.family == "TST"]
Row = tuple[str, str, str]
AGE, WEIGHT, DOSE = ("54.2 9.3", "58.1 8.9"), ("71.0 8.2", "70.1 9.9"), ("3.1 4.0", "4.0 3.9")


def table_of(*rows: Row, n: int = 40, notes: tuple[str, ...] = ()) -> Table:
    """Two arms of n patients; a row has the cells of the arms ("54.2 9.3" or "12") and P."""
    records = []
    for place, (*arms, p) in enumerate(rows, start=1):
        for column, (arm, cell) in enumerate(zip(("Drug", "Placebo"), arms, strict=True), start=2):
            names = ("mean", "sd") if " " in cell else ("n",)
            values = dict(zip(names, cell.split(), strict=True)) | {"arm": arm, "arm_n": str(n)}
            records.append({"statistic": "mean" if " " in cell else "count", "cell": str(column), **values})
            records[-1] |= {"row": str(place), "outcome": f"x{place}"}
        records.append({"row": str(place), "cell": "4", "outcome": f"x{place}", "statistic": "p", "p": p})
        records[-1] |= {"arm": "Drug", "versus": "Placebo"}
    frame = pd.DataFrame(records, dtype="str").fillna("")
    table = table_from_frame("table1", "results", frame)
    return Table(table.name, table.schema, table.frame, footnotes=notes)


def found(table: Table) -> list[str]:
    findings, _ = run_checks(CHECKS, Paper({"table1": table}))
    return [f"{each.code} {each.row}" for each in findings]


@pytest.mark.parametrize(("p", "told"), [("0.056", []), ("0.2", []), ("0.66", ["TST002 1"])])
def test_a_single_p_value_is_named_only_far_from_every_test(p: str, told: list[str]) -> None:
    assert found(table_of((*AGE, p))) == told


@pytest.mark.parametrize(("p", "told"), [("0.30", []), ("0.000001", ["TST002 1"])])
def test_skewed_values_are_given_more_room(p: str, told: list[str]) -> None:
    assert found(table_of((*DOSE, p))) == told


def test_a_test_of_ranks_in_the_notes_excuses_what_is_near() -> None:
    notes = ("Mann-Whitney test",)
    assert found(table_of((*AGE, "0.2"), notes=notes)) == []
    assert found(table_of((*WEIGHT, "0.0001"), notes=notes)) == ["TST002 1"]


def test_arms_of_few_patients_are_left_alone() -> None:
    assert found(table_of((*WEIGHT, "0.00001"), n=6)) == []


def test_several_misfits_show_another_test() -> None:
    assert found(table_of((*AGE, "0.66"), (*WEIGHT, "0.001"))) == []


def test_t_tests_of_other_skewed_values_show_that_no_ranks_were_used() -> None:
    skewed = [(*DOSE, "0.31"), ("2.0 3.0", "2.6 3.1", "0.38"), ("5.0 6.0", "4.1 5.2", "0.48")]
    assert found(table_of(*skewed)) == []
    assert found(table_of(*skewed, ("6.1 5.9", "6.8 6.4", "0.16"))) == ["TST002 4"]


def test_p_values_of_one_decimal_settle_the_test_together() -> None:
    coarse = [("12", "20", "0.1"), ("9", "14", "0.2"), ("21", "24", "0.5"), ("5", "9", "0.2"), ("30", "26", "0.3")]
    coarse += [("17", "15", "0.6")]
    assert found(table_of(*coarse)) == []
    assert found(table_of(*coarse, ("11", "18", "0.6"))) == ["TST001 7"]


@pytest.mark.parametrize("p", ["1.15", ">5.99", "-0.04"])
def test_no_probability_is_impossible(p: str) -> None:
    assert "TST005 1" in found(table_of((*AGE, p)))


NEAR = (("39", "33", "0.21"), ("20", "12", "0.10"), ("31", "36", "0.40"))  # chi-square tests: 0.22, 0.11, 0.43
UNIFORM = (("8", "10", "0.61"), ("30", "25", "0.47"))  # 0.63, 0.44


@pytest.mark.parametrize(("p", "told"), [("0.90", []), ("0.50", []), ("0.09", ["TST001 9"])])
def test_one_p_value_far_from_tests_that_give_nearly_all_others_is_named(p: str, told: list[str]) -> None:
    rows = [*NEAR, *UNIFORM, ("36", "36", "0.99"), ("22", "25", "0.58"), ("17", "18", "0.80"), ("38", "37", p)]
    assert found(table_of(*rows, n=60)) == told


def test_several_p_values_far_from_the_tests_show_another_analysis() -> None:
    rows = [("39", "33", "0.01"), ("20", "12", "0.70"), ("31", "36", "0.02"), ("38", "37", "0.09")]
    assert found(table_of(*rows, n=60)) == []
