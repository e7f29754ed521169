"""DSP: standard deviations beside those of other arms and rows, and beside their own mean."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import sqrt

from schemas.base.printed import Printed
from validations.checks.dispersion.ranges import certain_summaries, summary_fault
from validations.inference.arms.summaries import Summary, significant_digits, variable_of
from validations.inference.arms.variables import arm_of
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Record, Table

TIMES_OTHERS = 3  # an SD that is so many times those of the other arms, or so many times smaller
ALIKE = 1.5  # greatest ratio of the SDs of the other arms
MOST_SKEWED = 0.5  # SD over mean of the other arms: above it values are skewed, and a few of them make the SD
NEAR_MEANS = 0.15  # relative difference of the means
FEWEST_PATIENTS = 10
FEWEST_PATIENTS_OF_TWO = 20  # where only one other arm shows what is usual
FEWEST_EQUAL = 3  # SDs in sequence
TELLING_DIGITS = 3  # of SDs that are equal
COPIED_DIGITS = 4  # of an SD that repeats its mean; with fewer digits, several cells must do so
FEWEST_COPIED = 3
FEWEST_ROW_DIGITS = 4  # of mean and SD together, in each arm


def _means(table: Table) -> list[Summary]:
    """The summaries with mean and SD whose reading is not in doubt."""
    return [
        summary
        for summary in certain_summaries(table)
        if not isinstance(summary, NotCheckable) and summary.number("mean") and summary.number("sd")
    ]


def _by_row(table: Table) -> dict[str, list[Summary]]:
    """The summaries of each printed row."""
    rows: dict[str, list[Summary]] = defaultdict(list)
    for summary in _means(table):
        rows[summary.records["sd"].row].append(summary)
    return rows


def _value(summary: Summary, name: str) -> float:
    return float(summary.numbers[name].value)


@check("DSP006", "unlikely", by_panel=False)
def sd_is_unlike_those_of_other_arms(table: Table) -> Answers:
    """The SD of an arm is at least three times, or a third of, those of the other arms, whose means are alike.

    Why it matters
        SDs of one measurement in groups of one trial hardly differ. A digit is wrong, or the number is a standard
        error. Skewed values, such as concentrations, are left out: a few patients can make their SD.

    Fires on
        table1: results
        row  cell  outcome  arm      arm_n  statistic  mean  sd
        1    2     Age      Low      448    mean       56.3  14.9
        1    3     Age      High     492    mean       58.5  15.5
        1    4     Age      Placebo  881    mean       60.7  59.6

    Silent on
        table1: results
        row  cell  outcome  arm      arm_n  statistic  mean  sd
        1    2     Age      Low      448    mean       56.3  14.9
        1    3     Age      High     492    mean       58.5  15.5
        1    4     Age      Placebo  881    mean       60.7  19.6
        2    2     CRP      Low      448    mean       5.9   6.1
        2    3     CRP      High     492    mean       5.7   5.9
        2    4     CRP      Placebo  881    mean       6.3   29.6

    Not checkable on
        table1: results
        row  cell  outcome  arm      statistic  mean  sd
        1    2     Age      Low      mean       56.3  14.9
        1    3     Age      Placebo  mean       60.7  59.6
    """
    for summaries in _by_row(table).values():
        arms = [summary for summary in summaries if summary.n and summary.n >= FEWEST_PATIENTS]
        if len(arms) < len(summaries) or len(arms) < 2:
            yield NotCheckable("fewer than two arms, or their N is not known or small")
        elif len({arm_of(arm.records["sd"]) for arm in arms}) < len(arms):
            yield NotCheckable("the row has several values of one arm, perhaps of different variables")
        else:
            yield _unlike(arms)


def _unlike(arms: Sequence[Summary]) -> Answer:
    for arm in arms:
        others = [other for other in arms if other is not arm]
        if _is_unlike(arm, others):
            sd, usual = _value(arm, "sd"), [other.numbers["sd"].text for other in others]
            hint = ""
            if sd and abs(_value(others[0], "sd") / sd / sqrt(arm.n or 1) - 1) < NEAR_MEANS:
                hint = ": it may be a standard error"
            message = (
                f"the SD of {arm.record['arm'] or 'an arm'} is {arm.numbers['sd']}, of the others {', '.join(usual)}"
            )
            fault = summary_fault(arm, ("sd", "mean"), message + hint)
            return Fault(
                message + hint, "", fault.record, "sd", fault.shows, tuple(each.records["sd"] for each in others)
            )
    return None


def _is_unlike(arm: Summary, others: Sequence[Summary]) -> bool:
    sd, usual = _value(arm, "sd"), [_value(other, "sd") for other in others]
    mean, means = _value(arm, "mean"), [_value(other, "mean") for other in others]
    if min(usual) <= 0 or sd <= 0 or min(means) <= 0 or (len(others) == 1 and _few(arm, others[0])):
        return False
    if max(usual) > ALIKE * min(usual) or any(s > MOST_SKEWED * m for s, m in zip(usual, means, strict=True)):
        return False
    if not min(means) * (1 - NEAR_MEANS) <= mean <= max(means) * (1 + NEAR_MEANS):
        return False
    return sd >= TIMES_OTHERS * max(usual) or TIMES_OTHERS * sd <= min(usual)


def _few(*arms: Summary) -> bool:
    return any((arm.n or 0) < FEWEST_PATIENTS_OF_TWO for arm in arms)


@check("DSP007", "unlikely", by_panel=False)
def sds_are_equal_beside_different_means(table: Table) -> Answers:
    """Three or more rows in sequence have the same SD beside different means, in one arm or in each of two arms.

    Why it matters
        SDs of different measurements, or of different patients, agree in all their digits by chance only. They were
        copied, or are not SDs of the data.

    Fires on
        table1: results
        row  cell  outcome  arm   statistic  mean  sd
        1    2     Sodium   Drug  mean       139   2.71
        2    2     Calcium  Drug  mean       9.4   2.71
        3    2     Albumin  Drug  mean       41.2  2.71

        table1: results
        row  cell  outcome  arm      statistic  mean  sd
        1    2     Sodium   Drug     mean       139   2.71
        1    3     Sodium   Placebo  mean       138   2.71
        2    2     Calcium  Drug     mean       9.4   1.05
        2    3     Calcium  Placebo  mean       9.3   1.05
        3    2     Albumin  Drug     mean       41.2  3.36
        3    3     Albumin  Placebo  mean       40.8  3.36

    Silent on
        table1: results
        row  cell  outcome  arm      statistic  mean  sd
        1    2     Sodium   Drug     mean       139   2.71
        1    3     Sodium   Placebo  mean       138   2.71
        2    2     Calcium  Drug     mean       9.4   1.05
        2    3     Calcium  Placebo  mean       9.3   1.12
        3    2     Albumin  Drug     mean       41.2  3.36
        3    3     Albumin  Placebo  mean       40.8  3.36
    """
    if "pooled sd" in " ".join((table.words, *table.footnotes)).casefold():
        yield NotCheckable("the table says that its SDs are pooled")
        return
    columns: dict[tuple[str, ...], list[Summary]] = defaultdict(list)
    for summary in _means(table):
        record = summary.records["sd"]
        columns[record["cell"], record["arm"], record["population"], record["timepoint"]].append(summary)
    for column in columns.values():
        yield from _equal_in_column(column)
    for one, other in combinations(columns.values(), 2):
        yield _equal_in_arms(one, other)


def _equal_in_column(column: Sequence[Summary]) -> Iterator[Answer]:
    run: list[Summary] = []
    for summary in [*column, None]:
        same = summary is not None and run and summary.numbers["sd"] == run[-1].numbers["sd"]
        if not same:
            if _different_means(run) >= FEWEST_EQUAL and _telling(run[0].numbers["sd"]):
                first, *others = run
                rows = ", ".join(each.records["sd"].row for each in run)
                message = f"rows {rows} have the same SD, {first.numbers['sd']}"
                yield Fault(
                    message, "", first.records["sd"], "sd", ("mean", "sd"), tuple(each.records["sd"] for each in others)
                )
            elif run:
                yield None
            run = []
        if summary is not None:
            run.append(summary)


def _telling(number: Printed) -> bool:
    return significant_digits(number) >= TELLING_DIGITS


def _different_means(summaries: Sequence[Summary]) -> int:
    return len({summary.numbers["mean"].text for summary in summaries})


def _equal_in_arms(one: Sequence[Summary], other: Sequence[Summary]) -> Answer:
    """The fault of two columns whose SDs are equal in all their rows and whose means are not."""
    by_row = {summary.records["sd"].row: summary for summary in other}
    pairs = [(each, by_row[row]) for each in one if (row := each.records["sd"].row) in by_row]
    telling = [(first, second) for first, second in pairs if _telling(first.numbers["sd"])]
    equal = all(first.numbers["sd"] == second.numbers["sd"] for first, second in pairs)
    unlike = sum(first.numbers["mean"] != second.numbers["mean"] for first, second in telling)
    if not equal or unlike < FEWEST_EQUAL:
        return None
    (_, first), *others = pairs
    arms = [summary.record["arm"] for summary in pairs[0]]
    message = f"all {len(pairs)} SDs of {arms[0]} are those of {arms[1]}, although the means differ"
    return Fault(
        message, "", first.records["sd"], "sd", ("mean", "sd"), tuple(second.records["sd"] for _, second in others)
    )


@check("DSP008", "unlikely", by_panel=False)
def sd_of_zero_beside_a_fraction(table: Table) -> Answers:
    """The SD is 0, but the mean is no whole number.

    Why it matters
        An SD of 0 says that all patients have the same value. This happens with whole numbers, not with a measured
        value that has decimals. The SD has lost its digits, or the mean is of other data.

    Fires on
        table1: results
        row  cell  outcome  arm   arm_n  statistic  mean  sd
        1    2     Score    Drug  40     mean       4.37  0.00

    Silent on
        table1: results
        row  cell  outcome  arm   arm_n  statistic  mean  sd
        1    2     Score    Drug  40     mean       5.00  0.00
        2    2     Ratio    Drug  40     mean       0.12  0.0
    """
    for summary in _means(table):
        mean, sd = summary.numbers["mean"], summary.numbers["sd"]
        zero = sd.value == 0 and mean.value % 1 != 0 and mean.decimals <= sd.decimals
        message = f"the SD is {sd}, so that all patients have {mean}"
        yield summary_fault(summary, ("sd", "mean"), message) if zero and summary.n != 1 else None


@check("DSP009", "unlikely", by_panel=False)
def sd_repeats_its_mean(table: Table) -> Answers:
    """The SD has exactly the digits of its mean.

    Why it matters
        The mean was copied into the place of the SD. Values whose SD is close to their mean exist, but not equal to it
        in four digits, or in three digits in three cells of a table.

    Fires on
        table1: results
        row  cell  outcome  arm   statistic  mean    sd
        1    2     IP-10    Drug  mean       665.61  665.61

    Silent on
        table1: results
        row  cell  outcome  arm   statistic  mean    sd
        1    2     IP-10    Drug  mean       665.61  487.31
        2    2     IL-5     Drug  mean       4.69    4.69
    """
    summaries = _means(table)
    copied = [each for each in summaries if each.numbers["mean"] == each.numbers["sd"] and _telling(each.numbers["sd"])]
    several = len(copied) >= FEWEST_COPIED
    for summary in summaries:
        sd = summary.numbers["sd"]
        fires = summary in copied and (several or significant_digits(sd) >= COPIED_DIGITS)
        yield summary_fault(summary, ("sd", "mean"), f"the SD {sd} repeats its mean") if fires else None


@check("DSP010", "unlikely", by_panel=False)
def two_rows_have_the_same_means_and_sds(table: Table) -> Answers:
    """Two rows of different variables have the same mean and SD in every arm.

    Why it matters
        One row was copied over the other, and the values that belonged there are lost.

    Fires on
        table4: results
        row  cell  outcome       arm   statistic  mean  sd
        1    2     GP visits     Drug  mean       8.26  5.842
        1    3     GP visits     TAU   mean       7.64  5.976
        2    2     Total visits  Drug  mean       8.26  5.842
        2    3     Total visits  TAU   mean       7.64  5.976

    Silent on
        table4: results
        row  cell  outcome       arm   statistic  mean  sd
        1    2     GP visits     Drug  mean       5.98  3.104
        1    3     GP visits     TAU   mean       5.02  3.559
        2    2     Total visits  Drug  mean       8.26  5.842
        2    3     Total visits  TAU   mean       7.64  5.976
    """
    seen: dict[tuple[tuple[str, ...], ...], list[Summary]] = {}
    for summaries in _by_row(table).values():
        key = tuple(sorted(_signature(summary) for summary in summaries))
        digits = [
            significant_digits(each.numbers["mean"]) + significant_digits(each.numbers["sd"]) for each in summaries
        ]
        if len(key) < 2 or min(digits) < FEWEST_ROW_DIGITS or len({cells[-2:] for cells in key}) < 2:
            continue
        first = seen.setdefault(key, summaries)
        if first is summaries or _name(first[0].record) == _name(summaries[0].record):
            yield None
        else:
            here, there = summaries[0].records["sd"], first[0].records["sd"]
            message = f"the means and SDs are those of row {there.row}"
            yield Fault(message, "", here, "mean", ("mean", "sd"), (there,))


def _signature(summary: Summary) -> tuple[str, ...]:
    record = summary.records["sd"]
    return (record["arm"], record["cell"], summary.numbers["mean"].text, summary.numbers["sd"].text)


def _name(record: Record) -> tuple[str, str]:
    return record["section"], variable_of(record)
