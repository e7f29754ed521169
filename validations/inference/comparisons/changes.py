"""Finds the changes that a table prints beside the values before and after, and whether they are their differences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.base.methods import model_named
from schemas.base.printed import Printed
from validations.inference.arms.summaries import variable_of
from validations.inference.comparisons.words import own_words, table_words
from validations.labels import fold
from validations.statistics.rounding import FloatSpan, covers_twice_rounded, float_span
from validations.tables import Paper, Record, Table, once

BASELINE = re.compile(r"\bbaseline\b|\bpre\b|\bpre-|\bbefore\b|\binitial|\b(?:week|day|month) 0\b|\badmission", re.I)
_CHANGE = re.compile(r"\bchanges?\b|Δ|\bdelta\b|\bdifference\b|\breduction\b|\bdecrease\b|\bincrease\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
FEWEST_EXPLAINED_CHANGES = 3
CHANGES_PER_MISFIT = 3  # changes that are explained, for each that is not: patients without a second value


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
    before = [each for each in others if BASELINE.search(each["timepoint"])]
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
    value, start, end = record.number("mean") or record.number("value"), before.number("mean"), after.number("mean")
    if value is None or start is None or end is None or value.comparator or start.comparator or end.comparator:
        return NoChange(record, "a mean is not exact")
    a, b = float_span(start), float_span(end)
    span = (b[0] - a[1], b[1] - a[0])
    shares = [100 * (x - y) / y for x in b for y in a] if a[0] > 0 else list(span)
    return Change(record, before, after, value, span, (min(shares), max(shares)))


@dataclass(frozen=True)
class Judged:
    """Changes that were computed from one table. `fits`: whether each is what it should be; `turned`: whether they are
    the values before less those after; `trusted`: whether so many fit that one which does not is worth naming."""

    changes: tuple[Change, ...]
    fits: tuple[bool, ...]
    turned: bool
    trusted: bool


def judge(changes: Sequence[Change]) -> Judged:
    """Whether the changes are the values after less those before, or all the reverse."""
    forward, backward = sum(each.forward for each in changes), sum(each.backward for each in changes)
    turned = backward > forward
    fits = tuple(each.backward if turned else each.forward for each in changes)
    explained = sum(fits)
    trusted = explained >= FEWEST_EXPLAINED_CHANGES and explained >= CHANGES_PER_MISFIT * (len(fits) - explained)
    return Judged(tuple(changes), fits, turned, trusted)


def find_changes_of_other_tables(paper: Paper) -> Iterator[tuple[Change | NoChange, ...]]:
    """For each two tables, the mean changes of the one whose values before and after the other prints."""
    tables = paper.of("results")
    for table in tables:
        changes = [each for each in table.records if _is_change(each)]
        for other in tables if changes else ():
            found = tuple(_across(changes, table, other)) if other is not table else ()
            if found:
                yield found


def _is_change(record: Record) -> bool:
    printed = record["statistic"] == "mean" or (record["statistic"] == "value" and not record["unit"])
    return printed and not record["versus"] and bool(record["arm"]) and _CHANGE.search(record["timepoint"]) is not None


def _across(changes: Sequence[Record], table: Table, other: Table) -> Iterator[Change | NoChange]:
    before, after = _values(other)
    own = {(variable_of(each), fold(each["arm"])) for records in _values(table) for each in records}
    for record in changes:
        starts, ends = (
            [each for each in records if variable_of(each) == variable_of(record)] for records in (before, after)
        )
        arm = arm_among(record["arm"], [each["arm"] for each in starts])
        starts, ends = ([each for each in records if fold(each["arm"]) == arm] for records in (starts, ends))
        if len(ends) > 1:
            ends = [each for each in ends if _numbers(each) == _numbers(record)]
        if len(starts) != 1 or len(ends) != 1 or (variable_of(record), fold(record["arm"])) in own:
            continue
        doubtful = record["row"] in table.doubtful or {starts[0]["row"], ends[0]["row"]} & other.doubtful
        if record["adjusted"] or model_named(own_words(record)):
            yield NoChange(record, "the change is adjusted or comes from a model")
        else:
            yield (
                NoChange(record, "the reading of a row is in doubt")
                if doubtful
                else _change(record, starts[0], ends[0])
            )


def _values(table: Table) -> tuple[list[Record], list[Record]]:
    """The means of arms before and after."""
    means = [
        each
        for each in table.records
        if each["mean"] and each["timepoint"] and each["arm"] and not each["versus"] and not _is_change(each)
    ]
    before = [each for each in means if BASELINE.search(each["timepoint"])]
    return before, [each for each in means if each not in before]


def arm_among(name: str, arms: Sequence[str]) -> str:
    """The folded name of the one arm of another table that a name means: the same, or the same with words behind one of
    the two (Placebo, Placebo group); "" where there is none, or several."""
    one, names = fold(name), dict.fromkeys(map(fold, arms))
    if one in names:
        return one
    alike = [each for each in names if each and (one.startswith(each) or each.startswith(one))]
    return alike[0] if one and len(alike) == 1 else ""
