"""The flags of a table as lines of readings.csv, by data row and column of the CSV."""

from collections.abc import Collection, Iterator, Sequence

from extract.cards.card import CardColumn, ExhibitCard
from extract.cards.formats import CellError, parse_cell
from extract.records.data_rows import DataRow
from extract.records.records import Doubt
from extract.tables.table import Flag, PrintedTable


def flag_doubts(
    card: ExhibitCard,
    table: PrintedTable,
    places: Sequence[int],
    rows: Sequence[DataRow],
    repaired: Collection[tuple[str, str]] = (),
    left_out: Collection[int] = (),
) -> list[Doubt]:
    """Return a line for each field of a flagged cell in which the other reading differs; one line for the whole cell
    where the other reading cannot be split into fields; one line without row and column for a flag on the whole table.
    Cells that are not published or are `repaired` (number of the
    row, head of the column) get no line. `places`: the place in the table of each column of the card; `left_out`:
    numbers of rows that are not published."""
    columns = dict(zip(places, card.columns, strict=True))
    numbers = {id(entry.row): str(entry.number) for entry in rows}
    unpublished = {id(entry.row) for entry in rows if entry.number in left_out}
    found: list[Doubt] = []
    for flag in (*table.flags, *table.settled):
        if flag.row < 0:
            found.append(Doubt(card.name, "", "", "", flag.reading, flag.evidence, flag.reader, flag.code))
            continue
        row = table.rows[flag.row]
        number = "" if flag.row < table.header_rows else numbers.get(id(row)) or _below(table, flag.row, numbers)
        column = columns[flag.column]
        if column.formats and (number, column.head) not in repaired and id(row) not in unpublished:
            found += _doubts(card.name, number, column, row.cells[flag.column].text, flag)
    return found


def _below(table: PrintedTable, heading: int, numbers: dict[int, str]) -> str:
    """The number of the first data row below a heading."""
    return next((numbers[id(row)] for row in table.rows[heading:] if id(row) in numbers), "")


def _doubts(exhibit: str, row: str, column: CardColumn, printed: str, flag: Flag) -> Iterator[Doubt]:
    ours, theirs = _fields(column, printed), _fields(column, flag.reading)
    differing = [name for name in theirs if ours.get(name, "") != theirs[name]] if ours else []
    for name in differing:
        yield Doubt(exhibit, row, name, ours[name], theirs[name], flag.evidence, flag.reader, flag.code)
    if not differing:
        published = ours.get(column.field, printed)
        yield Doubt(exhibit, row, column.field, published, flag.reading, flag.evidence, flag.reader, flag.code)


def _fields(column: CardColumn, text: str) -> dict[str, str]:
    """Field -> text of a cell, by the first format of the column that fits; {} where the cell has several parts or no
    format fits."""
    for form in column.formats:
        try:
            parts = parse_cell(text, form)
        except CellError:
            continue
        return dict(parts[0].values) if len(parts) == 1 else {}
    return {}
