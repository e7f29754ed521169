"""What may stand in the TOML of a card: its tables and keys, as pydantic models. Editors get them as a JSON Schema."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from extract.errors import CardError

_Text = Annotated[str, Field(min_length=1)]
_Count = Annotated[int, Field(ge=1)]
Constant = str | int
KeyPath = tuple[str | int, ...]
"""Keys and places of lists from the top of a card to a value."""


class _Entry(BaseModel):
    """A table of keys, taken strictly: no key is missing, unknown or of another type."""

    model_config = ConfigDict(strict=True, extra="forbid")


class ColumnEntry(_Entry):
    """A printed column. Further keys are constants of the schema; a list has one for each format in `reads`."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Constant | list[Constant]]

    head: str = Field(
        description='The heads over the column from top to bottom, joined by " / "; "" for none.',
        examples=["PFS / HR (95% CI)"],
    )
    reads: str | list[str] = Field(
        description='The format of its cells, a list of formats, or "-" for a column that is not published.',
        examples=["label", "n (percent)", "median (low–high)", "hazard_ratio (ci_low–ci_high)", "-"],
    )


class ExhibitEntry(_Entry):
    """A table or forest plot."""

    label: str = Field(description="The label as printed; the exhibit is found by it.", examples=["Table 1", "Fig. 2"])
    schema_: str = Field(alias="schema", description="What the exhibit is: the name of a schema.")
    rows: int = Field(description="How many data rows are printed: headings do not count, rows in left_out do.")
    columns: list[ColumnEntry] = Field(description="Every printed column, from left to right.")
    headings: str = Field("", description='The column of the schema that takes the text of heading rows; "-" for none.')
    unsectioned: list[str] = Field([], description="Labels of rows under a heading that do not belong to it.")
    left_out: list[str | int] = Field(
        [], description="Rows that are printed and not published: their labels, or their numbers."
    )
    constants: dict[str, Constant] = Field({}, description="Column of the schema -> its value in every record.")
    cohort: _Count | Literal["-"] | None = Field(
        None, description='N of this exhibit where it is not that of the paper; "-" for none.'
    )
    unread: bool = Field(False, description="Whether the exhibit is drafted and nobody has compared it with its page.")


class MisreadEntry(_Entry):
    """A repair of our reading of one printed cell, never of the paper."""

    exhibit: str = Field(description="The name of the exhibit: table1 for [exhibits.table1].")
    row: int = Field(description="The number of the row, as in the CSV.")
    column: str = Field(description="The head of the column; in a forest plot the column of the schema.")
    read: str = Field(description="What we read. When it is no longer read so, that is an error.")
    published: str = Field(description="What is printed.")
    why: str = Field(description="The reason of the repair.")


class UnreadRowEntry(_Entry):
    """A printed row of a table that the reader misses, typed by a person."""

    exhibit: str = Field(description="The name of the exhibit: table1 for [exhibits.table1].")
    after: int = Field(0, ge=0, description="The number of the data row that it stands under; 0 for the first row.")
    cells: list[str] = Field(min_length=1, description="Its cells as printed, from left to right; blank ones too.")
    page: _Count | None = Field(None, description="The page on which it is printed.")


class ArmEntry(_Entry):
    """An arm of the trial."""

    n: _Count | None = Field(None, description="How many patients it has.")
    also: list[str] = Field([], description="Other names that the paper gives it.", examples=[["LIXI", "Group B"]])


class CardEntry(_Entry):
    """The facts of one paper that a person entered. extract/papers/README.md explains every key."""

    doi: _Text = Field(description="The DOI of the paper.", examples=["10.1186/s12885-024-12810-9"])
    citation: _Text = Field(description="The paper in a few words.", examples=["Li et al., BMC Cancer 2024"])
    licence: _Text = Field(description="The licence of the paper.", examples=["CC BY 4.0"])
    exhibits: Annotated[dict[str, ExhibitEntry], Field(min_length=1)] = Field(
        description="Name of the CSV without .csv -> the table or forest plot."
    )
    cohort: _Count | None = Field(None, description="N of the paper; left out where there is none.")
    reviewers: Annotated[int, Field(ge=1, le=9)] = Field(
        1, description="How many people rule on it, each by themselves."
    )
    misread: list[MisreadEntry] = Field([], description="Repairs of our reading.")
    unread_row: list[UnreadRowEntry] = Field([], description="Rows that the reader misses.")
    arms: dict[str, ArmEntry] = Field({}, description="Name of an arm -> its N and its other names.")


_EXPECTED = {
    "reads": "a format, or a list of formats",
    "unread": "true or false",
    "cohort": 'a whole number of 1 or more, or "-" for none',
    "columns": "a list of tables of keys",
    "left_out": "a list of row labels as printed, or row numbers",
    "unsectioned": "a list of row labels as printed",
    "constants": "a table with a text or a whole number for each column",
    "exhibits": "a table of exhibits",
    "misread": "tables under [[misread]]",
    "unread_row": "tables under [[unread_row]]",
    "cells": "a list of cells as printed",
    "after": "the number of a row, or 0",
    "arms": "a table [arms.NAME] for each arm",
    "also": "a list of names",
    "reviewers": "how many people, 1 to 9",
}
"""Key -> what it takes; all other keys of a card take text or a whole number."""
_FIRST = {"missing": 0, "extra_forbidden": 1}
"""Kinds of pydantic errors that are reported first: a misspelt key is both missing and unknown."""
_FOUND_LETTERS = 80  # a list of rows can be longer than a line


def take_card(where: str, data: dict[str, Any]) -> CardEntry:
    """Return the entries of a card from the values of its TOML. CardError with one fault: its place, its key, what was
    expected and what was found."""
    try:
        return CardEntry.model_validate(data)
    except ValidationError as error:
        raise CardError(where + _first_fault(error.errors(include_url=False), data)) from None


def _first_fault(faults: Sequence[ErrorDetails], data: dict[str, Any]) -> str:
    fault = min(faults, key=lambda fault: _FIRST.get(fault["type"], len(_FIRST)))
    kind, (table, place, model) = fault["type"], _table_of(fault["loc"])
    path = fault["loc"][: len(table) + 1]
    if path == table:
        return f"{place}: expected a table of keys, found {_found(data, path)}"
    keys = [str(each["loc"][-1]) for each in faults if each["type"] == kind and each["loc"][:-1] == table]
    if kind == "missing":
        return f"{place}: {', '.join(keys)}: missing"
    if kind == "extra_forbidden":
        known = (field.alias or name for name, field in model.model_fields.items())
        return f"{place}: {', '.join(keys)}: unknown key; known are {', '.join(known)}"
    if kind in ("string_too_short", "too_short"):
        return f"{place}: {', '.join(keys)}: empty"
    return f"{place} {path[-1]}: expected {_expected(fault, path, model)}, found {_found(data, path)}"


def _expected(fault: ErrorDetails, path: KeyPath, model: type[_Entry]) -> str:
    """The values that the key at `path` takes."""
    key = str(path[-1])
    if fault["loc"] == path and fault["type"] in ("int_type", "greater_than_equal"):  # the key takes numbers only
        return "a whole number of 1 or more" if key == "cohort" else "a whole number"
    constant = model is ColumnEntry and key not in model.model_fields
    return "a constant, or a list of constants" if constant else _EXPECTED.get(key, "text in quotes")


def _table_of(path: KeyPath) -> tuple[KeyPath, str, type[_Entry]]:
    """The table that holds the key at `path`: its own path, its name in messages, its model."""
    match path:
        case ("exhibits", name, "columns", int(number), *_):
            return path[:4], f" exhibits.{name} column {number + 1}", ColumnEntry
        case ("exhibits", name, *_):
            return path[:2], f" exhibits.{name}", ExhibitEntry
        case ("misread", int(), *_):
            return path[:2], " misread", MisreadEntry
        case ("unread_row", int(), *_):
            return path[:2], " unread_row", UnreadRowEntry
        case ("arms", name, *_):
            return path[:2], f" arms.{name}", ArmEntry
    return (), "", CardEntry


def _found(data: Any, path: KeyPath) -> str:  # noqa: ANN401 - a value of a TOML file
    for step in path:
        data = data[step]
    found = repr(data)
    return found if len(found) <= _FOUND_LETTERS else f"{found[:_FOUND_LETTERS]}…"
