"""DSP: means and SDs that no whole numbers give (GRIM: Brown and Heathers 2017; GRIMMER: Anaya 2016, Allard 2018)."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from schemas.base.printed import Printed
from validations.checks.dispersion.ranges import certain_summaries, summary_fault
from validations.inference.arms.summaries import Summary
from validations.inference.arms.whole_numbers import counts_things
from validations.registry import Answer, Answers, NotCheckable, check
from validations.statistics.rounding import to_print
from validations.tables import Table

LEAST_WITH_DATA = Fraction(19, 20)  # of the N in the head: one in twenty may have no data
MOST_PATIENTS = 1000  # beyond, some whole numbers give every mean that is printed
_NO_N = NotCheckable("the number of patients is not known")
_NOT_WHOLE = NotCheckable("cannot tell whether the values are whole numbers")
_TOO_MANY = NotCheckable("with so many patients, whole numbers give any mean of these decimals")


def _whole_numbers(table: Table) -> Iterator[Summary | NotCheckable]:
    """The summaries with the mean of a whole number, and patients so few that it tells something."""
    for summary in certain_summaries(table):
        if isinstance(summary, NotCheckable):
            yield summary
        elif (mean := summary.number("mean")) is not None:
            if not all(counts_things(table, record) for record in summary.records.values()):
                yield _NOT_WHOLE
            elif summary.n is None or summary.n < 1:
                yield _NO_N
            else:
                telling = summary.n <= MOST_PATIENTS and summary.n < 10**mean.decimals
                yield summary if telling else _TOO_MANY


def _sizes(summary: Summary) -> range:
    n = summary.n or 1
    own = any(record.count("n") for record in summary.records.values())
    return range(n if own else max(1, ceil(LEAST_WITH_DATA * n)), n + 1)


def sums_that_give(mean: Printed, n: int) -> range:
    """The sums of n whole numbers whose mean can have been printed so."""
    return range(ceil(Fraction(mean.low) * n), floor(Fraction(mean.high) * n) + 1)


def squares_that_give(sd: Printed, total: int, n: int, *, sample: bool) -> range:
    """The sums of squares of n numbers with that sum whose SD can have been printed so: with n - 1 (`sample`) or n as
    the divisor."""
    divisor = n - 1 if sample else n
    low, high = (
        max(Fraction(0), Fraction(end)) ** 2 * divisor + Fraction(total * total, n) for end in (sd.low, sd.high)
    )
    return range(ceil(low), floor(high) + 1)


def some_whole_numbers_give(mean: Printed, sd: Printed, n: int) -> bool:
    """Whether n whole numbers can have this mean and SD: their sum and the sum of their squares are whole, and both
    even or both odd."""
    return any(
        any((square - total) % 2 == 0 for square in list(squares)[:2])
        for total in sums_that_give(mean, n)
        for sample in (True, False)
        if n > 1 or not sample
        for squares in [squares_that_give(sd, total, n, sample=sample)]
    )


@check("DSP011", "unlikely", by_panel=False)
def mean_of_no_whole_numbers(table: Table) -> Answers:
    """No whole numbers of this many patients have the mean.

    Why it matters
        Events and visits are counted one by one, so their sum is a whole number: the mean of 19 counts is a multiple of
        1/19. A digit of the mean is wrong, or it is of other patients. (Brown and Heathers 2017 call this test GRIM.)

    Fires on
        table1: results
        row  cell  outcome            arm   arm_n  statistic  mean  sd
        1    2     Number of relapses  Drug  19     mean       2.48  1.31

    Silent on
        table1: results
        row  cell  outcome            arm   arm_n  statistic  mean  sd
        1    2     Number of relapses  Drug  19     mean       2.47  1.31

    Not checkable on
        table1: results
        row  cell  outcome            arm   arm_n  statistic  mean   sd
        1    2     Age, years         Drug  19     mean       42.48  1.31
        2    2     Number of relapses  Drug  190    mean       2.48   1.31
    """
    for summary in _whole_numbers(table):
        if isinstance(summary, NotCheckable):
            yield summary
        else:
            mean = summary.numbers["mean"]
            fits = any(sums_that_give(mean, n) for n in _sizes(summary))
            yield None if fits else _misfit(summary, mean)


def _misfit(summary: Summary, mean: Printed) -> Answer:
    n = summary.n or 1
    below = floor(Fraction(mean.value) * n)
    near = " or ".join(f"{to_print(total / n, mean.decimals)} ({total} in {n})" for total in (below, below + 1))
    return summary_fault(summary, ("mean",), f"no {n} whole numbers have the mean {mean}", near)


@check("DSP012", "unlikely", by_panel=False)
def sd_of_no_whole_numbers(table: Table) -> Answers:
    """No whole numbers with this mean have the SD.

    Why it matters
        The squares of whole numbers add up to a whole number, which is even if their sum is. Together with the mean and
        the number of patients, few SDs are possible. (Anaya 2016 and Allard 2018 call this test GRIMMER.)

    Fires on
        table1: results
        row  cell  outcome            arm   arm_n  statistic  mean  sd
        1    2     Number of relapses  Drug  9      mean       2.44  1.37

    Silent on
        table1: results
        row  cell  outcome            arm   arm_n  statistic  mean  sd
        1    2     Number of relapses  Drug  9      mean       2.44  1.33

    Not checkable on
        table1: results
        row  cell  outcome            arm   arm_n  statistic  mean   sd
        1    2     Age, years         Drug  19     mean       42.48  1.31
    """
    for summary in _whole_numbers(table):
        if isinstance(summary, NotCheckable):
            yield summary
        elif (sd := summary.number("sd")) is not None:
            mean = summary.numbers["mean"]
            sizes = [n for n in _sizes(summary) if sums_that_give(mean, n)]
            if not sizes or any(some_whole_numbers_give(mean, sd, n) for n in sizes):
                yield None
            else:
                message = f"no {summary.n} whole numbers with the mean {mean} have an SD of {sd}"
                yield summary_fault(summary, ("sd", "mean"), message)
