"""The manual made from the docstrings."""

import pytest

from validations.explain import MANUAL, explain, explain_all, manual
from validations.registry import all_checks


def test_the_written_manual_is_up_to_date() -> None:
    assert MANUAL.read_text(encoding="utf-8") == manual(), "run python -m validations.explain"


def test_explaining_a_check_shows_its_examples() -> None:
    text = explain("pct001")
    assert text.startswith("PCT001 percent-not-from-count (impossible)")
    assert "Why it matters" in text
    assert "24  45.1" in text


def test_explaining_all_gives_a_line_each() -> None:
    assert [line.split()[0] for line in explain_all().splitlines()] == [check.code for check in all_checks()]


def test_an_unknown_code_names_those_that_there_are() -> None:
    with pytest.raises(KeyError, match=r"no check has the code PCT999; there are [A-Z]{3}001, "):
        explain("PCT999")
