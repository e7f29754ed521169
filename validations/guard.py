"""The guard of the checks: a check that fails by a fault of ours answers so, and the other checks go on.

A failed check is counted as not checkable in checks.csv, and each fault is one finding (RDR024) at its exhibit.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from schemas.base.faults import fault_name, fault_place, must_pass
from validations.registry import Answer, Check, NotCheckable
from validations.tables import BrokenCheck, Record

_log = logging.getLogger(__name__)
CountedAnswer = tuple[Answer, int]
"""An answer, and the number of records that it is given for."""


@dataclass(frozen=True)
class Broken(NotCheckable):
    """The answer of a check that failed by a fault of ours. `record`: the record that it judged, where it judges
    single records."""

    error: Exception
    record: Record | None = None


def broken_by(error: Exception) -> Broken:
    """Return the answer of a check that raised this error; the error itself is raised where no guard may keep it."""
    if must_pass(error):
        raise error
    return Broken(f"internal error: {fault_name(error)}", error)


def guarded(answers: Callable[[], Iterable[CountedAnswer]]) -> Iterator[CountedAnswer]:
    """Yield the answers of a check; at its first error the answer that tells of it, and no more."""
    try:
        yield from answers()
    except Exception as error:
        yield broken_by(error), 1


def broken_checks(found: Iterable[tuple[Check, str, Broken]]) -> tuple[BrokenCheck, ...]:
    """Return one entry for each fault at an exhibit, with all checks that failed by it, and log each.

    `found`: the check, the exhibit ("" for the whole paper) and the answer of each failure.
    """
    by_fault: dict[tuple[str, str], list[tuple[Check, Broken]]] = {}
    for check, exhibit, answer in found:
        by_fault.setdefault((exhibit, fault_name(answer.error)), []).append((check, answer))
    return tuple(_entry(exhibit, fault, failures) for (exhibit, fault), failures in by_fault.items())


def _entry(exhibit: str, fault: str, failures: Sequence[tuple[Check, Broken]]) -> BrokenCheck:
    codes = ", ".join(dict.fromkeys(check.code for check, _ in failures))
    error = failures[0][1].error
    place = fault_place(error)
    line = f" line {place.line}" if place else ""
    said = f"{codes} could not be evaluated: {fault}{line}: {' '.join(str(error).split()) or 'no message'}"
    _log.warning("%s", f"{exhibit}: {said}" if exhibit else said, exc_info=error)
    records = dict.fromkeys(answer.record for _, answer in failures if answer.record is not None)
    return BrokenCheck(exhibit, fault, said, tuple(records))
