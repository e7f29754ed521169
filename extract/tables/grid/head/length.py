"""The end of the head of a table: by its rules, by bold type, or where numbers begin."""

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

from extract.page.box import Box
from extract.page.lines import Line
from extract.page.numbers import VALUE
from extract.tables.grid.spacing import ROW_STEP_EM, gap_steps, white_strips
from extract.tables.region import Region

_FULL_RULE_SHARE = 0.88  # of the width of the words: a wider rule separates head and body
_SHADE_TOUCH_PT = 1.5  # shaded areas so close below one another are one
_REGION_MARGIN_PT = 8.0  # a ruled region is wider than its rules: 4 points at each side
_HEAD_LINE_COUNT = 12  # lines of a head, at most, or
_HEAD_SHARE = 0.6  # of the lines of a table
_BODY_VALUE_SHARE = 0.5  # of the lines of a body have numbers
_SPANNER_LINE_COUNT = 6  # first lines in which spanners stand over partial rules
_HEAD_INDENT_EM = 3.0  # a bold line that begins further right is the head of a column, not a section
_SECTION_INDENT_EM = 0.375  # a section heading begins within this distance of the left edge
_LABEL_INDENT_EM = 1.5  # so does the first line of a wrapped label
_SAME_GAP_EM = 0.06  # the white below a bold line is wider than the white above by less: both lines are sections


def head_length(region: Region, repeated: frozenset[str] = frozenset()) -> int:
    """Return how many lines of a region belong to its head. `repeated`: the words of the head of the table that the
    region continues; it may begin with the same head, with another one above a rule, or with none."""
    if repeated:
        lines = region.lines
        own = next((i for i, line in enumerate(lines) if not {w.text for w in line.words} <= repeated), len(lines))
        ruled = _length_by_rule(region) or 0
        if ruled > own and letter_words(w.text for line in lines[:ruled] for w in line.words) <= letter_words(repeated):
            return ruled  # the same head with other numbers ("n = 52")
        return own if own or has_values(lines[:1]) else ruled
    by_rule = _length_by_rule(region)
    return by_rule if by_rule is not None else _length_by_content(region.lines, partial_rules(region))


def letter_words(texts: Iterable[str]) -> set[str]:
    """Return the words of texts in small letters, without numbers and signs."""
    return {word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())}


def full_rules(region: Region) -> list[float]:
    """Return the heights of the rules that cross the whole table."""
    return [rule.middle for rule in region.rules if _is_full(rule, region)]


def partial_rules(region: Region) -> list[Box]:
    """Return the rules that cross some of the columns only."""
    return [rule for rule in region.rules if not _is_full(rule, region)]


def _is_full(rule: Box, region: Region) -> bool:
    return _crosses(rule.width, region)


def _crosses(width: float, region: Region) -> bool:
    return width > _FULL_RULE_SHARE * (region.width - _REGION_MARGIN_PT)


def head_shade_ends(region: Region) -> list[float]:
    """Return the heights at which the shade over the first line ends over the whole width, from top to bottom. It may
    consist of the shaded cells of several rows, one below the other."""
    first = region.lines[0].middle
    fills = sorted((fill for fill in region.sheet.fills if fill.overlap_x(region) > 0), key=attrgetter("top"))
    chain: list[Box] = []
    for fill in fills:
        on_first = fill.top < first < fill.bottom
        if on_first or any(_touches_below(fill, upper) for upper in chain):
            chain.append(fill)
    ends = {round(2 * fill.bottom) / 2: fill.bottom for fill in chain}
    return [y for key, y in sorted(ends.items()) if _crosses(_shaded_width(chain, key, region), region)]


def _touches_below(fill: Box, upper: Box) -> bool:
    return abs(fill.top - upper.bottom) < _SHADE_TOUCH_PT and fill.overlap_x(upper) > 0


def _shaded_width(fills: Iterable[Box], bottom: float, region: Region) -> float:
    """The width of the shaded areas that end at a height."""
    return sum(fill.overlap_x(region) for fill in fills if abs(fill.bottom - bottom) < _SHADE_TOUCH_PT)


def _length_by_rule(region: Region) -> int | None:
    """How many lines stand above the first full rule, or the end of the shade of the head, with lines on both sides.
    The next bands between full rules belong to the head as well if they have no numbers."""
    lines, length = region.lines, None
    shaded = head_shade_ends(region)
    for y in sorted([*full_rules(region), *shaded]):
        count = sum(line.middle < y for line in lines)
        if count == 0 or count == len(lines):
            continue
        if length is None or (count > length and _is_head_band(lines[length:count], lines[count:], y in shaded)):
            length = count
        else:
            break
    if length is None or length > max(_HEAD_LINE_COUNT, _HEAD_SHARE * len(lines)):
        return None
    return length


def _is_head_band(band: Sequence[Line], body: Sequence[Line], shaded: bool) -> bool:
    """Whether lines below a first rule still belong to the head: they have several phrases and no numbers, unlike the
    body, or they are `shaded` like the head, or have no label."""
    if has_values(band) or not any(len(line.phrases) > 1 for line in band):
        return False
    left = min(line.x0 for line in body)
    unlabelled = all(line.x0 > left + _LABEL_INDENT_EM * line.phrases[0].size for line in band)
    return shaded or unlabelled or sum(has_values([line]) for line in body) >= _BODY_VALUE_SHARE * len(body)


def has_values(lines: Sequence[Line]) -> bool:
    """Whether a number stands behind a label. ("N/A" does not count: it may be the head of a column.)"""
    texts = [phrase.text for line in lines for phrase in line.phrases[1:]]
    return any(VALUE.match(text) and not _is_head_number(text) and any(map(str.isdigit, text)) for text in texts)


def _is_head_number(text: str) -> bool:
    """Whether a text begins with a number of heads: "95% CI", "(n = 45)", "25th"."""
    return bool(re.match(r"^[(\[]?\s*(?:[nN]\s*=|9[05]\s*%|\d+\s*%\s*(?:CI|KI)|%|\d+(?:st|nd|rd|th)\b)", text))


def _length_by_content(lines: Sequence[Line], rules: Sequence[Box]) -> int:
    """The length of a head without a full rule: it ends with bold type; or else below its partial rules, where the
    first numbers stand behind a label."""
    bold = _bold_length(lines)
    if bold:
        return bold
    least = sum(any(line.middle < rule.top for rule in rules) for line in lines[:_SPANNER_LINE_COUNT])
    least = max(1, min(least + (1 if least else 0), len(lines) - 1))
    first = next((i for i in range(least, len(lines)) if has_values([lines[i]])), None)
    if first is None:
        return least
    start = _start_of_row(lines, first)
    while start > least and _is_lone_label(lines, start - 1):
        start -= 1
    return max(start, least)


def _bold_length(lines: Sequence[Line]) -> int:
    """How many first lines are a bold head, without the section headings at its end; 0 if they are no head."""
    bold = 0
    while bold < len(lines) and all(p.bold for p in lines[bold].phrases):
        bold += 1
    if not 0 < bold < len(lines):
        return 0
    right = lines[0].x0 + _HEAD_INDENT_EM * lines[0].phrases[0].size
    if not any(len(line.phrases) > 1 or line.x0 > right for line in lines[:bold]):
        return 0
    while bold > 1 and _is_bold_section(lines, bold - 1):
        bold -= 1
    return bold


def _start_of_row(lines: Sequence[Line], i: int) -> int:
    """The first line of the row of line i, if white strips of two heights separate rows and lines: the numbers of
    centred cells do not stand on the first line."""
    strips = white_strips(lines)
    heights = gap_steps(strips, ROW_STEP_EM * min(word.size for word in lines[i].words))
    while heights and i > 0 and strips[i - 1] <= heights[0]:
        i -= 1
    return i


def _is_bold_section(lines: Sequence[Line], i: int) -> bool:
    """Whether the last bold line is the heading of a first section, and not the wrapped end of the head."""
    line, size = lines[i], lines[i].phrases[0].size
    if len(line.phrases) > 1 or line.x0 > lines[0].x0 + _SECTION_INDENT_EM * size or line.text[:1].islower():
        return False
    return lines[i + 1].top - line.bottom < line.top - lines[i - 1].bottom + _SAME_GAP_EM * size


def _is_lone_label(lines: Sequence[Line], i: int) -> bool:
    """Whether a line has one phrase, at the left edge: a section, or the first line of a wrapped label."""
    indent = lines[i].x0 - min(line.x0 for line in lines)
    return len(lines[i].phrases) == 1 and indent <= _LABEL_INDENT_EM * lines[i].phrases[0].size
