"""Functions that are refused when they are registered as checks, and the README's example, which is a check."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from schemas.base.printed import Printed
from validations import registry
from validations.manual.examples import HEADINGS, cases, sections
from validations.registry import Check, Docket, Fault, check
from validations.signatures import CheckError
from validations.tables import Paper, Table

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Check]]:
    """An empty registry for each test."""
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
    ("function", "message"),
    [
        (bare, "bare in .*: expected an annotation of the parameter n .Printed, Printed . None = None, or .* Docket"),
        (whole, "whole in .*: expected the parameter n to be Printed, .* found n: int"),
        (maybe, "expected the parameter n to be Printed"),
        (by_default, "expected the parameter n to be Printed"),
        (
            misnamed,
            "the name of a quantity from Exhibit.quantities in schemas/, found percentage .did you mean percent",
        ),
        (mixed, "expected the parameter table to be Printed"),
        (any_number, r"expected named parameters, found \*numbers"),
        (nothing, "expected a parameter .*, found none"),
        (listed, "expected the parameter tables to be Printed"),
    ],
)
def test_a_function_that_cannot_run_is_refused(function: Callable[..., Any], message: str) -> None:
    with pytest.raises(CheckError, match=f"NEW001 .*{message}") as caught:
        check("NEW001", "note")(function)
    assert "\n" not in str(caught.value)
    assert registry._CHECKS == {}


@pytest.mark.parametrize(("code", "severity"), [("NEW1", "note"), ("new001", "note"), ("NEW001", "odd")])
def test_an_invalid_code_or_severity_is_refused(code: str, severity: Any) -> None:  # noqa: ANN401
    def fine(n: Printed) -> None: ...

    with pytest.raises(CheckError, match=f"{code} fine: expected"):
        check(code, severity)(fine)


def test_a_code_is_registered_once() -> None:
    def fine(n: Printed, total: Printed | None = None) -> None: ...

    check("NEW001", "note")(fine)
    with pytest.raises(CheckError, match="expected a new code; fine already has NEW001"):
        check("NEW001", "note")(fine)


def test_the_parameters_of_a_check_decide_its_scope(empty_registry: dict[str, Check]) -> None:
    def row(n: "Printed") -> None: ...
    def table(table: Table) -> None: ...
    def paper(it: Paper) -> None: ...
    def docket(it: Docket) -> None: ...

    for number, function in enumerate((row, table, paper, docket), start=1):
        check(f"NEW00{number}", "note")(function)
    assert [item.scope for item in empty_registry.values()] == ["row", "table", "paper", "docket"]


def test_the_example_of_the_readme_is_a_check(empty_registry: dict[str, Check]) -> None:
    section = README.read_text(encoding="utf-8").partition("## Add a check")[2].partition("\n## ")[0]
    (code,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    exec(compile(code, "predictions.py", "exec"), vars(ModuleType("predictions")))
    (made,) = empty_registry.values()
    assert made.code in section.partition("pytest")[2]
    assert set(HEADINGS[:3]) <= set(sections(made))
    for heading, fires in (("Fires on", True), ("Silent on", False)):
        answers = [answer for case in cases(made, heading) for answer in case]
        assert answers
        assert {isinstance(answer, Fault) for answer in answers} == {fires}
