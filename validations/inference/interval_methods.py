"""Finds the method by which the intervals of proportions in a table were computed.

A method explains a row when its interval of the row's counts can be printed as the two limits are.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from schemas.base.printed import Printed
from validations.inference.estimates import find_estimates
from validations.inference.pooling.plots import MOST_ROWS, events_of, per_unit
from validations.statistics.proportions import INTERVAL_METHODS, Interval
from validations.statistics.rounding import can_print, span_to_print
from validations.tables import Record, Table, once

CONFIDENCE_LEVELS = (0.95, 0.99, 0.9)
FEWEST_EXPLAINED_ROWS = 3  # different rows that a method must explain to be the method of the column
CUT_METHODS = ("Wald", "Wald with continuity correction")  # may exceed 0..1; some programs cut these intervals
MORE_TOTALS = 10  # totals to try beyond twice the printed total, which may be small


class IntervalMethod(NamedTuple):
    """A method at a confidence level: Clopper-Pearson at 0.95."""

    name: str
    level: float

    def __str__(self) -> str:
        return self.name if self.level == CONFIDENCE_LEVELS[0] else f"{self.name} at {self.level:.0%}"


class Proportion(NamedTuple):
    """A printed proportion with its interval. `per`: 1 if printed as a fraction, 100 if in percent. `events`, `total`:
    None if not printed."""

    record: Record
    events: int | None
    total: int | None
    estimate: Printed
    low: Printed
    high: Printed
    per: int

    @property
    def one_sample(self) -> bool:
        """Whether the interval belongs to the counts of one sample: a single study, not a pooled result."""
        studies = self.record.count("n_studies")
        return self.record["kind"] in ("study", "subgroup") and (studies == 1 if studies is not None else self.is_study)

    @property
    def is_study(self) -> bool:
        return self.record["kind"] == "study"

    @property
    def possible(self) -> bool:
        return self.events is not None and self.total is not None and 0 <= self.events <= self.total > 0

    def fits(self, method: IntervalMethod) -> bool:
        if not self.possible or self.events is None or self.total is None:
            return False
        low, high = interval_by(method, self.events, self.total)
        return self.shows(low, high) or (method.name in CUT_METHODS and self.shows(max(0.0, low), min(1.0, high)))

    def shows(self, low: float, high: float) -> bool:
        """Whether these limits, as fractions of 1, can have been printed as the limits of this row."""
        return can_print(self.per * low, self.low) and can_print(self.per * high, self.high)


@lru_cache(maxsize=65536)
def interval_by(method: IntervalMethod, events: int, total: int) -> Interval:
    return INTERVAL_METHODS[method.name](events, total, method.level)


@once
def find_proportions(table: Table) -> tuple[Proportion, ...]:
    """The proportions with intervals of a forest plot: all estimates but ratios and differences."""
    if table.schema != "forest" or len(table.frame) > MOST_ROWS:
        return ()
    others = {estimate.record for estimate in find_estimates(table)}
    return tuple(_proportions([record for record in table.records if record not in others], per_unit(table)))


def _proportions(records: Sequence[Record], per: int) -> Iterator[Proportion]:
    for record in records:
        estimate, low, high = (record.number(column) for column in ("estimate", "ci_low", "ci_high"))
        if estimate is not None and low is not None and high is not None:
            yield Proportion(record, events_of(record), record.count("total"), estimate, low, high, per)


@once
def find_method(table: Table) -> IntervalMethod | None:
    """The method that explains most studies of the table: more than half, and at least FEWEST_EXPLAINED_ROWS different
    ones. The first of equals; None if there is none."""
    rows = [row for row in find_proportions(table) if row.one_sample and row.possible]
    different = {(row.events, row.total, row.low.text, row.high.text): row for row in rows}.values()
    for level in CONFIDENCE_LEVELS:
        fitting = {method: sum(row.fits(method) for row in different) for method in methods_at(level)}
        method = max(fitting, key=fitting.__getitem__)
        if fitting[method] >= FEWEST_EXPLAINED_ROWS and 2 * fitting[method] > len(different):
            return method
    return None


def methods_at(level: float) -> list[IntervalMethod]:
    return [IntervalMethod(name, level) for name in INTERVAL_METHODS]


def explained_by(row: Proportion, levels: Sequence[float] = CONFIDENCE_LEVELS) -> list[IntervalMethod]:
    """The methods that explain the interval of a row at one of the levels, the usual level first."""
    return [method for level in levels for method in methods_at(level) if row.fits(method)]


def counts_that_fit(row: Proportion, method: IntervalMethod) -> str:
    """The first events and total that explain the printed interval and estimate, changing one of the two: "8/40"; "" if
    there are none."""
    if not row.total or row.events is None:
        return ""
    near = [(events, row.total) for events in range(row.total + 1)]
    near += [(row.events, total) for total in range(max(1, row.events), 2 * row.total + MORE_TOTALS)]
    fitting = (
        f"{events}/{total}" for events, total in near if _given(row._replace(events=events, total=total), method)
    )
    return next(fitting, "")


def _given(row: Proportion, method: IntervalMethod) -> bool:
    return row.fits(method) and share_fits(row)


def share_fits(row: Proportion) -> bool:
    """Whether the estimate is events / total; for 0 or all events, also with the half added that log odds need."""
    if row.events is None or not row.total:
        return False
    shares = [row.events / row.total]
    if row.events in (0, row.total):
        shares.append((row.events + 0.5) / (row.total + 1))
    return any(can_print(row.per * share, row.estimate) for share in shares)


def printed_limits(row: Proportion, low: float, high: float) -> str:
    """The limits, in the format of the row: "0.07 to 0.33"."""
    limits = ((row.per * low, row.low), (row.per * high, row.high))
    return " to ".join(span_to_print(value, value, printed.decimals) for value, printed in limits)
