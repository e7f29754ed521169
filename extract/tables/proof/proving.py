"""The proof of a table: a second reading of the same places, lost digits, odd cells."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.errors import UNLABELLED
from extract.page.document import Document
from extract.tables.finding.parts import TablePart
from extract.tables.proof.agreement import compare
from extract.tables.proof.camelot_cells import Address, PartCells, cells_by_part, glyphs_by_cell
from extract.tables.proof.camelot_reader import SECOND_READER, Area, CamelotGlyph, read_again
from extract.tables.proof.conservation import flag_digits
from extract.tables.proof.counting import area_below, count_again
from extract.tables.proof.doubts import find_doubts
from extract.tables.table import Flag, PrintedTable, Row

_SHARE_DECIMALS = 4


def prove_tables(document: Document, found: Sequence[tuple[PrintedTable, Sequence[TablePart]]]) -> list[PrintedTable]:
    """Return the tables with their flags, their agreement with the second reader, and the readers of each row. `found`:
    the tables with their parts. A table whose proof fails counts as not read."""
    tables: list[tuple[PrintedTable, list[PartCells]]] = []
    for table, parts in found:
        with document.part(table.boxes[0].page, table.label or UNLABELLED):
            tables.append((table, cells_by_part(table, parts)))
    every = [piece for _, own in tables for piece in own]
    areas = [area for piece in every for area in (piece.area, area_below(piece.area))]
    again = read_again(document.path, areas, document.password)
    proved = []
    for table, own in tables:
        with document.part(table.boxes[0].page, table.label or UNLABELLED):
            count = count_again(table, own, again, every)
            proved.append(with_flags(with_agreement(table, own, again), own, count))
    return proved


def with_flags(table: PrintedTable, pieces: Sequence[PartCells], count: Sequence[Flag] = ()) -> PrintedTable:
    """Return the table with its flags, one for each cell in doubt: its own flag, or else one for its digits, for the
    second reader's `count` or for its shape."""
    counted = replace(table, flags=(*table.flags, *flag_digits(table, pieces), *count))
    first: dict[tuple[int, int, str], Flag] = {}
    for flag in [*counted.flags, *find_doubts(counted)]:
        first.setdefault((flag.row, flag.column, flag.code if flag.row < 0 else ""), flag)
    return replace(table, flags=tuple(first[address] for address in sorted(first)))


def with_agreement(
    table: PrintedTable, pieces: Sequence[PartCells], again: Mapping[Area, Sequence[CamelotGlyph]]
) -> PrintedTable:
    """Return the table with its agreement with the second reading; unchanged if that found no text."""
    cells = [glyphs_by_cell(places, again[area]) for _, area, places in pieces if again.get(area)]
    flags = compare(table, cells)
    alike = {address for part in cells for address in part} - {(flag.row, flag.column) for flag in flags}
    alike -= {place.address for _, area, places in pieces if not again.get(area) for place in places}
    rows = [
        replace(row, read_by=(*row.read_by, SECOND_READER)) if printed <= alike else row
        for row, printed in printed_cells(table)
    ]
    return replace(
        table,
        rows=tuple(rows),
        flags=(*table.flags, *flags),
        agreement=agreement_share(table, alike) if cells else None,
    )


def printed_cells(table: PrintedTable) -> list[tuple[Row, set[Address]]]:
    """Return the rows with the addresses of their printed cells."""
    return [(row, {(r, c) for c, cell in enumerate(row.cells) if cell.text}) for r, row in enumerate(table.rows)]


def agreement_share(table: PrintedTable, alike: set[Address]) -> float | None:
    """Return the share of the printed cells of the body that both readers read alike; None if no cell is printed."""
    printed = {address for _, addresses in printed_cells(table)[table.header_rows :] for address in addresses}
    return round(len(printed & alike) / len(printed), _SHARE_DECIMALS) if printed else None
