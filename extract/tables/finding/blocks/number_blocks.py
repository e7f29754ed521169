"""Blocks of lines whose numbers stand in columns, each like one table: rows of numbers with the lines between them.

Tables side by side are separated at a wide gutter, tables below one another at sentences, notes, wide white strips, and
above a title or head.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from extract.page.lines import Line, make_lines
from extract.page.words import Word
from extract.tables.finding.blocks.value_rows import (
    ROW_COUNT,
    columns_of,
    count_rows,
    find_number_columns,
    is_numeric,
    is_value_row,
    numeric_phrases,
)
from extract.tables.finding.notes import NOTE_START, PAGE_FOOT
from extract.tables.grid.columns import find_columns, usual_size
from extract.tables.grid.gutters import Span

NUMBER_COLUMN_COUNT = 2  # columns of a table with numbers, at least
_FAR_GAP_EM = 4.5  # the white between two lines of a table is less high, however far its rows stand apart
_BLOCK_GAP_EM = 2.5  # the white between two lines of a table is less high if its rows stand close
_USUAL_GAP_RATIO = 1.5  # to the usual white between rows: the white within a table is less high
_NEXT_TABLE_GAP_RATIO = 1.25  # to the usual white between rows, and
_NEXT_TABLE_GAP_EM = 0.12  # so much more: the white above the title or head of the next table is higher
_SENTENCE_WORD_COUNT = 5  # words of a line of running text, at least
_CROSSING_LINE_SHARE = 0.1  # of the lines of two columns of a page cross the gutter between them, at most
_LEVEL_PT = 1.5  # lines whose middles differ by less stand at one height
_LEVEL_SHARE = 0.8  # of the rows of a table go on at the same height beyond a gutter
_TABLE_GUTTER_EM = 2.0  # the white between two tables side by side is wider


def find_number_blocks(lines: Sequence[Line], gutters: Sequence[Span]) -> Iterator[list[Line]]:
    """Yield the blocks among the lines of a sheet, those of running text left out. `gutters`: between the columns of
    running text."""
    for run in _runs(lines):
        for part in _split_at_gutters(run, gutters):
            for zone in _zones(part):
                yield from _split_tables(zone)


def _split_at_gutters(run: Sequence[Line], gutters: Sequence[Span]) -> Iterator[Sequence[Line]]:
    """Yield the lines of each column of a page; the run, if its lines cross the gutter or go on behind it."""
    for left, right in gutters:
        x = (left + right) / 2
        crossing = sum(phrase.x0 < x < phrase.x1 for line in run for phrase in line.phrases)
        parts = [make_lines(_words_between(run, *ends)) for ends in ((0.0, x), (x, inf))]
        if crossing <= _CROSSING_LINE_SHARE * len(run) and all(parts) and not _goes_on(*parts):
            yield from _split_at_gutters(parts[0], [g for g in gutters if g[1] <= left])
            yield from _split_at_gutters(parts[1], [g for g in gutters if g[0] >= right])
            return
    yield run


def _words_between(run: Sequence[Line], x0: float, x1: float) -> list[Word]:
    return [word for line in run for word in line.words if x0 <= word.center < x1]


def _goes_on(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the rows of a table go on at the right: its rows begin with numbers and stand at the heights of lines at
    the left."""
    rows = [line for line in right if is_value_row(line)]
    begins = [line for line in rows if is_numeric(line.phrases[0].text)]
    level = sum(any(abs(line.middle - other.middle) < _LEVEL_PT for other in left) for line in begins)
    return bool(rows) and level >= _LEVEL_SHARE * len(rows)


def _zones(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines that stand close below one another and have enough rows; of two tables side by side, those of
    each."""
    for run in _runs(lines):
        if count_rows(run) >= ROW_COUNT:
            yield from _split_sideways(run)


def _split_tables(run: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the tables of a run: cut at sentences and notes, and above the title and head of the next table."""
    rows = [i for i, line in enumerate(run) if is_value_row(line)]
    if len(rows) < ROW_COUNT:
        return
    cuts = [0, *sorted(_cuts(run, rows)), len(run)]
    for a, b in pairwise(cuts):
        block = list(run[a:b])
        if count_rows(block) >= ROW_COUNT:
            yield block


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in lines:
        if run and line.top - max(other.bottom for other in run[-2:]) > _FAR_GAP_EM * usual_size([line]):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _split_sideways(run: list[Line]) -> Iterator[list[Line]]:
    """Yield the lines left and right of a wide gutter if both are tables whose rows begin with labels; else the run."""
    rows = [line for line in run if is_value_row(line)]
    size = usual_size(rows)
    spans = find_columns(rows)
    columns = columns_of(rows, spans)
    numeric = find_number_columns(columns)
    for i, (a, b) in enumerate(pairwise(spans), start=1):
        if i not in numeric and any(map(_are_sentences, columns[:i])) and not any(column < i for column in numeric):
            yield from _zones(make_lines(_words_between(run, a[1], inf)))
            return
        if b[0] - a[1] <= _TABLE_GUTTER_EM * size or i in numeric:
            continue
        x = b[0] - size / 2
        before = sum(column < i for column in numeric)
        if min(before, len(numeric) - before) >= NUMBER_COLUMN_COUNT:
            yield from _zones(make_lines(_words_between(run, 0.0, x)))
            yield from _zones(make_lines(_words_between(run, x, inf)))
            return
    yield run


def _are_sentences(cells: Sequence[str]) -> bool:
    """Whether the texts of a column are lines of running text rather than labels."""
    long = [text for text in cells if len(text.split()) >= _SENTENCE_WORD_COUNT]
    small = sum(text[:1].islower() for text in long)
    return len(long) > len(cells) / 2 and small > len(long) / 2


def _cuts(run: Sequence[Line], rows: Sequence[int]) -> set[int]:
    """The lines of a run that begin something else."""
    numbers = median(numeric_phrases(run[i])[0].x0 for i in rows)
    usual = usual_gap(run)
    found = {i for i in range(1, len(run)) if gap_above(run, i) > farthest_gap(run, i, usual, _BLOCK_GAP_EM)}
    for a, b in pairwise([-1, *rows, len(run)]):
        between = range(a + 1, b)
        for i in between:
            if _is_sentence_line(run[i], numbers) or NOTE_START.match(run[i].text) or PAGE_FOOT.match(run[i].text):
                found |= {i, i + 1}
        if a >= 0 and b < len(run) and between and _begins_table(run, between, usual):
            found.add(a + 1)
    return found - {0, len(run)}


def _begins_table(run: Sequence[Line], between: range, usual: float) -> bool:
    """Whether lines between two rows are title and head of another table: set off from the row above, with a head line
    that is as long as the one above the first row of the run, or with a title."""
    first = between[0]
    wide = gap_above(run, first) > _NEXT_TABLE_GAP_RATIO * usual + _NEXT_TABLE_GAP_EM * usual_size([run[first]])
    heads = [run[i] for i in between if len(run[i].phrases) > 1]
    below = len(run[between[-1] + 1].phrases)
    return wide and bool(heads) and (len(run[first].phrases) == 1 or len(heads[-1].phrases) >= below - 1)


def gap_above(lines: Sequence[Line], i: int) -> float:
    """The height of the white above a line; below 0 where lines overlap."""
    return lines[i].top - max(line.bottom for line in lines[max(i - 2, 0) : i])


def usual_gap(lines: Sequence[Line]) -> float:
    """The usual height of the white above a row with numbers."""
    gaps = [gap_above(lines, i) for i in range(1, len(lines)) if is_value_row(lines[i])]
    return max(median(gaps), 0.0) if gaps else 0.0


def farthest_gap(lines: Sequence[Line], i: int, usual: float, least: float) -> float:
    """The height of the white above a line from which on the line is no part of the table above. `least`: in type
    sizes."""
    return max(least * usual_size([lines[i]]), _USUAL_GAP_RATIO * usual)


def _is_sentence_line(line: Line, numbers: float) -> bool:
    """Whether a line is text that runs from the labels of a table over its numbers, which begin at `numbers`."""
    phrase = max(line.phrases, key=lambda p: p.width)
    words = sum(bool(re.match(r"\W*[^\W\d_]{2,}", word.text)) for word in phrase.words)
    return words >= _SENTENCE_WORD_COUNT and phrase.x0 < numbers < phrase.x1
