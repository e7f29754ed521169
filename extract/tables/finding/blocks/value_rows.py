"""Lines and columns of numbers, from which a table without caption and rules is told."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.page.lines import Line, Phrase
from extract.page.numbers import is_value
from extract.tables.grid.cell_split import split_by_columns
from extract.tables.grid.gutters import Span

ROW_COUNT = 3  # rows with numbers that a table has at least
_NUMBER_SHARE = 0.6  # of the cells of a column of numbers are numbers
_TICK_COUNT = 4  # ticks of an axis, at least
_TICK_STEP_SHARE = 0.02  # of a step between two ticks: the steps of an axis differ by less
_VALUE_COUNT = 2  # numbers of a row of a table
_CURRENCY = re.compile(r"(?:US|A|C|NZ|HK)?[$€£¥]|\b(?:EUR|USD|GBP|Rs\.?)\b")
_NO_VALUE = re.compile(r"\.{2,3}|…|n\.?/?a\.?|nil|[-–—−*:xc]", re.IGNORECASE)
_MARK = re.compile(  # a scale, a note or a state ("provisional") behind a number
    r"(?<=\d)\s?(?:[a-z]|[*†‡§]+|%|per ?cent|thousand|million|billion|mn|bn)$", re.IGNORECASE
)
_THOUSANDS = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")  # spaces within a number
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/–](?:\d\d){1,2})?[a-z*]?")


def is_numeric(text: str) -> bool:
    """Whether a text is a number, with its currency, unit sign or mark, or a sign for a missing number."""
    if _NO_VALUE.fullmatch(text):
        return True
    plain = _MARK.sub("", _CURRENCY.sub("", text).strip())
    return is_value(plain)


def numeric_phrases(line: Line) -> list[Phrase]:
    """The phrases of a line that are numbers."""
    return [phrase for phrase in line.phrases if is_numeric(phrase.text)]


def is_value_row(line: Line) -> bool:
    """Whether a line is like a row of a table: two numbers beside something else or a third number; years alone are a
    head."""
    numbers = numeric_phrases(line)
    digits = any(char.isdigit() for phrase in numbers for char in phrase.text)
    count = sum(len(_THOUSANDS.sub("", phrase.text).split()) for phrase in numbers)
    return digits and count >= _VALUE_COUNT and not (is_head_of_years(line) or is_tick_line(line))


def is_head_of_years(line: Line) -> bool:
    """Whether all numbers of a line are years."""
    return all(_YEAR.fullmatch(phrase.text) for phrase in numeric_phrases(line))


def is_tick_line(line: Line) -> bool:
    """Whether a line has nothing but evenly spaced numbers, as an axis has: 0 12 24 36."""
    try:
        ticks = [float(word.text.replace("−", "-")) for word in line.words]
    except ValueError:
        return False
    steps = [b - a for a, b in pairwise(ticks)]
    return len(ticks) >= _TICK_COUNT and max(steps) - min(steps) <= _TICK_STEP_SHARE * abs(steps[0]) and steps[0] != 0


def count_rows(lines: Sequence[Line]) -> int:
    """Return how many lines are like rows of a table."""
    return sum(map(is_value_row, lines))


def columns_of(rows: Sequence[Line], spans: Sequence[Span]) -> list[list[str]]:
    """The texts of the cells of rows, column by column."""
    cells = [split_by_columns(row.words, spans) for row in rows]
    return [[" ".join(w.text for w in row[c]) for row in cells if c in row] for c in range(len(spans))]


def find_number_columns(columns: Sequence[Sequence[str]]) -> list[int]:
    """The columns in which most cells are numbers, at least three of them, and do not count the rows; beside such
    columns, those in which all numbers are missing count as well."""
    found = [number for number, cells in enumerate(columns) if _are_numbers(cells)]
    signs = [number for number, cells in enumerate(columns) if number and _are_missing(cells)]
    return sorted([*found, *signs]) if found else []


def _are_numbers(cells: Sequence[str]) -> bool:
    numbers = [text for text in cells if is_numeric(text)]
    with_digits = [text for text in numbers if any(map(str.isdigit, text))]
    enough = len(with_digits) >= ROW_COUNT and len(numbers) >= _NUMBER_SHARE * len(cells)
    return enough and not _counts_up(with_digits)


def _are_missing(cells: Sequence[str]) -> bool:
    """Whether nearly all cells are signs for missing numbers."""
    return len(cells) >= ROW_COUNT and all(map(is_numeric, cells)) and not _are_numbers(cells)


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether numbers are those of a list: 1, 2, 3 or 1.1, 1.2, 2.1."""
    if not all(re.fullmatch(r"[(\[]?\d{1,3}(?:\.\d{1,2})*[.)\]]?", text) for text in texts):
        return False
    keys = [tuple(map(int, re.findall(r"\d+", text))) for text in texts]
    first_steps = all(b[0] - a[0] in (0, 1) for a, b in pairwise(keys))
    return first_steps and all(a < b for a, b in pairwise(keys))
