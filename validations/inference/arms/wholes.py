"""Finds the cells of all patients, each with the cells of the arms that add up to them.

Arms are columns, or rows of one label; subgroups ("Children", "Adolescents", "Overall") are columns of one arm. That
they are all patients is proven by their numbers of patients, or by the counts of most rows, which add up.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from validations.tables import Record, Table, once

FEWEST_ADDING_ROWS = 4  # rows with counts that must add up where the numbers of patients do not prove it
Proof = Literal["sizes", "rows"]

_ALL = re.compile(
    r"(?:the )?(?:grand total|in total|total|overall|all|both|combined|whole|entire)"
    r"(?: (?:study|patients|participants|subjects|groups?|arms|cohort|population|sample|cases|children|women|men))*",
    re.IGNORECASE,
)


class Whole(NamedTuple):
    """A cell of all patients and the cells of the arms in the same place. `columns`: where all of them are printed."""

    parts: tuple[Record, ...]
    whole: Record
    columns: Hashable

    @property
    def records(self) -> tuple[Record, ...]:
        return (*self.parts, self.whole)

    def sums(self, column: str) -> tuple[int, int] | None:
        """The sum of the arms in a column of counts, and the count of all patients; None where one is not printed."""
        counts = [record.count(column) for record in self.records]
        known = [count for count in counts if count is not None]
        return (sum(known[:-1]), known[-1]) if len(known) == len(counts) else None


@lru_cache(maxsize=4096)
def is_all(name: str) -> bool:
    """Whether a head names all patients: Total, Overall, All patients."""
    return _ALL.fullmatch(" ".join(name.split()).strip(" :")) is not None


@once
def find_wholes(table: Table) -> tuple[Whole, ...]:
    """The cells of all patients with the cells of two arms or more, in printed order."""
    if not table.model.panels():
        return ()
    named = {*table.column("arm"), *table.column("population")} if "arm" in table.frame else set()
    if not any(map(is_all, named)):
        return ()
    records = [record for record in table.records if not record["versus"]]
    found: dict[Record, Whole] = {}
    for axis, other in (("arm", "population"), ("population", "arm")):
        for columns in (True, False):
            for whole in _groups(records, axis, other, columns):
                found.setdefault(whole.whole, whole)
    return tuple(found.values())


def _groups(records: Iterable[Record], axis: str, other: str, columns: bool) -> Iterator[Whole]:
    """The cells that differ in `axis` only: of a printed row, or of a printed column and a label."""
    groups: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in records:
        cell, _, part = record["cell"].partition(".")
        label = (record["section"], record["outcome"], record["level"], record["unit"], cell)
        place = (record.row,) if columns else label
        groups[(*place, part, record["statistic"], record["timepoint"], record[other])].append(record)
    for key, group in groups.items():
        names = [record[axis] for record in group]
        wholes = [record for record in group if is_all(record[axis])]
        if len(wholes) == 1 and len(group) > 2 and len(set(names)) == len(names) and all(names):
            parts = tuple(record for record in group if record is not wholes[0])
            yield Whole(parts, wholes[0], (tuple(names), axis, key[-2:]))


@once
def proofs(table: Table) -> dict[Hashable, Proof]:
    """How it is proven that columns are all patients and their arms, for those where it is."""
    rows: dict[Hashable, list[Whole]] = defaultdict(list)
    for whole in find_wholes(table):
        rows[whole.columns].append(whole)
    found = {columns: _proof(wholes) for columns, wholes in rows.items()}
    return {columns: proof for columns, proof in found.items() if proof is not None}


def _proof(wholes: list[Whole]) -> Proof | None:
    sizes = [sums for whole in wholes if (sums := whole.sums("arm_n"))]
    if sizes and all(of_arms == of_all for of_arms, of_all in sizes):
        return "sizes"
    counts = [sums for whole in wholes if (sums := whole.sums("n")) and any(sums)]
    adding = sum(1 for of_arms, of_all in counts if of_arms == of_all)
    return "rows" if adding >= FEWEST_ADDING_ROWS and 4 * adding >= 3 * len(counts) else None
