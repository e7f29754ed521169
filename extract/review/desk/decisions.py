"""What a reviewer decides about a finding: written into the rulings and the history, and taken back again."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from extract.review.desk.items import Item
from extract.review.desk.paper import ReviewedPaper
from extract.review.desk.words import VERDICT_WORDS, short_place
from validations.registry import Finding
from validations.rulings.history import FINDING, Entry, append_entry, last_of, place_of
from validations.rulings.matching import VERDICT_KINDS, Ruling, read_rulings, ruled_place, ruling_key
from validations.rulings.withdrawal import withdraw
from validations.rulings.writing import RulingError, RulingPlace, one_line_reason, write_ruling

MOST_LETTERS = 4000  # of a reason or a comment
Undo = Callable[[ReviewedPaper, Entry], str]
"""Takes back what a line of the history did to the files; returns what it did, in words."""


def rule(paper: ReviewedPaper, item: Item, reviewer: str, verdict: str, why: str, settle: bool = False) -> None:
    """Write a ruling of a reviewer. `settle`: it settles what several reviewers disagree on. RulingError where the
    verdict is none, or lacks its reason."""
    if verdict not in VERDICT_KINDS:
        raise RulingError(f"expected {' or '.join(VERDICT_KINDS)}, found {verdict[:40]!r}")
    if item.about_rulings:
        raise RulingError(f"{item.finding.code} is about the file of rulings: nobody can rule on it")
    reason = {"verdict": verdict, "why": _reason(why, "please write a reason"), "by": reviewer}
    path = paper.rulings if settle else paper.file_of(reviewer)
    with paper.changes():
        before = write_ruling(path, item.finding, paper.outcome(reviewer).findings, reason, date.today())
        after = {**reason, "on": date.today().isoformat()}
        _note(paper, reviewer, "settle" if settle else "rule", item.finding, before[0] if before else {}, after)


def postpone(paper: ReviewedPaper, item: Item, reviewer: str) -> None:
    """Note that a reviewer will come back to a finding."""
    with paper.changes():
        _note(paper, reviewer, "postpone", item.finding)


def comment(paper: ReviewedPaper, item: Item, reviewer: str, text: str) -> None:
    """Note what a reviewer remarks on a finding. RulingError where there is no text."""
    with paper.changes():
        _note(paper, reviewer, "comment", item.finding, after={"text": _reason(text, "a comment needs words")})


def remove_ruling(paper: ReviewedPaper, item: Item, reviewer: str) -> None:
    """Remove the ruling that a finding of the family VER is about. RulingError where there is none."""
    finding = item.finding
    ruled = RulingPlace(
        finding.printed.removeprefix("code="), finding.exhibit, finding.row, finding.part, finding.column
    )
    own, place = paper.file_of(reviewer), (ruled.code, ruled.exhibit, ruled.row, ruled.part, ruled.column)
    is_own = own == paper.rulings or any(ruled_place(ruling) == place for ruling in read_rulings(own))
    with paper.changes():
        gone = withdraw(own if is_own else paper.rulings, ruled)
        _note(paper, reviewer, "withdraw" if is_own else "unsettle", finding, gone)


def undo(paper: ReviewedPaper, reviewer: str, others: Mapping[str, Undo]) -> str:
    """Take back the last step of a reviewer and return what was taken back, in words; "" where there is nothing.
    `others`: how to take back what is no ruling."""
    with paper.changes():
        entries = paper.entries()
        number = last_of(entries, reviewer)
        if not number:
            return ""
        entry = entries[number - 1]
        said = others[entry.what](paper, entry) if entry.what in others else _put_back(paper, entry)
        append_entry(paper.history, Entry(reviewer, "undo", entry.on, entry.after, entry.before, said, number))
    return said


def _put_back(paper: ReviewedPaper, entry: Entry) -> str:
    """Make the file of rulings say of a finding what it said before the line."""
    if entry.what in ("postpone", "comment"):
        return _undone(paper, entry)
    path = paper.rulings if entry.what in ("settle", "unsettle") else paper.file_of(entry.who)
    _refuse_later_change(path, entry)
    if entry.before:
        ruling = {name: str(value) for name, value in entry.before.items()}
        place = Finding(**{**_BLANK, **{name: ruling.get(name, "") for name in FINDING}})
        write_ruling(path, place, [place], ruling, date.fromisoformat(ruling["on"]))
    else:
        withdraw(path, _ruled_place(entry.on))
    return _undone(paper, entry)


def _undone(paper: ReviewedPaper, entry: Entry) -> str:
    what = VERDICT_WORDS.get(str(entry.after.get("verdict", "")), _STEPS.get(entry.what, "the step"))
    place = short_place(paper.about.labels, str(entry.on.get("exhibit", "")), str(entry.on.get("row", "")))
    return f"Undone: {what} on {place} ({entry.on.get('code', '')})"


_STEPS = {
    "postpone": "“later”",
    "comment": "the comment",
    "withdraw": "the withdrawal of the ruling",
    "unsettle": "the withdrawal of the ruling",
}


def _refuse_later_change(path: Path, entry: Entry) -> None:
    """Raise RulingError where the file says something else than the line made it say: somebody changed it since."""
    on = entry.before if entry.what in ("withdraw", "unsettle") else entry.on
    key = tuple(str(on.get(name, "")) for name in FINDING)
    there = [ruling for ruling in read_rulings(path) if ruling_key(ruling) == key]
    now = [{name: ruling.get(name, "") for name in _SAID} for ruling in there]
    then = [{name: str(entry.after.get(name, "")) for name in _SAID}] if entry.after else []
    if now != then:
        found = f"{now[0]['verdict']}, by {now[0]['by']}" if now else "no ruling"
        raise RulingError(f"{path.name} was changed since: expected what that step wrote, found {found}; rule again")


_SAID = ("verdict", "why", "by")
_BLANK = dict.fromkeys(("name", "severity", "expected", "message"), "")


def _ruled_place(on: Mapping[str, Any]) -> RulingPlace:
    code, exhibit, row, part, column, printed = (str(on.get(name, "")) for name in FINDING)
    return RulingPlace(code, exhibit, row, part, column, printed)


def _note(
    paper: ReviewedPaper,
    reviewer: str,
    what: str,
    finding: Finding,
    before: Ruling | None = None,
    after: Mapping[str, str] | None = None,
) -> None:
    append_entry(
        paper.history, Entry(reviewer, what, place_of(finding), dict(before or {}), dict(after or {}), finding.message)
    )


def _reason(text: str, missing: str) -> str:
    """A reason or comment in one line. RulingError, with the words `missing` where it has no letters."""
    if len(text) > MOST_LETTERS:
        raise RulingError(f"expected at most {MOST_LETTERS} letters, found {len(text)}")
    if not any(letter.isalpha() for letter in text):
        raise RulingError(missing)
    return one_line_reason(text)
