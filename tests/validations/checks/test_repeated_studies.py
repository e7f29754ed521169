"""Studies that a review lists twice, and rows of a plot with the numbers of another study."""

import pandas as pd
import pytest

from validations.inputs.curated import table_from_frame
from validations.registry import all_checks
from validations.runner import run_checks
from validations.tables import Paper

CHECKS = [check for check in all_checks() if check.code in ("DUP006", "DUP007")]
STUDIES = ("Chen 2013", "Sun 2012", "Jia 2014", "Zou 2014", "Ji 2015")


def found(schema: str, rows: list[dict[str, str]]) -> list[str]:
    frame = pd.DataFrame(rows, dtype="str").fillna("")
    findings, _ = run_checks(CHECKS, Paper({"table1": table_from_frame("table1", schema, frame)}))
    return [f"{each.code} {each.row}" for each in findings]


def listed(label: str, second: str, cells: tuple[str, ...], others: tuple[str, ...]) -> list[dict[str, str]]:
    """A list of studies with these two rows, and rows of other studies between them."""
    between = [(name, ("Beijing", f"{910 + place}", f"{71 + place}")) for place, name in enumerate(STUDIES)]
    rows = [(label, cells), *between, (second, others)]
    return [
        {"row": str(place), "cell": str(cell + 2), "label": name, "head": "abc"[cell], "text": text}
        for place, (name, texts) in enumerate(rows, start=1)
        for cell, text in enumerate(texts)
    ]


TWICE = ("Shanghai", "3141", "113")


@pytest.mark.parametrize("second", ["Ding et al. (2013)", "Ding et al.(2013)", "DING et al 2013", "Ding et al., 2013"])
def test_a_study_listed_twice_is_found_however_it_is_written(second: str) -> None:
    assert found("sheet", listed("Ding et al. (2013)", second, TWICE, TWICE)) == ["DUP006 7"]


@pytest.mark.parametrize(
    ("second", "cells"),
    [
        ("Ding et al. (2014)", TWICE),
        ("Ding et al. (2013)", ("Shanghai", "3141", "114")),
        ("Ding et al. (2013)", ("Ningbo", "3141", "113")),
    ],
)
def test_another_year_number_or_description_is_another_row(second: str, cells: tuple[str, ...]) -> None:
    assert found("sheet", listed("Ding et al. (2013)", second, TWICE, cells)) == []


def test_studies_with_a_row_for_each_arm_are_left_alone() -> None:
    rows = [
        {"row": str(2 * place + arm), "cell": str(cell), "label": name, "head": "abc"[cell], "text": text}
        for place, name in enumerate(STUDIES)
        for arm in (1, 2)
        for cell, text in enumerate(("Shanghai", f"{910 + place}", f"{371 + place}"))
    ]
    assert found("sheet", [{**row, "cell": str(int(row["cell"]) + 2)} for row in rows]) == []


def plotted(*rows: tuple[str, str, str]) -> list[dict[str, str]]:
    """Rows of a plot: group, label, and estimate with its limits."""
    return [
        {"row": str(place), "kind": "study", "measure": "HR", "group": group, "label": label}
        | dict(zip(("estimate", "ci_low", "ci_high"), numbers.split(), strict=True))
        for place, (group, label, numbers) in enumerate(rows, start=1)
    ]


SAME = plotted(("", "Handa 1999", "1.83 0.64 5.24"), ("", "Bo 2004", "1.83 0.64 5.24"))


def test_the_numbers_of_another_study_are_found() -> None:
    assert found("forest", SAME) == ["DUP007 2"]


@pytest.mark.parametrize(
    "rows",
    [
        plotted(("", "Handa 1999", "0.06 0.05 0.07"), ("", "Bo 2004", "0.06 0.05 0.07")),
        plotted(("A", "Handa 1999", "1.83 0.64 5.24"), ("B", "Bo 2004", "1.83 0.64 5.24")),
        plotted(("", "Handa 1999", "1.83 0.64 5.24"), ("", "Handa 1999", "1.83 0.64 5.24")),
        [{**row, "weight": f"3.{row['row']}"} for row in SAME],
    ],
    ids=["few digits", "another group", "the same study", "another weight"],
)
def test_equal_numbers_that_may_be_right_are_left_alone(rows: list[dict[str, str]]) -> None:
    assert found("forest", rows) == []
