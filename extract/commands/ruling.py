"""The command `verdict`: from what a person says to a line of the file of verdicts."""

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from extract.errors import UsageError
from extract.output.summary import one_line_errors
from validations.registry import find_check
from validations.rulings.matching import rulings_of
from validations.rulings.withdrawal import withdraw
from validations.rulings.writing import Place, RulingError, choose, reason, write_ruling
from validations.run import validate_paper


def rule(folder: Path, verdicts: Path, place: Place, says: str, why: str, by: str | None) -> str:
    """Rule on the finding at the place in the paper whose CSVs lie in `folder`. Gives what was done in a line: under
    whose name, and which ruling was replaced; UsageError where it cannot be written."""
    path = rulings_of(folder, verdicts)
    try:
        with one_line_errors():
            find_check(place.code)
            said = {"verdict": says, "why": reason(why), "by": " ".join((by or git_user()).split())}
            findings = validate_paper(folder, path).findings
        finding = choose(findings, place)
        before = write_ruling(path, finding, findings, said, date.today())
    except KeyError as error:
        raise UsageError(str(error.args[0])) from None
    except RulingError as error:
        raise UsageError(str(error)) from None
    row = f" row {finding.row}" if finding.row else ""
    done = f"{'ruled anew' if before else 'ruled'} on {finding.code} {finding.exhibit}{row}: {says}"
    replaced = "".join(f"; replaced {shown(ruling)}" for ruling in before)
    return f"{path}: {done}, by {said['by']}{'' if by else ', from git'}{replaced}"


def take_back(folder: Path, verdicts: Path, place: Place) -> str:
    """Take the ruling at the place out of the paper's file. Gives what was done in a line; UsageError where there is
    none."""
    path = rulings_of(folder, verdicts)
    try:
        with one_line_errors():
            ruling = withdraw(path, place)
    except RulingError as error:
        raise UsageError(str(error)) from None
    row = f" row {place.row}" if place.row else ""
    return f"{path}: withdrawn from {place.code} {place.exhibit}{row}: {shown(ruling)}"


def shown(ruling: Mapping[str, str]) -> str:
    """A ruling in a line: what it said, by whom and when, and why."""
    by = f" by {ruling['by']}" if ruling.get("by") else ""
    on = f" on {ruling['on']}" if ruling.get("on") else ""
    return f"{ruling.get('verdict') or 'no verdict'}{by}{on}: {ruling.get('why') or 'no reason'}"


def git_user() -> str:
    """git's user.name; UsageError where it has none."""
    try:
        found = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, check=False).stdout
    except OSError:
        found = ""
    if not found.strip():
        raise UsageError("who rules? git has no user.name; give one with --by NAME")
    return found.strip()
