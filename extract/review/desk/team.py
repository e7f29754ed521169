"""Several people at one desk: nobody sees the rulings of others before all are done; then what they disagree on."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.review.desk.items import Item
from extract.review.desk.paper import ReviewedPaper
from validations.rulings.matching import Ruling, missing_parts, read_rulings, ruling_key
from validations.rulings.reviewers import disagreements


@dataclass(frozen=True)
class Conflict:
    """A finding on which reviewers disagree, with the rulings of all."""

    item: Item
    rulings: tuple[Ruling, ...]


def done_reviewers(paper: ReviewedPaper) -> list[str]:
    """The reviewers who have ruled on every finding that must be ruled on."""
    needed = {finding.exactly for finding in paper.checked().findings if finding.waits}
    return [name for name, rulings in paper.reviews().items() if needed <= _ruled(rulings)]


def _ruled(rulings: Sequence[Ruling]) -> set[tuple[str, ...]]:
    return {ruling_key(ruling) for ruling in rulings if not missing_parts(ruling)}


def is_open(paper: ReviewedPaper) -> bool:
    """Whether the reviewers may see each other's rulings: as many as the card asks for are done."""
    return len(done_reviewers(paper)) >= paper.reviewers > 1


def conflicts(paper: ReviewedPaper, reviewer: str) -> list[Conflict]:
    """What the reviewers disagree on; nothing before all are done."""
    if not is_open(paper):
        return []
    items = {item.finding.exactly: item for item in paper.items(reviewer)}
    pairs = disagreements(read_rulings(paper.rulings), paper.reviews())
    found = [(items.get(ruling_key(pair.rulings[0])), pair.rulings) for pair in pairs]
    return [Conflict(item, rulings) for item, rulings in found if item is not None]
