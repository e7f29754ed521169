"""What a check is, what it may answer, and the list of all checks.

A check is a function over a record (its parameters are the names of quantities, see `Exhibit.quantities`), a `Table`, a
`Paper` or a `Docket`. It answers, for each thing it looks at, a fault, None (nothing wrong) or NotCheckable(why): no
check skips anything unseen. A finder also says what it found (Noted). The docstring is its manual: the fault in a line,
Why it matters, Fires on, Silent on.
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
WAITS: frozenset[str] = frozenset({"impossible", "reading"})


@dataclass(frozen=True)
class NotCheckable:
    """The answer of a check that cannot decide, and why."""

    why: str


@dataclass(frozen=True)
class Noted:
    """What a finder found out on the way (the interval method of a column): beside the answers, and not one of them."""

    note: str


@dataclass(frozen=True)
class Fault:
    """The answer of a check that found something. `expected`: what would be consistent; `shows`: the columns whose
    printed values are quoted; `also`: other records that belong to it. A row check leaves the place to the runner."""

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
    """A line of findings.csv; all values are text."""

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
        """What a verdict names besides the printed values."""
        return (self.code, self.exhibit, self.row, self.part, self.column)

    @property
    def exactly(self) -> tuple[str, ...]:
        """The place with the printed values, for which a verdict holds."""
        return (*self.place, self.printed)

    @property
    def waits(self) -> bool:
        """Whether a person must rule on it before the paper passes."""
        return self.severity in WAITS and not self.verdict


@dataclass(frozen=True)
class Docket:
    """What the checks of verdicts look at: the findings of a paper, the rulings as they stand in its file, and what the
    paper is called in commands."""

    findings: tuple[Finding, ...]
    rulings: tuple[Mapping[str, str], ...]
    paper: str = "PAPER"


@dataclass(frozen=True)
class Check:
    """A registered check."""

    code: str
    severity: Severity
    function: Callable[..., Any]

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
        """Names of the parameters, and whether each must be known."""
        found = inspect.signature(self.function).parameters.values()
        return {item.name: item.default is inspect.Parameter.empty for item in found}


_CHECKS: dict[str, Check] = {}


def check(code: str, severity: Severity) -> Callable[[Function], Function]:
    """Register a check under `code`, which is never used for another fault; CheckError where it could not run."""

    def register(function: Function) -> Function:
        if code in _CHECKS:
            raise CheckError(f"{code} {function.__name__}: expected a code of its own, {_CHECKS[code].name} has it")
        if not re.fullmatch("[A-Z]{3}[0-9]{3}", code):
            raise CheckError(f"{code} {function.__name__}: expected a code such as PCT009")
        if severity not in SEVERITIES:
            raise CheckError(f"{code} {function.__name__}: expected {' or '.join(SEVERITIES)}, found {severity}")
        scope_of(code, function, Docket)
        _CHECKS[code] = Check(code, severity, function)
        return function

    return register


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check in the family folders of validations/checks, by code."""
    package = import_module("validations.checks")
    for module in pkgutil.walk_packages(package.__path__, "validations.checks."):
        import_module(module.name)
    return tuple(_CHECKS[code] for code in sorted(_CHECKS))


def find_check(code: str) -> Check:
    """The check with that code, however it is capitalised; KeyError with the codes that may be meant."""
    found = {item.code: item for item in all_checks()}
    if code.upper() not in found:
        close = get_close_matches(code.upper(), found, 3, 0.5)
        meant = f" (meant as {' or '.join(close)}?)" if close else ""
        raise KeyError(f"no check has the code {code}{meant}; 'doubletake explain' lists all")
    return found[code.upper()]
