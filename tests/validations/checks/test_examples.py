"""The examples in the docstrings of the checks, executed."""

import pytest

from validations.manual.examples import HEADINGS, cases, sections, sheets
from validations.registry import Check, Fault, NotCheckable, all_checks

CHECKS = {check.code: check for check in all_checks()}
SHOWN = [(code, heading) for code, check in CHECKS.items() for heading in HEADINGS[1:] if heading in sections(check)]


@pytest.mark.parametrize(("code", "heading"), SHOWN)
def test_a_check_answers_as_its_docstring_says(code: str, heading: str) -> None:
    found = list(cases(CHECKS[code], heading))
    assert found
    for answers in found:
        faults = [answer for answer in answers if isinstance(answer, Fault)]
        assert bool(faults) == (heading == "Fires on"), [fault.message for fault in faults]
        if heading == "Silent on":
            assert None in answers
        if heading == "Not checkable on":
            assert any(isinstance(answer, NotCheckable) for answer in answers)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_check_has_its_manual(check: Check) -> None:
    parts = sections(check)
    assert set(HEADINGS[:3]) <= set(parts) <= {"", *HEADINGS}
    assert parts[""].endswith(".")
    assert "\n" not in parts[""]
    assert check.code[:3].isupper() and check.code[3:].isdecimal()


def test_a_row_with_a_cell_too_few_is_an_error() -> None:
    with pytest.raises(ValueError, match="expected 2 cells"):
        sheets("n  percent\n12")
