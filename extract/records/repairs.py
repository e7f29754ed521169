"""Repairs by the [[misread]] entries of a card: they repair our reading, never the paper."""

from collections.abc import Sequence
from dataclasses import replace

from extract.cards.card import CardColumn, Misread
from extract.errors import ExhibitError
from extract.records.records import Doubt
from extract.tables.table import Cell

_CellGrid = list[list[Cell]]


def repair(grid: _CellGrid, columns: Sequence[CardColumn], misreads: Sequence[Misread]) -> _CellGrid:
    """Return the data rows, by columns of the card, with each misread cell as it is published. ExhibitError where a
    cell does not read as the card says, so that no repair outlives its cause."""
    repaired = [list(row) for row in grid]
    for misread in misreads:
        row = repaired[row_index(misread, len(repaired))]
        number = columns.index(misread_column(columns, misread))
        refuse_other_reading(misread, row[number].text)
        row[number] = replace(row[number], text=misread.published)
    return repaired


def row_index(misread: Misread, rows: int) -> int:
    """The place of a misread's row among so many rows; ExhibitError where there is no such row."""
    if not 1 <= misread.row <= rows:
        raise ExhibitError(f"[[misread]] names row {misread.row}; there are {rows} rows")
    return misread.row - 1


def refuse_other_reading(misread: Misread, read: str) -> None:
    """Raise ExhibitError unless the cell reads as the misread says."""
    if read != misread.read:
        place = f"[[misread]] row {misread.row} '{misread.column}'"
        raise ExhibitError(f"{place}: expected to read '{misread.read}', read '{read}'")


def repair_doubt(field: str, misread: Misread) -> Doubt:
    """The repair as a line of readings.csv; `field` is the first column of the CSV that comes from the cell."""
    evidence = f"repaired by the card: {misread.why}"
    return Doubt(misread.exhibit, str(misread.row), field, misread.published, misread.read, evidence, code="RDR002")


def misread_column(columns: Sequence[CardColumn], misread: Misread) -> CardColumn:
    """The column whose head a misread names."""
    return next(column for column in columns if column.head == misread.column)
