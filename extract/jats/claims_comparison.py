"""The figures of the text of pages compared with those of the XML, section by section."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extract.claims.claim import Claim
from extract.claims.text.normalized import normalize_signs
from extract.jats.tables import JATS_READER
from extract.page.box import TEXT_LAYER_READER

_NUMBERS = ("value", "n", "total", "low", "high", "sd", "ci_low", "ci_high", "p")
_SHOWN = 3  # figures that only the XML states, named in one line


class ClaimDifference(NamedTuple):
    """A figure that only one of the texts states. `row`: of the claim, from 1; 0 for figures of the XML. `reading`:
    what the XML has."""

    row: int
    reading: str
    evidence: str


@dataclass(frozen=True)
class ComparedClaims:
    """Claims of pages, those that the XML states alike with `jats` among their readers, and the differences."""

    claims: tuple[Claim, ...]
    differences: tuple[ClaimDifference, ...]


def claims_with_xml(claims: Sequence[Claim], others: Sequence[Claim]) -> ComparedClaims:
    """Return the claims of a PDF with what its XML says of each. A section in which the XML states nothing is not
    compared."""
    left: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for other in others:
        left[_key(other)].append(other)
    alike = {number for number, claim in enumerate(claims) if _take(left, claim, same_section=True)}
    sections = {other.section for other in others}
    differences: list[ClaimDifference] = []
    for number, claim in enumerate(claims):
        if number in alike or claim.section not in sections:
            continue
        found = _take(left, claim, same_section=False)
        where = f"the XML states it in {found.section or 'no section'}" if found else "the XML does not state it"
        differences.append(ClaimDifference(number + 1, found.text if found else "", f"{where}: {claim.text!r}"))
    differences += _only_in_xml(others, [other for same in left.values() for other in same])
    read = f"{TEXT_LAYER_READER}+{JATS_READER}"
    told = [replace(claim, read_by=read) if number in alike else claim for number, claim in enumerate(claims)]
    return ComparedClaims(tuple(told), tuple(differences))


def _key(claim: Claim) -> tuple[str, ...]:
    """The numbers of a claim."""
    return tuple(normalize_signs(getattr(claim, name)) for name in _NUMBERS)


def _take(left: dict[tuple[str, ...], list[Claim]], claim: Claim, same_section: bool) -> Claim | None:
    """Take a claim of the XML with the numbers of this one out of those that are left."""
    same = left.get(_key(claim), [])
    fits = [other for other in same if other.section == claim.section or not same_section]
    if not fits:
        return None
    same.remove(fits[0])
    return fits[0]


def _only_in_xml(others: Sequence[Claim], left: Sequence[Claim]) -> Iterator[ClaimDifference]:
    """Yield one difference for the figures of each section that only the XML states."""
    counts = Counter(other.section for other in left)
    for section in dict.fromkeys(other.section for other in others):
        texts = [repr(other.text) for other in left if other.section == section]
        if texts:
            more = f" and {counts[section] - _SHOWN} more" if counts[section] > _SHOWN else ""
            said = f"only the XML states {', '.join(texts[:_SHOWN])}{more} in {section or 'the text'}"
            yield ClaimDifference(0, "", said)
