"""The history of a paper played again, on a new reading or where the files of rulings were lost."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from extract.review.desk.paper import ReviewedPaper
from validations.registry import Finding
from validations.rulings.history import Entry, in_effect
from validations.rulings.matching import Ruling, read_rulings, ruling_key
from validations.rulings.writing import write_ruling
from validations.run import join_rulings

_STEPS = ("rule", "settle", "withdraw", "unsettle")
_REMOVED = ("withdraw", "unsettle")
_SETTLED = ("settle", "unsettle")  # in the file of the paper


def replay(paper: ReviewedPaper) -> list[str]:
    """Write the rulings that the history holds and that the files lack; return a line for each, and one for each that
    no longer fits a finding. What the files hold and the history does not, stays."""
    with paper.changes():
        kept = list(_kept(paper))
        rulings = join_rulings(paper.checked(), tuple(ruling for _, ruling in kept)).rulings
        paths = [path for path, _ in kept]
        return [line for path, ruling in zip(paths, rulings, strict=True) if (line := _again(paper, path, ruling))]


def _kept(paper: ReviewedPaper) -> Iterator[tuple[Path, Ruling]]:
    """The last ruling on each finding in each file."""
    last: dict[tuple[Path, tuple[str, ...]], Entry] = {}
    for entry in in_effect(paper.entries()).values():
        if entry.what in _STEPS:
            path = paper.rulings if entry.what in _SETTLED else paper.file_of(entry.who)
            last[path, ruling_key({name: str(value) for name, value in _ruled(entry).items()})] = entry
    for (path, _), entry in last.items():
        if entry.what not in _REMOVED:
            yield path, {**_ruled(entry), **{name: str(value) for name, value in entry.after.items()}}


def _ruled(entry: Entry) -> dict[str, str]:
    """The place of the finding that a line rules on, or whose ruling it removes."""
    return dict(entry.before if entry.what in _REMOVED else entry.on)


def _again(paper: ReviewedPaper, path: Path, ruling: Ruling) -> str:
    """Write a ruling if its finding is there and has none; return what was done, "" for nothing."""
    if ruling_key(ruling) in {ruling_key(each) for each in read_rulings(path)}:
        return ""
    findings = paper.checked().findings
    at = f"{ruling.get('code', '')} {ruling.get('exhibit', '')} row {ruling.get('row', '') or '-'}"
    for finding in findings:
        if finding.exactly == ruling_key(ruling):
            write_ruling(path, finding, findings, ruling, date.fromisoformat(ruling["on"]))
            return f"{path}: ruled again on {at}: {ruling['verdict']}, by {ruling['by']}"
    return f"{path}: stale: {at}: {_why_stale(findings, ruling)}; the ruling of {ruling['by']} is not written"


def _why_stale(findings: tuple[Finding, ...], ruling: Ruling) -> str:
    there = [finding.printed for finding in findings if finding.place == ruling_key(ruling)[:-1]]
    return f"now printed is {' and '.join(there)}" if there else "the finding no longer exists"
