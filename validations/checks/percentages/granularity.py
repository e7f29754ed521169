"""GRM: percentages and medians that no whole numbers of patients give."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import repeat

from schemas.base.exhibit import Quantities
from schemas.base.printed import Printed
from validations.inference.arms.whole_numbers import counts_things
from validations.inference.denominators import in_percent, some_count_gives, some_total_gives
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Record, Table, number_in

_HALF = Decimal("0.5")
_NO_NUMBER = NotCheckable("the number of patients is not known")
_NOT_EXACT = NotCheckable("the percentage is printed with a comparator")


def lone_percentages(table: Table) -> Iterator[tuple[Record, Quantities, Printed]]:
    """The percentages without a count beside them: record, columns of its quantities, percentage."""
    for group in table.model.quantities():
        if "percent" in group:
            counts = table.column(group["n"]) if "n" in group else repeat("", len(table.frame))
            for record, text, count in zip(table.records, table.column(group["percent"]), counts, strict=True):
                percent = number_in(text) if not count else None
                if percent is not None:
                    yield record, group, percent


def most_patients(table: Table, record: Record, group: Quantities) -> tuple[int | None, bool]:
    """The greatest possible denominator of a percentage (None if unknown), and whether no smaller one is possible."""
    printed = [name for name in ("total", "evaluable", "at_most") if name in group]
    if not printed:
        return table.cohort_n, False
    known = [value for name in printed if (value := record.count(group[name]))]
    return max(known, default=None), printed == ["total"]


def with_unpadded(percent: Printed) -> list[Printed]:
    """The percentage as printed and, if it ends in a zero, without that zero: 33.30 may be a padded 33.3."""
    return [percent, *([percent.coarser] if percent.coarser is not None else [])]


@lru_cache(maxsize=65536)
def fits_at_most(percent: Printed, most: int) -> bool:
    """Whether some count gives the percentage out of at most this number of patients."""
    return any(some_total_gives(reading, most) for reading in with_unpadded(percent))


@lru_cache(maxsize=65536)
def fits_exactly(percent: Printed, total: int) -> bool:
    """Whether some count gives the percentage out of exactly this number of patients."""
    return any(some_count_gives(reading, total) for reading in with_unpadded(percent))


@check("GRM001", "impossible")
def percentage_of_no_count(table: Table) -> Answers:
    """No whole number of patients gives the percentage, out of all patients or fewer.

    Why it matters
        Patients are counted one by one: no count out of 14 is 57.2 %, since 8 are 57.1 %. A digit of the percentage or
        the number of patients is wrong. (Brown and Heathers 2017 call this test GRIM.)

    Fires on
        table1: study_arms
        study  sample_size  female_percent
        A      14           57.2

        table2: study_arms
        study  sample_size  orr_percent
        A      12           3.70

    Silent on
        table1: study_arms
        study  sample_size  female_percent  orr_percent
        A      14           57.1            7.14
        B      35           46.0            3.70
        C      6            33.3            33.30

    Not checkable on
        table1: study_arms
        study  female_percent
        A      57.2
    """
    for record, group, percent in lone_percentages(table):
        most, _ = most_patients(table, record, group)
        if most is None or percent.comparator:
            yield _NO_NUMBER if most is None else _NOT_EXACT
        elif fits_at_most(percent, most):
            yield None
        else:
            yield _misfit(record, group, percent, most, f"no number of patients up to {most} gives it")


@check("GRM002", "unlikely")
def percentage_of_fewer_patients(table: Table) -> Answers:
    """The percentage fits no count out of the printed number of patients, but a count out of fewer.

    Why it matters
        Some patients are left out without explanation, usually those with a missing value, or a digit is wrong. The
        percentage times the printed number of patients gives no whole count.

    Fires on
        table1: study_arms
        study  sample_size  female_percent
        A      92           56.4

    Silent on
        table1: study_arms
        study  sample_size  female_percent  orr_percent
        A      92           56.5            25.32
        B      35           46.0            3.70
    """
    for record, group, percent in lone_percentages(table):
        most, exactly = most_patients(table, record, group)
        if most is None or not exactly or percent.comparator:
            yield (
                _NO_NUMBER
                if most is None
                else _NOT_EXACT
                if exactly
                else NotCheckable("the percentage may have a smaller denominator")
            )
        elif fits_exactly(percent, most):
            yield None
        elif fits_at_most(percent, most):
            yield _misfit(record, group, percent, most, "only a count out of fewer patients gives it")
        else:
            yield None


def _misfit(record: Record, group: Quantities, percent: Printed, total: int, why: str) -> Fault:
    """The fault at a percentage, with the percentages of the two nearest counts as `expected`."""
    below = int(percent.value * total / 100)
    near = [n for n in (below, below + 1) if 0 <= n <= total]
    fits = " or ".join(f"{in_percent(n, total, percent.decimals)} ({n} of {total})" for n in near)
    shows = [group[name] for name in ("percent", "total", "evaluable", "at_most") if name in group]
    shows = [column for column in shows if record[column]]
    return Fault(
        f"{percent} % is no whole number of {total} patients: {why}", fits, record, group["percent"], tuple(shows)
    )


@check("GRM003", "impossible")
def median_outside_its_range(median: Printed, low: Printed | None = None, high: Printed | None = None) -> Answer:
    """The median lies outside its printed range, or the limits of the range are reversed.

    Why it matters
        No median lies outside the range of its values. Median or range belongs to another group, or a digit is wrong.

    Fires on
        median  low  high
        54      15   48
        54      80   15
        9       12   -

    Silent on
        median  low  high
        54      15   80
        2       2    2
        54.0    54   80
    """
    if low is not None and high is not None and low.low > high.high:
        return Fault(f"the range begins at {low} and ends at {high}", column="low", shows=("median", "low", "high"))
    under = low is not None and median.high < low.low
    if under or (high is not None and median.low > high.high):
        message = f"the median {median} is {'below' if under else 'above'} the range {low or ''} to {high or ''}"
        return Fault(message, f"{low or ''} to {high or ''}", column="median", shows=("median", "low", "high"))
    return None if low is not None or high is not None else NotCheckable("no range is printed with the median")


@check("GRM004", "unlikely")
def median_between_whole_numbers(table: Table) -> Answers:
    """The median of a count lies between two whole numbers, and is not the half.

    Why it matters
        Events, visits or lesions are counted one by one. The median of whole numbers is one of them or lies halfway
        between two. Any other value is a typing error or a mean. (Ages, durations and measured values are no whole
        numbers, even where their range is printed without decimals; nothing is said about them.)

    Fires on
        table1: characteristics
        section                  label            statistic     median  low  high
        Number of prior regimens  Median (range)  median_range  2.3     1    8

        table2: results
        row  cell  outcome                            arm   statistic  median  q1  q3
        1    2     Number of lesions, median (IQR)    Drug  median     3.7     2   6

    Silent on
        table1: characteristics
        section                   label           statistic     median  low  high
        Number of prior regimens  Median (range)  median_range  2.5     1    8

    Not checkable on
        table1: characteristics
        section  label           statistic     median  low  high
        Age      Median (range)  median_range  54.3    15   80
    """
    for group in table.model.quantities():
        if not {"median", "low", "high"} <= group.keys():
            continue
        for record in table.records:
            median, low, high = (number_in(record[group[name]]) for name in ("median", "low", "high"))
            if median is None or low is None or high is None:
                yield NotCheckable("median or range is not known")
            elif not counts_things(table, record):
                yield NotCheckable("cannot tell whether the values are whole numbers")
            elif low.decimals or high.decimals or median.value % _HALF == 0:
                yield None
            else:
                message = f"the median of whole numbers from {low} to {high} is whole or half, but {median} is neither"
                shows = tuple(group[name] for name in ("median", "low", "high"))
                yield Fault(message, "a whole number or a half", record, group["median"], shows)
