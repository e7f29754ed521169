"""The expectations of an exhibit's CSV, derived from its schema and its entry in the data package."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from schemas import SCHEMAS
from schemas.base.exhibit import Exhibit, Field, Quantities
from validations.release.expected import (
    But,
    Expected,
    among,
    between,
    columns,
    filled,
    in_order,
    matching,
    percent_of_total,
    printed,
    unique,
)

JATS_EDITION = "jats"  # read from an XML alone, without pages
BOXED = ("page", "x0", "top", "x1", "bottom")
READERS = r"[\w.-]+(?:\+[\w.-]+)*"
_CHOICE = re.compile(r"(?:\(\?:)*([\w -]+(?:\|[\w -]+)+)(?:\)\??)*")  # (?:PFS|OS)? and the like


@dataclass(frozen=True)
class Declared:
    """What is known of an exhibit. `published`: it was written by `extract`, not typed by hand; `ruled`: row, part and
    column of the findings on which a person has ruled, or need not; `left_out`: printed rows that are not published;
    `boxed`: the records have places on pages."""

    schema: str
    label: str = ""
    printed_rows: int | None = None
    cohort_n: int | None = None
    published: bool = True
    ruled: tuple[tuple[str, str, str], ...] = ()
    left_out: int = 0
    boxed: bool = True

    @property
    def model(self) -> type[Exhibit]:
        return SCHEMAS[self.schema]

    def but(self, *columns: str) -> But:
        """The records with a settled finding in one of the columns."""
        key = self.model.key()
        return But(tuple(key), tuple(dict.fromkeys(found[: len(key)] for found in self.ruled if found[2] in columns)))


def of_exhibit(frame: pd.DataFrame, declared: Declared) -> Iterator[Expected]:
    """Yield the expectations of one exhibit; an empty column need only exist."""
    model = declared.model
    yield from _published(declared) if declared.published else ()
    for item in model.fields():
        if item.name in frame and frame[item.name].notna().any():
            yield from _values(item, frame[item.name])
    for group in model.quantities():
        used = {name: column for name, column in group.items() if column in frame and frame[column].notna().any()}
        yield from _quantities(used, frame, declared)


def _published(declared: Declared) -> Iterator[Expected]:
    """Columns, keys, as many printed rows as were counted, and where each was printed and by whom it was read."""
    model = declared.model
    yield columns(model.columns())
    yield from (filled(name) for name in model.key())
    yield unique(model.key())
    yield from _rows(declared, 0 if model.taken_from() else None)
    yield from (filled(name) for name in (*(BOXED if declared.boxed else ()), "read_by"))
    yield matching("read_by", READERS, "names of readers, joined by +")
    if not declared.boxed:
        return
    for greater, less in (("x1", "x0"), ("bottom", "top")):
        given = {"column_A": greater, "column_B": less}
        words, fault = f"{greater} to be above {less}", f"{greater} is not above {less}"
        yield Expected("ExpectColumnPairValuesAToBeGreaterThanB", given, words, fault)


def _rows(declared: Declared, least: int | None) -> Iterator[Expected]:
    """`least`: how many rows there must be, None for all that are published."""
    if (printed_rows := declared.printed_rows) is not None:
        most = printed_rows - declared.left_out
        given = {"column": "row", "min_value": most if least is None else least, "max_value": most}
        words = f"{most} printed rows, as datapackage.json says"
        fault = f"there are not {most} printed rows, as datapackage.json says"
        yield Expected("ExpectColumnUniqueValueCountToBeBetween", given, words, fault)
        yield between("row", 1, printed_rows)


def _values(item: Field, cells: pd.Series) -> Iterator[Expected]:
    """What a column may hold by its type, its unit and its pattern."""
    pattern = item.constraints.get("pattern", "")
    if item.type != "string":
        counted = item.type == "integer" or item.unit == "%"
        low = 1 if item.name in ("row", "page") else 0 if counted else None
        yield from printed(item.name, cells, low, 100 if item.unit == "%" else None)
    elif choice := _CHOICE.fullmatch(pattern):
        yield among(item.name, choice[1].split("|"))
    elif pattern and not pd.api.types.is_numeric_dtype(cells):
        yield matching(item.name, pattern, f"of the form {pattern}")


def _quantities(group: Quantities, frame: pd.DataFrame, declared: Declared) -> Iterator[Expected]:
    """What holds between the quantities of a record: a count is not above its total and gives its percentage, P is
    from 0 to 1, an interval is in order."""
    totals = [group[name] for name in ("evaluable", "total") if name in group]
    cohort = None if totals or declared.model.panels() else declared.cohort_n  # an arm is not the whole cohort
    if {"n", "percent"} <= group.keys() and (totals or cohort):
        n, percent = group["n"], group["percent"]
        yield percent_of_total(n, percent, totals, cohort, declared.but(n, percent))
    for less, greater in (("n", "total"), ("low", "high")):
        if {less, greater} <= group.keys():
            yield in_order(group[less], group[greater], declared.but(group[less], group[greater]))
    if "p" in group:
        yield from printed(group["p"], frame[group["p"]], 0, 1)
