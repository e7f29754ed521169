"""Finds the changes that a table prints beside the values before and after, and whether they are their differences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.base.printed import Printed
from validations.inference.comparisons.words import model_named, own_words, table_words
from validations.labels import fold
from validations.statistics.rounding import FloatSpan, covers_twice_rounded, float_span
from validations.tables import Record, Table, once

_BASELINE = re.compile(r"\bbaseline\b|\bpre\b|\bpre-|\bbefore\b|\binitial|\b(?:week|day|month) 0\b|\badmission", re.I)
_CHANGE = re.compile(r"\bchanges?\b|Δ|\bdelta\b|\bdifference\b|\breduction\b|\bdecrease\b|\bincrease\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
FEWEST_EXPLAINED_CHANGES = 3
CHANGES_PER_MISFIT = (
    3  # changes that are explained, for each that is not: patients without a second value leave changes
)


@dataclass(frozen=True)
class Change:
    """A printed mean change of an arm with the means before and after."""

    record: Record
    before: Record
    after: Record
    value: Printed
    span: FloatSpan
    relative: FloatSpan

    @property
    def forward(self) -> bool:
        """Whether it is the value after less the value before, or that in percent of the value before."""
        return covers_twice_rounded(*self.span, self.value) or covers_twice_rounded(*self.relative, self.value)

    @property
    def backward(self) -> bool:
        """Whether it is the value before less the value after."""
        signs = (-self.span[1], -self.span[0]), (-self.relative[1], -self.relative[0])
        return any(covers_twice_rounded(low, high, self.value) for low, high in signs)


@dataclass(frozen=True)
class NoChange:
    """A printed change that cannot be computed from the table, and why."""

    record: Record
    why: str


@once
def find_changes(table: Table) -> tuple[Change | NoChange, ...]:
    """The printed mean changes that stand beside values before and after, in the order of the arms and outcomes."""
    if table.schema != "results":
        return ()
    groups: dict[tuple[str, ...], list[Record]] = {}
    for record in table.records:
        if record["statistic"] == "mean" and not record["versus"] and record["mean"] and record["timepoint"]:
            names = ("section", "outcome", "level", "arm", "population")
            groups.setdefault(tuple(fold(record[name]) for name in names), []).append(record)
    return tuple(found for records in groups.values() for found in _changes(table, records))


def _changes(table: Table, records: Sequence[Record]) -> Iterator[Change | NoChange]:
    changes = [each for each in records if _CHANGE.search(each["timepoint"])]
    others = [each for each in records if each not in changes]
    before = [each for each in others if _BASELINE.search(each["timepoint"])]
    after = [each for each in others if each not in before]
    for record in changes:
        ends = [each for each in after if _numbers(each) == _numbers(record)] if len(after) > 1 else after
        sizes = {each["arm_n"] for each in (record, *before, *ends)}
        if len(before) != 1 or len(ends) != 1:
            yield NoChange(record, "the table does not print one value before and one after the change")
        elif record["adjusted"] or model_named(f"{own_words(record)} {table_words(table)}"):
            yield NoChange(record, "the change is adjusted or comes from a model")
        elif len(sizes) > 1:
            yield NoChange(record, "the values before and after are of different numbers of patients")
        elif record["row"] in table.doubtful:
            yield NoChange(record, "the reading of the row is in doubt")
        else:
            yield _change(record, before[0], ends[0])


def _numbers(record: Record) -> set[str]:
    return set(_NUMBER.findall(record["timepoint"]))


def _change(record: Record, before: Record, after: Record) -> Change | NoChange:
    value, start, end = (each.number("mean") for each in (record, before, after))
    if value is None or start is None or end is None or value.comparator or start.comparator or end.comparator:
        return NoChange(record, "a mean is not exact")
    a, b = float_span(start), float_span(end)
    span = (b[0] - a[1], b[1] - a[0])
    shares = [100 * (x - y) / y for x in b for y in a] if a[0] > 0 else list(span)
    return Change(record, before, after, value, span, (min(shares), max(shares)))
