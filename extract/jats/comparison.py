"""A table of pages compared with the same table of the XML: where they differ, and which doubts the XML settles."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.jats.alignment import Alignment, align, same_cell
from extract.jats.tables import JATS_READER
from extract.tables.table import Cell, Flag, PrintedTable, Row

DIFFERENT, CONFIRMED = "RDR026", "RDR027"
_OF_TABLE = (-1, -1)
_OUTSIDE = "printed in the "  # begins the evidence of digits lost around the cells
_SHOWN_LETTERS = 60


@dataclass(frozen=True)
class Compared:
    """What the XML says of the cells of a table. `same`: the places of cells that both print alike; `flags`: where they
    differ."""

    same: frozenset[tuple[int, int]]
    flags: tuple[Flag, ...]


def with_xml(table: PrintedTable, other: PrintedTable) -> PrintedTable:
    """Return a table of pages with what the same table of the XML says: a flag for each difference, `jats` among the
    readers of rows that are alike, and the doubts that it settles."""
    compared = compare_tables(table, other)
    settled = [flag for flag in table.flags if _is_settled(flag, compared)]
    open_flags = [flag for flag in table.flags if flag not in settled]
    rows = tuple(_with_reader(number, row, compared) for number, row in enumerate(table.rows))
    return replace(
        table,
        rows=rows,
        element=other.element,
        flags=tuple(sorted([*open_flags, *compared.flags])),
        settled=tuple(map(_confirmed, settled)),
    )


def compare_tables(table: PrintedTable, other: PrintedTable) -> Compared:
    """Return what is alike and what differs, cell by cell. If a label differs, all values of its row are in doubt."""
    pairs = align(table, other)
    same, flags = set[tuple[int, int]](), list[Flag]()
    for number, row in enumerate(table.rows):
        printed = _cells(row)
        if number not in pairs.rows:
            flags += [_flag(number, c, cell, "", "the XML has no such row") for c, cell in printed.items()]
            continue
        alike, unlike = _compare_rows(number, row, other.rows[pairs.rows[number]], pairs)
        if 0 in printed and (number, 0) not in alike:
            why = f"the XML has another label: {unlike[0].reading!r}"
            known = {flag.column for flag in unlike}
            unlike += [_flag(number, c, cell, cell.text, why) for c, cell in printed.items() if c not in known]
            alike = set()
        same |= alike
        flags += unlike
    flags += _only_in_xml(table, other, pairs)
    return Compared(frozenset(same), tuple(flags))


def _compare_rows(number: int, row: Row, other: Row, pairs: Alignment) -> tuple[set[tuple[int, int]], list[Flag]]:
    """The places of the cells of a row that are as in the XML, and flags of the others."""
    same, flags = set[tuple[int, int]](), list[Flag]()
    for column, cell in enumerate(row.cells):
        place = pairs.columns.get(column)
        their = other.cells[place] if place is not None else Cell()
        if same_cell(cell, their):
            same |= {(number, column)} if cell.text else set()
        elif cell.text and not their.text:
            flags.append(_flag(number, column, cell, "", "the XML has nothing there"))
        else:
            flags.append(_flag(number, column, cell, their.text, "page and XML differ"))
    return same, flags


def _flag(row: int, column: int, cell: Cell, reading: str, why: str) -> Flag:
    return Flag(row, column, DIFFERENT, JATS_READER, reading, f"{why}; the page reads {cell.text!r}")


def _cells(row: Row) -> dict[int, Cell]:
    return {column: cell for column, cell in enumerate(row.cells) if cell.text}


def _only_in_xml(table: PrintedTable, other: PrintedTable, pairs: Alignment) -> Iterator[Flag]:
    """Yield one flag on the table where the XML has rows or columns of numbers that were not read."""
    rows = [row for place, row in enumerate(other.rows) if place not in pairs.rows.values()]
    columns = [place for place in range(other.width) if place not in pairs.columns.values()]
    lost = ["rows " + "; ".join(_shown(row.texts) for row in rows)] if rows else []
    values = [[row.texts[place] for row in other.rows if row.texts[place]] for place in columns]
    lost += [f"a column {_shown(texts)}" for texts in values if texts]
    if lost:
        yield Flag(*_OF_TABLE, DIFFERENT, JATS_READER, "", f"only the XML has {', '.join(lost)}")


def _shown(texts: list[str] | tuple[str, ...]) -> str:
    text = " | ".join(filter(None, texts))
    return repr(text if len(text) <= _SHOWN_LETTERS else f"{text[:_SHOWN_LETTERS]}…")


def _is_settled(flag: Flag, compared: Compared) -> bool:
    """Whether the XML settles a doubt: it prints the cell alike, or all of a table that is in doubt."""
    if flag[:2] == _OF_TABLE:
        return not compared.flags
    return flag[:2] in compared.same and not flag.evidence.startswith(_OUTSIDE)


def _confirmed(flag: Flag) -> Flag:
    return flag._replace(code=CONFIRMED, evidence=f"the XML reads as the page ({flag.code}: {flag.evidence})")


def _with_reader(number: int, row: Row, compared: Compared) -> Row:
    printed = {(number, column) for column in _cells(row)}
    differing = {flag.row for flag in compared.flags}
    alike = printed and printed <= compared.same and number not in differing
    return replace(row, read_by=(*row.read_by, JATS_READER)) if alike else row
