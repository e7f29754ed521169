"""Texts that look like a value of a table, and texts that look like a word."""

import pytest

from extract.page.numbers import VALUE, is_closed, is_number, is_value

NUMBERS = ["12", "12 (23.5)", "0.31 (0.16–0.61)", "<0.001", "≥ 2", "−1.5", ".05", "54 (15–80)", "1.2 ± 0.3", "12/51"]
NOT_AVAILABLE = ["NA", "N/A", "NR", "n.s.", "Ref.", "Ref", "–", "*"]
WORDS = ["Male", "mg/kg", "phase II", "PD-L1", "HR (95% CI)", "(continued)", "to"]


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_with_signs_brackets_and_intervals(text: str) -> None:
    assert (bool(VALUE.match(text)), is_number(text), is_value(text)) == (True, True, True)


@pytest.mark.parametrize("text", NOT_AVAILABLE)
def test_signs_that_there_is_no_number(text: str) -> None:
    assert (bool(VALUE.match(text)), is_number(text), is_value(text)) == (True, False, True)


@pytest.mark.parametrize("text", WORDS)
def test_words(text: str) -> None:
    assert (bool(VALUE.match(text)), is_number(text), is_value(text)) == (False, False, False)


@pytest.mark.parametrize("text", ["200 mg Q3W", "12-week ORR", "1 of 3 lines", "P = 0.03 in both"])
def test_texts_that_begin_with_a_number_are_no_numbers(text: str) -> None:
    assert (bool(VALUE.match(text)), is_number(text)) == (True, False)


@pytest.mark.parametrize(("text", "closed"), [("(0.16–", False), ("0.61)", True), ("[1, (2)", False), ("(12)", True)])
def test_a_bracket_that_is_opened_wants_to_be_closed(text: str, closed: bool) -> None:
    assert is_closed(text) is closed
    assert closed or not is_number(text)
