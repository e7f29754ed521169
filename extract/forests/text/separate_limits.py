"""Intervals without brackets: limits in columns of their own ("Odds ratio  Lower limit  Upper limit"), or as ranges in
one ("0.72 | 0.55–0.95")."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from extract.forests.axis.measures import measure_of
from extract.forests.text.intervals import PrintedInterval, as_float, curated_number, is_one_number
from extract.forests.text.labels import CONFIDENCE_LEVEL
from extract.page.lines import Line
from extract.page.words import Word

LOWER = re.compile(r"^(?:lower|low|ll|lcl|lci)\b", re.IGNORECASE)
UPPER = re.compile(r"^(?:upper|high|ul|ucl|uci)\b", re.IGNORECASE)
LIMIT_OFFSET_EM = 2.5  # from the middle of a head to that of a number under it: half a head ("Lower limit") wide
HEAD_LINES_EM = 2.0  # from the line of the heads of limits up to a further line of heads
HEADS_REACH_EM = 6.0  # from the first row up to the heads over its columns
INSIDE_ROWS_SHARE = 0.9  # of the estimates lie between their limits: one may be misprinted or misread
NO_ESTIMATE = re.compile(  # heads of columns that stand between estimates and limits; "Std diff in means" is a measure
    r"\berr(?:or)?s?\b|\bs\.?e\.?m?\b|\bvar(?:iance)?\b|\bs\.?d\.?\b|\bweights?\b|\b[zp](?:-?\s?values?)?\b|\bdf\b",
    re.IGNORECASE,
)

LimitHeads = tuple[Word, Word]  # the head of the lower limits and that of the upper limits


def heads_of_limits(lines: Sequence[Line]) -> list[tuple[Line, LimitHeads]]:
    """The lines that name columns of limits, each with its two heads: the lower one, and the upper one behind it."""
    found = []
    for line in lines:
        words = [word for word in line.words if word.text]
        for lower in (word for word in words if LOWER.match(word.text)):
            upper = next((word for word in words if word.x0 > lower.x1 and UPPER.match(word.text)), None)
            if upper is not None:
                found.append((line, (lower, upper)))
    return found


class LimitsRow(NamedTuple):
    """A line with numbers under both heads of limits, and its numbers before them, from left to right."""

    line: Line
    low: Word
    high: Word
    before: tuple[Word, ...]


def rows_under(heads: LimitHeads, lines: Sequence[Line]) -> list[LimitsRow]:
    """The lines that have a number under each of these heads, in order, and a number before them."""
    found = []
    for line in lines:
        numbers = [word for word in line.words if is_one_number(word.text)]
        low, high = (number_under(head, numbers) for head in heads)
        before = tuple(word for word in numbers if low is not None and word.x1 < low.x0)
        if low is None or high is None or low is high or not before or not is_plain(low) or not is_plain(high):
            continue
        if value_of(low) <= value_of(high):
            found.append(LimitsRow(line, low, high, before))
    return found


def is_plain(word: Word) -> bool:
    """Whether a number has neither a comparator nor commas."""
    return re.fullmatch(r"[-\d.]+", curated_number(word.text)) is not None


def value_of(word: Word) -> float:
    return as_float(curated_number(word.text))


def estimate_column(rows: Sequence[LimitsRow], heads: Sequence[Line]) -> tuple[float, float] | None:
    """The left and right edge of the column of estimates, among the numbers before the limits; None for no numbers. A
    standard error or variance is no estimate; an estimate lies between its limits; a head that names an effect measure
    stands over it; else it is the column next to the limits."""
    columns: list[list[tuple[Word, LimitsRow]]] = []
    for word, row in sorted(((w, r) for r in rows for w in r.before), key=lambda pair: pair[0].x0):
        if columns and word.x0 < max(other.x1 for other, _ in columns[-1]):
            columns[-1].append((word, row))
        else:
            columns.append([(word, row)])

    def merit(column: Sequence[tuple[Word, LimitsRow]]) -> tuple[bool, bool, bool, bool, float]:
        head = words_over_column(column[0][0].x0, max(word.x1 for word, _ in column), heads)
        inside = sum(is_plain(w) and value_of(r.low) <= value_of(w) <= value_of(r.high) for w, r in column)
        return (
            2 * len(column) > len(rows),  # a stray number, such as the year of one label, is no column
            not NO_ESTIMATE.search(head),
            inside >= INSIDE_ROWS_SHARE * len(column),
            bool(measure_of(head)),
            column[0][0].x0,
        )

    best = max(columns, key=merit, default=None)
    return (best[0][0].x0, max(word.x1 for word, _ in best)) if best else None


def words_over_column(x0: float, x1: float, heads: Sequence[Line]) -> str:
    """The words of the heads whose middle is over a column, from top to bottom."""
    words = (word for line in heads for word in line.words)
    return " ".join(word.text for word in words if x0 - word.size < (word.x0 + word.x1) / 2 < x1 + word.size)


def intervals_of_rows(rows: Sequence[LimitsRow], column: tuple[float, float]) -> Iterator[PrintedInterval]:
    """The interval of each row that has its estimate in a column."""
    for _, low, high, before in rows:
        estimate = next((word for word in before if word.x1 > column[0] and word.x0 < column[1]), None)
        if estimate is None or not is_plain(estimate):
            continue
        words = (estimate, low, high)
        texts = [curated_number(word.text) for word in words]
        middle, parts = sum(word.middle for word in words) / len(words), tuple((word,) for word in words)
        x0 = low.x0 if any(estimate.x1 < word.x0 for word in before) else estimate.x0
        yield PrintedInterval(texts[0], texts[1], texts[2], x0, low.x0, high.x1, middle, low.size, words, parts)


def number_under(head: Word, numbers: Sequence[Word]) -> Word | None:
    """The number that stands under a head; None where none does."""
    x = (head.x0 + head.x1) / 2
    under = [word for word in numbers if abs((word.x0 + word.x1) / 2 - x) < LIMIT_OFFSET_EM * word.size]
    return min(under, key=lambda word: abs((word.x0 + word.x1) / 2 - x), default=None)


def separate_intervals(lines: Sequence[Line]) -> list[tuple[PrintedInterval, Line]]:
    """The intervals under heads of limits, each with its line. The heads of a plot apply down to those of the next."""
    heads = heads_of_limits(lines)
    found = []
    for i, (head_line, pair) in enumerate(heads):
        end = next((other.top for other, _ in heads[i + 1 :] if other.top > head_line.bottom), float("inf"))
        rows = rows_under(pair, [line for line in lines if head_line.bottom < line.middle < end])
        if not rows:
            continue
        reach = HEAD_LINES_EM * pair[0].size
        over = [line for line in lines if head_line.top - reach < line.middle < rows[0].line.top]
        column = estimate_column(rows, over)
        lines_of = {id(row.low): row.line for row in rows}
        found += [(i, lines_of[id(i.words[1])]) for i in intervals_of_rows(rows, column)] if column else []
    return found


def with_estimates_inside(
    intervals: Mapping[int, PrintedInterval], lines: Sequence[Line]
) -> dict[int, PrintedInterval]:
    """The intervals of a plot by the id of their line. Where most numbers before the brackets lie outside them, they
    are no estimates ("0.17  0.31 (-0.43, 0.77)" with a standard error): the column that lies inside is taken, or all
    are in doubt."""
    if len(intervals) < 2 or 2 * sum(map(lies_outside, intervals.values())) <= len(intervals):
        return dict(intervals)
    rows = [limits_row(intervals[id(line)], line) for line in lines if id(line) in intervals]
    first = rows[0].line
    heads = [line for line in lines if first.top - HEADS_REACH_EM * rows[0].low.size < line.middle < first.top]
    column = estimate_column(rows, heads)
    found = {}
    for row in rows:
        interval = intervals[id(row.line)]
        word = next((w for w in row.before if column and w.x1 > column[0] and w.x0 < column[1]), None)
        if word is not None and is_plain(word):
            words = (word, *(w for w in interval.words if w not in interval.parts[0]))
            parts = ((word,), *interval.parts[1:])
            interval = replace(
                interval, estimate=curated_number(word.text), x0=interval.bracket, words=words, parts=parts
            )
        found[id(row.line)] = interval
    if 2 * sum(map(lies_outside, found.values())) <= len(found):
        return found
    doubt = "most estimates lie outside their intervals: another column may hold the estimates"
    return {key: replace(i, doubt=doubt, doubted=("estimate",)) for key, i in intervals.items()}


def lies_outside(interval: PrintedInterval) -> bool:
    return not as_float(interval.low) <= as_float(interval.estimate) <= as_float(interval.high)


def limits_row(interval: PrintedInterval, line: Line) -> LimitsRow:
    """A line with an interval in brackets, as if its limits were words of their own."""
    low, high = (
        replace(parts[0], text=text)
        for parts, text in zip(interval.parts[1:], (interval.low, interval.high), strict=True)
    )
    before = tuple(word for word in line.words if word.x1 <= interval.bracket and is_one_number(word.text))
    return LimitsRow(line, low, high, before)


def with_estimates_before(
    column: Sequence[tuple[PrintedInterval, Line]], lines: Sequence[Line]
) -> list[tuple[PrintedInterval, Line]]:
    """The ranges below one another as intervals, with the estimates of the column that lies inside; an empty list where
    there is none, or where no head over them names an interval."""
    first = column[0][0]
    heads = [line for line in lines if first.top - HEADS_REACH_EM * first.size < line.middle < first.top]
    x0, x1 = min(interval.x0 for interval, _ in column), max(interval.x1 for interval, _ in column)
    if not CONFIDENCE_LEVEL.search(words_over_column(x0, x1, heads)):
        return []
    rows = [limits_row(interval, line) for interval, line in column]
    place = estimate_column(rows, heads)
    if place is None:
        return []
    found, inside = [], 0
    for row, (interval, line) in zip(rows, column, strict=True):
        word = next((w for w in row.before if w.x1 > place[0] and w.x0 < place[1] and is_plain(w)), None)
        if word is None:
            continue
        inside += value_of(row.low) <= value_of(word) <= value_of(row.high)
        words, parts = (word, *interval.words), ((word,), *interval.parts[1:])
        found.append((replace(interval, estimate=curated_number(word.text), words=words, parts=parts), line))
    return found if found and inside >= INSIDE_ROWS_SHARE * len(found) else []
