"""The registry of checks: what a check is, what it may answer, and the list of all checks.

A check is a function over a record (its parameters are the names of quantities, see `Exhibit.quantities`), a `Table`, a
`Paper` or a `Docket`. For each thing it looks at it answers a fault, None (nothing wrong) or NotCheckable(why), so that
no check skips anything unseen. A check that infers something also notes the result (Noted). The docstring of a check is
its manual: the fault in one line, then Why it matters, Fires on, Silent on and Not checkable on.
"""

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from importlib import import_module
from typing import Any, Literal, TypeVar

from validations.signatures import CheckError, Scope, scope_of
from validations.tables import Record

Severity = Literal["impossible", "unlikely", "note", "reading"]
SEVERITIES: tuple[Severity, ...] = ("impossible", "reading", "unlikely", "note")
WAITING_SEVERITIES: frozenset[str] = frozenset({"impossible", "reading"})


@dataclass(frozen=True)
class NotCheckable:
    """The answer of a check that cannot decide, with the reason."""

    why: str


@dataclass(frozen=True)
class Noted:
    """A result that a check inferred on the way, such as the interval method of a column. It is not counted."""

    note: str


@dataclass(frozen=True)
class Fault:
    """The answer of a check that found something wrong. `expected`: a consistent value. `shows`: the columns whose
    printed values the finding quotes. `also`: other records involved. In a row check the runner fills in the record."""

    message: str
    expected: str = ""
    record: Record | None = None
    column: str = ""
    shows: tuple[str, ...] = ()
    also: tuple[Record, ...] = ()


Function = TypeVar("Function", bound=Callable[..., Any])
Answer = Fault | NotCheckable | Noted | None
Answers = Iterator[Answer]


@dataclass(frozen=True)
class Finding:
    """A line of findings.csv. All values are text."""

    code: str
    name: str
    severity: str
    exhibit: str
    row: str
    column: str
    part: str
    printed: str
    expected: str
    message: str
    verdict: str = ""
    why: str = ""
    page: str = ""
    x0: str = ""
    top: str = ""
    x1: str = ""
    bottom: str = ""
    also: str = ""

    @property
    def place(self) -> tuple[str, ...]:
        """Code, exhibit, row, part and column: what a verdict names besides the printed values."""
        return (self.code, self.exhibit, self.row, self.part, self.column)

    @property
    def exactly(self) -> tuple[str, ...]:
        """The place and the printed values. A verdict holds for exactly these."""
        return (*self.place, self.printed)

    @property
    def waits(self) -> bool:
        """Whether a person must rule on the finding before the paper passes."""
        return self.severity in WAITING_SEVERITIES and not self.verdict


@dataclass(frozen=True)
class Docket:
    """The input of the checks of verdicts: the findings of a paper, the rulings in its file, and the name of the paper
    in commands."""

    findings: tuple[Finding, ...]
    rulings: tuple[Mapping[str, str], ...]
    paper: str = "PAPER"


@dataclass(frozen=True)
class Check:
    """A registered check. `by_panel`: it looks at each panel of a table, such as an arm, by itself."""

    code: str
    severity: Severity
    function: Callable[..., Any]
    by_panel: bool = True

    @cached_property
    def name(self) -> str:
        return self.function.__name__.replace("_", "-")

    @property
    def family(self) -> str:
        return self.code[:3]

    @property
    def file(self) -> str:
        """The file that defines the check, from the project's folder: validations/checks/totals/sums.py"""
        return f"{self.function.__module__.replace('.', '/')}.py"

    @cached_property
    def scope(self) -> Scope:
        return scope_of(self.code, self.function, Docket)

    @cached_property
    def parameters(self) -> Mapping[str, bool]:
        """The names of the parameters, and whether each is required."""
        found = inspect.signature(self.function).parameters.values()
        return {item.name: item.default is inspect.Parameter.empty for item in found}


_CHECKS: dict[str, Check] = {}


def check(code: str, severity: Severity, *, by_panel: bool = True) -> Callable[[Function], Function]:
    """Register a check under `code`. Codes are never reused for another fault. CheckError if the check cannot run.
    `by_panel`: it looks at each panel of a table, such as an arm, by itself; else at the table as a whole."""

    def register(function: Function) -> Function:
        if code in _CHECKS:
            raise CheckError(
                f"{code} {function.__name__}: expected a new code; {_CHECKS[code].name} already has {code}"
            )
        if not re.fullmatch("[A-Z]{3}[0-9]{3}", code):
            raise CheckError(f"{code} {function.__name__}: expected a code such as PCT009")
        if severity not in SEVERITIES:
            raise CheckError(f"{code} {function.__name__}: expected {' or '.join(SEVERITIES)}, found {severity}")
        scope_of(code, function, Docket)
        _CHECKS[code] = Check(code, severity, function, by_panel)
        return function

    return register


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check in the folders of validations/checks, sorted by code."""
    package = import_module("validations.checks")
    for module in pkgutil.walk_packages(package.__path__, "validations.checks."):
        import_module(module.name)
    return tuple(_CHECKS[code] for code in sorted(_CHECKS))


def find_check(code: str) -> Check:
    """The check with that code, in upper or lower case; KeyError with similar codes if there is none."""
    found = {item.code: item for item in all_checks()}
    if code.upper() not in found:
        close = get_close_matches(code.upper(), found, 3, 0.5)
        similar = f" (did you mean {' or '.join(close)}?)" if close else ""
        raise KeyError(f"no check has the code {code}{similar}; 'doubletake explain' lists all")
    return found[code.upper()]
