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
    return misprints_of(
        checked, next(each for each in checked.findings if (each.code, each.row) == (code, row)), {"claims": "Text"}
    )


@pytest.mark.parametrize(
    ("text", "some", "never"),
    [
        ("24", {"23", "42", "4", "2", "224", "124"}, {"24", "04"}),
        ("45.1", {"47.1", "45.7", "4.51", "54.1"}, {"45.1", "451."}),
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


def test_what_makes_another_finding_explains_nothing(li2024: Checked) -> None:
    """23 of 51 would be 45.1, but then the ages do not add up to 51."""
    assert explained(li2024, "PCT001", "3") == []


def test_a_misprint_with_which_all_checks_hold_is_named(li2024: Checked) -> None:
    [found] = explained(li2024, "CLM002", "71")
    assert [(each.where, each.printed, each.instead) for each in found.changes] == [("Text, row 71", "4", "3")]
    assert not found.exchanged


@pytest.mark.parametrize("row", ["47", "49"])
def test_two_medians_may_be_exchanged(li2024: Checked, row: str) -> None:
    found = explained(li2024, "CLM004", row)[0]
    assert found.exchanged
    [first, second] = found.changes
    assert (first.printed, first.instead) == (second.instead, second.printed)
    assert (first.column, second.column) == ("value", "value")


def test_the_nearest_to_the_consistent_value_comes_first_and_no_decimal_is_dropped(li2024: Checked) -> None:
    found = [each.changes[0] for each in explained(li2024, "EFF004", "46") if not each.exchanged]
    assert all(len(each.instead.partition(".")[2]) == 2 for each in found)
    assert found[0].instead in ("3.10", "3.11")


@pytest.mark.parametrize(("text", "dropped"), [("3.12", "3.1"), ("3.12", "3.122"), ("3.26", "3.2")])
def test_the_same_number_with_other_decimals_is_no_misprint(text: str, dropped: str) -> None:
    assert dropped not in changed_digits(text)
    assert "31.2" in changed_digits("3.12")


def test_no_digit_explains_a_label_printed_twice(li2024: Checked) -> None:
    assert explained(li2024, "DUP001", "16") == []
