"""Altered numbers of trials that no one here has typed: most that contradict their percentages are found."""

import os
from pathlib import Path

import pytest

from tests.mutants.trials import alterations, is_caught, read_trial, told

SAMPLE = 8  # alterations of each trial
LEAST_CAUGHT = 0.9


@pytest.mark.corpus
def test_counts_and_percentages_of_trials_are_guarded() -> None:
    corpus = os.environ.get("DOUBLETAKE_CORPUS", "")
    trials = sorted((Path(corpus) / "tables" / "jats").glob("*.pdf")) if corpus else []
    if not trials:
        pytest.skip("DOUBLETAKE_CORPUS is not set: it names the folder of real papers")
    caught, missed = 0, []
    for pdf in trials:
        paper = read_trial(pdf)
        before = told(paper)
        for altered in alterations(paper, 13)[:SAMPLE]:
            if is_caught(paper, altered, before):
                caught += 1
            else:
                missed.append(f"{pdf.stem} {altered}")
    print(f"caught {caught} of {caught + len(missed)}", *missed, sep="\n")
    assert caught >= LEAST_CAUGHT * (caught + len(missed)), missed
