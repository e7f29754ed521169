"""The sections of a table of characteristics: which categories stand together, and whether a patient counts once."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import Literal

from schemas.printed import Printed
from validations.tables import Record, Table, once

Membership = Literal["once", "several", "unknown"]
OPPOSITES = ({"yes", "no"}, {"male", "female"}, {"men", "women"}, {"positive", "negative"}, {"present", "absent"})


@dataclass(frozen=True, eq=False)
class Section:
    """Consecutive categories under one heading (records that are a part of another are left out) of a cohort of N."""

    title: str
    records: tuple[Record, ...]
    cohort_n: int | None

    @cached_property
    def total(self) -> int:
        return sum(record.count("n") or 0 for record in self.records)

    @cached_property
    def complete(self) -> bool:
        """Whether every category has its count."""
        return all(record.count("n") is not None for record in self.records)

    @cached_property
    def percents(self) -> list[Printed]:
        """The percentages, none at all where one is missing."""
        found = [number for record in self.records if (number := record.number("percent")) is not None]
        return found if len(found) == len(self.records) else []

    @cached_property
    def adds_to_100(self) -> bool:
        """Whether the percentages can add to 100 within their rounding."""
        return bool(self.percents) and self.percent_low <= 100 <= self.percent_high

    @cached_property
    def percent_low(self) -> Decimal:
        return sum((percent.low for percent in self.percents), Decimal(0))

    @cached_property
    def percent_high(self) -> Decimal:
        return sum((percent.high for percent in self.percents), Decimal(0))

    @cached_property
    def nearly_100(self) -> bool:
        """Whether the percentages miss 100 so narrowly that they were meant to add to it."""
        return self.percent_low > 95 and self.percent_high < 105

    @cached_property
    def opposites(self) -> bool:
        """Whether it is a pair of which a patient is one: yes and no, male and female."""
        return {record["label"].strip().casefold() for record in self.records} in OPPOSITES

    @cached_property
    def whole(self) -> bool:
        """Whether its own sum, which is less than the cohort's N, is what every percentage is of."""
        total = self.total
        too_many = self.cohort_n is not None and total >= self.cohort_n
        if not self.complete or not self.percents or not total or too_many:
            return False
        shares = zip(self.records, self.percents, strict=True)
        return all(percent.holds(Fraction(100 * (record.count("n") or 0), total)) for record, percent in shares)

    @cached_property
    def kind(self) -> Membership:
        """Whether a patient counts in one category (the counts add to N, or the percentages to 100, or they are
        opposites), in several (both add to more), or that cannot be known."""
        if self.total == self.cohort_n or self.adds_to_100 or self.opposites:
            return "once"
        more = self.cohort_n is not None and self.total > self.cohort_n
        return "several" if more and (not self.percents or self.percent_low > 100) else "unknown"


@once
def find_sections(table: Table) -> tuple[Section, ...]:
    """The sections of two and more counted categories, in print order."""
    return tuple(_sections(table))


def _sections(table: Table) -> Iterator[Section]:
    for title, group in groupby(table.records, key=lambda record: record["section"]):
        categories = tuple(record for record in group if (record["n"] or record["percent"]) and not record["part_of"])
        if title and len(categories) > 1:
            yield Section(title, categories, table.cohort_n)
