"""What is expected of an outcome on the screen."""

import pytest

from extract.output.summary import gate_lines, summary_table, waiting_line
from validations.release.expected import Held
from validations.run import Outcome
from validations.runner import Tally


def test_families_of_checks_are_named_in_words() -> None:
    shown = summary_table({"li2024": Outcome((), (Tally("PCT001", "table1", 3), Tally("NEW001", "table1", 1)))})
    assert "PCT      counts and percentages" in shown
    assert "NEW" in shown


def test_gate_lines_name_what_is_not_met_and_count_the_rest() -> None:
    sound, bad = Held(9), Held(4, ("li2024/table1.csv: label is blank in row 2",))
    assert gate_lines({"a": sound, "b": Held(3)}) == ["release gate passed: all 12 expectations of the CSVs are met"]
    assert gate_lines({"a": sound, "b": bad}) == [
        "li2024/table1.csv: label is blank in row 2",
        "release gate failed: 1 of 14 expectations of the CSVs is not met",
    ]


@pytest.mark.parametrize(
    ("waiting", "expected"),
    [
        (1, "1 finding needs a ruling: correct the reading in the card, or rule on it"),
        (2, "2 findings need a ruling: correct the reading in the card, or rule on them"),
    ],
)
def test_one_finding_or_several_wait(waiting: int, expected: str) -> None:
    assert waiting_line(waiting).startswith(expected)
