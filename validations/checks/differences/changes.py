"""DIF: changes that are not the value after less the value before."""

from validations.inference.comparisons.changes import (
    CHANGES_PER_MISFIT,
    FEWEST_EXPLAINED_CHANGES,
    Change,
    NoChange,
    find_changes,
)
from validations.registry import Answers, Fault, NotCheckable, check
from validations.statistics.rounding import span_to_print
from validations.tables import Table


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
    found = find_changes(table)
    changes = [each for each in found if isinstance(each, Change)]
    forward, backward = sum(each.forward for each in changes), sum(each.backward for each in changes)
    right = [each.backward if backward > forward else each.forward for each in changes]
    explained = sum(right)
    trusted = explained >= FEWEST_EXPLAINED_CHANGES and explained >= CHANGES_PER_MISFIT * (len(right) - explained)
    for each, fits in zip(changes, right, strict=True):
        if fits or ((each.forward or each.backward) and not trusted):
            yield None
        elif trusted:
            yield _fault(each, turned=backward > forward)
        else:
            yield NotCheckable("most changes are not the differences of the means beside them")
    for other in found:
        if isinstance(other, NoChange):
            yield NotCheckable(other.why)


def _fault(each: Change, *, turned: bool) -> Fault:
    span = (-each.span[1], -each.span[0]) if turned else each.span
    expected = span_to_print(*span, each.value.decimals)
    message = f"the change is {each.value}, but {each.before['mean']} and {each.after['mean']} differ by {expected}"
    return Fault(message, expected, each.record, "mean", ("mean",), (each.before, each.after))
