"""Altered numbers of trials that no one here has typed: most that the rest of the table contradicts are found."""

import os
from functools import cache
from pathlib import Path

import pytest

from tests.mutants.trials.catching import read_trial, trials_of
from tests.mutants.trials.measuring import FAMILIES, Outcome, outcomes

SEED = 13
SAMPLE = 30  # alterations of each trial and family
LEAST_CAUGHT = 0.9
LEAST_OF_A_TRIAL, TELLING = 0.75, 20  # of the alterations of one trial, if it has so many
TRIALS = trials_of(os.environ.get("DOUBLETAKE_CORPUS", ""))
NONE = "DOUBLETAKE_CORPUS is not set: it names the folder of real papers"


@cache
def measured(pdf: Path) -> tuple[Outcome, ...]:
    return tuple(outcomes(read_trial(pdf), SEED, SAMPLE))


@pytest.mark.corpus
@pytest.mark.parametrize("pdf", TRIALS, ids=lambda pdf: pdf.stem)
def test_redundant_numbers_of_a_trial_are_guarded(pdf: Path) -> None:
    found = measured(pdf)
    missed = [outcome for outcome in found if not outcome.codes]
    assert len(found) < TELLING or len(missed) <= (1 - LEAST_OF_A_TRIAL) * len(found), missed


@pytest.mark.corpus
@pytest.mark.parametrize("family", FAMILIES)
def test_numbers_that_a_family_makes_redundant_are_guarded(family: str) -> None:
    if not TRIALS:
        pytest.skip(NONE)
    found = [outcome for pdf in TRIALS for outcome in measured(pdf) if outcome.family == family]
    missed = [outcome for outcome in found if not outcome.codes]
    print(f"{family}: caught {len(found) - len(missed)} of {len(found)}", *missed, sep="\n")
    assert found and len(missed) <= (1 - LEAST_CAUGHT) * len(found), missed
