"""What is refused as a check when it is registered, and that the example of the README is one."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from schemas.printed import Printed
from validations import registry
from validations.manual.examples import HEADINGS, cases, sections
from validations.registry import Check, Docket, Fault, check
from validations.signatures import CheckError
from validations.tables import Paper, Table

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(autouse=True)
def none_registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Check]]:
    """A registry of its own, empty."""
    found: dict[str, Check] = {}
    monkeypatch.setattr(registry, "_CHECKS", found)
    yield found


def bare(n, percent):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """A function without annotations."""


def whole(n: int) -> None: ...
def maybe(n: Printed | None) -> None: ...
def by_default(n: Printed = None) -> None: ...  # type: ignore[assignment]
def misnamed(percentage: Printed) -> None: ...
def mixed(table: Table, n: Printed) -> None: ...
def any_number(*numbers: Printed) -> None: ...
def nothing() -> None: ...
def listed(tables: list[Table]) -> None: ...


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (bare, "bare in .*: expected an annotation of the parameter n .Printed, Printed . None = None, or .* Docket"),
        (whole, "whole in .*: expected the parameter n to be Printed, .* found n: int"),
        (maybe, "expected the parameter n to be Printed"),
        (by_default, "expected the parameter n to be Printed"),
        (misnamed, "expected the name of a quantity, found percentage, meant as percent.*declares them"),
        (mixed, "expected the parameter table to be Printed"),
        (any_number, r"expected parameters by name, found \*numbers"),
        (nothing, "expected a parameter .*, it has none"),
        (listed, "expected the parameter tables to be Printed"),
    ],
)
def test_a_function_that_could_not_run_is_refused(function: Callable[..., Any], said: str) -> None:
    with pytest.raises(CheckError, match=f"NEW001 .*{said}") as caught:
        check("NEW001", "note")(function)
    assert "\n" not in str(caught.value)
    assert registry._CHECKS == {}


@pytest.mark.parametrize(("code", "severity"), [("NEW1", "note"), ("new001", "note"), ("NEW001", "odd")])
def test_code_and_severity_are_of_their_kind(code: str, severity: Any) -> None:  # noqa: ANN401
    def fine(n: Printed) -> None: ...

    with pytest.raises(CheckError, match=f"{code} fine: expected"):
        check(code, severity)(fine)


def test_a_code_is_used_once() -> None:
    def fine(n: Printed, total: Printed | None = None) -> None: ...

    check("NEW001", "note")(fine)
    with pytest.raises(CheckError, match="expected a code of its own, fine has it"):
        check("NEW001", "note")(fine)


def test_what_a_check_looks_at_is_told_by_its_parameters(none_registered: dict[str, Check]) -> None:
    def row(n: "Printed") -> None: ...
    def table(table: Table) -> None: ...
    def paper(it: Paper) -> None: ...
    def docket(it: Docket) -> None: ...

    for number, function in enumerate((row, table, paper, docket), start=1):
        check(f"NEW00{number}", "note")(function)
    assert [item.scope for item in none_registered.values()] == ["row", "table", "paper", "docket"]


def test_the_example_of_the_readme_is_a_check(none_registered: dict[str, Check]) -> None:
    section = README.read_text(encoding="utf-8").partition("## Add a check")[2].partition("\n## ")[0]
    (code,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    exec(compile(code, "predictions.py", "exec"), vars(ModuleType("predictions")))
    (made,) = none_registered.values()
    assert made.code in section.partition("pytest")[2]
    assert set(HEADINGS[:3]) <= set(sections(made))
    for heading, fires in (("Fires on", True), ("Silent on", False)):
        answers = [answer for case in cases(made, heading) for answer in case]
        assert answers
        assert {isinstance(answer, Fault) for answer in answers} == {fires}
