"""Patients and arms of a subtype in a review's list of subtypes, including the parts of the subtype."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from validations.labels import fold, one_letter_apart
from validations.tables import Paper, Record

REST = (fold("other"), fold("others"))
_PARTS = re.compile(r"[\s-]+")


@dataclass(frozen=True)
class Listed:
    """The listing of a subtype: its `patients` and `arms`, from `records`. `unnamed`: patients, in `open_arms`, who may
    have the subtype as well. `unclear`: those of them in arms that list the subtype, under an undefined name."""

    patients: int
    arms: int
    unnamed: int
    open_arms: int
    unclear: int
    records: tuple[Record, ...]


def listed_patients(paper: Paper, subtype: str, named: frozenset[str]) -> Listed | None:
    """The listing of a subtype; None if the paper has no list. `named`: the folded names of all distinguished subtypes.
    A patient listed under a name that is neither among these nor defined may have any subtype."""
    records = [record for table in paper.of("histology") for record in table.records]
    if not records:
        return None
    meanings = {fold(short): long for table in paper.tables.values() for short, long in table.abbreviations.items()}
    own = [record for record in records if is_kind_of(record["subtype"], subtype, meanings)]
    kinds = {record["subtype"] for record in records}
    known = {
        kind
        for kind in kinds
        if fold(kind) in named or fold(kind) in meanings or any(is_kind_of(kind, name, meanings) for name in named)
    }
    loose = [record for record in records if record["subtype"] not in known]
    rows = {record.row for record in records}
    silent = [arm for table in paper.of("study_arms") for arm in table.records if arm.row not in rows]
    unnamed = _patients(loose) + sum(arm.count("sample_size") or 0 for arm in silent)
    open_arms = {record.row for record in loose} - {record.row for record in own} | {arm.row for arm in silent}
    arms = {record.row for record in own}
    unclear = [record for record in loose if record.row in arms and not is_elsewhere(record["subtype"], known)]
    return Listed(_patients(own), len(arms), unnamed, len(open_arms), _patients(unclear), tuple(own))


def is_elsewhere(subtype: str, known: Set[str]) -> bool:
    """Whether this subtype excludes the subtypes listed with it: it is "others", or a known one misspelt."""
    return fold(subtype) in REST or any(one_letter_apart(fold(subtype), fold(name)) for name in known)


def _patients(records: Sequence[Record]) -> int:
    return sum(record.count("n") or 0 for record in records)


def is_kind_of(subtype: str, whole: str, meanings: Mapping[str, str]) -> bool:
    """Whether a subtype is the whole or a kind of it: its name, spelt out, is the same or ends with it. A uterine
    leiomyosarcoma is a leiomyosarcoma, and so are "other LMS"; a myofibrosarcoma is not a fibrosarcoma, and "non-ULMS"
    is not ULMS."""
    if fold(subtype) == fold(whole):
        return True
    kind, other = words_in_full(subtype, meanings), words_in_full(whole, meanings)
    return len(kind) > len(other) and kind[-len(other) :] == other and kind[-len(other) - 1] != "non"


def words_in_full(name: str, meanings: Mapping[str, str]) -> list[str]:
    """The words of a name, with each abbreviation in full."""
    if fold(name) in meanings:
        return meanings[fold(name)].casefold().split()
    return [word for part in _PARTS.split(name) for word in meanings.get(fold(part), part).casefold().split()]
