"""Finds all relations that hold in a paper: within its tables, within its plots, and across exhibits.

A plot is read with the methods that fit most of its own numbers.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise

from tests.mutants.plot_relations import (
    INTERVAL_METHODS,
    POOLING_METHODS,
    of_interval_method,
    of_plot,
    of_pooling_method,
)
from tests.mutants.relations import Cell, Relation, Texts, is_share, number, whole, within_a_table
from validations.tables import Paper, Table


def relations_of(paper: Paper) -> list[Relation]:
    """Return all relations that hold in the unaltered paper."""
    found = kept(paper, [*within_a_table(paper), *across(paper)])
    for plot in paper.of("forest"):
        found += kept(paper, of_plot(plot))
        found += max((kept(paper, of_interval_method(plot, method)) for method in INTERVAL_METHODS), key=len)
        found += max((kept(paper, of_pooling_method(plot, *method)) for method in POOLING_METHODS), key=len)
    return found


def kept(paper: Paper, candidates: Iterable[Relation]) -> list[Relation]:
    return [relation for relation in candidates if relation.kept_by(paper, {})]


def across(paper: Paper) -> Iterator[Relation]:
    """Yield relations of rates in a table of studies and a plot, of one study in two plots, of lists of responders."""
    plots = [(plot, _once(plot, "label")) for plot in paper.of("forest")]
    for table in paper.of("study_arms"):
        for study, row in _once(table, "study").items():
            for plot, rows in plots:
                if study in rows:
                    counts = tuple((plot.name, rows[study], column) for column in ("cr", "pr", "total"))
                    rate = (table.name, row, "orr_percent")
                    yield Relation("rate in table and plot", (*counts, rate), _is_rate)
    for (first, rows), (second, others) in pairwise(plots):
        for study in rows.keys() & others.keys():
            for column in ("total", "cr", "pr"):
                cells = ((first.name, rows[study], column), (second.name, others[study], column))
                yield Relation("study in two plots", cells, _equal)
    yield from _listed(paper)


def _once(table: Table, column: str) -> dict[str, int]:
    """Return the row of each study that the table names only once."""
    names = table.column(column)
    rows = [row for row, name in enumerate(names) if table.schema != "forest" or table.column("kind")[row] == "study"]
    labels = [names[row] for row in rows]
    return {names[row]: row for row in sorted(rows) if labels.count(names[row]) == 1}


def _is_rate(texts: Texts) -> bool:
    *counts, total, rate = texts
    return is_share(sum(map(whole, counts)), whole(total), number(rate))


def _equal(texts: Texts) -> bool:
    return texts[0] == texts[1]


def _listed(paper: Paper) -> Iterator[Relation]:
    for patients in paper.of("responders"):
        both = list(zip(patients.column("subtype"), patients.column("best_response"), strict=True))
        for table in paper.of("responses"):
            for row, group in enumerate(table.column("group")):
                for column, kind in (("cr_n", "CR"), ("pr_n", "PR")):
                    cell: tuple[Cell, ...] = ((table.name, row, column),)
                    yield Relation("count and list", cell, partial(_counted, both.count((group, kind))))


def _counted(number_listed: int, texts: Texts) -> bool:
    return whole(texts[0]) == number_listed
