"""The [[misread]] entries of a card applied: we repair our reading, never the paper."""

from collections.abc import Sequence
from dataclasses import replace

from extract.cards.card import CardColumn, Misread
from extract.errors import ExhibitError
from extract.records.records import Doubt
from extract.tables.table import Cell

_CellGrid = list[list[Cell]]


def repair(grid: _CellGrid, columns: Sequence[CardColumn], misreads: Sequence[Misread]) -> _CellGrid:
    """Data rows by columns of the card, with the cells that are known to be misread as they are published; ExhibitError
    where such a cell does not read as the card says, so that no repair outlives its cause."""
    repaired = [list(row) for row in grid]
    for misread in misreads:
        if not 1 <= misread.row <= len(repaired):
            raise ExhibitError(f"[[misread]] names row {misread.row} of {len(repaired)}")
        row, number = repaired[misread.row - 1], _number(columns, misread)
        if row[number].text != misread.read:
            place = f"[[misread]] row {misread.row} '{misread.column}'"
            raise ExhibitError(f"{place}: expected to read '{misread.read}', read '{row[number].text}'")
        row[number] = replace(row[number], text=misread.published)
    return repaired


def repair_doubt(columns: Sequence[CardColumn], misread: Misread) -> Doubt:
    """The repair as a line of readings.csv."""
    field = columns[_number(columns, misread)].field
    evidence = f"repaired by the card: {misread.why}"
    return Doubt(misread.exhibit, str(misread.row), field, misread.published, misread.read, evidence, code="RDR002")


def _number(columns: Sequence[CardColumn], misread: Misread) -> int:
    return [column.head for column in columns].index(misread.column)
