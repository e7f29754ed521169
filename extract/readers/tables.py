"""The tables of a PDF: captions on all pages, then the region of each, then its grid, then its parts put together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import UsageError
from extract.readers.captions import Caption, find_captions, find_figures, pages_with_captions
from extract.readers.continued import put_together
from extract.readers.finding import find_regions
from extract.readers.grid import read_grids
from extract.readers.notes import split_notes
from extract.readers.opening import open_fast, open_thorough
from extract.readers.prose import Style, body_style, find_prose
from extract.readers.region import Around, Region
from extract.readers.sheet import Sheet, read_sheets
from extract.readers.table import Table


@dataclass(frozen=True)
class Part:
    """A caption with the region that was found for it, a whole table or what stands of it on one page."""

    caption: Caption
    region: Region


def read_tables(path: Path, pages: range | None = None, password: str | None = None) -> list[Table]:
    """Every table of a PDF that has a caption, in reading order.

    Raises UnreadableError where the PDF cannot be read, UsageError where a page is asked for that it does not have.
    """
    tables = [make_table(parts) for parts in gather(read_parts(path, pages, password))]
    return [table for table in tables if table.width > 1 and table.body]


def read_parts(path: Path, pages: range | None, password: str | None) -> list[Part]:
    """All tables, and parts of tables, page by page."""
    with open_fast(path, password) as document:
        count = len(document)
        wanted = [n for n in pages_with_captions(document) if pages is None or n in pages]
    if pages is not None and not any(1 <= n <= count for n in pages):
        raise UsageError(f"{path}: pages {pages.start}-{pages.stop - 1} were asked for, the PDF has {count}")
    return parts_of(sheets_of(path, wanted, password))


def sheets_of(path: Path, wanted: Sequence[int], password: str | None) -> list[Sheet]:
    if not wanted:
        return []
    sheets: list[Sheet] = []
    with open_thorough(path, password) as pdf:
        for number in wanted:
            page = pdf.pages[number - 1]
            sheets += read_sheets(page)
            page.close()
    return sheets


def parts_of(sheets: Sequence[Sheet]) -> list[Part]:
    """Captions with their regions, for all sheets of a document. Whether its captions stand above or below their tables
    is told by those that have a table on one side only."""
    body = body_style(sheets)
    found = [(caption, *regions) for sheet in sheets for caption, regions in regions_of(sheet, body)]
    only_below = sum(above is None and below is not None for _, below, above in found)
    only_above = sum(below is None and above is not None for _, below, above in found)
    sides = [(above or below) if only_above > only_below else (below or above) for _, below, above in found]
    return [Part(caption, region) for (caption, _, _), region in zip(found, sides, strict=True) if region]


def regions_of(sheet: Sheet, body: Style) -> Iterable[tuple[Caption, tuple[Region | None, Region | None]]]:
    captions = find_captions(sheet, body)
    around = Around(captions, find_figures(sheet, body), find_prose(sheet, body), body)
    for caption in captions:
        yield caption, find_regions(sheet, caption, around)


def gather(parts: Iterable[Part]) -> list[list[Part]]:
    """Parts of one table together. A number that occurs again is the same table where it says "continued" or stands on
    the next page under the same head; otherwise the surer caption is the table and the other a mention of it."""
    tables: dict[str, list[Part]] = {}
    for part in parts:
        number = part.caption.number
        before = tables.get(number)
        if before is None:
            tables[number] = [part]
        elif part.caption.continued or is_next_page(before[-1], part):
            before.append(part)
        elif part.caption.score > before[0].caption.score:
            tables[number] = [part]
    return list(tables.values())


def is_next_page(last: Part, part: Part) -> bool:
    """Whether a part stands on the page after another one and begins with the same head."""
    alike = last.region.lines[0].text == part.region.lines[0].text
    return alike and part.region.sheet.page == last.region.sheet.page + 1


def make_table(parts: Sequence[Part]) -> Table:
    first = parts[0]
    grids = read_grids([part.region for part in parts])
    rows = put_together(grids)
    boxes = tuple(part.region.sheet.box(*extent(part.region)) for part in parts)
    notes = [note for part in parts for note in split_notes(part.region.notes)]
    head = len(grids[0].head)
    return Table(first.caption.label, first.caption.text, boxes, head, tuple(rows), tuple(dict.fromkeys(notes)))


def extent(region: Region) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the table's text."""
    words = region.words()
    return min(w.x0 for w in words), min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words)
