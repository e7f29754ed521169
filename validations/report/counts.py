"""Counts of findings and of decided questions, for the head of a report and for the index."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from validations.manual.examples import sections
from validations.registry import SEVERITIES, Finding, find_check
from validations.runner import Tally


@dataclass(frozen=True)
class FindingCount:
    """The findings of one severity, family or paper. `by`: their number by severity, in the order of SEVERITIES."""

    name: str
    total: int
    waiting: int
    ruled: int
    by: tuple[int, ...] = ()


def count_findings(name: str, findings: Sequence[Finding]) -> FindingCount:
    by = Counter(item.severity for item in findings)
    waiting, ruled = sum(item.waits for item in findings), sum(bool(item.verdict) for item in findings)
    return FindingCount(name, len(findings), waiting, ruled, tuple(by[severity] for severity in SEVERITIES))


def by_severity(findings: Iterable[Finding]) -> list[FindingCount]:
    found = list(findings)
    return [count_findings(name, [item for item in found if item.severity == name]) for name in SEVERITIES]


def by_family(findings: Iterable[Finding]) -> list[FindingCount]:
    found = list(findings)
    families = sorted({item.code[:3] for item in found})
    return [count_findings(name, [item for item in found if item.code[:3] == name]) for name in families]


@dataclass(frozen=True)
class CheckTally:
    """What a check did on a paper: how many questions it decided and left undecided, how many findings it has.

    `why_not`: exhibit and reason of undecided questions. `found`: exhibit and what the check inferred there."""

    code: str
    name: str
    meaning: str
    decided: int
    undecided: int
    fired: int
    why_not: tuple[tuple[str, str], ...]
    found: tuple[tuple[str, str], ...]


def check_tallies(tallies: Iterable[Tally]) -> list[CheckTally]:
    """One entry per check, in the order of the codes."""
    by_code: dict[str, list[Tally]] = {}
    for tally in tallies:
        by_code.setdefault(tally.code, []).append(tally)
    return [_checked(code, by_code[code]) for code in sorted(by_code)]


def _checked(code: str, tallies: Sequence[Tally]) -> CheckTally:
    item = find_check(code)
    return CheckTally(
        code,
        item.name,
        sections(item)[""],
        sum(tally.checked for tally in tallies),
        sum(tally.undecided.total() for tally in tallies),
        sum(tally.fired for tally in tallies),
        tuple((tally.exhibit, tally.why_not) for tally in tallies if tally.why_not),
        tuple((tally.exhibit, tally.found) for tally in tallies if tally.found),
    )
