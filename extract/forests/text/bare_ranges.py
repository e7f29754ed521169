"""Intervals without brackets in a column of their own: "0.72 | 0.55–0.95", "-0.41 | 0.23 | -0.85 to 0.03"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.forests.text.intervals import PrintedInterval, curated_number, text_with_spans, words_at, x_at
from extract.forests.text.labels import CONFIDENCE_LEVEL
from extract.forests.text.separate_limits import (
    HEADS_REACH_EM,
    INSIDE_ROWS_SHARE,
    estimate_column,
    is_plain,
    limits_row,
    value_of,
    words_over_column,
)
from extract.page.lines import Line

_DECIMAL = r"-?\d*\.\d+"
BARE_RANGE = re.compile(
    rf"(?<![\w.,;(\[{{/-])(?P<low>{_DECIMAL})(?:\s+to\s+|\s*[,;]\s*|-|\s+-\s+)(?P<high>{_DECIMAL})(?![\w.%/]|\s*[)\]}}])"
)


def bare_ranges_in(line: Line) -> list[PrintedInterval]:
    """The pairs of numbers of a line that may be the limits of an interval, without estimates."""
    text, spans = text_with_spans(line.words)
    found = []
    for match in BARE_RANGE.finditer(text):
        words = words_at(match.span(), spans)
        low, high = (curated_number(match[name]) for name in ("low", "high"))
        x0, x1 = x_at(match.start(), spans), x_at(match.end() - 1, spans, after=True)
        parts = ((), words_at(match.span("low"), spans), words_at(match.span("high"), spans))
        y = sum(word.middle for word in words) / len(words)
        if float(low) <= float(high):
            found.append(PrintedInterval("", low, high, x0, x0, x1, y, words[0].size, words, parts))
    return found


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
