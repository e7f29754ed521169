"""Figures typed by a person against the claims that are found."""

import csv
import os
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import pytest

from extract.claims.claim import Claim
from extract.claims.reading import read_claims

Truth = dict[str, str]
Scorer = Callable[[Sequence[Truth], Sequence[Claim]], list[Truth]]
Typed = Callable[[Path], list[Truth]]
FOLDERS = ("tables/jats", "forest/vector", "forest/raster")  # of the corpus that hold the papers
FIELDS = ("section", "measure", "value", "low", "high", "ci_low", "ci_high")


def fits(truth: Truth, claim: Claim) -> bool:
    """Whether a claim is the typed figure: in section, measure, value and interval, and in the other typed fields."""
    same = all(getattr(claim, name) == truth[name] for name in FIELDS if name in truth)
    stated = (name for name in ("p", "n", "total", "n_studies", "sd") if truth.get(name))
    return (
        same and all(getattr(claim, name) == truth[name] for name in stated) and comparator(truth) == claim.comparator
    )


def comparator(truth: Truth) -> str:
    return truth.get("comparator") or "="


@pytest.fixture
def missed() -> Scorer:
    """Return the typed figures without a claim; each claim matches one figure only."""

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


@pytest.fixture
def papers() -> Callable[[str], Path]:
    """Return the path of the PDF of a trial or a review; skip the test without the corpus."""
    corpus = os.environ.get("DOUBLETAKE_CORPUS")
    if not corpus:
        pytest.skip("DOUBLETAKE_CORPUS is not set: it names the folder of real papers")
    found = [Path(corpus) / folder for folder in FOLDERS]
    return lambda document: next(place for place in (one / f"{document}.pdf" for one in found) if place.exists())


@pytest.fixture
def share_found(
    papers: Callable[[str], Path], missed: Scorer, typed: Typed
) -> Callable[[str, str, range | None], float]:
    """Return the share of the typed figures of a CSV that the claims of one section and of some pages include."""

    def score(name: str, section: str, pages: range | None) -> float:
        truths = typed(Path(__file__).with_name(name))
        lost: list[tuple[str, str, str]] = []
        for document, figures in groupby(truths, key=lambda truth: truth["document"]):
            claims = read_claims(papers(document), pages)
            left = missed(list(figures), [claim for claim in claims if claim.section == section])
            lost += [(document, truth["measure"], truth["value"]) for truth in left]
        print(lost)
        return 1 - len(lost) / len(truths)

    return score
