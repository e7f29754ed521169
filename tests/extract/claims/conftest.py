"""Figures that a person read, against those that were found."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from extract.claims.claim import Claim

Truth = dict[str, str]
Scorer = Callable[[Sequence[Truth], Sequence[Claim]], list[Truth]]
SAID = ("section", "measure", "value", "low", "high", "ci_low", "ci_high")


def fits(truth: Truth, claim: Claim) -> bool:
    """Whether a claim is the figure: value, measure and interval, and what else the truth states of it."""
    same = all(getattr(claim, name) == truth[name] for name in SAID if name in truth)
    stated = (name for name in ("p", "n", "total", "n_studies", "sd") if truth.get(name))
    return (
        same and all(getattr(claim, name) == truth[name] for name in stated) and comparator(truth) == claim.comparator
    )


def comparator(truth: Truth) -> str:
    return truth.get("comparator") or "="


@pytest.fixture
def missed() -> Scorer:
    """The figures that no claim states; a claim is one figure only."""

    def score(truths: Sequence[Truth], claims: Sequence[Claim]) -> list[Truth]:
        left, lost = list(claims), []
        for truth in truths:
            found = next((claim for claim in left if fits(truth, claim)), None)
            if found is None:
                lost.append(truth)
            else:
                left.remove(found)
        return lost

    return score


@pytest.fixture
def typed() -> Callable[[Path], list[Truth]]:
    def read(path: Path) -> list[Truth]:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read
