"""The categories of a variable in each arm, and what their counts and percentages have in common."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from validations.tables import Record, Table, once


class Categories(NamedTuple):
    """Consecutive categories of a variable in one arm. `title`: the variable."""

    title: str
    records: tuple[Record, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        return tuple(record.row for record in self.records)


def name_of(record: Record) -> str:
    """The label of a record in a table of results: variable and category, or the row's label."""
    return " / ".join(text for text in (record["outcome"] or record["section"], record["level"]) if text)


def arm_of(record: Record) -> str:
    """The arm of a record, with subgroup and time point where they are printed: Placebo, Children"""
    return ", ".join(text for text in (record["arm"], record["population"], record["timepoint"]) if text)


@once
def find_categories(table: Table) -> tuple[Categories, ...]:
    """The variables with two or more categories, arm by arm: rows with levels, and the rows under one heading."""
    panels = table.panels if table.model.panels() else ()
    return tuple(found for panel in panels for found in _of_panel(panel.records))


def _of_panel(records: Sequence[Record]) -> Iterator[Categories]:
    counted = [record for record in records if record["statistic"] == "count" and not record["versus"]]
    by_level = ((("level", record["section"], record["outcome"]), record) for record in counted if record["level"])
    by_section = ((("section", record["section"], ""), record) for record in counted if not record["level"])
    for keyed in (by_level, by_section):
        for (_, section, outcome), group in groupby(keyed, key=lambda item: item[0]):
            found = tuple(record for _, record in group)
            if (section or outcome) and len(found) > 1:
                yield Categories(outcome or section, found)
