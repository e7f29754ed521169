"""All relations that a paper keeps: within its tables, within its plots by their own methods, and across them."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise

from tests.mutants.plot_relations import METHODS, WAYS, of_method, of_plot, of_way
from tests.mutants.relations import Cell, Relation, Texts, is_share, number, whole, within_a_table
from validations.tables import Paper, Table


def relations_of(paper: Paper) -> list[Relation]:
    """All that the unaltered paper keeps."""
    found = kept(paper, [*within_a_table(paper), *across(paper)])
    for plot in paper.of("forest"):
        found += kept(paper, of_plot(plot))
        found += max((kept(paper, of_method(plot, method)) for method in METHODS), key=len)
        found += max((kept(paper, of_way(plot, *way)) for way in WAYS), key=len)
    return found


def kept(paper: Paper, candidates: Iterable[Relation]) -> list[Relation]:
    return [relation for relation in candidates if relation.kept_by(paper, {})]


def across(paper: Paper) -> Iterator[Relation]:
    """Rates in the table of studies and in a plot; one study in two plots; lists of responders."""
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
    """The rows of studies that the table has only once."""
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
