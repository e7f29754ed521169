"""Papers with one error: a number altered in one of the WAYS, a row printed twice, or a label misspelt."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

import pandas as pd

from schemas.base.exhibit import PROVENANCE
from schemas.base.printed import is_printed, parse_printed
from schemas.forest import DRAWN_COLUMNS
from tests.mutants.ways import WAYS, Change, Place, misspelt
from validations.tables import Paper, Table

LABELS = {"study_arms": "study", "responders": "subtype", "hazard_ratios": "characteristic"}
ROW_TWICE, MISSPELT = "row duplicated", "label misspelt"


@dataclass(frozen=True)
class Mutant:
    """A paper with one error. `twice`: the number of the printed row that is repeated below itself; 0 if no row is."""

    table: str
    way: str
    change: Change
    twice: int = 0

    @property
    def is_number(self) -> bool:
        return self.way in WAYS

    def apply(self, paper: Paper) -> Paper:
        table = paper.tables[self.table]
        frame = table.frame.copy()
        for (row, column), text in self.change.items():
            frame.iloc[row, frame.columns.get_loc(column)] = text
        if self.twice:
            frame = printed_twice(frame, self.twice)
        return replace(paper, tables={**paper.tables, self.table: replace(table, frame=frame)})


def printed_twice(frame: pd.DataFrame, row: int) -> pd.DataFrame:
    """Return the frame with all records of the printed row repeated below it, and the later rows renumbered."""
    number = frame["row"].astype(int)
    again = frame[number == row].assign(row=str(row + 1))
    later = frame[number > row].assign(row=(number[number > row] + 1).astype(str))
    return pd.concat([frame[number <= row], again, later], ignore_index=True)


def number_columns(table: Table) -> list[str]:
    """Return the columns of printed numbers. Columns of a drawing are left out: their numbers are our reading."""
    aside = {"row", "position", *PROVENANCE, *DRAWN_COLUMNS}
    extra = {"value"} if table.schema == "claims" else set()
    return [name for name in table.model.columns() if name in (table.model.numeric() | extra) - aside]


def numbers_in(table: Table) -> Iterator[Place]:
    """Yield the row and column of each printed number."""
    for column in number_columns(table):
        for row, text in enumerate(table.column(column)):
            if is_printed(text):
                yield row, column


def shows_the_same(old: str, new: str) -> bool:
    """Tell whether both texts can be roundings of one number; then nothing was altered."""
    first, second = parse_printed(old), parse_printed(new)
    return max(first.low, second.low) < min(first.high, second.high) or first.value == second.value


def alterations(table: Table, rng: Random) -> Iterator[Mutant]:
    """Yield each number of the table altered in each way that gives another number of the same kind."""
    for row, column in numbers_in(table):
        for way, alter in WAYS.items():
            change = alter(table, row, column, rng)
            if change and any(_differs(table, place, text) for place, text in change.items()):
                yield Mutant(table.name, way, change)


def _differs(table: Table, place: Place, text: str) -> bool:
    row, column = place
    old = table.column(column)[row]
    return old != text and not shows_the_same(old, text)


def rows_twice(table: Table) -> Iterator[Mutant]:
    """Yield the table with each printed row repeated below itself."""
    if table.schema not in ("claims", "histology"):
        yield from (Mutant(table.name, ROW_TWICE, {}, int(row)) for row in dict.fromkeys(table.column("row")))


def misspellings(table: Table, rng: Random) -> Iterator[Mutant]:
    """Yield the label of each printed row with one letter changed, left out, doubled, or swapped with the next."""
    column = LABELS.get(table.schema, table.model.names()[-1])
    labels = list(zip(table.column("row"), table.column(column), strict=True))
    for row, label in dict.fromkeys(labels) if table.schema != "claims" else ():
        letters = [at for at, letter in enumerate(label) if letter.isalpha() and at]
        if len(letters) > 2:
            slip = misspelt(label, rng.choice(letters[:-1]), rng)
            if slip != label:
                places = [place for place, printed in enumerate(labels) if printed == (row, label)]
                yield Mutant(table.name, MISSPELT, {(place, column): slip for place in places})
