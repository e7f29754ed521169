"""Finds the rows over which a P value was computed: a row alone, or the categories of a variable that prints one P."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from validations.inference.comparisons.arms import ArmCounts, cells_of_arms, possible_pairs, records_by_row
from validations.labels import fold
from validations.statistics.tests_of_counts import Counts
from validations.tables import Record, Table, once

MOST_CATEGORIES = 12  # of a variable: longer runs of rows are lists of diagnoses or events
LEAST_SHARE_COUNTED = 0.95  # of the arm's patients in rows that nothing names the categories of one variable


@once
def rows_in_order(table: Table) -> tuple[str, ...]:
    """The numbers of the printed rows, in printed order."""
    return tuple(records_by_row(table))


def variable_rows(table: Table, row: str, with_p: frozenset[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The rows around this row that share its variable, and those of them that print a P value. Rows belong together
    where they are levels of one outcome or stand under one heading."""
    rows = rows_in_order(table)
    names = {each: _variable(records_by_row(table)[each]) for each in rows}
    place = rows.index(row)
    own = names[row]
    if not any(own):
        own = ("", "")
    first = place
    while first > 0 and _together(own, names[rows[first - 1]]):
        first -= 1
    last = place
    while last + 1 < len(rows) and _together(own, names[rows[last + 1]]):
        last += 1
    found = rows[first : last + 1]
    return found, with_p & set(found)


def _variable(records: Sequence[Record]) -> tuple[str, str]:
    """The heading and outcome of a row that is a level of the outcome, else its heading and ""."""
    first = records[0]
    return (fold(first["section"]), fold(first["outcome"]) if first["level"] else "")


def _together(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one == other


@once
def header_rows(table: Table) -> Mapping[str, tuple[str, ...]]:
    """The rows that print no counts but are the name of a variable, with the rows of its categories below them."""
    rows, found = rows_in_order(table), {}
    by_row = records_by_row(table)
    for place, row in enumerate(rows):
        name = fold(by_row[row][0]["outcome"])
        below: list[str] = []
        for each in rows[place + 1 :]:
            first = by_row[each][0]
            heading = fold(first["section"].rpartition(" / ")[2])
            if not name or name not in (fold(first["outcome"]) if first["level"] else "", heading):
                break
            below.append(each)
        if below and all(each["versus"] or each["statistic"] == "p" for each in by_row[row]):
            found[row] = tuple(below)
    return found


def counts_of_row(table: Table, record: Record, row: str, arms: Sequence[str]) -> tuple[ArmCounts, ...] | None:
    """The count of each arm in a row with its possible totals; None where an arm has none or several."""
    cells = cells_of_arms(record, records_by_row(table)[row], arms, ("count",))
    if cells is None or any(len(own) != 1 for own in cells):
        return None
    found = [ArmCounts(arm, own, possible_pairs(own[0])) for arm, own in zip(arms, cells, strict=True)]
    return tuple(found) if all(each.pairs for each in found) else None


def runs(rows: Sequence[str], row: str, with_p: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """The runs of rows that may share the P value of this row: no other row of them has a P value."""
    place = rows.index(row)
    above = next((at for at in range(place - 1, -1, -1) if rows[at] in with_p), -1)
    below = next((at for at in range(place + 1, len(rows)) if rows[at] in with_p), len(rows))
    ends = {(place, end) for end in range(place + 1, below)} | {(start, place) for start in range(above + 1, place)}
    ends |= {(above + 1, below - 1)} if below - above > 2 else set()
    for start, end in sorted(ends):
        if end - start < MOST_CATEGORIES:
            yield tuple(rows[start : end + 1])


def category_tables(categories: Sequence[tuple[ArmCounts, ...]], *, named: bool) -> Iterator[Counts]:
    """The tables that these categories may be: as they are, or with a last category of the patients not in any of them.
    None where an arm has more patients in the categories than in all. `named`: the table says that they are the
    categories of one variable; else they must hold nearly all patients."""
    counts = tuple(tuple(arm.pairs[0][0] for arm in row) for row in categories)
    sums = [sum(column) for column in zip(*counts, strict=True)]
    totals = [_total([row[place] for row in categories]) for place in range(len(sums))]
    if any(total is not None and each > total for each, total in zip(sums, totals, strict=True)):
        return
    whole = all(total is None or each >= LEAST_SHARE_COUNTED * total for each, total in zip(sums, totals, strict=True))
    if named or whole:
        yield counts
        rest = tuple((total or each) - each for each, total in zip(sums, totals, strict=True))
        if any(rest):
            yield (*counts, rest)


def _total(arms: Sequence[ArmCounts]) -> int | None:
    """The total that most categories of an arm can share: the first that is possible in every category, else the
    greatest."""
    options = [{total for _, total in arm.pairs} for arm in arms if arm.pairs and arm.pairs[0][0]]
    shared = set.intersection(*options) if options else set()
    usual = [arm.pairs[0][1] for arm in arms if arm.pairs]
    return max(shared) if shared else max(usual, default=None)


def is_binary(first: tuple[ArmCounts, ...], second: tuple[ArmCounts, ...]) -> bool:
    """Whether two rows are the two halves of one variable: in every arm their counts add to the total of both."""
    for one, other in zip(first, second, strict=True):
        n, m = one.pairs[0][0], other.pairs[0][0]
        if not any(total == n + m for _, total in one.pairs) or not any(total == n + m for _, total in other.pairs):
            return False
    return True


def neighbours(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    return pairwise(rows)
