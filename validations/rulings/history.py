"""The history of a review: who decided what on a paper, when, and what stood there before. It only grows.

A line of `<paper>.log.jsonl`, beside the file of rulings:

{"who": "Ann", "when": "2026-11-30T10:02:11Z", "what": "rule", "on": {"code": "PCT001", "exhibit": "table1", ...},
 "before": {}, "after": {"verdict": "paper_error", "why": "..."}, "evidence": "24 of 51 is 47.1"}

An undone line stays, and a later line with its number (lines count from 1) in `undoes` says so.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from schemas.base.files import MOST_JSON_BYTES, FileError, read_text
from validations.files.locking import locked
from validations.files.writing import write_text
from validations.registry import Finding

LONGEST_SECONDS = 300.0  # between two rulings: a longer one is a break
FINDING = ("code", "exhibit", "row", "part", "column", "printed")  # what names a finding
_SUFFIX = ".log.jsonl"


@dataclass(frozen=True)
class Entry:
    """A line of the history. `what`: rule, settle, withdraw, unsettle, postpone, comment, misread, unread_row,
    compared or undo;
    `on`: the finding or cell; `before` and `after`: what the files said of it, empty for nothing; `evidence`: what the
    person saw; `undoes`: the number of the line that this one takes back, 0 for none."""

    who: str
    what: str
    on: Mapping[str, Any]
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    evidence: str = ""
    undoes: int = 0
    when: str = ""


def history_of(rulings: Path) -> Path:
    """The file of the history that belongs to a file of rulings."""
    return rulings.with_name(f"{rulings.stem}{_SUFFIX}")


def read_history(path: Path) -> tuple[Entry, ...]:
    """Return the lines of a history from the first to the last; empty if there is no file. FileError names a line that
    is none of a history."""
    if not path.exists():
        return ()
    lines = read_text(path, MOST_JSON_BYTES).removesuffix("\n").split("\n")
    return tuple(_entry(path, number, line) for number, line in enumerate(lines, 1))


def _entry(path: Path, number: int, line: str) -> Entry:
    try:
        entry = Entry(**json.loads(line))
    except (ValueError, TypeError):
        raise FileError(f"{path} line {number}: expected an entry of a history; restore the file from git") from None
    texts, tables = (entry.who, entry.what, entry.evidence, entry.when), (entry.on, entry.before, entry.after)
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(table, dict) for table in tables):
        raise FileError(f"{path} line {number}: expected an entry of a history; restore the file from git")
    return entry


def append_entry(path: Path, entry: Entry) -> None:
    """Add a line to a history, with the present time unless it has one. The file is replaced whole or not."""
    when = entry.when or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with locked(path.parent):
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        write_text(path, before + json.dumps({**asdict(entry), "when": when}, ensure_ascii=False) + "\n")


def in_effect(entries: Iterable[Entry]) -> dict[int, Entry]:
    """Return the lines that have not been undone, without those that undo, by number."""
    numbered = dict(enumerate(entries, 1))
    undone = {entry.undoes for entry in numbered.values() if entry.undoes}
    return {number: entry for number, entry in numbered.items() if number not in undone and not entry.undoes}


def comments_by_finding(entries: Iterable[Entry]) -> dict[tuple[str, ...], tuple[Entry, ...]]:
    """Return the comments in effect, by the place and printed values of the finding (`Finding.exactly`)."""
    found: dict[tuple[str, ...], tuple[Entry, ...]] = {}
    for entry in in_effect(entries).values():
        if entry.what == "comment":
            key = tuple(str(entry.on.get(name, "")) for name in FINDING)
            found[key] = (*found.get(key, ()), entry)
    return found


def place_of(finding: Finding) -> dict[str, str]:
    """Return the place of a finding and its printed values, as the history names them."""
    return {name: getattr(finding, name) for name in FINDING if getattr(finding, name)}


def last_of(entries: Sequence[Entry], who: str) -> int:
    """Return the number of the last line in effect of a person; 0 where there is none."""
    return max((number for number, entry in in_effect(entries).items() if entry.who == who), default=0)


def seconds_per_ruling(entries: Iterable[Entry], reviewer: str) -> float | None:
    """The usual time between two rulings of a reviewer, breaks apart; None until there are two."""
    times = [datetime.fromisoformat(entry.when) for entry in entries if entry.who == reviewer and entry.what == "rule"]
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    return median([gap for gap in gaps if 0 < gap <= LONGEST_SECONDS] or [0]) or None
