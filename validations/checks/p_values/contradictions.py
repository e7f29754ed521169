"""TST: P values that contradict the other half of their variable, or their own marks."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validations.inference.comparisons.arms import arms_compared, records_by_row
from validations.inference.comparisons.variables import counts_of_row, is_binary, variable_rows
from validations.inference.comparisons.words import marks
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Record, Table, once

FEWEST_MARKED = 2  # P values of a column with a mark, before one without it is named
_DEFINED = re.compile(
    r"(?:(?<![*†‡§¶#])(?P<sign_mark>[*†‡§¶#]++)\s*+(?:[:=,]|indicates|denotes|means)?\s*+(?:significan\w+\s*)?(?:at\s*|level\s*|\()*"
    r"[Pp](?:[- ]?values?)?|(?:^|; )(?P<letter>[a-z])\)?\s*+[:=]?\s*+[Pp])"
    r"\s*(?P<sign>[<≤])\s*(?P<limit>0?\.\d+)(?!\d|\s*(?:vs|versus|compared|between|from|for|relative)\b)"
)


@check("TST003", "unlikely", by_panel=False)
def halves_have_different_p(table: Table) -> Answers:
    """The two halves of a variable have different P values.

    Why it matters
        Of 51 patients, 24 are men exactly when 27 are women: both rows say the same, and every test gives them the same
        P. A count or one of the P values is wrong.

    Fires on
        table1: results
        row  cell  outcome  level   arm      versus   arm_n  statistic  n   percent  p
        1    2     Sex      Male    Drug     -        37     count      22  59.5     -
        1    3     Sex      Male    Placebo  -        42     count      15  35.7     -
        1    4     Sex      Male    Drug     Placebo  -      p          -   -        0.035
        2    2     Sex      Female  Drug     -        37     count      15  40.5     -
        2    3     Sex      Female  Placebo  -        42     count      27  64.3     -
        2    4     Sex      Female  Drug     Placebo  -      p          -   -        0.35

    Silent on
        table1: results
        row  cell  outcome  level   arm      versus   arm_n  statistic  n   percent  p
        1    2     Sex      Male    Drug     -        37     count      22  59.5     -
        1    3     Sex      Male    Placebo  -        42     count      15  35.7     -
        1    4     Sex      Male    Drug     Placebo  -      p          -   -        0.035
        2    2     Sex      Female  Drug     -        37     count      15  40.5     -
        2    3     Sex      Female  Placebo  -        42     count      27  64.3     -
        2    4     Sex      Female  Drug     Placebo  -      p          -   -        0.04
    """
    for first, second in _pairs(table):
        one, other = first.number("p"), second.number("p")
        rows = [counts_of_row(table, each, each["row"], arms_compared(each)) for each in (first, second)]
        if one is None or other is None or rows[0] is None or rows[1] is None or not is_binary(rows[0], rows[1]):
            continue
        if one.overlaps(other.low, other.high):
            yield None
        elif {first["row"], second["row"]} & table.doubtful:
            yield NotCheckable("the reading of the row is in doubt")
        else:
            names = [each["level"] or each["outcome"] for each in (first, second)]
            message = f"{names[0]} and {names[1]} are the two halves of all patients, but P is {one} and {other}"
            yield Fault(message, one.text, second, "p", ("p",), (first,))


def _pairs(table: Table) -> Iterator[tuple[Record, Record]]:
    """The P values of neighbouring rows of one variable in the same column."""
    if table.schema != "results":
        return
    columns: dict[tuple[str, ...], list[Record]] = {}
    for record in table.records:
        if record["p"] and record["versus"]:
            columns.setdefault((record["cell"], *arms_compared(record)), []).append(record)
    order = {row: place for place, row in enumerate(records_by_row(table))}
    for records in columns.values():
        for first, second in pairwise(records):
            if order[second["row"]] - order[first["row"]] == 1:
                rows, _ = variable_rows(table, first["row"], frozenset())
                if second["row"] in rows and len(rows) == 2:
                    yield first, second


class Level(NamedTuple):
    """What a mark says of P: that it is below `limit`, or at most `limit` where `inclusive`."""

    limit: Decimal
    inclusive: bool


@once
def marked_levels(table: Table) -> Mapping[str, Level]:
    """The levels of significance that the notes of a table give to marks: * P < 0.05"""
    text = "; ".join(table.footnotes)
    found: dict[str, Level] = {}
    for match in _DEFINED.finditer(text):
        mark = match["sign_mark"] or match["letter"]
        found.setdefault(mark, Level(Decimal(match["limit"]), match["sign"] == "≤"))
    return found


@check("TST004", "unlikely", by_panel=False)
def mark_contradicts_p(table: Table) -> Answers:
    """The mark at a P value says another level of significance than the P value.

    Why it matters
        A reader who looks for the stars and one who reads P come to different conclusions. Mark or P is wrong.

    Fires on
        table1: results, notes * P < 0.05; ** P < 0.01
        row  cell  outcome  arm   versus   statistic  p      notes
        1    4     Age      Drug  Placebo  p          0.032  p:*
        2    4     Weight   Drug  Placebo  p          0.32   p:*
        3    4     Height   Drug  Placebo  p          0.002  p:**

        table2: results, notes * P < 0.05
        row  cell  outcome  arm   versus   statistic  p      notes
        1    4     Age      Drug  Placebo  p          0.032  p:*
        2    4     Weight   Drug  Placebo  p          0.002  p:*
        3    4     Height   Drug  Placebo  p          0.011  -

    Silent on
        table1: results, notes * P < 0.05; ** P < 0.01
        row  cell  outcome  arm   versus   statistic  p      notes
        1    4     Age      Drug  Placebo  p          0.032  p:*
        2    4     Weight   Drug  Placebo  p          0.32   -
        3    4     Height   Drug  Placebo  p          0.05   p:*
        4    4     Girth    Drug  Placebo  p          0.002  p:**
    """
    levels = marked_levels(table)
    if not levels:
        return
    weakest = max(levels.values(), key=lambda level: level.limit)
    columns: dict[str, list[Record]] = {}
    for record in table.records:
        if record.number("p") is not None:
            columns.setdefault(record["cell"], []).append(record)
    for records in columns.values():
        marked = [record for record in records if marks(record["notes"], "p") in levels]
        for record in records:
            yield _of_mark(record, levels, weakest, len(marked))


def _of_mark(record: Record, levels: Mapping[str, Level], weakest: Level, marked: int) -> Fault | None:
    p, mark = record.number("p"), marks(record["notes"], "p")
    if p is None:
        return None
    if mark in levels:
        limit = levels[mark].limit
        if p.low > limit:
            return Fault(f"{mark} stands for P < {limit}, but P is {p}", f"P < {limit}", record, "p", ("p", "notes"))
    elif not mark and marked >= FEWEST_MARKED and p.high < weakest.limit:
        message = f"P = {p} has no mark, but the other P values below {weakest.limit} have one"
        return Fault(message, "a mark", record, "p", ("p", "notes"))
    return None
