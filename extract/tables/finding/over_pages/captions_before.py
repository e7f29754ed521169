"""Captions at the foot of a page whose tables begin at the top of the next page."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from extract.page.captions import Caption
from extract.page.document import Document
from extract.page.lines import Phrase
from extract.page.prose import Style
from extract.page.sheet import Sheet
from extract.page.words import Word
from extract.tables.finding.notes import PAGE_FOOT
from extract.tables.finding.over_pages.page_edges import FOOT_SHARE, TABLE_END_SHARE
from extract.tables.finding.parts import TablePart, find_surroundings, holds_most, regions_of
from extract.tables.finding.regions import find_regions
from extract.tables.region import Surroundings, is_prose_line

_TOP_SHARE = 0.3  # of the height of the page: its table begins above


def with_tables_behind(
    parts: Sequence[TablePart], sheets: Sequence[Sheet], document: Document, body: Style
) -> list[TablePart]:
    """Return the parts, and the tables that begin a page behind a caption at the foot of the page before. A table
    without caption that is such a table stands no longer by itself."""
    found = list(parts)
    for sheet in sheets:
        with document.part(sheet.page):
            for caption, (below, _) in sheet.once(regions_of, body):
                has_table = any(part.caption is caption for part in found)
                if below is None and not has_table and _ends_page(caption, sheet):
                    part = _table_behind(caption, document, sheet, found, body)
                    found = found if part is None else _with_part(found, part)
    return found


def _table_behind(
    caption: Caption, document: Document, sheet: Sheet, parts: Sequence[TablePart], body: Style
) -> TablePart | None:
    """The table of a caption that ends a sheet, at the top of the next page."""
    page = sheet.page + 1
    with document.part(page, caption.label, caption.label):
        behind = [other for other in document.printed_sheets(page) if other.turn == sheet.turn]
        known = {word for part in parts if part.caption.label for word in part.words}
        return next((part for other in behind if (part := _first_table(caption, other, body, known))), None)
    return None


def _ends_page(caption: Caption, sheet: Sheet) -> bool:
    """Whether only the foot of the page stands below a caption in the lower part of a sheet."""
    low = FOOT_SHARE * sheet.height
    below = [line for line in sheet.lines if line.top > caption.bottom and line.overlap_x(caption) > 0]
    foot = all(line.top > low or PAGE_FOOT.match(line.text) for line in below)
    return caption.bottom > TABLE_END_SHARE * sheet.height and foot


def _first_table(caption: Caption, sheet: Sheet, body: Style, known: Collection[Word]) -> TablePart | None:
    """The table at the top of a sheet, if no running text and no caption stand above it, and none of its words are
    `known` as those of a table with a caption."""
    around = sheet.once(find_surroundings, body)
    for line in sheet.lines:
        if line.top > _TOP_SHARE * sheet.height or is_prose_line(line, around) or _is_in_caption(line.middle, around):
            return None
        top = min([line.top, *[rule.top for rule in sheet.across if 0 < line.top - rule.top < line.height]])
        place = replace(caption, lines=(), x0=line.x0, x1=max(line.x1, caption.x1), top=top, bottom=top)
        region, _ = find_regions(sheet, place, around)
        if region is not None and not any(word in known for word in region.words()):
            return TablePart(caption, replace(region, caption=caption))
    return None


def _is_in_caption(height: float, around: Surroundings) -> bool:
    others: list[Caption | Phrase] = [*around.captions, *around.figures]
    return any(other.top <= height <= other.bottom for other in others)


def _with_part(parts: Sequence[TablePart], part: TablePart) -> list[TablePart]:
    """The parts with another one at its place, without those tables without caption that it holds."""
    kept = [other for other in parts if other.caption.label or not holds_most(part.words, other.words)]
    page = part.region.sheet.page
    place = next((i for i, other in enumerate(kept) if other.region.sheet.page >= page), len(kept))
    return [*kept[:place], part, *kept[place:]]
