"""Doubts about a whole table whose parts may be incomplete or no parts of one table."""

from collections.abc import Iterator, Sequence

from extract.tables.finding.over_pages.page_edges import ends_at_page_foot, says_goes_on
from extract.tables.finding.over_pages.stacking import numbers_differ, repeats_head
from extract.tables.finding.parts import TablePart
from extract.tables.grid.grid import Grid
from extract.tables.grid.head.length import full_rules
from extract.tables.region import Region
from extract.tables.table import FIRST_READER, Flag

_MISSING_PART = "RDR013"
_OPEN_RULE_COUNT = 2  # rules over the whole width, above the head and below it: such a table has a last rule, too


def flag_missing_parts(parts: Sequence[TablePart], grids: Sequence[Grid]) -> list[Flag]:
    """Return a flag of the whole table if a part may be missing or strange, else none. `grids`: one for each part."""
    reasons = "; ".join(_reasons(parts, grids))
    return [Flag(-1, -1, _MISSING_PART, FIRST_READER, "", reasons)] if reasons else []


def _reasons(parts: Sequence[TablePart], grids: Sequence[Grid]) -> Iterator[str]:
    first, last = parts[0], parts[-1].region
    if first.caption.continued:
        yield "the caption says that the table continues another one, which was not found"
    if says_goes_on(last):
        yield f"page {last.sheet.page} says that the table goes on, and no rest was found"
    elif parts[-1].before_columns:
        yield f"page {last.sheet.page + 1} begins with columns that may be the rest of the table and were not read"
    elif _lacks_last_rule(last):
        yield f"the table ends at the foot of page {last.sheet.page} without a last rule, and no rest was found"
    for part, grid in zip(parts[1:], grids[1:], strict=True):
        if not repeats_head(grid.head, grids[0].head):
            yield f"page {part.region.sheet.page} has another head"
        elif numbers_differ(grid.head, grids[0].head):
            yield f"the head on page {part.region.sheet.page} has other numbers"
        elif len(grid.columns) != len(grids[0].columns):
            yield f"page {part.region.sheet.page} has {len(grid.columns)} columns instead of {len(grids[0].columns)}"


def _lacks_last_rule(region: Region) -> bool:
    """Whether a table at the foot of its page has rules above and below its head and none below its last row."""
    heights = full_rules(region)
    is_open = bool(region.lines) and not any(y > region.lines[-1].middle for y in heights)
    return is_open and len(heights) >= _OPEN_RULE_COUNT and ends_at_page_foot(region)
