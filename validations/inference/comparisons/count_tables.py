"""The tables of counts that a P value may have been computed from."""

from collections.abc import Iterator, Sequence
from itertools import islice

from validations.inference.comparisons.arms import ArmCounts, cells_of_arms, possible_pairs, records_by_row
from validations.inference.comparisons.variables import category_tables, counts_of_row, header_rows, runs, variable_rows
from validations.statistics.tests_of_counts import Counts, tables_of
from validations.tables import Record, Table

MOST_TABLES = 64  # of counts and totals that are tried for one P value


def count_tables(
    table: Table, record: Record, arms: Sequence[str], with_p: frozenset[str]
) -> tuple[list[list[list[Counts]]], tuple[Record, ...]]:
    """The tables that the P value may be of, the most usual first: lists of alternatives, each of them a list of tables
    that differ in the number of patients only. With the records of the counts."""
    row = record["row"]
    own = counts_of_row(table, record, row, arms)
    single: list[list[Counts]] = []
    several: list[list[Counts]] = []
    involved: list[Record] = []
    if own is not None:
        single = [[next(tables_of(tuple(arm.pairs for arm in own)))]]
        several = [list(islice(tables_of(tuple(arm.pairs for arm in own)), MOST_TABLES))]
        involved += [each for arm in own for each in arm.records]
    grouped: list[list[Counts]] = []
    within = _levels_within(record, records_by_row(table)[row], arms)
    if within:
        grouped += [[each] for each in category_tables(within, named=True)]
        involved += [each for line in within for arm in line for each in arm.records]
    for rows, named in _candidate_rows(table, row, with_p, has_counts=own is not None):
        categories = [counts_of_row(table, record, each, arms) for each in rows]
        known = [each for each in categories if each is not None]
        if len(known) == len(categories):
            grouped += [[each] for each in category_tables(known, named=named)]
            involved += [each for line in known for arm in line for each in arm.records] if own is None else []
    return [each for each in (single, grouped, several) if each], tuple(dict.fromkeys(involved))


def _candidate_rows(
    table: Table, row: str, with_p: frozenset[str], *, has_counts: bool
) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The rows that may be the categories of the P value's variable, and whether the table names them so."""
    below = header_rows(table).get(row, ())
    if below and not has_counts:
        until = next((place for place, each in enumerate(below) if each in with_p), len(below))
        for end in range(2, until + 1):
            yield below[:end], end == until
        if until == 1:
            yield below[:1], True
        return
    rows, printing = variable_rows(table, row, with_p)
    if len(rows) > 1:
        for run in runs(rows, row, printing):
            yield run, len(run) == len(rows)


def _levels_within(record: Record, row: Sequence[Record], arms: Sequence[str]) -> list[tuple[ArmCounts, ...]]:
    """The categories that the cells of one row print: 19/5 under "Gender, male/female"."""
    cells = cells_of_arms(record, row, arms, ("count",))
    if cells is None or len({len(own) for own in cells}) != 1 or len(cells[0]) < 2:
        return []
    levels = list(zip(*cells, strict=True))
    found = [
        tuple(ArmCounts(arm, (each,), possible_pairs(each)) for arm, each in zip(arms, level, strict=True))
        for level in levels
        if len({each["level"] for each in level}) == 1
    ]
    complete = len(found) == len(levels) and all(arm.pairs for level in found for arm in level)
    return found if complete else []
