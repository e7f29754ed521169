"""The data rows of a table, each with the heading that it stands under."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median

from extract.errors import ExhibitError
from extract.records.heads import match_key
from extract.tables.table import Cell, Row

# Points: less is no indent but the side bearing of a letter.
_INDENT = 1.0
# A row of a table with fewer columns than this cannot be told from a heading by its blanks.
_FEW = 4


@dataclass(frozen=True)
class DataRow:
    """A printed data row: its number from 1, headings not counted, and its heading (blank for none)."""

    number: int
    heading: Cell
    row: Row


def data_rows(body: Sequence[Row], unsectioned: Collection[str] = ()) -> list[DataRow]:
    """The rows that are no headings. A heading is a row with nothing but a label and with a row of values beneath it.
    It holds until the next, or until a row is not set in while its first row was; never for `unsectioned` labels."""
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
    _all_met(unsectioned, found)
    return found


def plain_rows(body: Sequence[Row]) -> list[DataRow]:
    """All rows of a table that has no headings."""
    return [DataRow(number, Cell(), row) for number, row in enumerate(body, 1)]


def sparse_rows(rows: Sequence[DataRow]) -> list[DataRow]:
    """Rows with values in less than half as many columns as rows usually have: a heading or the rest of a wrapped row
    may pass for a row. None where rows usually have fewer than four."""
    filled = [sum(1 for text in entry.row.texts if text) for entry in rows]
    usual = median(filled) if filled else 0
    return [entry for entry, count in zip(rows, filled, strict=True) if usual >= _FEW and count < usual / 2]


def _deeper(row: Row, heading: Row) -> bool:
    return row.indent > heading.indent + _INDENT


def _label(row: Row | None) -> Cell:
    return next((cell for cell in row.cells if cell.text), Cell()) if row else Cell()


def _all_met(unsectioned: Collection[str], rows: Sequence[DataRow]) -> None:
    labels = {match_key(_label(entry.row).text) for entry in rows}
    if strange := [label for label in unsectioned if match_key(label) not in labels]:
        raise ExhibitError(f"no row is labelled '{strange[0]}', which the card lists as unsectioned")


def rows_left_out(rows: Sequence[DataRow], entries: Sequence[str | int]) -> set[int]:
    """The numbers of the rows that a card leaves out, which names them by their labels as printed or by their numbers;
    ExhibitError where an entry is no row, or is the label of several."""
    return {_numbered(rows, entry) if isinstance(entry, int) else _labelled(rows, entry) for entry in entries}


def _numbered(rows: Sequence[DataRow], number: int) -> int:
    if not 1 <= number <= len(rows):
        raise ExhibitError(f"left_out names row {number} of {len(rows)}")
    return number


def _labelled(rows: Sequence[DataRow], label: str) -> int:
    """By the label to the letter, else by what `plain` keeps of it."""
    labels = {entry.number: _label(entry.row).text for entry in rows}
    found = [number for number, text in labels.items() if text.split() == label.split()]
    found = found or [number for number, text in labels.items() if match_key(text) == match_key(label)]
    if not found:
        raise ExhibitError(f"no row is labelled '{label}', which the card lists in left_out")
    if len(found) > 1:
        numbers = ", ".join(map(str, found))
        raise ExhibitError(f"left_out '{label}' is the label of rows {numbers}: name the row by its number")
    return found[0]
