"""Tables carried over to the next page without a caption: what begins that page has their head, or their columns."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from extract.page.box import Box
from extract.page.prose import Style
from extract.page.sheet import Sheet
from extract.tables.finding.parts import TablePart, find_surroundings
from extract.tables.finding.regions import RULE_END_PT, find_regions
from extract.tables.grid.columns import find_columns
from extract.tables.grid.head import head_length
from extract.tables.region import Region

_TABLE_END_SHARE = 0.8  # of the page: a table that goes on reaches down as far
_REST_START_SHARE = 0.3  # of the page: its rest begins above
_COLUMN_START_PT = 8.0  # points within which the columns of both begin

SheetsOfPage = Callable[[int], Sequence[Sheet]]


def carry_over(parts: Sequence[TablePart], sheets_of: SheetsOfPage, body: Style) -> list[TablePart]:
    """The parts, each followed by its rest on the next pages. `sheets_of` gives the sheets of a page, none behind the
    last one."""
    found: list[TablePart] = []
    numbers = {(part.region.sheet.page, part.caption.number) for part in parts}
    for part in parts:
        found.append(part)
        while (page := found[-1].region.sheet.page + 1) and goes_off_the_page(found[-1]):
            known = (page, part.caption.number) in numbers
            rest = None if known else first_rest(found[-1], sheets_of(page), body)
            if rest is None:
                break
            found.append(rest)
    return found


def goes_off_the_page(part: TablePart) -> bool:
    """Whether a table with a caption ends where its page does, and no notes follow it."""
    region = part.region
    return bool(part.caption.label) and region.bottom > _TABLE_END_SHARE * region.sheet.height and not region.notes


def first_rest(part: TablePart, sheets: Sequence[Sheet], body: Style) -> TablePart | None:
    width = part.region.x1 - part.region.x0 - 2 * RULE_END_PT
    for sheet in sheets:
        for rule in sheet.across:
            if sheet.turn == part.region.sheet.turn and rule.top < _REST_START_SHARE * sheet.height:
                rest = rest_below(part, sheet, rule, body) if abs(rule.width - width) < 2 * RULE_END_PT else None
                if rest is not None:
                    return rest
    return None


def rest_below(part: TablePart, sheet: Sheet, rule: Box, body: Style) -> TablePart | None:
    """The rest of a table below the rule at which it goes on, if that is its rest and no other caption's table."""
    place = replace(
        part.caption, continued=True, x0=rule.x0, x1=rule.x1, top=rule.top - 2, bottom=rule.top - 1, score=0.0, lines=()
    )
    around = find_surroundings(sheet, body)
    others = [find_regions(sheet, caption, around)[0] for caption in around.captions]
    if any(other and holds(other, rule) for other in others):
        return None
    region, _ = find_regions(sheet, place, around)
    if region is None or not (have_same_head(part.region, region) or have_same_columns(part.region, region)):
        return None
    return TablePart(place, region)


def holds(region: Region, rule: Box) -> bool:
    return region.top - 2 <= rule.top <= region.bottom + 2 and rule.x0 < region.x1 and rule.x1 > region.x0


def have_same_head(first: Region, rest: Region) -> bool:
    return first.lines[0].text == rest.lines[0].text


def have_same_columns(first: Region, rest: Region) -> bool:
    """Whether a rest without a head has as many columns, and they begin at the same places."""
    own = find_columns(first.lines[head_length(first) :])
    other = find_columns(rest.lines)
    by = first.x0 - rest.x0
    return len(own) == len(other) > 1 and all(
        abs(a[0] - b[0] - by) < _COLUMN_START_PT for a, b in zip(own, other, strict=True)
    )
