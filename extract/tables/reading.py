"""The tables of a PDF: pages that may hold one, the parts of each table, their grids, put together."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from extract.errors import UsageError
from extract.page.box import Box, bounding_box
from extract.page.glyphs.mending import mended
from extract.page.prose import body_style
from extract.page.screening import pages_with_tables
from extract.page.sheet import Sheet, read_sheets
from extract.pdf.opening import open_fast, open_thorough, refuse_fewer_pages
from extract.tables.finding.next_pages import carry_over
from extract.tables.finding.notes import split_notes
from extract.tables.finding.parts import TablePart, find_parts, parts_by_table
from extract.tables.finding.stacking import stack_rows
from extract.tables.grid.grid import Grid, read_grids, read_ruled
from extract.tables.grid.head import head_length
from extract.tables.proof.proving import prove_tables
from extract.tables.table import Flag, Row, Table


def read_tables(path: Path, pages: range | None = None, password: str | None = None) -> list[Table]:
    """Every table of a PDF that has a caption or is drawn as a grid, in reading order.

    Raises UnreadableError where the PDF cannot be read, UsageError where a page is asked for that it does not have.
    """
    found = [(make_table(parts), parts) for parts in parts_by_table(read_parts(path, pages, password))]
    return prove_tables(path, password, [(table, parts) for table, parts in found if table.width > 1 and table.body])


def read_parts(path: Path, pages: range | None, password: str | None) -> list[TablePart]:
    """All tables, and parts of tables, page by page."""
    with open_fast(path, password) as document:
        count = len(document)
        wanted = pages_with_tables(document, pages)
    if pages is not None and not any(1 <= n <= count for n in pages):
        raise UsageError(f"{path}: pages {pages.start}-{pages.stop - 1} were asked for, the PDF has {count}")
    return parts_on(path, wanted, password) if wanted else []


def parts_on(path: Path, wanted: Sequence[int], password: str | None) -> list[TablePart]:
    """The parts on these pages, and their rests on the pages behind them."""
    with open_thorough(path, password) as pdf, mended(pdf, path, password, wanted):
        refuse_fewer_pages(pdf, wanted[-1])

        @cache
        def sheets_of(number: int) -> tuple[Sheet, ...]:
            if number > len(pdf.pages):
                return ()
            page = pdf.pages[number - 1]
            sheets = read_sheets(page)
            page.close()
            return tuple(sheets)

        sheets = [sheet for number in wanted for sheet in sheets_of(number)]
        body = body_style(sheets)
        return carry_over(find_parts(sheets, body), sheets_of, body)


def make_table(parts: Sequence[TablePart]) -> Table:
    first = parts[0]
    grids = grids_of(parts)
    rows = stack_rows(grids)
    boxes = tuple(map(part_box, parts))
    notes = [note for part in parts for note in split_notes(part.region.notes)]
    head = len(grids[0].head)
    notes = list(dict.fromkeys(notes))
    return Table(first.caption.label, first.caption.text, boxes, head, tuple(rows), tuple(notes), table_flags(rows))


def table_flags(rows: Sequence[Row]) -> tuple[Flag, ...]:
    """The flags of the cells, with their places."""
    places = [(r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row.cells)]
    return tuple(Flag(r, c, *flag) for r, c, cell in places for flag in cell.flags)


def grids_of(parts: Sequence[TablePart]) -> list[Grid]:
    """One grid a part. The drawn grid of a table on one page is taken as it is drawn."""
    only = parts[0]
    if len(parts) > 1 or only.lattice is None:
        return read_grids([part.region for part in parts])
    head = only.region.lines[: head_length(only.region)]
    return [read_ruled(only.lattice, max((line.middle for line in head), default=0.0))]


def part_box(part: TablePart) -> Box:
    """The box around the words of a table on its page."""
    return part.region.sheet.on_page(bounding_box(part.words))
