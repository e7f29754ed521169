"""Intervals of which a sign was lost or a number was cut in two, mostly by OCR: "1.64 (0.76.3.52)", "154 (0.71, 3 30)".
The other intervals of their column show where they stand and how many decimals they have."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.forests.plot import INTERVAL_COLUMNS
from extract.forests.text.interval_columns import IntervalColumn
from extract.forests.text.intervals import PrintedInterval, as_float, intervals_in, make_interval, text_with_spans
from extract.page.lines import Line, Phrase
from extract.page.words import Word
from schemas.base.printed import MOST_DIGITS

COLUMN_MARGIN_EM = 1.0  # by which the middle of a word may stand outside the column of intervals
USUAL_DECIMALS_SHARE = 0.8  # of the intervals of a column have decimals as its others, so that a lost point is known
INTERVAL_COLUMN_PARTS = ("estimate", "low", "high")  # of an interval, in the order of INTERVAL_COLUMNS
INTERVAL_DIGITS_COUNT = 3  # fewer digits are no interval


def with_damaged(column: IntervalColumn, lines: Sequence[Line]) -> dict[int, PrintedInterval]:
    """The intervals of a column by the id of their line, and those that were damaged, with a doubt where a sign was
    lost."""
    found = {id(line): interval for interval, line in zip(column.intervals, column.lines, strict=True)}
    decimals = usual_decimals(column)
    for line in lines:
        whole = id(line) in found and holds_its_estimate(found[id(line)])
        if not whole and decimals and (interval := damaged_interval(line, column, decimals)):
            found[id(line)] = interval
    return found


def holds_its_estimate(interval: PrintedInterval) -> bool:
    """Whether the estimate lies between its limits."""
    return as_float(interval.low) <= as_float(interval.estimate) <= as_float(interval.high)


def usual_decimals(column: IntervalColumn) -> int:
    """The number of decimals of the numbers of most intervals; 0 where it varies."""
    texts = [text for i in column.intervals for text in (i.estimate, i.low, i.high)]
    counts = Counter(len(text.partition(".")[2]) for text in texts)
    decimals, most = counts.most_common(1)[0]
    return decimals if most >= USUAL_DECIMALS_SHARE * counts.total() else 0


def words_in_column(line: Line, column: IntervalColumn) -> list[Word]:
    """The words of a line that stand in the column of intervals."""
    margin = COLUMN_MARGIN_EM * column.size
    return [word for word in line.words if column.x0 - margin < (word.x0 + word.x1) / 2 < column.x1 + margin]


def damaged_interval(line: Line, column: IntervalColumn, decimals: int) -> PrintedInterval | None:
    """The interval that a line has in the column, if its digits are those of three numbers with so many decimals, in
    order; else None."""
    words = words_in_column(line, column)
    text, spans = text_with_spans(words)
    if not words or sum(map(str.isdigit, text)) < INTERVAL_DIGITS_COUNT:
        return None
    match = _pattern(decimals).fullmatch(text)
    if match is None:
        return None
    found = make_interval(match, spans)
    numbers = [matched_number(match, name) for name in INTERVAL_COLUMN_PARTS]
    if not float(numbers[1]) <= float(numbers[0]) <= float(numbers[2]):
        return None
    whole = bool(intervals_in(Line((Phrase((replace(words[0], text=text.replace(" ", "")),)),))))
    printed = [re.sub(r"\s", "", match[name]) for name in INTERVAL_COLUMN_PARTS]
    doubted = [
        column
        for column, name, text_, number in zip(INTERVAL_COLUMNS, INTERVAL_COLUMN_PARTS, printed, numbers, strict=True)
        if text_ != number or (name != "estimate" and not whole)
    ]
    doubt = f"read {text}; the column has {decimals} decimals" if doubted else ""
    return replace(found, estimate=numbers[0], low=numbers[1], high=numbers[2], doubt=doubt, doubted=tuple(doubted))


def matched_number(match: re.Match[str], name: str) -> str:
    """A number of a match, with its point."""
    bare = re.sub(r"\s", "", match[f"{name}_decimals"])
    return f"{match[f'{name}_whole']}.{bare}"


def _pattern(decimals: int) -> re.Pattern[str]:
    """Three numbers whose points may be missing or blanks, and whose comma may be a point."""

    def number(name: str) -> str:
        digits = rf"[0-9](?:\s?[0-9]){{{decimals - 1}}}"
        return rf"(?P<{name}>(?P<{name}_whole>-?[0-9]{{1,{MOST_DIGITS}}}?)\s?[.,]?\s?(?P<{name}_decimals>{digits}))"

    separator = r"(?:\s*(?:[,;:./]|to|-)\s*|\s+)"
    limits = rf"{number('low')}{separator}{number('high')}"
    return re.compile(rf"{number('estimate')}\s*(?P<open>[(\[{{])\s*{limits}\s*[)\]}}]?")
