"""DIF: differences and ratios that are not those of the two arms."""

from collections.abc import Iterator

from validations.inference.comparisons.differences import Effect, EffectColumn, NoEffect, effect_columns, find_effects
from validations.registry import Answer, Answers, Fault, NotCheckable, Noted, check
from validations.statistics.rounding import span_to_print
from validations.tables import Record, Table

_UNEXPLAINED = NotCheckable("the arms do not explain most estimates of the column")
_SHOWN = ("estimate", "n", "total", "percent", "mean")


@check("DIF001", "unlikely", by_panel=False)
def difference_not_of_means(table: Table) -> Answers:
    """A difference is not the difference of the two means beside it.

    Why it matters
        The difference between two arms follows from their means. If it does not, a mean or the difference is wrong,
        or the difference is adjusted and the table does not say so. Where the arms do not explain most differences of
        the column, nothing is reported.

    Fires on
        table2: results
        row  cell  outcome  arm      versus   statistic   mean  measure  estimate
        1    2     Pain     Drug     -        mean        3.1   -        -
        1    3     Pain     Placebo  -        mean        4.4   -        -
        1    4     Pain     Drug     Placebo  difference  -     MD       -1.3
        2    2     Sleep    Drug     -        mean        6.1   -        -
        2    3     Sleep    Placebo  -        mean        5.2   -        -
        2    4     Sleep    Drug     Placebo  difference  -     MD       0.9
        3    2     Mood     Drug     -        mean        7.8   -        -
        3    3     Mood     Placebo  -        mean        5.5   -        -
        3    4     Mood     Drug     Placebo  difference  -     MD       3.2

    Silent on
        table2: results
        row  cell  outcome  arm      versus   statistic   mean  measure  estimate
        1    2     Pain     Drug     -        mean        3.1   -        -
        1    3     Pain     Placebo  -        mean        4.4   -        -
        1    4     Pain     Drug     Placebo  difference  -     MD       1.3
        2    2     Sleep    Drug     -        mean        6.1   -        -
        2    3     Sleep    Placebo  -        mean        5.2   -        -
        2    4     Sleep    Drug     Placebo  difference  -     MD       -0.9
        3    2     Mood     Drug     -        mean        7.8   -        -
        3    3     Mood     Placebo  -        mean        5.5   -        -
        3    4     Mood     Drug     Placebo  difference  -     MD       -2.35

    Not checkable on
        table2: results
        row  cell  outcome  arm      versus   statistic   mean  measure  estimate  adjusted
        1    2     Pain     Drug     -        mean        3.1   -        -         -
        1    3     Pain     Placebo  -        mean        4.4   -        -         -
        1    4     Pain     Drug     Placebo  difference  -     MD       -1.9      adjusted
        2    2     Mood     Drug     -        mean        7.8   -        -         -
        2    3     Mood     Placebo  -        mean        5.5   -        -         -
        2    5     Mood     Drug     Placebo  difference  -     MD       3.2       -
    """
    yield from _judged(table, "means")
    for each in find_effects(table):
        if isinstance(each, NoEffect):
            yield NotCheckable(each.why)


@check("DIF002", "unlikely", by_panel=False)
def effect_not_of_counts(table: Table) -> Answers:
    """A risk difference, risk ratio or odds ratio does not follow from the counts of the two arms.

    Why it matters
        The counts of the arms give the effect, whichever arm is the reference. If they do not, a count or the effect
        is wrong, or the effect is adjusted and the table does not say so. Where the counts do not explain most effects
        of the column, nothing is reported.

    Fires on
        table2: results
        row  cell  outcome  arm      versus   statistic  n   total  measure  estimate
        1    2     Relapse  Drug     -        count      12  94     -        -
        1    3     Relapse  Placebo  -        count      28  93     -        -
        1    4     Relapse  Drug     Placebo  effect     -   -      RR       0.42
        2    2     Death    Drug     -        count      6   94     -        -
        2    3     Death    Placebo  -        count      10  93     -        -
        2    4     Death    Drug     Placebo  effect     -   -      RR       0.59
        3    2     Stroke   Drug     -        count      9   94     -        -
        3    3     Stroke   Placebo  -        count      16  93     -        -
        3    4     Stroke   Drug     Placebo  effect     -   -      RR       0.65

    Silent on
        table2: results
        row  cell  outcome  arm      versus   statistic  n   total  measure  estimate
        1    2     Relapse  Drug     -        count      12  94     -        -
        1    3     Relapse  Placebo  -        count      28  93     -        -
        1    4     Relapse  Drug     Placebo  effect     -   -      RR       2.36
        2    2     Death    Drug     -        count      6   94     -        -
        2    3     Death    Placebo  -        count      10  93     -        -
        2    4     Death    Drug     Placebo  effect     -   -      RR       1.68

    Not checkable on
        table2: results
        row  cell  outcome  arm      versus   statistic  n   total  measure  estimate
        1    2     Relapse  Drug     -        count      12  94     -        -
        1    3     Relapse  Placebo  -        count      28  93     -        -
        1    4     Relapse  Drug     Placebo  effect     -   -      OR       0.53
    """
    yield from _judged(table, "counts")


def _judged(table: Table, kind: str) -> Iterator[Answer]:
    for column in effect_columns(table):
        if column.effects[0].kind == kind:
            if column.usual is not None:
                yield Noted(f"{column.usual[0]} of the {kind}, {column.usual[1]}")
            for each in column.effects:
                yield _answer(each, column)


def _answer(each: Effect, column: EffectColumn) -> Answer:
    if column.right(each):
        return None
    if each.why_not and not column.crude:
        return NotCheckable(each.why_not)
    if not column.trusted:
        return _UNEXPLAINED
    turned = ", which is the other way round than the rest of the column" if each.fits else ""
    expected = _expected(each, column)
    message = f"{each.estimate}{turned}, but {' and '.join(map(in_words, each.arms))} give {expected}"
    shows = tuple(name for name in _SHOWN if any(record[name] for record in (each.record, *each.arms)))
    return Fault(message, expected, each.record, "estimate", shows, each.arms)


def _expected(each: Effect, column: EffectColumn) -> str:
    key = column.usual if column.usual in each.spans else next(iter(each.spans))
    spans = each.spans[key] if key is not None else ()
    near = sorted(spans, key=lambda span: abs(abs(sum(span)) / 2 - abs(float(each.estimate.value))))[:1]
    return " or ".join(span_to_print(*span, each.estimate.decimals) for span in near)


def in_words(record: Record) -> str:
    """The value of an arm: 12 of 94, 3.1"""
    if record["mean"]:
        return record["mean"]
    total = record["total"] or record["arm_n"]
    percent = f" ({record['percent']} %)" if record["percent"] and record["n"] else ""
    return f"{record['n'] or record['percent'] + ' %'}{f' of {total}' if total else ''}{percent}"
