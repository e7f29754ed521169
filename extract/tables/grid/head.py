"""Where the head of a table ends: by its rules, by its type, or where numbers begin."""

import re
from collections.abc import Sequence

from extract.page.box import Box
from extract.page.lines import Line
from extract.page.numbers import VALUE
from extract.tables.grid.spacing import ROW_STEP_EM, gap_steps, white_strips
from extract.tables.region import Region

_FULL_RULE_SHARE = 0.88  # of the table's width: a rule as wide separates head and body


def head_length(region: Region, repeated: frozenset[str] = frozenset()) -> int:
    """How many of the region's lines belong to the head. `repeated`: the words of the head of the table that this
    part continues, whose lines begin the part where it is repeated."""
    if repeated:
        lines = region.lines
        own = next((i for i, line in enumerate(lines) if not {w.text for w in line.words} <= repeated), len(lines))
        if own or has_values(lines[:1]):
            return own
    by_rule = length_by_rule(region)
    return by_rule if by_rule is not None else length_by_content(region.lines, partial_rules(region))


def full_rules(region: Region) -> list[float]:
    """Heights of the rules that cross the whole table."""
    return [(rule.top + rule.bottom) / 2 for rule in region.rules if is_full(rule, region)]


def partial_rules(region: Region) -> list[Box]:
    """The rules that cross some of the columns only."""
    return [rule for rule in region.rules if not is_full(rule, region)]


def is_full(rule: Box, region: Region) -> bool:
    return rule.width > _FULL_RULE_SHARE * (region.x1 - region.x0 - 8)


def length_by_rule(region: Region) -> int | None:
    """Lines above the first full rule that has lines on both sides; a second such band without numbers belongs to
    the head as well."""
    lines, length = region.lines, None
    for y in full_rules(region):
        count = sum(line.middle < y for line in lines)
        if count == 0 or count == len(lines):
            continue
        if length is None or (count > length and is_head_band(lines[length:count], lines[:length], lines[count:])):
            length = count
        else:
            break
    if length is None or length > max(12, 0.6 * len(lines)):
        return None
    return length


def is_head_band(band: Sequence[Line], head: Sequence[Line], body: Sequence[Line]) -> bool:
    """Whether lines below a first rule still belong to the head: several phrases, none of them a number, as the body
    has them."""
    if has_values(band) or not any(len(line.phrases) > 1 for line in band):
        return False
    return sum(has_values([line]) for line in body) >= 0.5 * len(body)


def has_values(lines: Sequence[Line]) -> bool:
    """Whether there is a number behind a label; "N/A" alone may be the head of a column."""
    texts = [phrase.text for line in lines for phrase in line.phrases[1:]]
    return any(VALUE.match(text) and not is_size(text) and any(map(str.isdigit, text)) for text in texts)


def is_size(text: str) -> bool:
    """ "95% CI", "(n = 45)", "25th": numbers that heads hold."""
    return bool(re.match(r"^[(\[]?\s*(?:[nN]\s*=|9[05]\s*%|\d+\s*%\s*(?:CI|KI)|%|\d+(?:st|nd|rd|th)\b)", text))


def length_by_content(lines: Sequence[Line], rules: Sequence[Box]) -> int:
    """Without a full rule: the head ends below its partial rules, where the first numbers stand behind a label, or
    where bold type ends."""
    least = sum(any(line.middle < rule.top for rule in rules) for line in lines[:6])
    least = max(1, min(least + (1 if least else 0), len(lines) - 1))
    bold = 0
    while bold < len(lines) and all(p.bold for p in lines[bold].phrases):
        bold += 1
    if 0 < bold < len(lines) and any(len(line.phrases) > 1 or line.x0 > lines[0].x0 + 24 for line in lines[:bold]):
        while bold > 1 and is_bold_section(lines, bold - 1):
            bold -= 1
        return max(bold, 1)
    for i in range(least, len(lines)):
        if has_values([lines[i]]):
            i = start_of_row(lines, i)
            while i > least and is_lone_label(lines, i - 1):
                i -= 1
            return max(i, least)
    return least


def start_of_row(lines: Sequence[Line], i: int) -> int:
    """The line with which the row of line i begins, where white strips of two heights tell rows apart: the numbers of
    centred cells do not stand on its first line."""
    strips = white_strips(lines)
    heights = gap_steps(strips, ROW_STEP_EM * min(word.size for word in lines[i].words))
    while heights and i > 0 and strips[i - 1] <= heights[0]:
        i -= 1
    return i


def is_bold_section(lines: Sequence[Line], i: int) -> bool:
    """Whether the last bold line is the heading of a first section, and not the wrapped end of the head."""
    line = lines[i]
    if len(line.phrases) > 1 or line.x0 > lines[0].x0 + 3 or line.text[:1].islower():
        return False
    return lines[i + 1].top - line.bottom < line.top - lines[i - 1].bottom + 0.5


def is_lone_label(lines: Sequence[Line], i: int) -> bool:
    """A line of one phrase at the left edge: a section, or the first line of a wrapped label."""
    return len(lines[i].phrases) == 1 and lines[i].x0 <= min(line.x0 for line in lines) + 12
