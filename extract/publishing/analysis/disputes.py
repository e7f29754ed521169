"""Which findings are on which cells: a value whose finding is open, or ruled the paper's error, is disputed."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from validations.tables import Record

_NO_DISPUTE = "explained"
_JOINT = " | "


class Dispute(NamedTuple):
    """The codes of findings on some cells, why they are disputed, and the codes of mere notes."""

    disputed: str
    why: str
    noted: str


class Disputes:
    """The findings of a paper that no ruling explains, by exhibit and row."""

    def __init__(self, findings: Iterable[Mapping[str, str]]) -> None:
        self._at: dict[tuple[str, str], list[tuple[Mapping[str, str], bool]]] = {}
        for finding in findings:
            if finding["verdict"] != _NO_DISPUTE:
                for place, own in _places(finding):
                    self._at.setdefault(place, []).append((finding, own))

    def of(self, records: Iterable[Record], columns: Iterable[str]) -> Dispute:
        """The findings on these columns of the records, or on all of a record."""
        names = set(columns)
        found = [
            finding
            for record in records
            for finding, own in self._at.get((record.exhibit, record.row), ())
            if _concerns(finding, own, record, names)
        ]
        grave = [finding for finding in found if finding["severity"] != "note"]
        why = dict.fromkeys(f"{finding['code']}: {finding['why'] or finding['message']}" for finding in grave)
        return Dispute(_codes(grave), _JOINT.join(why), _codes(item for item in found if item not in grave))


def _places(finding: Mapping[str, str]) -> Iterable[tuple[tuple[str, str], bool]]:
    """Exhibit and row of the finding itself, and of its other places."""
    yield (finding["exhibit"], finding["row"]), True
    for place in filter(None, finding["also"].split(";")):
        exhibit, _, row = place.rpartition(":")
        yield (exhibit, row), False


def _concerns(finding: Mapping[str, str], own: bool, record: Record, columns: set[str]) -> bool:
    """Whether a finding is on the columns. Its other places in its own exhibit are of the same column; of another
    exhibit only the row is known."""
    if own and finding["part"] not in ("", record.part):
        return False
    known = own or record.exhibit == finding["exhibit"]
    return not (known and finding["column"]) or finding["column"] in columns


def _codes(findings: Iterable[Mapping[str, str]]) -> str:
    return _JOINT.join(dict.fromkeys(finding["code"] for finding in findings))
