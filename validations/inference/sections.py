"""Finds the sections of a table of characteristics: categories that belong together, where patients may count once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import Literal

from schemas.base.printed import Printed
from validations.labels import is_missing
from validations.tables import Record, Table, once

Membership = Literal["once", "several", "unknown"]
NEARLY_100 = (95, 105)  # percent: a sum between these should be 100
_EVENTS = r"adverse|side.effects?|toxicit|complications?\b"
_SEVERAL_CAPTION = re.compile(_EVENTS, re.I)
_SEVERAL_TITLE = re.compile(
    _EVENTS + r"|symptoms?\b|co-?morbid|medical history|medications?\b|disorders\b|events\b", re.I
)
"""Words of captions, and of headings, over things of which a patient may have several."""
OPPOSITES = ({"yes", "no"}, {"male", "female"}, {"men", "women"}, {"positive", "negative"}, {"present", "absent"})


@dataclass(frozen=True, eq=False)
class Section:
    """Consecutive categories of one column under one heading, but for records that are part of another. `cohort_n`: the
    N; `overlapping`: whether the heading or the caption names things of which a patient may have several."""

    title: str
    records: tuple[Record, ...]
    cohort_n: int | None
    overlapping: bool = False

    @cached_property
    def total(self) -> int:
        """The sum of the counts."""
        return sum(record.count("n") or 0 for record in self.records)

    @cached_property
    def complete(self) -> bool:
        """Whether every category has a count."""
        return all(record.count("n") is not None for record in self.records)

    @cached_property
    def known(self) -> tuple[Record, ...]:
        """The categories without that of patients without data, if the percentages of the others are over their sum;
        else all."""
        others = tuple(record for record in self.records if not is_missing(record["label"]))
        return others if len(others) < len(self.records) and _are_over_their_sum(others) else self.records

    @cached_property
    def known_total(self) -> int:
        """The sum of the counts of the patients with data."""
        return sum(record.count("n") or 0 for record in self.known)

    @cached_property
    def percents(self) -> list[Printed]:
        """The percentages of the patients with data; empty if one is missing."""
        return _percents(self.known)

    @cached_property
    def adds_to_100(self) -> bool:
        """Whether the percentages can add to 100 within their rounding."""
        return bool(self.percents) and self.percent_low <= 100 <= self.percent_high

    @cached_property
    def percent_low(self) -> Decimal:
        """The least sum of the percentages within their rounding."""
        return sum((percent.low for percent in self.percents), Decimal(0))

    @cached_property
    def percent_high(self) -> Decimal:
        """The greatest sum of the percentages within their rounding."""
        return sum((percent.high for percent in self.percents), Decimal(0))

    @cached_property
    def nearly_100(self) -> bool:
        """Whether the percentages add to nearly 100, so that they should add to 100."""
        return self.percent_low > NEARLY_100[0] and self.percent_high < NEARLY_100[1]

    @cached_property
    def opposites(self) -> bool:
        """Whether the categories are a pair that excludes each other: yes and no, male and female."""
        return {record["label"].strip().casefold() for record in self.records} in OPPOSITES

    @cached_property
    def whole(self) -> bool:
        """Whether all percentages are over the section's own sum, without patients without data, and this sum is less
        than the cohort's N."""
        too_many = self.cohort_n is not None and self.known_total >= self.cohort_n
        return self.complete and not too_many and _are_over_their_sum(self.known)

    @cached_property
    def kind(self) -> Membership:
        """Whether a patient counts "once" (counts add to N, or percentages to 100, or the categories are opposites), in
        "several" categories (both add to more), or "unknown"."""
        if self.total == self.cohort_n or self.opposites or (self.adds_to_100 and not self.overlapping):
            return "once"
        more = self.cohort_n is not None and self.total > self.cohort_n
        return "several" if more and (not self.percents or self.percent_low > 100) else "unknown"


def _percents(records: Sequence[Record]) -> list[Printed]:
    found = [number for record in records if (number := record.number("percent")) is not None]
    return found if len(found) == len(records) else []


def _are_over_their_sum(records: Sequence[Record]) -> bool:
    """Whether each count, divided by the sum of all, can have been printed as its percentage."""
    counts, percents = [record.count("n") for record in records], _percents(records)
    total = sum(n or 0 for n in counts)
    if not percents or not total or None in counts:
        return False
    return all(percent.holds(Fraction(100 * (n or 0), total)) for n, percent in zip(counts, percents, strict=True))


@once
def find_sections(table: Table) -> tuple[Section, ...]:
    """The sections with two or more counted categories, in printed order."""
    return tuple(_sections(table))


def _sections(table: Table) -> Iterator[Section]:
    for title, group in groupby(table.records, key=lambda record: record["section"]):
        counted = [record for record in group if (record["n"] or record["percent"]) and not record["part_of"]]
        overlapping = bool(_SEVERAL_CAPTION.search(table.words) or _SEVERAL_TITLE.search(title))
        for categories in _in_columns(counted) or _in_rows(counted) if title else ():
            yield Section(title, categories, table.cohort_n, overlapping)


def _in_columns(counted: Sequence[Record]) -> list[tuple[Record, ...]]:
    """The categories that stand below one another in a column, of each column with two or more."""
    columns: dict[str, list[Record]] = {}
    for record in counted:
        columns.setdefault(_printed_column(record), []).append(record)
    return [tuple(records) for records in columns.values() if len(records) > 1]


def _in_rows(counted: Sequence[Record]) -> list[tuple[Record, ...]]:
    """The categories that stand beside one another in a row, each in a column of its own with a name of its own, at one
    time."""
    rows: dict[tuple[str, str], list[Record]] = {}
    for record in counted:
        rows.setdefault((record.row, record["timepoint"]), []).append(record)
    named = [(records, {(each["outcome"], each["level"]) for each in records}) for records in rows.values()]
    return [tuple(records) for records, names in named if len(records) == len(names) > 1]


def _printed_column(record: Record) -> str:
    """The number of the printed column of a record; "" in schemas with a record a row."""
    return record["cell"].partition(".")[0]
