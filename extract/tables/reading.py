"""The tables of a PDF: its pages that may hold one, the parts of each table, their grids, joined to tables."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extract.errors import UNLABELLED, PartFaults
from extract.page.box import Box, bounding_box
from extract.page.document import Document, open_document
from extract.page.ocr.scans import has_only_picture
from extract.page.prose import body_style, count_styles
from extract.page.screening import pages_with_tables
from extract.tables.finding.all_parts import find_parts, without_repeated
from extract.tables.finding.blocks.aligned_numbers import pages_with_numbers
from extract.tables.finding.grouping import parts_by_table
from extract.tables.finding.notes import split_notes
from extract.tables.finding.over_pages.captions_before import with_tables_behind
from extract.tables.finding.over_pages.next_pages import carry_over
from extract.tables.finding.over_pages.stacking import stack_rows
from extract.tables.finding.parts import TablePart
from extract.tables.grid.grid import Grid, read_grids, read_ruled
from extract.tables.proof.missing_parts import flag_missing_parts
from extract.tables.proof.proving import prove_tables
from extract.tables.table import FIRST_READER, Flag, PrintedTable, Row

_UNCAPTIONED = "RDR022"
_WITHOUT_CAPTION = "no caption: found by its columns of numbers"

_PICTURED_PAGES_COUNT = 4  # pages that are pictures are read if they are no more: each takes some ten seconds
_log = logging.getLogger(__name__)


def read_tables(
    path: Path, pages: range | None = None, password: str | None = None, faults: PartFaults | None = None
) -> list[PrintedTable]:
    """Return the tables of a PDF that have a caption, are drawn as a grid or are numbers in columns, in reading order.

    `pages` count from 1; None for all. Raises UnreadableError if the PDF cannot be read, UsageError if it has none of
    the pages. A page or table that cannot be read costs no other one: `faults` keeps it.
    """
    with open_document(path, password, faults) as document:
        tables = tables_in(document, pages)
        document.faults.raise_without(tables)
        return tables


def tables_in(document: Document, pages: range | None = None) -> list[PrintedTable]:
    """Return the tables of an open document, as `read_tables` does."""
    found: list[tuple[PrintedTable, Sequence[TablePart]]] = []
    for parts in parts_by_table(read_parts(document, pages)):
        with document.part(parts[0].region.sheet.page, parts[0].caption.label or UNLABELLED):
            table = make_table(parts)
            found += [(table, parts)] if table.width > 1 and table.body else []
    return prove_tables(document, found)


def read_parts(document: Document, pages: range | None = None) -> list[TablePart]:
    """Return all tables and parts of tables, page by page, each followed by its rest on the next pages."""
    numbers = document.numbers(pages)
    marked = {*pages_with_tables(document, numbers), *pictured_pages(document, numbers)}
    unmarked = pages_with_numbers(document, [number for number in numbers if number not in marked])
    sheets = document.each(sorted([*marked, *unmarked]), document.printed_sheets)
    sheets = document.sound(sheets, lambda sheet: sheet.once(count_styles))
    body = body_style(sheet for sheet in sheets if sheet.page in (marked or unmarked))
    parts = with_tables_behind(find_parts(document, sheets, body), sheets, document, body)
    return without_repeated(carry_over(parts, document, body))


def pictured_pages(document: Document, numbers: Sequence[int]) -> list[int]:
    """Return the pages that are nothing but a picture; none, with a warning, if they are too many to read all."""

    def pictured(number: int) -> list[int]:
        if document.text(number).strip():
            return []
        page = document.fast[number - 1]
        found = [number] if has_only_picture(page, number) else []
        page.close()
        return found

    found = document.each(numbers, pictured)
    if len(found) <= _PICTURED_PAGES_COUNT:
        return found
    _log.warning(
        "%d pages are pictures without text (pages %d to %d) and are not read; ask for at most %d of them with --pages",
        *(len(found), found[0], found[-1], _PICTURED_PAGES_COUNT),
    )
    return []


def make_table(parts: Sequence[TablePart]) -> PrintedTable:
    """Return the table of its parts, page after page."""
    first = parts[0]
    grids = grids_of(parts)
    reader = first.region.sheet.reader
    rows = [replace(row, read_by=(reader,)) for row in stack_rows(grids)]
    boxes = tuple(map(part_box, parts))
    notes = [note for part in parts for note in split_notes(part.region.notes)]
    head = len(grids[0].head)
    notes = list(dict.fromkeys(notes))
    flags = (*uncaptioned_flags(first), *table_flags(rows), *flag_missing_parts(parts, grids))
    return PrintedTable(first.caption.label, first.caption.text, boxes, head, tuple(rows), tuple(notes), flags)


def uncaptioned_flags(part: TablePart) -> tuple[Flag, ...]:
    """Return a flag on the whole table if it has neither a caption nor a drawn grid: it may be no table."""
    return (Flag(-1, -1, _UNCAPTIONED, FIRST_READER, "", _WITHOUT_CAPTION),) if part.by_columns else ()


def table_flags(rows: Sequence[Row]) -> tuple[Flag, ...]:
    """Return the flags of the cells, with row and column."""
    places = [(r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row.cells)]
    return tuple(Flag(r, c, *flag) for r, c, cell in places for flag in cell.flags)


def grids_of(parts: Sequence[TablePart]) -> list[Grid]:
    """Return one grid for each part. A table on one page whose grid is drawn has the drawn grid."""
    only = parts[0]
    if len(parts) > 1 or only.lattice is None:
        return read_grids([part.region for part in parts])
    return [read_ruled(only.lattice, only.region)]


def part_box(part: TablePart) -> Box:
    """Return the box around the words of a part, on its page."""
    return part.region.sheet.on_page(bounding_box(part.words))
