"""Which parts are one table: the whole label, what the captions say, the order of pages, and the heads decide."""

from collections.abc import Iterable

from extract.tables.finding.over_pages.rests import have_same_head
from extract.tables.finding.over_pages.stacking import squeezed
from extract.tables.finding.parts import TablePart

_CONTINUED_PAGE_COUNT = 3  # a part that says "(Continued)" stands so many pages behind the part before it, at most
_MENTION_SCORE_GAP = 1.0  # a sentence looks so much less like a caption than the caption with the same label
_SHARED_WORD_SHARE = 0.5  # of the words of the smaller of two regions: they are one table, found twice


def parts_by_table(parts: Iterable[TablePart]) -> list[list[TablePart]]:
    """Return the parts of each table together, tables in the order of their first parts.

    A part continues the last table with the same whole label, on the same page or a page shortly behind, if its caption
    says so; or on the next page under the same head, unless it has another title. Any other part is a table of its own,
    even where the label is the same: a paper and its supplement may be bound in one PDF. Only a sentence that begins
    with the label, or a table that is found twice, gives way to the better caption.
    """
    tables: list[list[TablePart]] = []
    for part in parts:
        before = next((own for own in reversed(tables) if own[0].caption.key == part.caption.key), None)
        if before is None:
            tables.append([part])
        elif _continues(before[-1], part):
            before.append(part)
        elif not _are_rivals(before[0], part):
            tables.append([part])
        elif part.caption.score > before[0].caption.score:
            before[:] = [part]
    return tables


def _continues(last: TablePart, part: TablePart) -> bool:
    pages = part.region.sheet.page - last.region.sheet.page
    if part.caption.continued:
        return 0 <= pages <= _CONTINUED_PAGE_COUNT
    return pages == 1 and have_same_head(last.region, part.region) and _have_same_title(last, part)


def _have_same_title(first: TablePart, other: TablePart) -> bool:
    """Whether the second title is missing, or one of the two begins with the other: a repeated title may be cut."""
    titles = sorted((squeezed(first.caption.text), squeezed(other.caption.text)), key=len)
    return not other.caption.text or titles[1].startswith(titles[0])


def _are_rivals(one: TablePart, other: TablePart) -> bool:
    """Whether only one of two parts with the same label can be its table: their words are the same, or one caption
    looks like a sentence beside the other."""
    words, others = set(one.words), set(other.words)
    same_sheet = one.region.sheet is other.region.sheet
    if same_sheet and len(words & others) > _SHARED_WORD_SHARE * min(len(words), len(others)):
        return True
    return abs(one.caption.score - other.caption.score) >= _MENTION_SCORE_GAP
