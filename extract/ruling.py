"""The command `verdict`: from what a person says to a line of the file of verdicts."""

import subprocess
from datetime import date
from pathlib import Path

from extract.errors import UsageError
from extract.summary import one_line_errors
from validations.registry import Finding, find_check
from validations.ruling import Place, RulingError, choose, reason, write_ruling
from validations.run import validate_paper
from validations.verdicts import rulings_of


def rule(folder: Path, verdicts: Path, place: Place, says: str, why: str, by: str | None) -> tuple[Path, Finding, bool]:
    """Rule on the finding at the place in the paper whose CSVs lie in `folder`. Gives the file that was written, the
    finding, and whether the ruling stands in the place of another; UsageError where it cannot be written."""
    try:
        find_check(place.code)
    except KeyError as error:
        raise UsageError(str(error.args[0])) from None
    path = rulings_of(folder, verdicts)
    try:
        said = {"verdict": says, "why": reason(why), "by": " ".join((by or git_user()).split())}
        with one_line_errors():
            findings = validate_paper(folder, path).findings
        finding = choose(findings, place)
        return path, finding, write_ruling(path, finding, findings, said, date.today())
    except RulingError as error:
        raise UsageError(str(error)) from None


def git_user() -> str:
    """git's user.name; UsageError where it has none."""
    try:
        found = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, check=False).stdout
    except OSError:
        found = ""
    if not found.strip():
        raise UsageError("who rules? git has no user.name; give one with --by NAME")
    return found.strip()
