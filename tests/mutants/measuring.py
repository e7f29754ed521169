"""Runs the checks over a paper and over its mutants, and finds out which findings are new."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random

from tests.mutants.cases import Case
from tests.mutants.erring import Mutant, alterations, misspellings, rows_twice
from tests.mutants.redundancy import relations_of
from tests.mutants.relations import Cell, Relation, by_cell, contradicted
from validations.registry import Check, Finding, all_checks
from validations.runner import run_checks
from validations.tables import Paper, Table

DOUBTS = ("impossible", "unlikely")
MOST_MUTANTS = {"made": (14, 3), "paper": (250, 30)}
"""Most altered numbers of a table, and most repeated rows and misspelt labels (each). Checks of a plot take longer, so
a plot gets a third."""
Place = tuple[str, str, str, str, str]
Relations = Mapping[Cell, Sequence[Relation]]


@dataclass(frozen=True)
class Outcome:
    """What an alteration led to.

    column: what was altered, as schema.column
    broken: the kinds of relations that the alteration breaks
    redundant: whether the number is part of a relation at all
    caught, noted: the codes of new findings that are doubts, and of the others
    description: the alteration in words
    """

    way: str
    column: str
    broken: frozenset[str]
    redundant: bool
    caught: frozenset[str]
    noted: frozenset[str]
    description: str


@dataclass(frozen=True)
class Measured:
    """A case with its outcomes.

    tables: the number of tables of each schema
    alarms: exhibit -> the codes of doubts about it before any alteration
    """

    case: Case
    tables: Counter[str]
    alarms: dict[str, frozenset[str]]
    outcomes: list[Outcome] = field(default_factory=list)


def measure(case: Case) -> Measured:
    """Alter the paper of a case in many ways, one at a time, and run the checks on each."""
    paper = case.paper()
    before, own = _of_paper(paper), {name: _of_table(paper, name) for name in paper.tables}
    alarms = {name: _codes(each for each in [*before, *found] if each.exhibit == name) for name, found in own.items()}
    relations = by_cell(relations_of(paper))
    tables = Counter(table.schema for table in paper.tables.values())
    measured = Measured(case, tables, alarms)
    for mutant in mutants(case, paper):
        altered = mutant.apply(paper)
        after = [*_of_paper(altered, mutant), *_of_table(altered, mutant.table, mutant)]
        new = _new(mutant, [*before, *own[mutant.table]], after)
        measured.outcomes.append(_outcome(case, paper, mutant, relations, new))
    return measured


def _codes(findings: Iterable[Finding], doubts: bool = True) -> frozenset[str]:
    return frozenset(each.code for each in findings if (each.severity in DOUBTS) is doubts)


def _outcome(case: Case, paper: Paper, mutant: Mutant, relations: Relations, new: Sequence[Finding]) -> Outcome:
    table, cells = paper.tables[mutant.table], list(mutant.change)
    column = cells[0][1] if cells else "row"
    old = [f"{column} of record {row + 1} {table.column(column)[row]}" for row, column in cells]
    changes = "; ".join(f"{before} -> {after}" for before, after in zip(old, mutant.change.values(), strict=True))
    changes = changes or f"row {mutant.twice} twice"
    return Outcome(
        mutant.way,
        f"{table.schema}.{column}",
        frozenset(contradicted(relations, paper, mutant)),
        mutant.is_number and any((mutant.table, *cell) in relations for cell in cells),
        _codes(new),
        _codes(new, doubts=False),
        f"{case}, {mutant.table}: {changes}",
    )


def mutants(case: Case, paper: Paper) -> Iterator[Mutant]:
    """Yield alterations of each table, a random sample that depends only on the seed of the case."""
    numbers, others = MOST_MUTANTS["made" if case.is_made else "paper"]
    for table in paper.tables.values():
        rng = case.rng(f"altered {table.name}")
        slow = 1 + 2 * (table.schema == "forest")
        yield from _some(list(alterations(table, rng)), numbers // slow, rng)
        yield from _some([*rows_twice(table)], others // slow, rng)
        yield from _some([*misspellings(table, rng)], others // slow, rng)


def _some(found: Sequence[Mutant], most: int, rng: Random) -> Sequence[Mutant]:
    return found if len(found) <= most else rng.sample(found, most)


def _new(mutant: Mutant, before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """Return the findings at places that had no finding of that code before.

    A row that moved down below a repeated row counts as the same place. A finding that an altered place had before is
    not new, even if it shows other values now.
    """
    known = Counter(_place(finding) for finding in before)
    found = Counter[Place]()
    new = []
    for finding in after:
        place = _place(finding, mutant.twice if finding.exhibit == mutant.table else 0)
        found[place] += 1
        if found[place] > known[place]:
            new.append(finding)
    return new


def _place(finding: Finding, twice: int = 0) -> Place:
    row = int(finding.row or 0)
    row -= 0 < twice < row
    return (finding.code, finding.exhibit, str(row), finding.part, finding.column)


@cache
def checks_of(scope: str, numbers_only: bool) -> tuple[Check, ...]:
    """Return the checks over a paper, or those over a table and its rows.

    The checks of names (LBL) are left out for numbers, which they do not read. The checks of readings and rulings (RDR,
    VER) are always left out, because an altered table has neither.
    """
    aside = {"RDR", "VER", *(["LBL"] if numbers_only else [])}
    scopes = {"paper"} if scope == "paper" else {"row", "table"}
    return tuple(item for item in all_checks() if item.scope in scopes and item.family not in aside)


def _of_paper(paper: Paper, mutant: Mutant | None = None) -> list[Finding]:
    return run_checks(checks_of("paper", mutant is not None and mutant.is_number), paper)[0]


def _of_table(paper: Paper, name: str, mutant: Mutant | None = None) -> list[Finding]:
    """Run the checks that look at one table at a time on the altered table; the other tables have not changed."""
    alone: dict[str, Table] = {name: paper.tables[name]}
    return run_checks(checks_of("table", mutant is not None and mutant.is_number), Paper(alone))[0]
