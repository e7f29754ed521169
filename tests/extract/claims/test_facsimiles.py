"""The figures in the prose of the three papers, typed by hand, against the claims of the facsimiles."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from extract.claims.claim import Claim
from extract.claims.frame import claims_frame
from extract.claims.reading import read_claims
from schemas import SCHEMAS

ROOT = Path(__file__).parents[3]
TRUTH = ROOT / "tests" / "typed_by_hand" / "claims"
LEAST_SHARE = 0.95
Truth = dict[str, str]


@pytest.fixture(scope="module", params=["li2024", "kokkali2025", "cao2025"])
def paper(request: pytest.FixtureRequest) -> tuple[str, list[Claim]]:
    return request.param, read_claims(ROOT / "raw_pdfs" / "facsimiles" / f"{request.param}.pdf")


def test_the_figures_of_the_prose_are_found(
    paper: tuple[str, list[Claim]],
    missed: Callable[[Sequence[Truth], Sequence[Claim]], list[Truth]],
    typed: Callable[[Path], list[Truth]],
) -> None:
    name, claims = paper
    truths = typed(TRUTH / f"{name}.csv")
    lost = missed(truths, claims)
    assert len(lost) <= (1 - LEAST_SHARE) * len(truths), [truth["claim"] for truth in lost]


def test_every_claim_has_its_place_and_at_most_eight_words(paper: tuple[str, list[Claim]]) -> None:
    frame = claims_frame(paper[1])
    assert list(frame.columns) == SCHEMAS["claims"].columns()
    assert (frame["page"] != "").all()
    assert (frame["text"].str.split().str.len() <= 8).all()


def test_nothing_is_read_from_tables_figures_and_references(paper: tuple[str, list[Claim]]) -> None:
    assert {claim.section for claim in paper[1]} <= {
        "abstract",
        "introduction",
        "methods",
        "results",
        "discussion",
        "conclusion",
    }
    assert not [claim.text for claim in paper[1] if "Placeholder" in claim.text or "(continued" in claim.text]
