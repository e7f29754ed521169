"""Tables that go on on the next page without a caption: the page begins with their head or with their columns."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from extract.page.box import Box
from extract.page.prose import Style
from extract.page.sheet import Sheet
from extract.tables.finding.parts import TablePart, find_surroundings
from extract.tables.finding.regions import RULE_END_PT, find_regions
from extract.tables.finding.stacking import squeezed
from extract.tables.grid.columns import find_columns, usual_size
from extract.tables.grid.head import head_length
from extract.tables.region import Region

_TABLE_END_SHARE = 0.8  # of the height of the page: a table that goes on ends below
_REST_START_SHARE = 0.3  # of the height of the page: its rest begins above
_SAME_WIDTH_PT = 8.0  # the first rules of a table and of its rest differ in width by less
_COLUMN_START_EM = 1.0  # the columns of a table and of its rest begin within this distance of one another

SheetsOfPage = Callable[[int], Sequence[Sheet]]


def carry_over(parts: Sequence[TablePart], sheets_of: SheetsOfPage, body: Style) -> list[TablePart]:
    """Return the parts, each followed by its rest on the next pages. `sheets_of` returns the sheets of a page; none
    behind the last page."""
    found: list[TablePart] = []
    numbers = {(part.region.sheet.page, part.caption.key) for part in parts}
    for part in parts:
        found.append(part)
        while (page := found[-1].region.sheet.page + 1) and goes_off_the_page(found[-1]):
            known = (page, part.caption.key) in numbers
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
    """Return the rest of a table among the sheets of the next page; None if the table does not go on there."""
    width = part.region.width - 2 * RULE_END_PT
    for sheet in sheets:
        for rule in sheet.across:
            if sheet.turn == part.region.sheet.turn and rule.top < _REST_START_SHARE * sheet.height:
                rest = rest_below(part, sheet, rule, body) if abs(rule.width - width) < _SAME_WIDTH_PT else None
                if rest is not None:
                    return rest
    return None


def rest_below(part: TablePart, sheet: Sheet, rule: Box, body: Style) -> TablePart | None:
    """Return the rest of a table below a rule; None if another table stands there, with a caption of its own or with
    other columns."""
    caption = replace(
        part.caption, continued=True, x0=rule.x0, x1=rule.x1, top=rule.top, bottom=rule.top, score=0.0, lines=()
    )
    around = sheet.once(find_surroundings, body)
    others = [find_regions(sheet, other, around)[0] for other in around.captions]
    if any(other and _has_rule(other, rule) for other in others):
        return None
    region, _ = find_regions(sheet, caption, around)
    if region is None or not (have_same_head(part.region, region) or have_same_columns(part.region, region)):
        return None
    return TablePart(caption, region)


def _has_rule(region: Region, rule: Box) -> bool:
    return region.top <= rule.top <= region.bottom and rule.overlap_x(region) > 0


def have_same_head(first: Region, rest: Region) -> bool:
    """Whether the first lines of two regions are alike, apart from spaces and capitals."""
    return squeezed(first.lines[0].text) == squeezed(rest.lines[0].text)


def have_same_columns(first: Region, rest: Region) -> bool:
    """Whether a rest without a head has as many columns as the table, and they begin at the same places."""
    own = find_columns(first.lines[head_length(first) :])
    other = find_columns(rest.lines)
    if not len(own) == len(other) > 1:
        return False
    shift = first.x0 - rest.x0
    reach = _COLUMN_START_EM * usual_size(rest.lines)
    return all(abs(a[0] - b[0] - shift) < reach for a, b in zip(own, other, strict=True))
