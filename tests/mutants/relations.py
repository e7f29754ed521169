"""Which numbers of a paper are redundant: those in a relation that the unaltered paper keeps.

A relation is an equation between printed numbers that must hold for some true values that round to them. It is written
here as a reader would check it, without the code of the checks, so that the measurement is independent of them.
Nothing is assumed about how a table came about: the relations that hold in the unaltered paper are used. An altered
number is contradicted if a relation that held no longer holds; otherwise the paper is as consistent as before, and no
arithmetic on these relations can reveal the error.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import groupby
from math import erfc, sqrt

from schemas.base.printed import Printed, is_printed, parse_printed
from tests.mutants.erring import Mutant
from validations.tables import Paper, Table

Cell = tuple[str, int, str]
"""Exhibit, row of its frame (from 0), column."""
Texts = Sequence[str]


@dataclass(frozen=True)
class Relation:
    """A relation between cells. `holds` tells whether their texts (numbers, in this order) can be true together."""

    kind: str
    cells: tuple[Cell, ...]
    holds: Callable[[Texts], bool]

    def kept_by(self, paper: Paper, change: Mapping[Cell, str]) -> bool:
        """Tell whether the relation holds in the paper with these cells changed."""
        texts = [change.get(cell, text_of(paper, cell)) for cell in self.cells]
        return all(map(is_printed, texts)) and self.holds(texts)


def text_of(paper: Paper, cell: Cell) -> str:
    name, row, column = cell
    return paper.tables[name].column(column)[row]


def contradicted(relations: Mapping[Cell, Sequence[Relation]], paper: Paper, mutant: Mutant) -> set[str]:
    """Return the kinds of relations that the mutant breaks."""
    change = {(mutant.table, row, column): text for (row, column), text in mutant.change.items()}
    near = {id(relation): relation for cell in change for relation in relations.get(cell, ())}
    return {relation.kind for relation in near.values() if not relation.kept_by(paper, change)}


def by_cell(relations: Sequence[Relation]) -> dict[Cell, list[Relation]]:
    found: dict[Cell, list[Relation]] = {}
    for relation in relations:
        for cell in relation.cells:
            found.setdefault(cell, []).append(relation)
    return found


def number(text: str) -> Printed:
    return parse_printed(text)


def whole(text: str) -> int:
    """Return a count; -1 if the text is not a whole number."""
    printed = parse_printed(text)
    return printed.count if printed.is_whole else -1


def is_share(n: int, total: int, percent: Printed) -> bool:
    return total > 0 and percent.low * total <= 100 * n <= percent.high * total


def adds_up(signs: Sequence[int], constant: int, texts: Texts) -> bool:
    return sum(sign * whole(text) for sign, text in zip(signs, texts, strict=True)) == constant


def within_a_table(paper: Paper) -> Iterator[Relation]:
    """Yield every candidate relation except those of plots; some may not hold."""
    for table in paper.tables.values():
        yield from shares(table)
        yield from OF_SCHEMA.get(table.schema, lambda _: ())(table)


def shares(table: Table) -> Iterator[Relation]:
    """Yield each count with its percentage, if its own denominator or N gives the printed percentage."""
    for group in table.model.quantities():
        if {"n", "percent"} <= group.keys():
            own = [group[name] for name in ("evaluable", "total") if name in group]
            cohort = [] if own or not table.cohort_n else [str(table.cohort_n)]
            for row in range(len(table.frame)):
                texts = [table.column(column)[row] for column in (group["n"], group["percent"], *own)] + cohort
                giving = [place for place in range(2, len(texts)) if all(texts) and _gives(texts, place)]
                cells = tuple((table.name, row, column) for column in (group["n"], group["percent"], *own))
                if giving:
                    yield Relation("count and percentage", cells, partial(_some_gives, giving, cohort))


def _gives(texts: Texts, place: int) -> bool:
    return is_share(whole(texts[0]), whole(texts[place]), number(texts[1]))


def _some_gives(giving: Sequence[int], cohort: Texts, texts: Texts) -> bool:
    return any(_gives([*texts, *cohort], place) for place in giving)


def sections(table: Table) -> Iterator[Relation]:
    """Yield the categories of each section, which add up to N."""
    frame = list(zip(table.column("section"), table.column("part_of"), table.column("n"), strict=True))
    for title, group in groupby(enumerate(frame), key=lambda item: item[1][0]):
        rows = [row for row, (_, part_of, n) in group if n and not part_of]
        if title and len(rows) > 1 and table.cohort_n:
            cells = tuple((table.name, row, "n") for row in rows)
            yield Relation("categories and N", cells, partial(adds_up, [1] * len(rows), table.cohort_n))


EQUATIONS = (
    ("orr_n", ("cr_n", "pr_n")),
    ("dcr_n", ("cr_n", "pr_n", "sd_n")),
    ("n_evaluable", ("cr_n", "pr_n", "sd_n", "pd_n")),
    ("n_total", ("n_evaluable", "na_n")),
)


def response(table: Table) -> Iterator[Relation]:
    """Yield sums within a row, rates whose count is not printed, and sums down to the total row."""
    for row in range(len(table.frame)):
        cell = partial(_cell, table.name, row)
        for total, parts in EQUATIONS:
            signs = [-1] + [1] * len(parts)
            yield Relation("responses", tuple(map(cell, (total, *parts))), partial(adds_up, signs, 0))
        for size in ("n_evaluable", "n_total") if not table.column("orr_n")[row] else ():
            yield Relation("response rate", tuple(map(cell, ("cr_n", "pr_n", size, "orr_percent"))), _rate)
    yield from _total_row(table)


def _cell(name: str, row: int, column: str) -> Cell:
    return name, row, column


def _rate(texts: Texts) -> bool:
    cr, pr, size, rate = texts
    return is_share(whole(cr) + whole(pr), whole(size), number(rate))


def _total_row(table: Table) -> Iterator[Relation]:
    rows = [row for row, part_of in enumerate(table.column("part_of")) if not part_of]
    totals = [row for row in rows if table.column("group")[row].casefold().startswith("total")]
    if len(totals) == 1:
        for column in [name for name in table.model.columns() if name.endswith("_n") or name.startswith("n_")]:
            cells = tuple((table.name, row, column) for row in (*totals, *(row for row in rows if row not in totals)))
            yield Relation("total row", cells, partial(adds_up, [-1] + [1] * (len(cells) - 1), 0))


def histology(table: Table) -> Iterator[Relation]:
    """Yield the subtypes of each arm with the denominator printed behind each of them."""
    for _, group in groupby(enumerate(table.column("row")), key=lambda item: item[1]):
        rows = [row for row, _ in group]
        counts = [(table.name, row, "n") for row in rows]
        for row in rows:
            cells = ((table.name, row, "total"), *counts)
            yield Relation("subtypes and total", cells, partial(adds_up, [-1] + [1] * len(counts), 0))


def ratios(table: Table, columns: Texts = ("hazard_ratio", "ci_low", "ci_high"), p: str = "p") -> Iterator[Relation]:
    """Yield each ratio with its interval, in whose middle it lies on the scale of logarithms, and with its P value."""
    for row in range(len(table.frame)):
        cells = tuple((table.name, row, column) for column in columns)
        yield Relation("ratio and interval", cells, is_symmetric)
        if p:
            yield Relation("P and interval", (*cells, (table.name, row, p)), is_walds_p)


def is_symmetric(texts: Texts) -> bool:
    value, low, high = (number(text) for text in texts)
    least, lowest, highest = (max(Decimal(0), printed.low) for printed in (value, low, high))
    return least * least <= low.high * high.high and lowest * highest <= value.high * value.high


def is_walds_p(texts: Texts) -> bool:
    """Tell whether P can be that of z = log estimate / standard error; the error is taken from the 95 % interval."""
    value, low, high, p = (number(text) for text in texts)
    tiny = Decimal("1e-9")
    logs = [[float(max(tiny, bound).ln()) for bound in (each.low, each.high)] for each in (value, low, high)]
    (least, most), (low_a, low_b), (high_a, high_b) = logs
    widest, narrowest = (high_b - low_a) / 3.92, max(1e-9, (high_a - low_b) / 3.92)
    nearest = 0.0 if least <= 0 <= most else min(abs(least), abs(most))
    return p.overlaps(_tail(max(abs(least), abs(most)) / narrowest), _tail(nearest / widest))


def _tail(z: float) -> Decimal:
    return Decimal(repr(erfc(z / sqrt(2))))


def claims(table: Table) -> Iterator[Relation]:
    """Yield percentages in prose that are stated with their count and total."""
    for row, unit in enumerate(table.column("unit")):
        if unit == "%":
            cells = tuple((table.name, row, column) for column in ("n", "value", "total"))
            yield Relation("count and percentage in prose", cells, partial(_some_gives, [2], ()))


OF_SCHEMA: Mapping[str, Callable[[Table], Iterator[Relation]]] = {
    "characteristics": sections,
    "claims": claims,
    "responses": response,
    "histology": histology,
    "hazard_ratios": ratios,
}
