"""How many redundant numbers of a trial are caught when they are altered, by family of checks."""

import random
from collections.abc import Iterator, Mapping
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


def redundant(paper: Paper, seed: int) -> Mapping[str, list[Altered]]:
    """The alterations of the redundant numbers of a paper by family, in random order, each once."""
    found: dict[str, list[Altered]] = {}
    for family, equations in FAMILIES.items():
        dice = random.Random(seed)
        every = [each for table in paper.of("results") for each in alterations(table, equations(table), dice)]
        found[family] = list(dict.fromkeys(every))
        dice.shuffle(found[family])
    return found


def outcomes(paper: Paper, seed: int, most: int) -> Iterator[Outcome]:
    """What becomes of at most so many alterations of each family."""
    before = {table.name: told(paper, table) for table in paper.of("results")}
    for family, altered in redundant(paper, seed).items():
        for each in altered[:most]:
            yield Outcome(family, each, frozenset(caught_by(paper, each, before[each.exhibit])))
