"""Finds the cells that a printed comparison (P, difference, ratio) compares: those of its arms in the same row."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from schemas.base.printed import Printed
from validations.inference.denominators import counts_that_give, totals_that_give
from validations.labels import fold, is_total
from validations.statistics.rounding import float_span
from validations.statistics.tests_of_means import ArmMean
from validations.tables import Record, Table, once

LEAST_SHARE_KNOWN = 0.9  # of an arm, with known values, where no N is printed with the value itself
MOST_TOTALS_TRIED = 4  # of the possible denominators of an arm: the least, the greatest and some between


class ArmCounts(NamedTuple):
    """The cells of an arm that count patients: a record for each category, with its count, and the possible totals.
    `exact`: the first is the total that the table prints."""

    arm: str
    records: tuple[Record, ...]
    pairs: tuple[tuple[int, int], ...]


@once
def records_by_row(table: Table) -> Mapping[str, tuple[Record, ...]]:
    """The records of each printed row, in printed order."""
    rows: dict[str, list[Record]] = {}
    for record in table.records:
        rows.setdefault(record["row"], []).append(record)
    return {row: tuple(records) for row, records in rows.items()}


def arms_compared(record: Record) -> tuple[str, ...]:
    """The folded names of the arms that a comparison names: its arms, and the one they are compared with."""
    names = [*record["arm"].split(";"), *record["versus"].split(";")]
    return tuple(dict.fromkeys(fold(name) for name in names if name.strip()))


def cells_of_arms(
    record: Record, row: Sequence[Record], arms: Sequence[str], statistics: Sequence[str]
) -> tuple[tuple[Record, ...], ...] | None:
    """The records of each arm in the row; None where an arm has several cells and nothing tells which is compared.

    An arm without a cell has no records. Of several cells, the one of the comparison's time point is compared.
    """
    found = []
    for arm in arms:
        own = [
            each
            for each in row
            if not each["versus"] and fold(each["arm"]) == arm and each["statistic"] in statistics and _has_value(each)
        ]
        if len({_column(each) for each in own}) > 1:
            own = [each for each in own if each["timepoint"] == record["timepoint"]]
        if len({_column(each) for each in own}) > 1:
            return None
        found.append(tuple(own))
    return tuple(found)


def _has_value(record: Record) -> bool:
    return any(record[name] for name in ("n", "percent", "mean", "median", "estimate", "value"))


def _column(record: Record) -> str:
    return record["cell"].partition(".")[0]


def all_arms(row: Sequence[Record]) -> tuple[str, ...]:
    """The folded names of all arms of a row but a column of all patients."""
    names = [each["arm"] for each in row if each["arm"] and not each["versus"]]
    return tuple(dict.fromkeys(fold(name) for name in names if not is_total(name)))


def possible_pairs(record: Record) -> tuple[tuple[int, int], ...]:
    """The possible counts with their totals, the printed or most usual total first; () where none is known.

    A total printed in the cell is exact. Else the percentage says which totals are possible, and among them the N of
    the arm comes first, then smaller ones, as patients may have no value.
    """
    n, total, arm_n = (record.count(name) for name in ("n", "total", "arm_n"))
    percent = record.number("percent")
    if n is None:
        return _pairs_of_percentage(percent, total or arm_n)
    if total is not None:
        fits = percent is None or percent.comparator or totals_that_give(n, percent, None) is None
        span = None if percent is None else totals_that_give(n, percent, None)
        return ((n, total),) if 0 < total >= n and (fits or (span and span[0] <= total <= span[1])) else ()
    span = totals_that_give(n, percent, None) if percent is not None and n and not percent.comparator else None
    if percent is not None and n and span is None:
        return ()
    least = int(LEAST_SHARE_KNOWN * arm_n) if arm_n else 0
    if span is not None and not (arm_n and span[0] <= arm_n <= span[1]):
        known = span[0] >= LEAST_SHARE_KNOWN * span[1]
        return tuple((n, each) for each in some_of(span[0], span[1])) if known else ()
    if not arm_n or n > arm_n:
        return ()
    low = max(least, n, 1) if span is None else max(least, span[0])
    return tuple((n, each) for each in dict.fromkeys((arm_n, *some_of(low, arm_n))))


def _pairs_of_percentage(percent: Printed | None, total: int | None) -> tuple[tuple[int, int], ...]:
    if percent is None or percent.comparator or not total:
        return ()
    counts = counts_that_give(percent, total)
    return tuple((n, total) for n in some_of(counts[0], counts[-1])) if counts else ()


def some_of(low: int, high: int) -> list[int]:
    """Some whole numbers of a range with both its ends, the greatest first."""
    steps = min(high - low, MOST_TOTALS_TRIED - 1)
    return list(dict.fromkeys(high - (high - low) * step // max(steps, 1) for step in range(steps + 1)))


def arm_mean(record: Record) -> ArmMean | None:
    """The mean of an arm with its SD and number of patients, as ranges; None where one of them is not known."""
    mean, sd, se, n, arm_n = (record.number(name) for name in ("mean", "sd", "se", "n", "arm_n"))
    patients = n or arm_n
    if mean is None or mean.comparator or patients is None or (spread := sd or se) is None or spread.comparator:
        return None
    most = patients.count
    least = most if n is not None else max(2, int(LEAST_SHARE_KNOWN * most))
    low, high = (max(0.0, end) for end in float_span(spread))
    if sd is None:
        low, high = low * least**0.5, high * most**0.5
    return ArmMean(float_span(mean), (low, high), (least, most))
