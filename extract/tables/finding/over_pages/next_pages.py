"""Tables that go on on the next page without a caption: the page begins with their head, or with rows in their
columns, with or without rules."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.page.box import Box
from extract.page.captions import Caption
from extract.page.document import Document
from extract.page.lines import Line, Phrase
from extract.page.prose import Style
from extract.page.sheet import Sheet
from extract.tables.finding.notes import headings_below
from extract.tables.finding.over_pages.page_edges import first_lines, may_go_on, reaches_page_foot
from extract.tables.finding.over_pages.rests import is_rest
from extract.tables.finding.parts import TablePart, find_surroundings, holds_most
from extract.tables.finding.regions import RULE_END_PT, find_regions, region_without_rule
from extract.tables.grid.columns import find_columns
from extract.tables.grid.head.length import head_length
from extract.tables.region import Region, Surroundings, is_prose_line

_REST_START_SHARE = 0.3  # of the height of the page: the rest of a table begins above
_SAME_WIDTH_PT = 8.0  # the first rules of a table and of its rest differ in width by less
_FIRST_LINE_COUNT = 4  # first lines of a page that show whether it begins with columns,
_COLUMN_COUNT = 3  # at least so many


def carry_over(parts: Sequence[TablePart], document: Document, body: Style) -> list[TablePart]:
    """Return the parts, each followed by its rest on the next pages. A table without caption that is such a rest stands
    no longer by itself."""
    found: list[TablePart] = []
    keys = {(part.region.sheet.page, part.caption.key) for part in parts}
    taken: list[TablePart] = []
    for part in parts:
        if part in taken:
            continue
        found.append(part)
        while part.caption.label and may_go_on(found[-1].region):
            page = found[-1].region.sheet.page + 1
            if (page, part.caption.key) in keys:
                break
            rest = None
            with document.part(page, part.caption.label, f"the rest of {part.caption.label}"):
                rest = _with_rest(found, document.printed_sheets(page), parts, body)
            if rest is None:
                break
            taken += [other for other in parts if not other.caption.label and _holds(rest, other)]
    return found


def _with_rest(
    found: list[TablePart], sheets: Sequence[Sheet], parts: Sequence[TablePart], body: Style
) -> TablePart | None:
    """Put the rest of the last part behind it, and return the rest; None if the table does not go on on the `sheets`
    of the next page."""
    last, rest = found[-1], first_rest(found[-1], sheets, body)
    if rest is None:
        found[-1] = replace(last, before_columns=_is_before_columns(last, sheets, parts, body))
    else:
        found[-1] = replace(last, region=_up_to_page_foot(last.region))
        found.append(rest)
    return rest


def _up_to_page_foot(region: Region) -> Region:
    """A region that goes on on the next page, with the headings below it. Its notes were the foot of the page."""
    lines = (*region.lines, *headings_below(region))
    bottom = max(region.bottom, lines[-1].bottom)
    return replace(region, lines=lines, bottom=bottom, notes=())


def _is_before_columns(part: TablePart, sheets: Sequence[Sheet], parts: Sequence[TablePart], body: Style) -> bool:
    """Whether a page begins with lines that have nearly as many phrases as a table on the page before has columns, and
    that belong to no table."""
    columns = len(find_columns(part.region.lines[head_length(part.region) :]))
    for sheet in sheets:
        if sheet.turn != part.region.sheet.turn or not reaches_page_foot(part.region, sheet):
            continue
        around = sheet.once(find_surroundings, body)
        start = next(first_lines(part.region, sheet), None)
        lines = [line for line in sheet.lines if start and line.top >= start.top][:_FIRST_LINE_COUNT]
        full = [line for line in lines if len(line.phrases) >= max(_COLUMN_COUNT, columns - 1)]
        captions: list[Caption | Phrase] = [*around.captions, *around.figures]
        free = not any(is_prose_line(line, around) for line in full)
        free = free and not any(caption.top <= line.middle for line in full for caption in captions)
        known = [p.region for p in parts if p.region.sheet is sheet]
        if free and len(full) >= 2 and not any(r.top <= full[0].middle <= r.bottom for r in known):
            return True
    return False


def _holds(rest: TablePart, other: TablePart) -> bool:
    """Whether a rest holds most words of a table without caption."""
    return rest.region.sheet is other.region.sheet and holds_most(rest.words, other.words)


def first_rest(part: TablePart, sheets: Sequence[Sheet], body: Style) -> TablePart | None:
    """Return the rest of a table among the sheets of the next page; None if the table does not go on there."""
    for sheet in sheets:
        if sheet.turn == part.region.sheet.turn and reaches_page_foot(part.region, sheet):
            around = sheet.once(find_surroundings, body)
            regions = [*_regions_below_rules(part, sheet, around), *_regions_at_top(part, sheet, around)]
            for region in regions:
                if is_rest(part.region, region):
                    return TablePart(region.caption, region)
    return None


def _regions_below_rules(part: TablePart, sheet: Sheet, around: Surroundings) -> Iterator[Region]:
    """Yield the regions below rules as wide as the table, near the top of the page, that belong to no caption."""
    width = part.region.width - 2 * RULE_END_PT
    rules = [rule for rule in sheet.across if rule.top < _REST_START_SHARE * sheet.height]
    rules = [rule for rule in rules if abs(rule.width - width) < _SAME_WIDTH_PT]
    others = [find_regions(sheet, other, around)[0] for other in around.captions] if rules else []
    for rule in rules:
        if not any(other and _has_rule(other, rule) for other in others):
            caption = _caption_at(part, rule)
            region, _ = find_regions(sheet, caption, around)
            if region is not None:
                yield region


def _regions_at_top(part: TablePart, sheet: Sheet, around: Surroundings) -> Iterator[Region]:
    """Yield the regions that begin with the first line below the head of the page, or with one of the next lines if
    only the head of the page and "(Continued)" stand above. Cells of a table of words may look like running text: then
    a last rule shows where the table ends."""
    for line in first_lines(part.region, sheet):
        if is_prose_line(line, around) or any(c.top <= line.middle for c in around.captions):
            return
        caption = _caption_at(part, line)
        region = region_without_rule(sheet, caption, around)
        if region is not None:
            yield region
        region = region_without_rule(sheet, caption, replace(around, prose=frozenset()))
        if region is not None and any(rule.top > region.lines[-1].middle for rule in region.rules):
            yield region


def _caption_at(part: TablePart, place: Box | Line) -> Caption:
    """Return the caption of a table as if it stood at a place of the next page."""
    x0, x1, top = place.x0, place.x1, place.top
    return replace(part.caption, continued=True, score=0.0, lines=(), x0=x0, x1=x1, top=top, bottom=top)


def _has_rule(region: Region, rule: Box) -> bool:
    return region.top <= rule.top <= region.bottom and rule.overlap_x(region) > 0
