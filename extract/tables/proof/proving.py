"""What speaks for and against a table that was read: a second reading of the same places, digits that are lost, cells
that look odd."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from extract.tables.finding.parts import TablePart
from extract.tables.proof.agreement import compare
from extract.tables.proof.camelot_cells import Address, PartCells, cells_by_part, glyphs_by_cell
from extract.tables.proof.camelot_reader import SECOND_READER, Area, CamelotGlyph, read_again
from extract.tables.proof.conservation import flag_digits
from extract.tables.proof.doubts import find_doubts
from extract.tables.table import Flag, Row, Table


def prove_tables(path: Path, password: str | None, found: Sequence[tuple[Table, Sequence[TablePart]]]) -> list[Table]:
    """The tables, given with their parts, as they are after all that can be said for and against them: flags,
    agreement, readers."""
    pieces = [cells_by_part(table, parts) for table, parts in found]
    again = read_again(path, [piece.area for own in pieces for piece in own], password)
    return [with_flags(with_agreement(table, own, again), own) for (table, _), own in zip(found, pieces, strict=True)]


def with_flags(table: Table, pieces: Sequence[PartCells]) -> Table:
    """The table with one flag for each cell in doubt: by those that it has, by its digits or by its shape."""
    told = replace(table, flags=(*table.flags, *flag_digits(table, pieces)))
    first: dict[Address, Flag] = {}
    for flag in [*told.flags, *find_doubts(told)]:
        first.setdefault((flag.row, flag.column), flag)
    return replace(table, flags=tuple(first[address] for address in sorted(first)))


def with_agreement(table: Table, pieces: Sequence[PartCells], again: Mapping[Area, Sequence[CamelotGlyph]]) -> Table:
    """The table with what the second reader says of it; as it was where that one found no text."""
    cells = [glyphs_by_cell(spots, again[area]) for _, area, spots in pieces if again.get(area)]
    flags = compare(table, cells)
    alike = {address for part in cells for address in part} - {(flag.row, flag.column) for flag in flags}
    alike -= {spot.address for _, area, spots in pieces if not again.get(area) for spot in spots}
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


def printed_cells(table: Table) -> list[tuple[Row, set[Address]]]:
    """The rows, with the addresses of their cells that are not blank."""
    return [(row, {(r, c) for c, cell in enumerate(row.cells) if cell.text}) for r, row in enumerate(table.rows)]


def agreement_share(table: Table, alike: set[Address]) -> float | None:
    """The share of the printed cells of the body that are read alike; None where there are none."""
    printed = {address for _, addresses in printed_cells(table)[table.header_rows :] for address in addresses}
    return round(len(printed & alike) / len(printed), 4) if printed else None
