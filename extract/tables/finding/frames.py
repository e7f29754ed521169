"""Framed and shaded tables: the head may stand above the first rule, at the top of the frame."""

from extract.page.box import Box
from extract.page.captions import Caption
from extract.page.lines import make_lines
from extract.page.sheet import Sheet
from extract.tables.region import Surroundings, is_prose_line, words_inside

_SIDE_PT = 4.0  # the sides of a frame stand no farther inside the rules of its table
_HEAD_LINE_COUNT = 6  # lines of a head between the frame of a table and its first rule, at most


def head_in_frame(sheet: Sheet, caption: Caption, around: Surroundings, above: Box) -> float:
    """Return the top of the frame, or of the shaded area, around a table if a head stands between it and the first rule
    of the table, which is the bottom of the place `above`; else the height of that rule."""
    sides = [*sheet.across, *sheet.fills]
    tops = [side.top for side in sides if side.x0 < above.x0 + _SIDE_PT and side.x1 > above.x1 - _SIDE_PT]
    top = max((y for y in tops if above.top < y < above.bottom - _SIDE_PT), default=above.bottom)
    lines = make_lines(words_inside(sheet, caption, Box(above.x0, top, above.x1, above.bottom)))
    is_head = 0 < len(lines) <= _HEAD_LINE_COUNT and not any(is_prose_line(line, around) for line in lines)
    return top if is_head else above.bottom
