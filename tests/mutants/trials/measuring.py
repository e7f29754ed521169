"""How many redundant numbers of a trial are caught when they are altered, by family of checks."""

import random
from collections.abc import Iterator
from typing import NamedTuple

from tests.mutants.trials import effects, p_values, percentages, spreads, wholes
from tests.mutants.trials.catching import caught_by, told
from tests.mutants.trials.equations import Altered, alterations
from validations.tables import Paper

FAMILIES = {
    "PCT": percentages.equations,
    "TST": p_values.equations,
    "DIF": effects.equations,
    "DSP": spreads.equations,
    "ARM": wholes.equations,
}


class Outcome(NamedTuple):
    """An alteration of a number that a family makes redundant, and the codes of the checks that catch it."""

    family: str
    altered: Altered
    codes: frozenset[str]


def redundant(paper: Paper, family: str, seed: int) -> list[Altered]:
    """The alterations of the numbers of a paper that a family makes redundant, in random order, each once."""
    dice = random.Random(seed)
    every = [each for table in paper.of("results") for each in alterations(table, FAMILIES[family](table), dice)]
    dice.shuffle(every)
    return list({each[:-1]: each for each in sorted(every, key=lambda each: not each.alone)}.values())


def outcomes(paper: Paper, seed: int, most: int, *, alone: bool = False) -> Iterator[Outcome]:
    """What becomes of at most so many alterations of each family. `alone`: of those that no other equation vouches
    for."""
    before = {table.name: told(paper, table) for table in paper.of("results")}
    for family in FAMILIES:
        altered = [each for each in redundant(paper, family, seed) if each.alone == alone]
        for each in altered[:most]:
            yield Outcome(family, each, frozenset(caught_by(paper, each, before[each.exhibit])))
