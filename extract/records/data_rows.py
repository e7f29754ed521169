"""The data rows of a table, each with the heading above it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median

from extract.errors import ExhibitError
from extract.records.heads import match_key
from extract.tables.table import Cell, Row

# A smaller difference is the side bearing of a letter, not an indent.
_INDENT_PT = 1.0
# Where rows have fewer values than this, blanks do not tell a heading from a row.
_FEWEST_VALUES = 4
# A row with a smaller share of the usual number of values is sparse.
_SPARSE_SHARE = 0.5


@dataclass(frozen=True)
class DataRow:
    """A printed data row: its number from 1, not counting headings, and its heading (blank for none)."""

    number: int
    heading: Cell
    row: Row


def data_rows(body: Sequence[Row], unsectioned: Collection[str] = ()) -> list[DataRow]:
    """Return the rows that are not headings. A heading is a row with only a label and with a row of values beneath it.
    It holds until the next heading, or until a row is not indented while its first row was; never for rows with an
    `unsectioned` label. ExhibitError where no row has one of these labels."""
    found: list[DataRow] = []
    heading: Row | None = None
    outside = {match_key(label) for label in unsectioned}
    for row, below in zip(body, [*body[1:], None], strict=True):
        if row.is_heading and below is not None and not below.is_heading:
            heading, indented = row, _deeper(below, row)
            continue
        if heading is not None and indented and not _deeper(row, heading):
            heading = None
        stands_under = None if match_key(_label(row).text) in outside else heading
        found.append(DataRow(len(found) + 1, _label(stands_under), row))
    _refuse_unknown_labels(unsectioned, found)
    return found


def plain_rows(body: Sequence[Row]) -> list[DataRow]:
    """Return all rows of a table that has no headings."""
    return [DataRow(number, Cell(), row) for number, row in enumerate(body, 1)]


def sparse_rows(rows: Sequence[DataRow]) -> list[DataRow]:
    """Return the rows with values in less than half as many columns as the median row: such a row may be a heading or
    the rest of a wrapped row. Empty where the median row has fewer than four values."""
    filled = [sum(1 for text in entry.row.texts if text) for entry in rows]
    usual = median(filled) if filled else 0
    return [
        entry
        for entry, count in zip(rows, filled, strict=True)
        if usual >= _FEWEST_VALUES and count < usual * _SPARSE_SHARE
    ]


def _deeper(row: Row, heading: Row) -> bool:
    return row.indent > heading.indent + _INDENT_PT


def _label(row: Row | None) -> Cell:
    return next((cell for cell in row.cells if cell.text), Cell()) if row else Cell()


def _refuse_unknown_labels(unsectioned: Collection[str], rows: Sequence[DataRow]) -> None:
    labels = {match_key(_label(entry.row).text) for entry in rows}
    if unknown := [label for label in unsectioned if match_key(label) not in labels]:
        raise ExhibitError(f"no row is labelled '{unknown[0]}', which the card lists in unsectioned")


def rows_left_out(rows: Sequence[DataRow], entries: Sequence[str | int]) -> set[int]:
    """Return the numbers of the rows in left_out, whose entries are labels as printed or numbers. ExhibitError where an
    entry fits no row or several."""
    return {_numbered(rows, entry) if isinstance(entry, int) else _labelled(rows, entry) for entry in entries}


def _numbered(rows: Sequence[DataRow], number: int) -> int:
    if not 1 <= number <= len(rows):
        raise ExhibitError(f"left_out names row {number}; the table has {len(rows)} rows")
    return number


def _labelled(rows: Sequence[DataRow], label: str) -> int:
    """The number of the row with this label, spaces apart; else by the `match_key` of the label."""
    labels = {entry.number: _label(entry.row).text for entry in rows}
    found = [number for number, text in labels.items() if text.split() == label.split()]
    found = found or [number for number, text in labels.items() if match_key(text) == match_key(label)]
    if not found:
        raise ExhibitError(f"no row is labelled '{label}', which the card lists in left_out")
    if len(found) > 1:
        numbers = ", ".join(map(str, found))
        raise ExhibitError(f"left_out '{label}' is the label of rows {numbers}; give the row's number instead")
    return found[0]
