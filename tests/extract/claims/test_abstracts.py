"""The figures of abstracts of real trials and reviews, read by eye, against those that are found in their PDFs."""

import os
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import pytest

from extract.claims.claim import Claim
from extract.claims.reading import read_claims

LEAST = 0.9
Truth = dict[str, str]


@pytest.fixture
def papers() -> Callable[[str], Path]:
    """Where the PDF of a trial or a review is."""
    folder = os.environ.get("DOUBLETAKE_CORPUS")
    if not folder:
        pytest.skip("DOUBLETAKE_CORPUS is not set: it names the folder of real papers")
    folders = [Path(folder) / "tables" / "jats", Path(folder) / "forest" / "vector"]
    return lambda document: next(place for place in (one / f"{document}.pdf" for one in folders) if place.exists())


def test_nine_tenths_of_the_figures_are_found_with_measure_value_and_interval(
    papers: Callable[[str], Path],
    missed: Callable[[Sequence[Truth], Sequence[Claim]], list[Truth]],
    typed: Callable[[Path], list[Truth]],
) -> None:
    truths = typed(Path(__file__).with_name("abstracts.csv"))
    lost: list[tuple[str, str, str]] = []
    for document, figures in groupby(truths, key=lambda truth: truth["document"]):
        claims = read_claims(papers(document), range(1, 4))
        left = missed(list(figures), [claim for claim in claims if claim.section == "abstract"])
        lost += [(document, truth["measure"], truth["value"]) for truth in left]
    print(lost)
    assert len(lost) <= (1 - LEAST) * len(truths)
