"""Misprints of one digit that would explain a finding, proved by the checks."""

from pathlib import Path

import pytest

from extract.review.desk.misprints import Misprint, changed_digits, misprints_of
from validations.inputs.curated import read_curated_paper
from validations.run import Checked, run_all_checks

CURATED = Path(__file__).parents[3] / "curated"


@pytest.fixture(scope="module")
def li2024() -> Checked:
    return run_all_checks(read_curated_paper(CURATED / "li2024"), "li2024")


def explained(checked: Checked, code: str, row: str) -> list[Misprint]:
    return misprints_of(checked, next(each for each in checked.findings if (each.code, each.row) == (code, row)))


@pytest.mark.parametrize(
    ("text", "some", "never"),
    [
        ("24", {"23", "42", "4", "2", "224", "124"}, {"24", "04"}),
        ("45.1", {"47.1", "45.7", "4.51", "451.", "54.1"} - {"451."}, {"45.1", "451."}),
        ("<0.05", {"<0.06", "<0.5"}, {"<0.05"}),
        ("-3", {"-8", "-33"}, {"-3", "3"}),
        ("0", {"5", "10"}, {"00", ""}),
    ],
)
def test_changes_of_one_digit(text: str, some: set[str], never: set[str]) -> None:
    found = changed_digits(text)
    assert some <= set(found)
    assert never.isdisjoint(found)
    assert len(found) == len(set(found))


def test_both_the_count_and_the_percentage_may_be_misprinted_and_what_would_follow_is_said(li2024: Checked) -> None:
    found = {(each.column, each.instead): each for each in explained(li2024, "PCT001", "3")}
    assert found.keys() == {("n", "23"), ("percent", "47.1")}
    assert [each.code for each in found["n", "23"].worse] == ["SUM001"]
    assert [each.code for each in found["percent", "47.1"].worse] == ["PCT005"]
    assert not found["n", "23"].holds


def test_a_misprint_with_which_all_checks_hold_is_named(li2024: Checked) -> None:
    [found] = explained(li2024, "CLM002", "71")
    assert (found.printed, found.instead, found.holds) == ("4", "3", True)


def test_no_digit_explains_a_label_printed_twice(li2024: Checked) -> None:
    assert explained(li2024, "DUP001", "16") == []
