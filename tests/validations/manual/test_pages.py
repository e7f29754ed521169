"""The manual made from the docstrings."""

import pytest

from schemas import SCHEMAS
from validations.manual.pages import MANUAL, explain, explain_all, manual
from validations.registry import Check, all_checks


def test_the_written_manual_is_up_to_date() -> None:
    assert MANUAL.read_text(encoding="utf-8") == manual(), "run python -m validations.manual"


def test_explaining_a_check_shows_its_examples() -> None:
    text = explain("pct001")
    assert text.splitlines()[-1] == "This check is in validations/checks/percentages/denominators.py."
    assert text.startswith("PCT001 percent-not-from-count (impossible)")
    assert "Why it matters" in text
    assert "24  45.1" in text


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.code)
def test_explaining_a_check_names_the_file_that_defines_it(check: Check) -> None:
    file = explain(check.code).splitlines()[-1].removeprefix("This check is in ").removesuffix(".")
    assert f'@check("{check.code}", ' in (MANUAL.parents[1] / file).read_text(encoding="utf-8")


def test_explaining_all_gives_a_line_each_and_the_schemas_at_the_end() -> None:
    checks, _, schemas = explain_all().split("\n\n")
    assert [line.split()[0] for line in checks.splitlines()] == [check.code for check in all_checks()]
    assert [line.split()[0] for line in schemas.splitlines()] == list(SCHEMAS)


def test_explaining_a_family_lists_its_checks() -> None:
    assert [line.split()[0] for line in explain("ver").splitlines()] == ["VER001", "VER002", "VER003", "VER004"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "PCT999",
            r"no check has the code PCT999 \(did you mean (PCT0\d\d or ){2}PCT0\d\d\?\); 'doubletake explain' lists",
        ),
        ("xyz", r"no check has the code xyz; 'doubletake explain' lists all"),
        (
            "adverse-event",
            r"no schema is called adverse-event \(did you mean adverse_events\?\); 'doubletake explain' lists",
        ),
    ],
)
def test_an_unknown_name_is_answered_with_what_is_near(name: str, said: str) -> None:
    with pytest.raises(KeyError, match=said):
        explain(name)
