"""What the checks found, for the eye and as JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from extract.errors import UnreadableError
from extract.output.forms import to_text
from validations.inputs.curated import InputError
from validations.manual.families import family_words
from validations.registry import SEVERITIES, Finding
from validations.release.expected import Held
from validations.run import Outcome
from validations.signatures import CheckError

WIDTH = 120


@contextmanager
def one_line_errors() -> Iterator[None]:
    """A file that the checks cannot read, or a check that cannot be one, is an error of the command."""
    try:
        yield
    except (InputError, CheckError) as error:
        raise UnreadableError(str(error)) from error


def summary_table(outcomes: Mapping[str, Outcome]) -> str:
    """Paper -> outcome as a table: for each family of checks what was decided, what could not be, what was found."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("paper", "checks", "of"):
        table.add_column(name)
    for name in ("decided", "not checkable", *SEVERITIES, "waiting"):
        table.add_column(name, justify="right")
    for paper, outcome in outcomes.items():
        for number, (family, counts) in enumerate(_families(outcome).items()):
            table.add_row(
                "" if number else paper, family, family_words(family), *(str(count or "·") for count in counts)
            )
        table.add_section()
    return to_text(table, WIDTH).strip("\n")


def _families(outcome: Outcome) -> dict[str, list[int]]:
    """Family -> decided, not checkable, findings of each severity, findings that wait."""
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
    """What the release gate refused, a line each; the last one says whether it lets the papers pass."""
    refused = [line for item in held.values() for line in item.refused]
    met = sum(item.met for item in held.values())
    if not refused:
        return [f"release gate passed: all {met} expectations of the CSVs are met"]
    verb = "is" if len(refused) == 1 else "are"
    failed = f"{len(refused)} of {met + len(refused)} expectations of the CSVs {verb} not met"
    return [*refused, f"release gate failed: {failed}"]


def waiting_line(waiting: int) -> str:
    """How many findings wait, and what to do."""
    one = waiting == 1
    how = f"rule on {'it' if one else 'them'} with 'doubletake verdict'"
    return f"{waiting} finding{'' if one else 's'} wait{'s' if one else ''}: cure the reading, or {how}"


def finding_line(where: str, finding: Finding) -> str:
    """A finding in one line: code, place, what is wrong, what would be consistent."""
    row = f" row {finding.row}" if finding.row else ""
    part = f" {finding.part}" if finding.part else ""
    column = f" {finding.column}" if finding.column else ""
    expected = f" (consistent: {finding.expected})" if finding.expected else ""
    return (
        f"{finding.code} {finding.severity}: {where}/{finding.exhibit}{row}{part}{column}: {finding.message}{expected}"
    )


def outcome_json(file: str, outcome: Outcome) -> str:
    """The outcome of one CSV: its findings and what was checked."""
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
