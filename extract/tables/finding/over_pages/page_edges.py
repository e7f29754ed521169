"""The first and the last lines of a page: what stands there beside its text, and whether a table reaches so far."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.page.labels import CONTINUED_NOTE
from extract.page.lines import Line, make_lines
from extract.page.sheet import Sheet
from extract.tables.finding.notes import PAGE_FOOT
from extract.tables.finding.over_pages.stacking import squeezed
from extract.tables.region import Region

TABLE_END_SHARE = 0.5  # of the height of the page: a table that goes on on the next page ends below
_HEAD_SHARE = 0.3  # of the height of the page: its text begins above
FOOT_SHARE = 0.88  # of the height of the page: what stands below is its foot
_PAGE_END_SHARE = 0.7  # of the height of the page: a table that ends where the page does ends below
_SIGN_GAP_EM = 4.0  # below a table, a line that says that it goes on stands closer
_FOOT_LINE_COUNT = 4  # lines of the foot of a page, at most
_SAME_HEIGHT_PT = 3.0  # the heads of two pages stand at heights that differ by less
_HEAD_GAP_EM = 0.6  # the white between the head of a page and its text is higher
_COLUMN_MARGIN_EM = 2.0  # lines of a rest reach no further out of the place of its table, in a column of the page
_FULL_WIDTH_SHARE = 0.6  # of the page: a wider table stands in no column of the page


def may_go_on(region: Region) -> bool:
    """Whether a table without notes has hardly anything below it on its page, so that it may go on on the next. What
    stands at the foot of the page is no note."""
    height = region.sheet.height
    noted = any(note.top <= FOOT_SHARE * height for note in region.notes)
    return region.bottom > TABLE_END_SHARE * height and not noted and len(_lines_below(region)) <= _FOOT_LINE_COUNT


def reaches_page_foot(region: Region, sheet: Sheet) -> bool:
    """Whether only the foot of the page stands below a table. `sheet`: the next page, where the same foot may stand."""
    feet = [(line.top, _plain(line)) for line in sheet.lines]
    low = FOOT_SHARE * region.sheet.height
    return all(
        line.top > low or PAGE_FOOT.match(line.text) or _is_repeated(line, feet) for line in _lines_below(region)
    )


def _lines_below(region: Region) -> list[Line]:
    """The lines below a table on its page, without those that say that it goes on."""
    lines = [line for line in _lines_beside(region, region.sheet) if line.middle > region.bottom]
    return [line for line in lines if not CONTINUED_NOTE.match(line.text)]


def ends_at_page_foot(region: Region) -> bool:
    """Whether a table without notes ends low on its page, with nothing but the foot of the page below."""
    low = FOOT_SHARE * region.sheet.height
    feet = (line.top > low or PAGE_FOOT.match(line.text) for line in _lines_below(region))
    return not region.notes and region.bottom > _PAGE_END_SHARE * region.sheet.height and all(feet)


def says_goes_on(region: Region) -> bool:
    """Whether a line closely below the last row of a table says that it goes on."""
    last = region.lines[-1]
    reach = region.bottom + _SIGN_GAP_EM * last.phrases[0].size
    low = [line for line in _lines_beside(region, region.sheet) if last.middle < line.middle < reach]
    return any(CONTINUED_NOTE.match(phrase.text) for line in low for phrase in line.phrases)


def first_lines(region: Region, sheet: Sheet) -> Iterator[Line]:
    """Yield the lines with which the text of the page behind a table may begin: nothing but parts of the page's head
    and lines that only say that the table goes on stand above."""
    lines = _lines_beside(region, sheet)
    heads = [(line.top, _plain(line)) for line in region.sheet.lines]
    for line, below in pairwise(lines):
        if line.top > _HEAD_SHARE * sheet.height:
            return
        if CONTINUED_NOTE.match(line.text) or _is_repeated(line, heads):
            continue
        yield line
        if below.top - line.bottom < _HEAD_GAP_EM * line.phrases[0].size:
            return


def _is_repeated(line: Line, heads: Sequence[tuple[float, str]]) -> bool:
    """Whether a line stands on the page before at the same height, apart from its digits; or has nothing but digits."""
    text = _plain(line)
    return not text or any(abs(line.top - top) < _SAME_HEIGHT_PT and text == other for top, other in heads)


def _plain(line: Line) -> str:
    return re.sub(r"\d", "", squeezed(line.text))


def _lines_beside(region: Region, sheet: Sheet) -> Sequence[Line]:
    """The lines of a sheet in the column of the page that holds a table."""
    if region.width > _FULL_WIDTH_SHARE * sheet.width:
        return sheet.lines
    margin = _COLUMN_MARGIN_EM * region.lines[0].phrases[0].size
    return make_lines(w for w in sheet.words if region.x0 - margin < w.x0 and w.x1 < region.x1 + margin)
