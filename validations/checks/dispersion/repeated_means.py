"""DSP: baseline values that two tables print differently."""

from collections.abc import Iterator, Sequence

from validations.inference.arms.summaries import Summary, find_summaries
from validations.inference.comparisons.changes import BASELINE, arm_among
from validations.labels import fold
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Paper, Table

FEWEST_EQUAL = 3  # values that two tables share, before one in which they differ is named
EQUAL_PER_MISFIT = 2  # values in which two tables agree, for each in which they do not
_OTHERS = NotCheckable("the two tables do not agree on most baseline values: they may be of other patients")
_VALUES = ("mean", "median")


@check("DSP014", "unlikely")
def baseline_differs_between_tables(paper: Paper) -> Answers:
    """Two tables print different baseline values of the same variable and arm.

    Why it matters
        The baseline of an arm stands in the table of characteristics, and again beside the results. If the two tables
        agree in most variables, they are of the same patients, and where they differ, one of them is misprinted.

    Fires on
        table1: results
        row  cell  outcome  arm            arm_n  timepoint  statistic  mean   sd
        1    2     IL-4     Placebo group  40     Baseline   mean       3.93   5.20
        2    2     IL-5     Placebo group  40     Baseline   mean       4.69   4.81
        3    2     IL-6     Placebo group  40     Baseline   mean       20.27  4.83
        4    2     IL-8     Placebo group  40     Baseline   mean       13.07  6.50

        table2: results
        row  cell  outcome  arm      arm_n  timepoint  statistic  mean   se
        1    2     IL-4     Placebo  40     Pre        mean       3.99   0.82
        2    2     IL-5     Placebo  40     Pre        mean       4.69   0.76
        3    2     IL-6     Placebo  40     Pre        mean       20.27  0.76
        4    2     IL-8     Placebo  40     Pre        mean       13.07  1.03

    Silent on
        table1: results
        row  cell  outcome  arm      arm_n  timepoint  statistic  mean   sd
        1    2     IL-4     Placebo  40     Baseline   mean       3.93   5.20
        2    2     IL-5     Placebo  40     Baseline   mean       4.69   4.81

        table2: results
        row  cell  outcome  arm      arm_n  timepoint  statistic  mean
        1    2     IL-4     Placebo  40     Pre        mean       3.9
        2    2     IL-5     Placebo  40     Pre        mean       4.7
        2    3     IL-5     Placebo  40     Post       mean       7.7

    Not checkable on
        table1: results
        row  cell  outcome  arm      arm_n  timepoint  statistic  mean   sd
        1    2     IL-4     Placebo  40     Baseline   mean       3.93   5.20

        table2: results
        row  cell  outcome  arm      arm_n  timepoint  statistic  mean
        1    2     IL-4     Placebo  40     Pre        mean       3.4
    """
    tables = paper.of("results")
    for place, first in enumerate(tables):
        for second in tables[place + 1 :]:
            yield from _answers(tuple(_shared(first, second)))


def _shared(first: Table, second: Table) -> Iterator[tuple[Summary, Summary, str]]:
    """The baseline values that two tables print of the same variable, arm and population, and their name."""
    ones, others = _baseline(first), _baseline(second)
    for one in ones:
        alike = [each for each in others if each.title == one.title]
        arm = arm_among(one.record["arm"], [each.record["arm"] for each in alike])
        alike = [each for each in alike if fold(each.record["arm"]) == arm and _same_patients(one, each)]
        repeats = [each for each in ones if each.title == one.title and each.record["arm"] == one.record["arm"]]
        names = [name for name in _VALUES if one.number(name) and alike and alike[0].number(name)]
        if len(alike) == len(repeats) == len(names) == 1:
            yield one, alike[0], names[0]


def _baseline(table: Table) -> list[Summary]:
    return [
        each
        for each in find_summaries(table)
        if each.title and each.record["arm"] and BASELINE.search(each.record["timepoint"])
    ]


def _same_patients(one: Summary, other: Summary) -> bool:
    sizes = {summary.n for summary in (one, other) if summary.n}
    units = {unit for summary in (one, other) if (unit := summary.record["unit"])}
    levels = {summary.record["level"] for summary in (one, other)}
    return max(len(sizes), len(units), len(levels)) <= 1 and one.record["population"] == other.record["population"]


def _answers(shared: Sequence[tuple[Summary, Summary, str]]) -> Iterator[Answer]:
    equal = [_agree(*each) for each in shared]
    trusted = sum(equal) >= FEWEST_EQUAL and sum(equal) >= EQUAL_PER_MISFIT * equal.count(False)
    for each, agrees in zip(shared, equal, strict=True):
        yield None if agrees else _fault(*each) if trusted else _OTHERS


def _agree(one: Summary, other: Summary, name: str) -> bool:
    first, second = one.numbers[name], other.numbers[name]
    return first.low <= second.high and second.low <= first.high


def _fault(one: Summary, other: Summary, name: str) -> Fault:
    first, second = one.numbers[name], other.numbers[name]
    here, there = other.records[name], one.records[name]
    message = f"the baseline {name} of {here['arm']} is {first} in {there.place} and {second} here"
    return Fault(message, first.text, here, name, (name,), (there,))
