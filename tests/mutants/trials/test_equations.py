"""What makes a number redundant, shown on made-up tables: the equations hold, and an altered number breaks them."""

import random

import pandas as pd
import pytest

from tests.mutants.trials.catching import caught_by, told
from tests.mutants.trials.equations import Altered, other_digits
from tests.mutants.trials.measuring import FAMILIES, outcomes, redundant
from validations.inputs.curated import table_from_frame
from validations.tables import Paper

Cells = dict[str, str]
COUNTS = (("Men", 22, 15, "0.035"), ("Smoker", 8, 17, "0.072"), ("Diabetes", 6, 8, "0.743"), ("Asthma", 9, 4, "0.078"))


def cell(row: int, column: int, outcome: str, **values: str) -> Cells:
    return {"row": str(row), "cell": str(column), "outcome": outcome, **values}


def trial() -> Paper:
    """Counts with percentages, all patients and P; means with SDs, and an age with its quartiles."""
    rows: list[Cells] = []
    for row, (name, n, m, p) in enumerate(COUNTS, start=1):
        for column, arm, k, size in ((2, "Drug", n, 37), (3, "Placebo", m, 42), (4, "Total", n + m, 79)):
            share = {"n": str(k), "percent": f"{100 * k / size:.1f}", "arm_n": str(size)}
            rows.append(cell(row, column, name, arm=arm, statistic="count", **share))
        rows.append(cell(row, 5, name, arm="Drug", versus="Placebo", statistic="p", p=p))
    rows.append(cell(5, 2, "Stay", arm="Drug", statistic="median", median="12", q1="10", q3="19", arm_n="37"))
    frame = pd.DataFrame(rows, dtype="str").fillna("")
    return Paper({"table1": table_from_frame("table1", "results", frame)})


@pytest.mark.parametrize(
    ("family", "columns"),
    [
        ("PCT", {"n", "percent", "arm_n"}),
        ("TST", {"n", "percent", "p"}),
        ("DSP", {"median", "q1", "q3"}),
        ("ARM", {"n", "arm_n"}),
        ("DIF", set()),
    ],
)
def test_what_a_family_makes_redundant(family: str, columns: set[str]) -> None:
    found = [each for seed in range(8) for each in redundant(trial(), family, seed)]
    assert {each.column for each in found if not each.alone} == columns


def test_a_number_that_nothing_recomputes_is_not_redundant() -> None:
    paper = trial()
    frame = paper.tables["table1"].frame.assign(percent="", arm_n="", p="", median="")
    alone = Paper({"table1": table_from_frame("table1", "results", frame)})
    assert {each.column for family in FAMILIES for each in redundant(alone, family, 1)} <= {"n", "q1", "q3"}


def test_most_are_caught_and_an_unaltered_table_has_no_findings() -> None:
    paper = trial()
    assert told(paper, paper.tables["table1"]) == set()
    found = list(outcomes(paper, 13, 20))
    assert len(found) > 40
    assert sum(bool(each.codes) for each in found) >= 0.9 * len(found)


def test_a_finding_elsewhere_does_not_catch() -> None:
    paper = trial()
    altered = Altered("table1", (0,), "n", "22", "23", alone=False)
    assert caught_by(paper, altered, set())
    assert not caught_by(paper, altered, {(code, "1") for code in caught_by(paper, altered, set())})


@pytest.mark.parametrize("text", ["0.05", "<0.001", "12", "1,349", "-0.4"])
def test_one_digit_differs(text: str) -> None:
    changed = [each for seed in range(40) for each in other_digits(text, random.Random(seed))]
    assert changed
    assert all(len(each) == len(text) for each in changed)
    assert all(sum(a != b for a, b in zip(each, text, strict=True)) == 1 for each in changed)
