"""TST: P values that no usual test gives from the counts or means of the arms."""

from collections.abc import Iterator

from validations.inference.comparisons.p_columns import PColumn, p_columns
from validations.inference.comparisons.p_values import Explained, Unexplained, find_p_values
from validations.registry import Answer, Answers, Fault, NotCheckable, Noted, check
from validations.statistics.rounding import span_to_print
from validations.tables import Record, Table

LEAST_P_DECIMALS = 2  # of recomputed P values in messages
MOST_TESTS_NAMED = 3
_ANOTHER_TEST = NotCheckable("usual tests do not explain most P values of the column")
_OF_RANKS = NotCheckable("some P values of the column come from another test than a t test, such as one of ranks")
_SHOWN = ("p", "n", "total", "percent", "mean", "sd", "se")


@check("TST001", "unlikely", by_panel=False)
def p_not_of_counts(table: Table) -> Answers:
    """No usual test gives the P value from the counts of the arms.

    Why it matters
        Chi-square tests, exact tests and z tests give P from the printed counts, over the printed numbers of patients
        or slightly smaller ones, for the row alone or for all categories of its variable. If none gives the printed P,
        a count or P is wrong. If they explain only a few P values of the column, P comes from another analysis and
        nothing is reported.

    Fires on
        table1: results
        row  cell  outcome   arm   versus   arm_n  statistic  n   percent  p
        1    2     Male      Drug  -        37     count      22  59.5     -
        1    3     Male      Placebo  -     42     count      15  35.7     -
        1    4     Male      Drug  Placebo  -      p          -   -        0.035
        2    2     Smoker    Drug  -        37     count      8   21.6     -
        2    3     Smoker    Placebo  -     42     count      17  40.5     -
        2    4     Smoker    Drug  Placebo  -      p          -   -        0.072
        3    2     Diabetes  Drug  -        37     count      6   16.2     -
        3    3     Diabetes  Placebo  -     42     count      8   19.0     -
        3    4     Diabetes  Drug  Placebo  -      p          -   -        0.043

        table2: results
        row  cell  outcome   arm   versus   arm_n  statistic  n   percent  p
        1    2     Treated   Drug  -        40     count      21  52.5     -
        1    3     Treated   Placebo  -     40     count      21  52.5     -
        1    4     Treated   Drug  Placebo  -      p          -   -        0.403

    Silent on
        table1: results
        row  cell  outcome   level  arm   versus   arm_n  statistic  n   percent  p
        1    2     Male      -      Drug  -        37     count      22  59.5     -
        1    3     Male      -      Placebo  -     42     count      15  35.7     -
        1    4     Male      -      Drug  Placebo  -      p          -   -        0.035
        2    2     Stage     I      Drug  -        37     count      8   21.6     -
        2    3     Stage     I      Placebo  -     42     count      17  40.5     -
        2    4     Stage     I      Drug  Placebo  -      p          -   -        0.05
        3    2     Stage     II     Drug  -        37     count      20  54.1     -
        3    3     Stage     II     Placebo  -     42     count      12  28.6     -
        4    2     Stage     III    Drug  -        37     count      9   24.3     -
        4    3     Stage     III    Placebo  -     42     count      13  31.0     -

    Not checkable on
        table1: results
        row  cell  outcome   arm   versus   arm_n  statistic  n   percent  p
        1    2     Deaths    Drug  -        37     count      22  59.5     -
        1    3     Deaths    Placebo  -     42     count      15  35.7     -
        1    4     Deaths    Drug  Placebo  -      p          -   -        0.35
    """
    yield from _judged(table, "counts")
    for each in find_p_values(table):
        if isinstance(each, Unexplained):
            yield NotCheckable(each.why)


@check("TST002", "unlikely", by_panel=False)
def p_not_of_means(table: Table) -> Answers:
    """No t test or analysis of variance gives the P value from the means and standard deviations of the arms.

    Why it matters
        Pooled and Welch's t tests, z tests and analyses of variance give P from the printed means, standard deviations
        and numbers of patients. If none gives the printed P, one of the numbers is wrong, or a standard error is
        printed as a standard deviation. Tests of ranks give other P values: if the table names one, if the values may
        be skewed, or if several P values of the column differ, nothing is reported.

    Fires on
        table1: results
        row  cell  outcome  arm      versus   arm_n  statistic  mean  sd   p
        1    2     Age      Drug     -        40     mean       54.2  9.3  -
        1    3     Age      Placebo  -        42     mean       58.1  8.9  -
        1    4     Age      Drug     Placebo  -      p          -     -    0.056
        2    2     Weight   Drug     -        40     mean       71.0  8.2  -
        2    3     Weight   Placebo  -        42     mean       70.1  9.9  -
        2    4     Weight   Drug     Placebo  -      p          -     -    0.656
        3    2     Height   Drug     -        40     mean       171   8    -
        3    3     Height   Placebo  -        42     mean       168   9    -
        3    4     Height   Drug     Placebo  -      p          -     -    0.12
        4    2     Pulse    Drug     -        40     mean       71.9  6.2  -
        4    3     Pulse    Placebo  -        42     mean       73.0  6.9  -
        4    4     Pulse    Drug     Placebo  -      p          -     -    0.45
        5    2     BMI      Drug     -        40     mean       24.6  4.0  -
        5    3     BMI      Placebo  -        42     mean       24.5  3.4  -
        5    4     BMI      Drug     Placebo  -      p          -     -    0.023

    Silent on
        table1: results
        row  cell  outcome  arm      versus   arm_n  statistic  mean  sd   p
        1    2     Age      Drug     -        40     mean       54.2  9.3  -
        1    3     Age      Placebo  -        42     mean       58.1  8.9  -
        1    4     Age      Drug     Placebo  -      p          -     -    0.056
        2    2     Weight   Drug     -        40     mean       71.0  8.2  -
        2    3     Weight   Placebo  -        42     mean       70.1  9.9  -
        2    4     Weight   Drug     Placebo  -      p          -     -    0.656
        3    2     Dose     Drug     -        40     mean       3.1   4.0  -
        3    3     Dose     Placebo  -        42     mean       4.0   3.9  -
        3    4     Dose     Drug     Placebo  -      p          -     -    0.023

    Not checkable on
        table1: results
        row  cell  outcome  arm      versus   arm_n  statistic  mean  sd   p
        1    2     Age      Drug     -        40     mean       54.2  9.3  -
        1    3     Age      Placebo  -        42     mean       58.1  8.9  -
        1    4     Age      Drug     Placebo  -      p          -     -    0.026
    """
    yield from _judged(table, "means")


def _judged(table: Table, kind: str) -> Iterator[Answer]:
    for column in p_columns(table):
        if column.values[0].kind == kind:
            if column.usual:
                yield Noted(f"{column.usual} explains most P values of {kind}")
            for each in column.values:
                yield _answer(each, column)


def _answer(each: Explained, column: PColumn) -> Answer:
    if each.tests or column.one_sided:
        return None
    if each.why_not or (each.model and not column.crude):
        return NotCheckable(each.why_not or each.model)
    if not column.names(each):
        of_ranks = _OF_RANKS if each.kind == "means" and column.explained > column.misfits else _ANOTHER_TEST
        return NotCheckable(each.ranks) if each.ranks else of_ranks
    if each.equal:
        return _fault(each, f"P = {each.p}, but the arms have equal counts, so that every test gives 1", "1")
    message = (
        f"P = {each.p}, but {_arms_in_words(each)} give {_tests_in_words(each, column)}{_others_in_words(each, column)}"
    )
    return _fault(each, message, _expected(each, column))


def _others_in_words(each: Explained, column: PColumn) -> str:
    """What the other P values of the column show of their test."""
    others = sum(bool(other.tests) for other in column.values)
    if column.usual and column.trusted and others > 1:
        return f"; {column.usual} explains most of the {others} other P values"
    return (
        "; the other P values of the column are those of usual tests, or near them" if column.among_near(each) else ""
    )


def _fault(each: Explained, message: str, expected: str) -> Fault:
    shows = tuple(name for name in _SHOWN if any(record[name] for record in (each.record, *each.arms)))
    return Fault(message, expected, each.record, "p", shows, each.arms)


def _tests_in_words(each: Explained, column: PColumn) -> str:
    names = [name for name in (column.usual, *each.ranges) if name in each.ranges]
    named = list(dict.fromkeys(names))[:MOST_TESTS_NAMED]
    return " and ".join(f"{_span(each, name)} ({name})" for name in named)


def _span(each: Explained, test: str) -> str:
    return span_to_print(*each.ranges[test], max(each.p.decimals, LEAST_P_DECIMALS))


def _expected(each: Explained, column: PColumn) -> str:
    name = column.usual if column.usual in each.ranges else next(iter(each.ranges))
    return _span(each, name)


def _arms_in_words(each: Explained) -> str:
    """The counts or means of the arms: 22 of 37 and 15 of 42."""
    shown = each.arms[:MOST_ARMS_SHOWN]
    more = f" and {len(each.arms) - len(shown)} more" if len(each.arms) > len(shown) else ""
    return " and ".join(map(_cell_in_words, shown)) + more


MOST_ARMS_SHOWN = 4


def _cell_in_words(record: Record) -> str:
    if record["mean"]:
        return f"{record['mean']} ± {record['sd'] or record['se']} (n = {record['n'] or record['arm_n']})"
    total = record["total"] or ("" if record["percent"] else record["arm_n"])
    percent = f" ({record['percent']} %)" if record["percent"] else ""
    return f"{record['n'] or record['percent']}{f' of {total}' if total else ''}{percent if record['n'] else ' %'}"
