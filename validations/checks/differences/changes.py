"""DIF: changes that are not the value after less the value before."""

from collections.abc import Iterator, Sequence

from validations.inference.comparisons.changes import (
    Change,
    NoChange,
    find_changes,
    find_changes_of_other_tables,
    judge,
)
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.statistics.rounding import span_to_print
from validations.tables import Paper, Table


@check("DIF004", "unlikely", by_panel=False)
def change_not_of_its_values(table: Table) -> Answers:
    """A mean change is not the mean after less the mean before.

    Why it matters
        In the same patients, the mean change is the difference of the two means. If it is not, one of the three is
        wrong, or patients without a second value are left out of one of them. Where that is so in most rows, nothing
        is reported.

    Fires on
        table2: results
        row  cell  outcome  arm   arm_n  timepoint           statistic  mean
        1    2     Pain     Drug  40     baseline            mean       6.1
        1    3     Pain     Drug  40     week 8              mean       4.4
        1    4     Pain     Drug  40     change              mean       -1.7
        2    2     Sleep    Drug  40     baseline            mean       5.2
        2    3     Sleep    Drug  40     week 8              mean       6.1
        2    4     Sleep    Drug  40     change              mean       0.9
        3    2     Mood     Drug  40     baseline            mean       5.5
        3    3     Mood     Drug  40     week 8              mean       7.8
        3    4     Mood     Drug  40     change              mean       2.3
        4    2     Weight   Drug  40     baseline            mean       71.2
        4    3     Weight   Drug  40     week 8              mean       70.9
        4    4     Weight   Drug  40     change              mean       -3.0

    Silent on
        table2: results
        row  cell  outcome  arm   arm_n  timepoint           statistic  mean
        1    2     Pain     Drug  40     baseline            mean       6.1
        1    3     Pain     Drug  40     week 8              mean       4.4
        1    4     Pain     Drug  40     change              mean       1.7
        2    2     Sleep    Drug  40     baseline            mean       5.2
        2    3     Sleep    Drug  40     week 8              mean       6.1
        2    4     Sleep    Drug  40     change              mean       -0.9

    Not checkable on
        table2: results
        row  cell  outcome  arm   arm_n  timepoint           statistic  mean
        1    2     Pain     Drug  40     baseline            mean       6.1
        1    3     Pain     Drug  37     week 8              mean       4.4
        1    4     Pain     Drug  37     change              mean       -1.5
    """
    yield from _answers(find_changes(table))


@check("DIF005", "unlikely")
def change_not_of_values_in_other_table(paper: Paper) -> Answers:
    """A mean change is not the mean after less the mean before, which another table prints.

    Why it matters
        Changes stand in one table, the values before and after in another. A change that does not follow from them was
        computed from other data, or one of the three is misprinted. Where that is so in most rows, nothing is reported.

    Fires on
        table2: results
        row  cell  outcome  arm   arm_n  timepoint  statistic  mean
        1    2     Pain     Drug  40     baseline   mean       6.1
        1    3     Pain     Drug  40     week 8     mean       4.4
        2    2     Sleep    Drug  40     baseline   mean       5.2
        2    3     Sleep    Drug  40     week 8     mean       6.1
        3    2     Mood     Drug  40     baseline   mean       5.5
        3    3     Mood     Drug  40     week 8     mean       7.8
        4    2     Weight   Drug  40     baseline   mean       71.2
        4    3     Weight   Drug  40     week 8     mean       70.9

        table3: results
        row  cell  outcome  arm         timepoint  statistic  mean
        1    2     Pain     Drug group  change     mean       -1.7
        2    2     Sleep    Drug group  change     mean       0.9
        3    2     Mood     Drug group  change     mean       2.3
        4    2     Weight   Drug group  change     mean       -3.0

    Silent on
        table2: results
        row  cell  outcome  arm   arm_n  timepoint  statistic  mean
        1    2     Pain     Drug  40     baseline   mean       6.1
        1    3     Pain     Drug  40     week 8     mean       4.4
        2    2     Sleep    Drug  40     baseline   mean       5.2
        2    3     Sleep    Drug  40     week 8     mean       6.1

        table3: results
        row  cell  outcome  arm         timepoint  statistic  mean
        1    2     Pain     Drug group  change     mean       1.7
        2    2     Sleep    Drug group  change     mean       -0.9

    Not checkable on
        table2: results
        row  cell  outcome  arm   arm_n  timepoint  statistic  mean
        1    2     Pain     Drug  40     baseline   mean       6.1
        1    3     Pain     Drug  37     week 8     mean       4.4

        table3: results
        row  cell  outcome  arm   arm_n  timepoint  statistic  mean
        1    2     Pain     Drug  37     change     mean       -1.5
    """
    for found in find_changes_of_other_tables(paper):
        yield from _answers(found)


def _answers(found: Sequence[Change | NoChange]) -> Iterator[Answer]:
    """The answers on the changes of one table against the values of one table."""
    judged = judge([each for each in found if isinstance(each, Change)])
    for each, fits in zip(judged.changes, judged.fits, strict=True):
        if fits or ((each.forward or each.backward) and not judged.trusted):
            yield None
        elif judged.trusted:
            yield _fault(each, turned=judged.turned)
        else:
            yield NotCheckable("most changes are not the differences of the means")
    yield from (NotCheckable(each.why) for each in found if isinstance(each, NoChange))


def _fault(each: Change, *, turned: bool) -> Fault:
    span = (-each.span[1], -each.span[0]) if turned else each.span
    expected = span_to_print(*span, each.value.decimals)
    there = "" if each.before.exhibit == each.record.exhibit else f" of {each.before.place}"
    message = (
        f"the change is {each.value}, but {each.before['mean']} and {each.after['mean']}{there} differ by {expected}"
    )
    column = "mean" if each.record["mean"] else "value"
    return Fault(message, expected, each.record, column, (column,), (each.before, each.after))
