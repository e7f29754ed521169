"""The input of the checks: a paper's tables as records of printed text, with captions, abbreviations and N."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, wraps
from itertools import repeat
from typing import Any, TypeVar, TypeVarTuple

import pandas as pd

from schemas import SCHEMAS
from schemas.base.exhibit import Exhibit
from schemas.base.failures import Failure
from schemas.base.printed import MOST_DIGITS, Printed, is_printed, parse_printed


class Record:
    """A record of an exhibit: its cells by column, "" where nothing was printed or the column does not exist."""

    __slots__ = ("_cells", "exhibit", "part", "row")

    def __init__(self, exhibit: str, cells: Mapping[str, str], part: str = "") -> None:
        self.exhibit = exhibit
        self.row = cells["row"]
        self.part = cells.get(part, "")
        self._cells = cells

    def __getitem__(self, column: str) -> str:
        return self._cells.get(column, "")

    @property
    def place(self) -> str:
        """Exhibit and row, as in the `also` column of findings.csv: table1:3"""
        return f"{self.exhibit}:{self.row}"

    def number(self, column: str) -> Printed | None:
        """The number printed in `column`, or None. (A text that is not a number is a finding of the schema, SCH001.)"""
        return number_in(self._cells.get(column, ""))

    def count(self, column: str) -> int | None:
        """The whole number printed in `column`, or None."""
        return count_in(self._cells.get(column, ""))


@lru_cache(maxsize=65536)
def number_in(cell: str) -> Printed | None:
    """The number printed in a cell, or None."""
    return parse_printed(cell) if is_printed(cell) else None


@lru_cache(maxsize=65536)
def count_in(cell: str) -> int | None:
    """The whole number printed in a cell, or None."""
    number = number_in(cell)
    return number.count if number is not None and number.is_whole else None


def row_place(row: str) -> int:
    """The place of a printed row for sorting: its number; 0 where the row has none, or none that a table can have."""
    return int(row) if row.isdecimal() and len(row) <= MOST_DIGITS else 0


class Owner:
    """A paper, a table or a part of one: it owns the results of the functions marked `once`."""

    @cached_property
    def results(self) -> dict[Hashable, Any]:
        """What functions marked `once` have computed from this object, by function and further arguments."""
        return {}


_OwnerT = TypeVar("_OwnerT", bound=Owner)
_Arguments = TypeVarTuple("_Arguments")
_Result = TypeVar("_Result")


def once(function: Callable[[_OwnerT, *_Arguments], _Result]) -> Callable[[_OwnerT, *_Arguments], _Result]:
    """Compute a function of a table, paper or group once for the same further arguments, which must be hashable. The
    result is kept with its owner, the first argument, and freed with it."""

    @wraps(function)
    def kept(owner: _OwnerT, *arguments: *_Arguments) -> _Result:
        key = (function, *arguments)
        if key not in owner.results:
            owner.results[key] = function(owner, *arguments)
        result: _Result = owner.results[key]
        return result

    return kept


@dataclass(frozen=True, eq=False)
class Table(Owner):
    """An exhibit. `name`: that of its CSV. `cohort_n`: the N that its caption or the paper gives, where known.
    `broken`: where the frame fails its schema (a missing column is added, blank). `words`: its caption and the heads of
    its columns, "" where they are not known. `footnotes`: the notes under it. `doubtful`: the rows with a reading that
    is in doubt."""

    name: str
    schema: str
    frame: pd.DataFrame
    cohort_n: int | None = None
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    broken: tuple[Failure, ...] = ()
    words: str = ""
    footnotes: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()

    @property
    def model(self) -> type[Exhibit]:
        return SCHEMAS[self.schema]

    @cached_property
    def panels(self) -> tuple["Table", ...]:
        """The table divided by the panels of its schema, such as the arms of a trial, each with its own records; the
        table itself where its schema has none. The N of a panel is the one that its records name."""
        by = [name for name in self.model.panels() if name in self.frame.columns]
        if not by or self.frame.empty:
            return (self,)
        groups = self.frame.groupby(by, sort=False, dropna=False)
        return tuple(replace(self, frame=frame, cohort_n=_own_n(frame)) for _, frame in groups)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        part, columns = self.model.part(), list(self.frame.columns)
        return tuple(Record(self.name, dict(zip(columns, cells, strict=True)), part) for cells in self.cells(columns))

    def cells(self, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The texts of these columns, record by record; without columns, an empty tuple for each record."""
        return zip(*(self.column(name) for name in columns), strict=True) if columns else repeat((), len(self.frame))

    def column(self, name: str) -> list[str]:
        """The texts of a column, from the first record to the last."""
        if name not in self._columns:
            self._columns[name] = self.frame[name].to_numpy(dtype=object).tolist()
        return self._columns[name]

    def firsts(self, column: str) -> dict[str, Record]:
        """The distinct texts of a column in printed order, each with the first record that has it."""
        texts = self.column(column)
        first = dict(zip(reversed(texts), reversed(self.records), strict=True))
        return {text: first[text] for text in dict.fromkeys(texts)}

    @cached_property
    def _columns(self) -> dict[str, list[str]]:
        return {}


def _own_n(frame: pd.DataFrame) -> int | None:
    """The N that all records of a panel name; None where they name none or several."""
    sizes = {count_in(text) for text in frame["arm_n"] if text} if "arm_n" in frame else set()
    return sizes.pop() if len(sizes) == 1 else None


@dataclass(frozen=True, eq=False)
class BrokenCheck:
    """A fault of ours by which checks of an exhibit ("" for the whole paper) failed. `fault`: its kind and place;
    `message`: which checks, and what went wrong; `records`: those at which it happened, () where it was none of one
    record."""

    exhibit: str
    fault: str
    message: str
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, eq=False)
class Paper(Owner):
    """All exhibits of a paper by name, the doubtful cells (records of readings.csv), and the checks that failed.
    `files`: of each CSV in the data package its name (`file`), the hash that stands there ("" for none) and the hash
    that was `found`."""

    tables: Mapping[str, Table]
    readings: tuple[Mapping[str, str], ...] = ()
    broken: tuple[BrokenCheck, ...] = ()
    files: tuple[Mapping[str, str], ...] = ()

    def of(self, schema: str) -> tuple[Table, ...]:
        """The exhibits of one schema, in the order of the paper."""
        return tuple(table for table in self.tables.values() if table.schema == schema)
