"""What stands between two rules, or below the rows so far: more of the table, or notes and running text."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.page.box import Box
from extract.page.lines import Line
from extract.page.numbers import VALUE
from extract.page.sheet import Sheet
from extract.tables.finding.notes import NOTE_START, PAGE_FOOT, starts_with_mark
from extract.tables.grid.columns import crosses_columns
from extract.tables.region import Surroundings, are_mostly_prose, is_prose_line

_INNER_RULE_PT = 4.0  # points


def belongs_to_table(band: Sequence[Line], before: Sequence[Line], around: Surroundings, width: float) -> bool:
    """Whether what stands between two rules is a part of the table above it: no running text, no notes over the whole
    width, and its phrases keep to the columns of the rows before."""
    if not band:
        return True
    if are_mostly_prose([word for line in band for word in line.words], around):
        return False
    if len(band[0].phrases) == 1 and NOTE_START.match(band[0].text):
        return False
    several = sum(len(line.phrases) > 1 for line in band)
    if not several:
        return len(band) <= 2 and band[0].x1 - band[0].x0 < 0.75 * width
    if before and not holds_values(band) and crosses_columns(band, before):
        return False
    return several >= 0.2 * len(band)


def is_inner_head(band: Sequence[Line], below: Sequence[Line]) -> bool:
    """A second head further down: several phrases and no numbers, over a band of numbers."""
    return any(len(line.phrases) > 2 for line in band) and bool(below) and holds_values(below)


def holds_values(band: Sequence[Line]) -> bool:
    """Whether numbers stand behind the labels of a good part of the lines."""
    return sum(any(VALUE.match(p.text) for p in line.phrases[1:]) for line in band) >= 0.4 * len(band)


def is_boxed(sheet: Sheet, x0: float, upper: Box, x1: float, lower: Box) -> bool:
    """Whether an upright rule runs between two horizontal ones, inside them: then they hold cells."""
    return any(
        x0 + 2 * _INNER_RULE_PT < rule.x0 < x1 - 2 * _INNER_RULE_PT
        and rule.top < upper.bottom + 2
        and rule.bottom > lower.top - 2
        for rule in sheet.down
    )


def follows_head(rest: Sequence[Line], around: Surroundings) -> bool:
    """Whether what stands below the second rule is the body of the table (the first two rules enclosed its head)."""
    first = rest[:3]
    return len(first) >= 2 and sum(len(line.phrases) > 1 for line in first) >= 2 and not is_prose_line(first[0], around)


def ends_table(lines: Sequence[Line], i: int, around: Surroundings, width: float) -> bool:
    """Whether line i is no row any more: running text, a note over the whole width, or far below the line above."""
    line = lines[i]
    if is_prose_line(line, around):
        return True
    if i < 2:
        return False
    pitch = median([b.middle - a.middle for a, b in pairwise(lines[: i + 1])])
    gap = line.middle - lines[i - 1].middle
    if gap > 3.2 * pitch and gap > 30:
        return True
    if len(line.phrases) > 1:
        return False
    phrase = line.phrases[0]
    at_left = phrase.x0 - min(other.x0 for other in lines[:i]) < 3
    marked = (not phrase.words[0].text and bool(phrase.words[0].marks)) or starts_with_mark(phrase)
    tabular_below = any(len(o.phrases) > 1 and around.prose.isdisjoint(o.words) for o in lines[i + 1 : i + 3])
    wide = phrase.width > 0.7 * width
    if PAGE_FOOT.match(phrase.text):
        return True
    noted = bool(NOTE_START.match(phrase.text))
    return at_left and ((noted and wide) or (not tabular_below and (marked or wide or noted)))


def rows_below(rest: Sequence[Line], end: float, lines: Sequence[Line], around: Surroundings) -> list[Line]:
    """Rows that stand below the last rule of a table, as a total may: cells in its columns, close to it, as many as
    half of its rows have."""
    rows: list[Line] = []
    bottom = end
    usual = median([len(line.phrases) for line in lines]) if lines else 2
    for line in rest:
        near = line.top - bottom < line.bottom - line.top
        full = len(line.phrases) >= max(2, usual) and not NOTE_START.match(line.text)
        if not near or not full or is_prose_line(line, around) or crosses_columns([line], lines):
            break
        rows.append(line)
        bottom = line.bottom
    return rows
