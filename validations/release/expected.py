"""Expectations of a CSV as plain values; each names a class of Great Expectations or one of our own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Expected:
    """An expectation: the name of its class, its arguments, the expectation in words, and the message of failure."""

    kind: str
    given: Mapping[str, Any]
    words: str
    fault: str


@dataclass(frozen=True)
class Held:
    """The result of the gate for a paper: the number of expectations met, and a line for each that is not."""

    met: int = 0
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class GateSheet:
    """A CSV as a stranger reads it (a column is of text unless all its cells are plain numbers), the columns that name
    a line of it, and what is expected of it."""

    name: str
    frame: pd.DataFrame = field(compare=False)
    key: tuple[str, ...]
    expected: tuple[Expected, ...]


def columns(names: Sequence[str]) -> Expected:
    words = f"the columns {', '.join(names)}"
    fault = "the columns are not those of its schema"
    return Expected("ExpectTableColumnsToMatchOrderedList", {"column_list": list(names)}, words, fault)


def filled(name: str) -> Expected:
    return Expected("ExpectColumnValuesToNotBeNull", {"column": name}, f"{name} in every row", f"{name} is blank")


def unique(key: Sequence[str]) -> Expected:
    words, fault = f"each {' and '.join(key)} once", f"the same {' and '.join(key)} stands there twice"
    if len(key) == 1:
        return Expected("ExpectColumnValuesToBeUnique", {"column": key[0]}, words, fault)
    return Expected("ExpectCompoundColumnsToBeUnique", {"column_list": list(key)}, words, fault)


def among(name: str, values: Sequence[str], what: str = "") -> Expected:
    given, held = {"column": name, "value_set": list(values)}, what or " or ".join(values)
    return Expected("ExpectColumnValuesToBeInSet", given, f"{name} to be {held}", f"{name} is not {held}")


def matching(name: str, pattern: str, what: str) -> Expected:
    given = {"column": name, "regex": rf"^(?:{pattern})\Z"}
    return Expected("ExpectColumnValuesToMatchRegex", given, f"{name} to be {what}", f"{name} is not {what}")


def between(name: str, low: int | None, high: int | None) -> Expected:
    """Plain numbers in a closed range; at least one end is given."""
    given = {"column": name, "min_value": low, "max_value": high}
    held = _range(low, high)
    return Expected("ExpectColumnValuesToBeBetween", given, f"{name} to be {held}", f"{name} is not {held}")


def printed(name: str, cells: pd.Series, low: int | None = None, high: int | None = None) -> list[Expected]:
    """Printed numbers in a closed range; <0.001 is one, though CSV readers take it for text."""
    if pd.api.types.is_numeric_dtype(cells):
        return [between(name, low, high)] if (low, high) != (None, None) else []
    given = {"column": name, "least": low, "most": high}
    held = f"a printed number {_range(low, high)}".strip()
    return [Expected("ExpectColumnValuesToBePrintedNumbers", given, f"{name} to be {held}", f"{name} is not {held}")]


def _range(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return f"from {low} to {high}"
    return f"at least {low}" if low is not None else f"at most {high}" if high is not None else ""


def in_order(less: str, greater: str, but: "But") -> Expected:
    words, fault = f"{less} not above {greater}{but.words}", f"{less} is above {greater}"
    given = {"column_list": [*but.key, less, greater], **but.given}
    return Expected("ExpectPrintedNumbersToBeInOrder", given, words, fault)


def percent_of_total(n: str, percent: str, totals: Sequence[str], cohort: int | None, but: "But") -> Expected:
    """The percentage is the count out of one of the totals of its row, or out of the cohort."""
    held = f"{n} out of {' or '.join([*totals, *([str(cohort)] if cohort else [])])}"
    given = {"column_list": [*but.key, n, percent, *totals], "cohort": cohort, **but.given}
    return Expected("ExpectPercentOfTotal", given, f"{percent} to be {held}{but.words}", f"{percent} is not {held}")


@dataclass(frozen=True)
class But:
    """The records, by key, that an expectation skips because a finding already reports them."""

    key: tuple[str, ...]
    ruled: tuple[tuple[str, ...], ...] = ()

    @property
    def given(self) -> dict[str, Any]:
        return {"keys": len(self.key), "ruled": [list(record) for record in self.ruled]}

    @property
    def words(self) -> str:
        return f" ({len(self.ruled)} excepted, on which there are findings)" if self.ruled else ""


def known(
    frame: pd.DataFrame, names: Sequence[str], records: Iterable[tuple[str, ...]], words: str, fault: str = ""
) -> GateSheet:
    """A foreign key, as a sheet: the lines of the frame by these columns, and whether they are among the records."""
    targets, lines = set(records), frame.reindex(columns=list(names)).fillna("")
    found = ["yes" if line in targets else "no" for line in lines.itertuples(index=False, name=None)]
    among_them = replace(among("found", ("yes",), words), fault=fault or f"there are no such {words}")
    return GateSheet(words, lines.assign(found=found), tuple(names), (among_them,))
