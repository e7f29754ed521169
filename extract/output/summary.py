"""What the checks found, as text for the screen and as JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from extract.errors import UnreadableError
from extract.output.output_forms import grid_text
from schemas import SchemaFileError
from schemas.base.files import FileError
from validations.manual.families import family_words
from validations.registry import SEVERITIES, Finding
from validations.release.expected import Held
from validations.run import Outcome
from validations.signatures import CheckError

SUMMARY_WIDTH = 120  # columns of the screen


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn the error of a file that the checks cannot read, or of a malformed check, into one line of the command."""
    try:
        yield
    except (FileError, CheckError, SchemaFileError) as error:
        raise UnreadableError(str(error)) from error


def summary_table(outcomes: Mapping[str, Outcome]) -> str:
    """Return a table with a line per paper and family of checks: how much was decided, not checkable, and found."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("paper", "checks", "about"):
        table.add_column(name)
    for name in ("decided", "not checkable", *SEVERITIES, "waiting"):
        table.add_column(name, justify="right")
    for paper, outcome in outcomes.items():
        for number, (family, counts) in enumerate(_families(outcome).items()):
            table.add_row(
                "" if number else paper, family, family_words(family), *(str(count or "·") for count in counts)
            )
        table.add_section()
    return grid_text(table, SUMMARY_WIDTH).strip("\n")


def _families(outcome: Outcome) -> dict[str, list[int]]:
    """Return the counts of each family: decided, not checkable, findings of each severity, findings that wait."""
    decided, undecided = Counter[str](), Counter[str]()
    for tally in outcome.tallies:
        decided[tally.code[:3]] += tally.checked
        undecided[tally.code[:3]] += tally.undecided.total()
    found = Counter((finding.code[:3], finding.severity) for finding in outcome.findings)
    waiting = Counter(finding.code[:3] for finding in outcome.waiting)
    families = sorted({*decided, *undecided, *(family for family, _ in found)})
    return {
        family: [decided[family], undecided[family], *(found[family, each] for each in SEVERITIES), waiting[family]]
        for family in families
    }


def gate_lines(held: Mapping[str, Held]) -> list[str]:
    """Return a line for each expectation that is not met, and a last line that says whether the papers pass."""
    refused = [line for item in held.values() for line in item.refused]
    met = sum(item.met for item in held.values())
    if not refused:
        return [f"release gate passed: all {met} expectations of the CSVs are met"]
    verb = "is" if len(refused) == 1 else "are"
    failed = f"{len(refused)} of {met + len(refused)} expectations of the CSVs {verb} not met"
    return [*refused, f"release gate failed: {failed}"]


def waiting_line(waiting: int) -> str:
    """Say how many findings wait, and what to do about them."""
    one = waiting == 1
    need = f"{waiting} {'finding needs' if one else 'findings need'} a ruling"
    return f"{need}: correct the reading in the card, or rule on {'it' if one else 'them'} with 'doubletake verdict'"


def finding_line(where: str, finding: Finding) -> str:
    """Return a finding as one line: code, severity, place, what is wrong, which value would be consistent."""
    row = f" row {finding.row}" if finding.row else ""
    part = f" {finding.part}" if finding.part else ""
    column = f" {finding.column}" if finding.column else ""
    expected = f" (consistent: {finding.expected})" if finding.expected else ""
    return (
        f"{finding.code} {finding.severity}: {where}/{finding.exhibit}{row}{part}{column}: {finding.message}{expected}"
    )


def outcome_json(file: str, outcome: Outcome) -> str:
    """Return the outcome of one CSV as JSON: notes on how the file was read, findings, and counts per check."""
    checks = [
        {
            "code": tally.code,
            "checked": tally.checked,
            "not_checkable": tally.undecided.total(),
            "why_not": tally.why_not,
            "fired": tally.fired,
            "found": tally.found,
        }
        for tally in outcome.tallies
    ]
    findings = [vars(finding) for finding in outcome.findings]
    found = {"file": file, "notes": outcome.notes, "findings": findings, "checks": checks}
    return json.dumps(found, ensure_ascii=False, indent=1)
