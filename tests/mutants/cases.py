"""The papers that are altered: those of curated/, and error-free ones that are made up from a seed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from extract.cards import ANALYSIS
from tests.mutants.made_cohorts import adverse_events, characteristics, hazard_ratios, responses
from tests.mutants.made_plots import generic, proportions, two_arms
from tests.mutants.made_reviews import reviews
from validations.inputs.curated import read_curated_paper
from validations.tables import Paper, Table

CURATED = Path(__file__).parents[2] / "curated"
SEED = "doubletake 1"
MAKERS: Mapping[str, tuple[Callable[[Random], list[Table]], int]] = {
    "characteristics": (characteristics, 100),
    "adverse events": (adverse_events, 100),
    "responses": (responses, 80),
    "hazard ratios": (hazard_ratios, 100),
    "plots of proportions": (proportions, 40),
    "plots of two arms": (two_arms, 40),
    "plots of ratios": (generic, 40),
    "reviews": (reviews, 20),
}
"""Kind of made paper -> the function that makes one, and the number of papers to make."""


@dataclass(frozen=True)
class Case:
    """A paper to alter. `kind`: the name of a folder in curated/ (with number 0), or a key of MAKERS."""

    kind: str
    number: int = 0

    def __str__(self) -> str:
        return f"{self.kind} {self.number or ''}".strip()

    @property
    def is_made(self) -> bool:
        return self.kind in MAKERS

    def rng(self, purpose: str) -> Random:
        """Return a random generator that does not depend on when, or in which order, the cases are run."""
        return Random(f"{SEED}, {self.kind}, {self.number}, {purpose}")

    def paper(self) -> Paper:
        if not self.is_made:
            return read_curated_paper(CURATED / self.kind)
        make, _ = MAKERS[self.kind]
        return Paper({table.name: table for table in make(self.rng("made"))})


def all_cases(only: str = "", share: float = 1) -> list[Case]:
    """Return the cases of every kind whose name contains `only`; of each made kind this share, and at least one."""
    papers = [Case(folder.name) for folder in sorted(CURATED.iterdir()) if folder.is_dir() and folder.name != ANALYSIS]
    made = [
        Case(kind, number) for kind, (_, most) in MAKERS.items() for number in range(1, max(1, round(most * share)) + 1)
    ]
    return [case for case in (*papers, *made) if only in case.kind]
