"""What the checks look at: a paper's tables as records of printed text, with what the paper says about them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import repeat

import pandas as pd

from schemas import SCHEMAS
from schemas.exhibit import Exhibit
from schemas.failures import Failure
from schemas.printed import Printed, is_printed, parse_printed


class Record:
    """A record of an exhibit: its cells by column, "" where nothing was printed or there is no such column."""

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
        """Where it is, as `also` of a finding has it: table1:3"""
        return f"{self.exhibit}:{self.row}"

    def number(self, column: str) -> Printed | None:
        """The number printed in `column`; None where there is none (what is no number is a finding of the schema)."""
        return number_in(self._cells.get(column, ""))

    def count(self, column: str) -> int | None:
        """The whole number printed in `column`, None where there is none."""
        return count_in(self._cells.get(column, ""))


@lru_cache(maxsize=65536)
def number_in(cell: str) -> Printed | None:
    return parse_printed(cell) if is_printed(cell) else None


@lru_cache(maxsize=65536)
def count_in(cell: str) -> int | None:
    number = number_in(cell)
    return number.count if number is not None and number.is_whole else None


@dataclass(frozen=True, eq=False)
class Table:
    """An exhibit: `name` is that of its CSV, `cohort_n` the N that its caption or the paper gives, where known;
    `broken` says in what the frame is not its schema (the columns that were missing are blank in it);
    `words`: its caption and the heads of its columns, "" where they are not known."""

    name: str
    schema: str
    frame: pd.DataFrame
    cohort_n: int | None = None
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    broken: tuple[Failure, ...] = ()
    words: str = ""

    @property
    def model(self) -> type[Exhibit]:
        return SCHEMAS[self.schema]

    @cached_property
    def records(self) -> tuple[Record, ...]:
        part, columns = self.model.part(), list(self.frame.columns)
        return tuple(Record(self.name, dict(zip(columns, cells, strict=True)), part) for cells in self.cells(columns))

    def cells(self, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The texts of these columns, record by record (of no columns, nothing of each)."""
        return zip(*(self.column(name) for name in columns), strict=True) if columns else repeat((), len(self.frame))

    def column(self, name: str) -> list[str]:
        """The texts of a column, from the first record to the last."""
        if name not in self._columns:
            self._columns[name] = self.frame[name].to_numpy(dtype=object).tolist()
        return self._columns[name]

    def firsts(self, column: str) -> dict[str, Record]:
        """The different texts of a column in the order of print, each with the record where it first stands."""
        texts = self.column(column)
        first = dict(zip(reversed(texts), reversed(self.records), strict=True))
        return {text: first[text] for text in dict.fromkeys(texts)}

    @cached_property
    def _columns(self) -> dict[str, list[str]]:
        return {}


@dataclass(frozen=True, eq=False)
class Paper:
    """All exhibits of a paper by name, and the cells that its readers doubt (records of readings.csv)."""

    tables: Mapping[str, Table]
    readings: tuple[Mapping[str, str], ...] = ()

    def of(self, schema: str) -> tuple[Table, ...]:
        """The exhibits of one schema, in the order of the paper."""
        return tuple(table for table in self.tables.values() if table.schema == schema)
