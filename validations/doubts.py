"""Rows whose reading is in doubt: nothing that rests on them is a finding about the paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from validations.registry import Check, Fault, NotCheckable
from validations.tables import Record

IN_DOUBT = NotCheckable("the reading of a row is in doubt")
ROWS_MAY_BE_MISSING = NotCheckable("rows of the exhibit may be missing")
_ROWS_MISSING_CODES = {"RDR012", "RDR013", "RDR015"}  # about a whole exhibit that has more rows than were read
# a draft, a table without caption, marks, a check that failed: no number is in doubt
_NUMBERS_ARE_READ = {"RDR021", "RDR022", "RDR023", "RDR024"}
_READING_FAMILIES = ("RDR", "SCH")  # their checks judge our reading, not the paper
_ALL_ROWS_FAMILY = "MET"  # its checks rest on all studies of a plot


@dataclass(frozen=True)
class Doubts:
    """What is in doubt. `rows`: exhibit and row; `incomplete`: exhibits that have more rows than were read."""

    rows: frozenset[tuple[str, str]] = frozenset()
    incomplete: frozenset[str] = frozenset()

    def about(self, check: Check, fault: Fault) -> NotCheckable | None:
        """Return why a fault says nothing about the paper: a row that it rests on is in doubt or may be missing; None
        for a fault of our reading, and where nothing is in doubt."""
        if check.family in _READING_FAMILIES or fault.record is None:
            return None
        records = (fault.record, *fault.also)
        if any((record.exhibit, record.row) in self.rows for record in records):
            return IN_DOUBT
        if len(records) > 1 and fault.record.exhibit in self.incomplete:
            return ROWS_MAY_BE_MISSING
        rests_on_all = check.family == _ALL_ROWS_FAMILY and check.scope != "row"
        return IN_DOUBT if rests_on_all and fault.record.exhibit in self._exhibits else None

    @property
    def _exhibits(self) -> frozenset[str]:
        return self.incomplete | {exhibit for exhibit, _ in self.rows}


def doubts_of(faults: Iterable[tuple[Check, Fault]]) -> Doubts:
    """Return what the faults of reading put in doubt."""
    found = [
        (check.code, record)
        for check, fault in faults
        for record in (fault.record, *fault.also)
        if check.severity == "reading" and record is not None and check.code not in _NUMBERS_ARE_READ
    ]
    rows = frozenset((record.exhibit, record.row) for _, record in found if _names_row(record))
    incomplete = {record.exhibit for code, record in found if not _names_row(record) and code in _ROWS_MISSING_CODES}
    return Doubts(rows, frozenset(incomplete))


def _names_row(record: Record) -> bool:
    return record.row not in ("", "-")
