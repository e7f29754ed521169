"""What a review's list of subtypes says of one of them: its patients and arms, its own parts among them."""

from dataclasses import dataclass

from validations.labels import fold
from validations.tables import Paper, Record


@dataclass(frozen=True)
class Listed:
    """`patients` and `arms` that a subtype is listed with, in `records`; `unnamed` patients, in `open_arms`, of whom it
    is not known that they have another subtype."""

    patients: int
    arms: int
    unnamed: int
    open_arms: int
    records: tuple[Record, ...]


def listed(paper: Paper, subtype: str, named: frozenset[str]) -> Listed | None:
    """What the paper lists of a subtype; None where it has no list. `named`: the folded names of all subtypes that are
    told apart; who is listed under a name that is neither of these nor defined may be of any."""
    records = [record for table in paper.of("histology") for record in table.records]
    if not records:
        return None
    meanings = {fold(short): long for table in paper.tables.values() for short, long in table.abbreviations.items()}
    own = [record for record in records if is_kind_of(record["subtype"], subtype, meanings)]
    kinds = [record["subtype"] for record in records]
    known = {kind for kind in kinds if fold(kind) in named or fold(kind) in meanings}
    loose = [record for record in records if record["subtype"] not in known]
    rows = {record.row for record in records}
    silent = [arm for table in paper.of("study_arms") for arm in table.records if arm.row not in rows]
    unnamed = sum(record.count("n") or 0 for record in loose) + sum(arm.count("sample_size") or 0 for arm in silent)
    open_arms = {record.row for record in loose} - {record.row for record in own} | {arm.row for arm in silent}
    patients = sum(record.count("n") or 0 for record in own)
    return Listed(patients, len({record.row for record in own}), unnamed, len(open_arms), tuple(own))


def is_kind_of(subtype: str, whole: str, meanings: dict[str, str]) -> bool:
    """Whether one name is the other's, or its meaning ends with the other's: a uterine leiomyosarcoma is a
    leiomyosarcoma, a myofibrosarcoma is no fibrosarcoma."""
    if fold(subtype) == fold(whole):
        return True
    kind, other = (meanings.get(fold(name), name).casefold().split() for name in (subtype, whole))
    return len(kind) > len(other) and kind[-len(other) :] == other
