"""What every exhibit has: kinds of columns, row number, notes, provenance; and what a schema declares.

A schema is one file, outcomes.py with `class Outcomes(Exhibit, place=12)`. Its docstring begins with what a record is;
`place` orders the schemas in the manual and in lists. It declares its columns and, in `Config.unique`, its key. The
class methods of `Exhibit` say the rest, each with its meaning: all but `sample_csv` have a default.

    explain               sample_csv, needed
    checks                quantities, names, identity, vocabulary, shared, rows_are_exclusive, panels
    claims of the text    label_column, row_words, claim_words, claim_cells, table_counts, response_counts
    reading               read_from, taken_from, optional
    release gate          key, quantities, taken_from, and the unit and pattern of each column
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import pandas as pd
import pandera.extensions
import pandera.pandas as pa
from pandera.typing.pandas import Series

from schemas.base.failures import SchemaFileError
from schemas.base.printed import PATTERN, is_too_long
from schemas.base.uses import ClaimCell, TableCounts

Kind = Literal["string", "integer", "number"]
ReadFrom = Literal["table", "plot", "text"]
Quantities = Mapping[str, str]
"""A group of columns that checks compare: the name of a quantity in the checks -> its column."""

COUNT = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
BOXES = r"[0-9]+(?::[0-9]+\.[0-9]){4}"


@dataclass(frozen=True)
class Field:
    """A column as the data package describes it. `constraints` in the terms of Table Schema (required, pattern)."""

    name: str
    title: str
    description: str
    type: Kind
    unit: str = ""
    constraints: Mapping[str, Any] = field(default_factory=dict)

    def as_found(self, cells: Iterable[str]) -> "Field":
        """Return the field for these cells. Numbers become strings with a pattern if a cell has a comparator or
        thousands separators, which the number types of a data package do not allow."""
        if self.type == "string" or not any(set(cell) & set("<>≤≥,") for cell in cells):
            return self
        return Field(
            self.name, self.title, self.description, "string", self.unit, {**self.constraints, "pattern": PATTERN}
        )


@pandera.extensions.register_check_method(statistics=["pattern"])  # type: ignore[untyped-decorator]
def has_form(cells: pd.Series, *, pattern: str) -> pd.Series:
    """Whether each text matches the pattern from its start; equal texts are tried once. The column type refuses
    values that are not text."""
    form, texts = re.compile(pattern), cells.to_numpy(dtype=object).tolist()
    misfits = {text for text in set(texts) if isinstance(text, str) and not form.match(text)}
    return pd.Series([text not in misfits for text in texts] if misfits else True, cells.index, dtype=bool)


@pandera.extensions.register_check_method(statistics=["bounded"])  # type: ignore[untyped-decorator]
def has_bounds(cells: pd.Series, *, bounded: bool) -> pd.Series:
    """Whether no text is a number of more digits than anyone prints; all texts pass unless `bounded`."""
    texts = cells.to_numpy(dtype=object).tolist() if bounded else []
    long = {text for text in set(texts) if isinstance(text, str) and is_too_long(text)}
    return pd.Series([text not in long for text in texts] if long else True, cells.index, dtype=bool)


def _column(title: str, description: str, kind: Kind, unit: str, pattern: str, expected: str) -> Any:  # noqa: ANN401
    metadata = {"type": kind, "unit": unit, "expected": expected}
    checks: dict[str, Any] = {"has_form": rf"(?:{pattern})\Z", "has_bounds": expected not in FREE_TEXT}
    return pa.Field(**checks, title=title, description=description, metadata=metadata)


FREE_TEXT = ("text", "some text")  # what is expected in columns of text as printed


def text(title: str, description: str, *, required: bool = False) -> Any:  # noqa: ANN401 - pandera types its fields so
    """A column of text as printed; it may be blank unless `required`."""
    pattern, expected = (r"(?s:.*\S.*)", FREE_TEXT[1]) if required else (r"(?s:.*)", FREE_TEXT[0])
    return _column(title, description, "string", "", pattern, expected)


def coded(title: str, description: str, pattern: str, expected: str) -> Any:  # noqa: ANN401
    """A column of codes that we assign; the whole cell must match `pattern`."""
    return _column(title, description, "string", "", pattern, expected)


def count(title: str, description: str, unit: str = "patients") -> Any:  # noqa: ANN401
    """A column of whole numbers, or blank."""
    return _column(title, description, "integer", unit, rf"{COUNT}?", "a whole number or nothing")


def number(title: str, description: str, unit: str = "") -> Any:  # noqa: ANN401
    """A column of printed numbers (-0.02, 45.10, <0.001), or blank."""
    return _column(title, description, "number", unit, rf"(?:{PATTERN})?", "a printed number or nothing")


PROVENANCE = ("notes", "page", "x0", "top", "x1", "bottom", "continued", "read_by")


class Exhibit(pa.DataFrameModel):
    """A frame of printed text. Cells are `str`, "" where nothing was printed."""

    row: Series[str] = coded(
        "Row", "Place of the printed row in the exhibit, from 1; headings are not counted.", "[1-9][0-9]*", "1, 2, 3..."
    )
    notes: Series[str] = text(
        "Notes", "Note marks and printed not-available signs, by column: orr_percent:c;age_low:NA"
    )
    page: Series[str] = coded("Page", "Page of the PDF, from 1.", "(?:[1-9][0-9]*)?", "1, 2, 3... or nothing")
    x0: Series[str] = number("Left", "Left edge of the printed row.", "pt")
    top: Series[str] = number("Top", "Upper edge of the printed row, from the top of the page as displayed.", "pt")
    x1: Series[str] = number("Right", "Right edge of the printed row.", "pt")
    bottom: Series[str] = number("Bottom", "Lower edge of the printed row, from the top of the page.", "pt")
    continued: Series[str] = coded(
        "Continued",
        "Boxes of the row's other parts, page:left:top:right:bottom, joined by ;",
        rf"(?:{BOXES}(?:;{BOXES})*)?",
        "boxes such as 6:40.1:60.2:500.0:75.0, or nothing",
    )
    read_by: Series[str] = text("Read by", "The readers that agree on the row, joined by +")

    class Config:
        strict = True

    def __init_subclass__(cls, *, place: int = 0, **given: Any) -> None:  # noqa: ANN401 - what pandera takes
        """`place`: where the schema stands in the manual and in lists, from 1; discovery.py reads the figure."""
        super().__init_subclass__(**given)  # type: ignore[no-untyped-call]

    @classmethod
    def schema_name(cls) -> str:
        """The name of the schema in cards, data packages and commands: that of its file."""
        return cls.__module__.rpartition(".")[2]

    @classmethod
    def sample_csv(cls) -> str:
        """A small CSV as someone might type it, without the columns that may be left out; `explain` shows it."""
        raise incomplete(cls, "sample", "sample_csv(), which returns a small CSV with all needed columns")

    @classmethod
    def read_from(cls) -> ReadFrom:
        """Where `extract` reads the records: in a table, in the drawing of a forest plot, or in the running text."""
        return "table"

    @classmethod
    def optional(cls) -> tuple[str, ...]:
        """The columns that a CSV of an earlier version lacks, and that are blank then."""
        return ()

    @classmethod
    def read_by_rules(cls) -> bool:
        """Whether each cell of a table is read by what head, label and notes say of it, so that a card needs no format
        for it."""
        return False

    @classmethod
    def label_column(cls) -> str:
        """The column of the label that is printed in each row."""
        return cls.names()[-1]

    @classmethod
    def row_words(cls) -> tuple[str, ...]:
        """The columns whose words name a row where a sentence speaks of it."""
        return ()

    @classmethod
    def claim_words(cls) -> frozenset[str]:
        """Words that a sentence about any record may use without meaning another cell."""
        return frozenset()

    @classmethod
    def claim_cells(cls) -> tuple[ClaimCell, ...]:
        """The cells of each record that a figure of the running text may repeat, in the order of preference; the lines
        of forest plots need not say theirs."""
        return ()

    @classmethod
    def table_counts(cls) -> TableCounts:
        """The numbers of a whole table that a figure of the running text may repeat."""
        return TableCounts()

    @classmethod
    def rows_are_exclusive(cls) -> bool:
        """Whether the rows of one section count different patients, so that a total row is their sum."""
        return False

    @classmethod
    def panels(cls) -> tuple[str, ...]:
        """The columns by which the checks divide the records: each combination of their texts, such as an arm, is
        checked as a table of its own. () for schemas whose records are checked together."""
        return ()

    @classmethod
    def response_counts(cls) -> tuple[str, ...]:
        """The columns of counts that together are the patients of a group who responded; () for none."""
        return ()

    @classmethod
    def key(cls) -> list[str]:
        """The columns that together name one record: `row`, and a second one where a row holds several."""
        return list(_key(cls))

    @classmethod
    def part(cls) -> str:
        """The second key column, "" where `row` alone is the key."""
        return "".join(cls.key()[1:])

    @classmethod
    def columns(cls) -> list[str]:
        """All columns in the order of the CSV: key, the exhibit's own, notes and provenance."""
        return list(_columns(cls))

    @classmethod
    def numeric(cls) -> set[str]:
        """The columns whose cells are printed numbers or blank, those of the provenance among them."""
        return set(_numeric(cls))

    @classmethod
    def fields(cls, frame: pd.DataFrame | None = None) -> list[Field]:
        """The columns in order, as a data package describes them; with a frame, as its cells allow."""
        found = [_field(name, cls.to_schema().columns[name], name in cls.key()) for name in cls.columns()]
        return found if frame is None else [item.as_found(frame[item.name]) for item in found]

    @classmethod
    def quantities(cls) -> tuple[Quantities, ...]:
        """The groups of columns that checks compare within one record."""
        return ()

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The columns that together name a printed row to a reader; the last is its label."""
        return ("row",)

    @classmethod
    def identity(cls) -> tuple[str, ...]:
        """The columns that are equal in two rows if one row is printed twice."""
        return cls.names()

    @classmethod
    def shared(cls) -> tuple[str, ...]:
        """The columns that are equal in all records of a printed row, if only the second key distinguishes them; () if
        each record has its own name."""
        names = tuple(name for name in cls.names() if name != "row")
        return () if cls.part() in ("", *names) else names

    @classmethod
    def needed(cls) -> tuple[str, ...]:
        """The columns that a typed CSV must have: those that are never blank, except `row`, which can be counted, and a
        second key that names nothing, because a table may hold a single value of it."""
        spare = ("row", cls.part() if cls.shared() else "")
        return tuple(name for name in cls.columns() if name not in spare and not _may_be_blank(cls, name))

    @classmethod
    def taken_from(cls) -> str:
        """The schema of the exhibit whose cells these records split; "" if the records are printed rows."""
        return ""

    @classmethod
    def vocabulary(cls) -> tuple[str, ...]:
        """The columns of names; checks treat two spellings of a name as one name."""
        return ()


def incomplete(model: type[Exhibit], piece: str, addition: str) -> SchemaFileError:
    """The error of a schema that lacks a piece; `addition`: what to add to its class."""
    path = model.__module__.replace(".", "/")
    return SchemaFileError(f"{path}.py: {model.__name__} has no {piece}; add {addition}")


@cache
def _key(model: type[Exhibit]) -> tuple[str, ...]:
    return tuple(model.to_schema().unique or ["row"])


@cache
def _may_be_blank(model: type[Exhibit], name: str) -> bool:
    return re.match(_pattern(model.to_schema().columns[name]) + r"\Z", "") is not None


def _pattern(column: Any) -> str:  # noqa: ANN401 - a pandera column
    return str(column.checks[0].statistics["pattern"]).removesuffix(r"\Z")


@cache
def _columns(model: type[Exhibit]) -> tuple[str, ...]:
    own = [name for name in model.to_schema().columns if name not in (*model.key(), *PROVENANCE)]
    return (*model.key(), *own, *PROVENANCE)


@cache
def _numeric(model: type[Exhibit]) -> frozenset[str]:
    return frozenset(item.name for item in model.fields() if item.type != "string")


def _field(name: str, column: Any, in_key: bool) -> Field:  # noqa: ANN401 - a pandera column
    metadata = column.metadata
    pattern = _pattern(column)
    kind: Kind = "integer" if name in ("row", "page") else metadata["type"]
    constraints: dict[str, Any] = {"required": True} if in_key else {}
    if kind == "string" and metadata["expected"] not in FREE_TEXT:
        constraints["pattern"] = pattern
    return Field(name, column.title, column.description, kind, metadata["unit"], constraints)
