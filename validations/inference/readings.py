"""What confirms a doubtful reading: arithmetic that allows only one of two readings, or another place that has it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from schemas.base.printed import Printed
from validations.registry import all_checks
from validations.runner import run_checks
from validations.tables import Paper, Record, Table, number_in, once

_INTERVAL = ("estimate", "low", "high")  # the quantities that two places print alike
TELLING_SEVERITIES = ("impossible", "unlikely")


def arithmetic_decides(paper: Paper, doubt: Mapping[str, str]) -> bool:
    """Whether a doubtful reading (a line of readings.csv) needs no ruling.

    So it is if the checks find all faults of the published number with the other reading too, and more; not if a check
    failed.
    """
    table, column = paper.tables.get(doubt["exhibit"]), doubt["column"]
    if table is None or number_in(doubt["reading"]) is None or column not in table.model.numeric():
        return False
    here = (table.frame["row"] == doubt["row"]) & (table.frame[column] == doubt["published"])
    if here.sum() != 1:
        return False
    frame = table.frame.assign(**{column: table.frame[column].mask(here, doubt["reading"])})
    ours, theirs = faults(table), faults(replace(table, frame=frame))
    return ours is not None and theirs is not None and ours < theirs


def faults(table: Table) -> set[tuple[str, ...]] | None:
    """The places of the faults that the checks of a table and its rows find; None if one of the checks failed."""
    checks = [item for item in all_checks() if item.scope in ("row", "table") and item.severity in TELLING_SEVERITIES]
    found, tallies = run_checks(checks, Paper({table.name: table}))
    return None if any(tally.failed for tally in tallies) else {finding.place for finding in found}


def printed_again(paper: Paper, doubt: Mapping[str, str]) -> bool:
    """Whether another exhibit, or the text, prints the estimate of a doubtful row with the same interval."""
    own = [(record, numbers, columns) for record, numbers, columns in _intervals(paper) if _is_at(record, doubt)]
    return any(
        record.exhibit != doubt["exhibit"] and all(a.overlaps(b.low, b.high) for a, b in zip(mine, its, strict=True))
        for _, mine, columns in own
        if doubt["column"] in columns
        for record, its, _ in _intervals(paper)
    )


def _is_at(record: Record, doubt: Mapping[str, str]) -> bool:
    return (record.exhibit, record.row) == (doubt["exhibit"], doubt["row"])


@once
def _intervals(paper: Paper) -> tuple[tuple[Record, tuple[Printed, ...], tuple[str, ...]], ...]:
    """The estimates that a paper prints with their limits: their records, numbers and columns."""
    return tuple(found for table in paper.tables.values() for found in _intervals_of(table))


def _intervals_of(table: Table) -> Iterator[tuple[Record, tuple[Printed, ...], tuple[str, ...]]]:
    for group in table.model.quantities():
        if not all(name in group for name in _INTERVAL):
            continue
        columns = tuple(group[name] for name in _INTERVAL)
        for record in table.records:
            numbers = tuple(number for column in columns if (number := record.number(column)) is not None)
            if len(numbers) == len(columns):
                yield record, numbers, columns
