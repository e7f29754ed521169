"""Records a ruling on a finding in the file of rulings, and removes one."""

import subprocess
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from extract.errors import UsageError
from extract.output.summary import one_line_errors
from validations.files.locking import locked
from validations.registry import find_check
from validations.rulings.history import FINDING, Entry, append_entry, history_of, place_of
from validations.rulings.matching import Ruling, rulings_of
from validations.rulings.reviewers import count_of_reviewers, file_for, file_of
from validations.rulings.withdrawal import withdraw
from validations.rulings.writing import RulingError, RulingPlace, choose, one_line_reason, write_ruling
from validations.run import validate_paper


def rule_on_finding(folder: Path, verdicts: Path, place: RulingPlace, says: str, why: str, by: str | None) -> str:
    """Record a ruling on the finding at `place` in the paper whose CSVs lie in `folder`.

    Returns a line that says what was done, under whose name, and which ruling was replaced. Raises UsageError if the
    ruling cannot be recorded.
    """
    path = rulings_of(folder, verdicts)
    try:
        with one_line_errors():
            find_check(place.code)
            ruling = {"verdict": says, "why": one_line_reason(why), "by": " ".join((by or git_user()).split())}
            findings = validate_paper(folder, path).findings
        finding = choose(findings, place)
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path.parent):
            several = count_of_reviewers(folder) > 1
            own = file_for(path, ruling["by"], finding.exactly) if several else path
            before = write_ruling(own, finding, findings, ruling, date.today())
            after = {**ruling, "on": date.today().isoformat()}
            what, was = "settle" if several and own == path else "rule", dict(before[0]) if before else {}
            step = Entry(ruling["by"], what, place_of(finding), was, after, finding.message)
            append_entry(history_of(path), step)
    except KeyError as error:
        raise UsageError(str(error.args[0])) from None
    except RulingError as error:
        raise UsageError(str(error)) from None
    row = f" row {finding.row}" if finding.row else ""
    done = f"{'ruled again' if before else 'ruled'} on {finding.code} {finding.exhibit}{row}: {says}"
    replaced = "".join(f"; replaced {_ruling_line(earlier)}" for earlier in before)
    return f"{own}: {done}, by {ruling['by']}{'' if by else ' (name from git)'}{replaced}"


def withdraw_ruling(folder: Path, verdicts: Path, place: RulingPlace, by: str | None = None) -> str:
    """Remove the ruling at `place` from the paper's file, or from that of one of its reviewers, `by`.

    Returns a line that says what was done. Raises UsageError if there is no such ruling.
    """
    path = rulings_of(folder, verdicts)
    history = history_of(path)
    try:
        with one_line_errors():
            if by and count_of_reviewers(folder) < 2:
                raise UsageError("--withdraw takes --by only where several people rule on a paper")
            path = file_of(path, by) if by else path
            with locked(path.parent) if path.exists() else nullcontext():
                ruling = withdraw(path, place)
                append_entry(history, _withdrawal(ruling, by, count_of_reviewers(folder) > 1))
    except RulingError as error:
        raise UsageError(str(error)) from None
    row = f" row {place.row}" if place.row else ""
    return f"{path}: removed the ruling on {place.code} {place.exhibit}{row}: {_ruling_line(ruling)}"


def _withdrawal(ruling: Ruling, by: str | None, several: bool) -> Entry:
    """The line of the history on a ruling that is removed; without a name of git, by who ruled."""
    try:
        who = by or git_user()
    except UsageError:
        who = ruling.get("by", "")
    on = {name: ruling[name] for name in FINDING if ruling.get(name)}
    return Entry(who, "unsettle" if several and not by else "withdraw", on, dict(ruling))


def _ruling_line(ruling: Mapping[str, str]) -> str:
    """Return a ruling as one line: the verdict, who gave it, when, and why."""
    by = f" by {ruling['by']}" if ruling.get("by") else ""
    on = f" on {ruling['on']}" if ruling.get("on") else ""
    return f"{ruling.get('verdict') or 'no verdict'}{by}{on}: {ruling.get('why') or 'no reason'}"


def git_user() -> str:
    """Return git's user.name; raise UsageError if it is not set."""
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, check=False)
        found = done.stdout.decode(errors="replace")
    except OSError:
        found = ""
    if not found.strip():
        raise UsageError("no name for the reviewer: git has no user.name; give a name with --by NAME")
    return found.strip()
