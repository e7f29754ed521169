"""Tables carried over to the next page without a caption: what begins that page has their head, or their columns."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from extract.page.box import Box
from extract.page.prose import Style
from extract.page.sheet import Sheet
from extract.tables.finding.parts import Part, around_of
from extract.tables.finding.regions import SAME, find_regions
from extract.tables.grid.columns import find_columns
from extract.tables.grid.head import head_length
from extract.tables.region import Region

LOW = 0.8  # of the page: a table that goes on reaches down as far
HIGH = 0.3  # of the page: its rest begins above
ALIKE = 8.0  # points within which the columns of both begin

Sheets = Callable[[int], Sequence[Sheet]]


def carry_over(parts: Sequence[Part], sheets_of: Sheets, body: Style) -> list[Part]:
    """The parts, each followed by its rest on the next pages. `sheets_of` gives the sheets of a page, none behind the
    last one."""
    found: list[Part] = []
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


def goes_off_the_page(part: Part) -> bool:
    """Whether a table with a caption ends where its page does, and no notes follow it."""
    region = part.region
    return bool(part.caption.label) and region.bottom > LOW * region.sheet.height and not region.notes


def first_rest(part: Part, sheets: Sequence[Sheet], body: Style) -> Part | None:
    width = part.region.x1 - part.region.x0 - 2 * SAME
    for sheet in sheets:
        for rule in sheet.across:
            if sheet.turn == part.region.sheet.turn and rule.top < HIGH * sheet.height:
                rest = rest_below(part, sheet, rule, body) if abs(rule.width - width) < 2 * SAME else None
                if rest is not None:
                    return rest
    return None


def rest_below(part: Part, sheet: Sheet, rule: Box, body: Style) -> Part | None:
    """The rest of a table below the rule at which it goes on, if that is its rest and no other caption's table."""
    place = replace(
        part.caption, continued=True, x0=rule.x0, x1=rule.x1, top=rule.top - 2, bottom=rule.top - 1, score=0.0, lines=()
    )
    around = around_of(sheet, body)
    others = [find_regions(sheet, caption, around)[0] for caption in around.captions]
    if any(other and holds(other, rule) for other in others):
        return None
    region, _ = find_regions(sheet, place, around)
    if region is None or not (same_head(part.region, region) or same_columns(part.region, region)):
        return None
    return Part(place, region)


def holds(region: Region, rule: Box) -> bool:
    return region.top - 2 <= rule.top <= region.bottom + 2 and rule.x0 < region.x1 and rule.x1 > region.x0


def same_head(first: Region, rest: Region) -> bool:
    return first.lines[0].text == rest.lines[0].text


def same_columns(first: Region, rest: Region) -> bool:
    """Whether a rest without a head has as many columns, and they begin at the same places."""
    own = find_columns(first.lines[head_length(first) :])
    other = find_columns(rest.lines)
    by = first.x0 - rest.x0
    return len(own) == len(other) > 1 and all(abs(a[0] - b[0] - by) < ALIKE for a, b in zip(own, other, strict=True))
