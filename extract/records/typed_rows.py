"""Rows that the reader misses, typed in the card: they stand in the table as if they had been read."""

from collections.abc import Sequence
from dataclasses import replace

from extract.cards.card import ExhibitCard, UnreadRow
from extract.errors import ExhibitError
from extract.page.box import Box
from extract.tables.table import Cell, PrintedTable, Row

CARD_READER = "card"


def with_typed_rows(table: PrintedTable, rows: Sequence[UnreadRow], data_lines: Sequence[int]) -> PrintedTable:
    """Return the table with the rows of the card. `data_lines`: the body rows that are data rows. ExhibitError where a
    row stands under a data row that does not exist. Flags of the rows below move with them."""
    body = list(table.body)
    for row in sorted(rows, key=lambda row: row.after, reverse=True):
        if row.after > len(data_lines):
            raise ExhibitError(f"[[unread_row]] stands after row {row.after}; {len(data_lines)} rows are read")
        at = data_lines[row.after - 1] + 1 if row.after else (data_lines[0] if data_lines else 0)
        body.insert(at, _typed(row))
        flags = (flag._replace(row=flag.row + (flag.row >= table.header_rows + at)) for flag in table.flags)
        table = replace(table, flags=tuple(flags))
    return replace(table, rows=(*table.head, *body))


def table_of_card(exhibit: ExhibitCard, rows: Sequence[UnreadRow]) -> PrintedTable | None:
    """The table of which the card types every row; None where it does not."""
    if not rows or len(rows) != exhibit.rows:
        return None
    head = Row(tuple(Cell(column.head) for column in exhibit.columns), read_by=(CARD_READER,))
    body = tuple(_typed(row) for row in sorted(rows, key=lambda row: row.after))
    place = Box(0, 0, 0, 0, max((row.page for row in rows), default=0) or 1)
    return PrintedTable(exhibit.label, "", (place,), 1, (head, *body))


def _typed(row: UnreadRow) -> Row:
    box = (Box(0, 0, 0, 0, row.page),) if row.page else ()
    return Row(tuple(Cell(text, boxes=box if text else ()) for text in row.cells), read_by=(CARD_READER,))
