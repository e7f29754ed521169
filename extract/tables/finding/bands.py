"""Bands of lines between two rules or below the rows so far: more of the table, or notes and running text."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.page.box import Box
from extract.page.lines import Line
from extract.page.numbers import VALUE, is_value
from extract.page.sheet import Sheet
from extract.tables.finding.notes import NOTE_START, PAGE_FOOT, PAGE_NUMBER, is_sentence, starts_with_mark
from extract.tables.grid.columns import crosses_columns
from extract.tables.region import Surroundings, are_mostly_prose, is_prose_line

# A band between two rules
_BAND_LINE_COUNT = 2  # lines of a band with one phrase a line (a section heading), at most
_BAND_WIDTH_SHARE = 0.75  # of the table: a wider line with one phrase is a note
_TABULAR_SHARE = 0.2  # of the lines of a band have several phrases
_VALUE_LINE_SHARE = 0.4  # of the lines of a band of rows have numbers
_HEAD_PHRASE_COUNT = 3  # phrases on a line of a second head
_INNER_RULE_PT = 8.0  # an upright rule so far from the sides of a table separates columns, and is no frame
_RULE_MEET_PT = 2.0  # rules that miss one another by less meet
_BODY_LINE_COUNT = 3  # lines below the second rule that show whether the body begins there

# Where a table without a last rule ends
_FIRST_LINE_COUNT = 2  # lines that are the head, so that pitch and columns can be told
_FAR_RATIO = 3.2  # of the usual pitch of lines: a line so far below the others is no row
_APART_RATIO = 1.2  # of the usual pitch: a last line that is set off by more and has only a number is that of the page
_NOTE_WIDTH_SHARE = 0.7  # of the table: a wider phrase that stands alone is a note or running text
_LINES_BEHIND_COUNT = 2  # next lines that show whether the table goes on

# Rows below the last rule
_USUAL_PHRASE_COUNT = 2  # phrases of a row of an empty table


def belongs_to_table(band: Sequence[Line], before: Sequence[Line], around: Surroundings, width: float) -> bool:
    """Whether the band between two rules is a part of the table above it: no running text, no notes over the whole
    width, and phrases that keep to the columns of the rows before."""
    if not band:
        return True
    if are_mostly_prose([word for line in band for word in line.words], around):
        return False
    if len(band[0].phrases) == 1 and NOTE_START.match(band[0].text):
        return False
    several = sum(len(line.phrases) > 1 for line in band)
    if not several:
        return len(band) <= _BAND_LINE_COUNT and band[0].width < _BAND_WIDTH_SHARE * width
    if before and not holds_values(band) and crosses_columns(band, before):
        return False
    return several >= _TABULAR_SHARE * len(band)


def is_inner_head(band: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether a band is a second head further down: it has several phrases and stands over a band of numbers."""
    return any(len(line.phrases) >= _HEAD_PHRASE_COUNT for line in band) and bool(below) and holds_values(below)


def holds_values(band: Sequence[Line]) -> bool:
    """Whether numbers stand behind the labels of a good part of the lines."""
    with_values = sum(any(VALUE.match(p.text) for p in line.phrases[1:]) for line in band)
    return with_values >= _VALUE_LINE_SHARE * len(band)


def is_boxed(sheet: Sheet, x0: float, upper: Box, x1: float, lower: Box) -> bool:
    """Whether an upright rule runs from one horizontal rule to another, between their ends: then they hold cells."""
    return any(
        x0 + _INNER_RULE_PT < rule.x0 < x1 - _INNER_RULE_PT
        and rule.top < upper.bottom + _RULE_MEET_PT
        and rule.bottom > lower.top - _RULE_MEET_PT
        for rule in sheet.down
    )


def follows_head(rest: Sequence[Line], around: Surroundings) -> bool:
    """Whether the lines below the second rule are the body of the table; then the first two rules enclose its head. One
    row is enough above the end of the page, or if all its cells are values."""
    first = rest[:_BODY_LINE_COUNT]
    if not first or is_prose_line(first[0], around):
        return False
    rows = [line for line in first if len(line.phrases) > 1]
    fewest = 2 if len(first) == _BODY_LINE_COUNT else 1
    return len(rows) >= fewest or any(_begins_with_values(row) for row in rows)


def _begins_with_values(line: Line) -> bool:
    """Whether all phrases behind a label, two or more, begin like values."""
    return len(line.phrases) >= _HEAD_PHRASE_COUNT and all(VALUE.match(phrase.text) for phrase in line.phrases[1:])


def ends_table(lines: Sequence[Line], i: int, around: Surroundings, width: float) -> bool:
    """Whether the table ends above line i: running text, a note over the whole width, or far below the line above."""
    line = lines[i]
    if is_prose_line(line, around):
        return True
    if i < _FIRST_LINE_COUNT:
        return False
    pitch = median([b.middle - a.middle for a, b in pairwise(lines[: i + 1])])
    if line.middle - lines[i - 1].middle > _FAR_RATIO * pitch:
        return True
    if len(line.phrases) > 1:
        return False
    phrase = line.phrases[0]
    if (
        i == len(lines) - 1
        and PAGE_NUMBER.match(phrase.text)
        and line.middle - lines[i - 1].middle > _APART_RATIO * pitch
    ):
        return True
    marked = (not phrase.words[0].text and bool(phrase.words[0].marks)) or starts_with_mark(phrase)
    behind = lines[i + 1 : i + 1 + _LINES_BEHIND_COUNT]
    tabular_below = any(len(other.phrases) > 1 and around.prose.isdisjoint(other.words) for other in behind)
    wide = phrase.width > _NOTE_WIDTH_SHARE * width
    if PAGE_FOOT.match(phrase.text):
        return True
    noted = bool(NOTE_START.match(phrase.text))
    return (noted and (wide or is_sentence([line]))) or (
        not tabular_below and (marked or wide or noted or is_sentence([line]))
    )


def rows_below(rest: Sequence[Line], end: float, lines: Sequence[Line], around: Surroundings) -> list[Line]:
    """Return the rows that stand closely below the last rule of a table, as a total may. They keep to its columns and
    have as many cells as its usual row, or numbers only behind the label."""
    rows: list[Line] = []
    bottom = end
    usual = median([len(line.phrases) for line in lines]) if lines else _USUAL_PHRASE_COUNT
    for line in rest:
        near = line.top - bottom < line.height
        many = len(line.phrases) >= max(_USUAL_PHRASE_COUNT, usual)
        full = (many or is_row_of_values(line)) and not NOTE_START.match(line.text)
        if not near or not full or is_prose_line(line, around) or crosses_columns([line], lines):
            break
        rows.append(line)
        bottom = line.bottom
    return rows


def is_row_of_values(line: Line) -> bool:
    """Whether a line is a label with values, and nothing else."""
    return len(line.phrases) > 1 and all(is_value(phrase.text) for phrase in line.phrases[1:])
