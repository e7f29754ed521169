"""Run all checks over the folder of a paper, or over one CSV."""

import csv
import gc
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType

from schemas.base.files import MOST_CSV_BYTES, FileError
from validations.files.writing import write_text
from validations.inputs.curated import read_curated_paper, require_schema
from validations.inputs.typed import read_typed
from validations.registry import Docket, Finding, all_checks
from validations.rulings.history import Entry, history_of, read_history
from validations.rulings.matching import (
    Ruling,
    read_rulings,
    ruled_place,
    rulings_of,
    with_current_rows,
    with_verdicts,
)
from validations.rulings.reviewers import (
    Reviews,
    Teamwork,
    read_reviews,
    rulings_of_one,
    rulings_that_count,
    teamwork_of,
)
from validations.runner import Tally, run_checks, run_docket
from validations.tables import Paper, count_in

_SHOWN_LETTERS = 40  # of a parameter in a message
TALLY_COLUMNS = ("code", "exhibit", "checked", "not_checkable", "why_not", "fired", "found")


@dataclass(frozen=True)
class Outcome:
    """The findings of all checks on a paper, and the tallies of their answers."""

    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    notes: tuple[str, ...] = ()  # cells of a typed CSV that were read differently from how they are written
    rulings: tuple[Ruling, ...] = ()  # moved to the rows where their findings are now
    teamwork: Teamwork | None = None  # of several reviewers
    history: tuple[Entry, ...] = ()  # what reviewers did

    @property
    def waiting(self) -> tuple[Finding, ...]:
        """The findings that a person must rule on, or cure in the card, before the paper passes."""
        return tuple(finding for finding in self.findings if finding.waits)


def validate_paper(folder: Path, verdicts: Path) -> Outcome:
    """Run all checks over the curated CSVs in `folder` and join the findings with the rulings. `verdicts`: the paper's
    TOML file, or the folder with <paper>.toml. FileError if a file cannot be read."""
    path = rulings_of(folder, verdicts)
    checked = run_all_checks(read_curated_paper(folder), folder.resolve().name)
    reviews, history = read_reviews(path), read_history(history_of(path))
    teamwork = teamwork_of(reviews, history) if reviews else None
    return replace(join_rulings(checked, read_rulings(path), reviews), teamwork=teamwork, history=history)


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """Pause Python's search for reference cycles: the checks make none, and it is slow among millions of cells."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@without_cycle_search()
def check_file(
    path: Path, schema: str, params: Mapping[str, str] | None = None, most_bytes: int = MOST_CSV_BYTES
) -> Outcome:
    """Run all checks over one CSV of that schema. The CSV may leave out columns. `params`: n_total, the number of
    patients of the cohort. FileError if the file cannot be read, is larger than `most_bytes`, or a parameter is
    invalid."""
    require_schema(path, schema)
    unknown = sorted(set(params or {}) - {"n_total"})
    if unknown:
        raise FileError(f"--param {unknown[0]}: expected n_total, the number of patients of the cohort")
    given = (params or {}).get("n_total", "")
    n_total = count_in(given) if given.isdecimal() else None
    if given and not n_total:
        raise FileError(f"--param n_total={given[:_SHOWN_LETTERS]}: expected a whole number of patients")
    table, notes = read_typed(path, schema, n_total, most_bytes)
    return replace(examine(Paper({table.name: table}), ()), notes=notes)


def examine(paper: Paper, rulings: tuple[Ruling, ...], name: str = "PAPER") -> Outcome:
    """Run all checks over a paper and join the findings with the rulings. `name`: the paper's name in commands."""
    return join_rulings(run_all_checks(paper, name), rulings)


@dataclass(frozen=True)
class Checked:
    """A paper with the findings of all checks, before they are joined with anybody's rulings. `name`: the paper's name
    in commands."""

    name: str
    paper: Paper
    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]


def run_all_checks(paper: Paper, name: str = "PAPER") -> Checked:
    """Run all checks over a paper."""
    findings, tallies = run_checks(all_checks(), paper)
    return Checked(name, paper, tuple(findings), tuple(tallies))


def join_rulings(checked: Checked, settled: tuple[Ruling, ...], reviews: Reviews = MappingProxyType({})) -> Outcome:
    """Join the findings on a paper with the rulings of its file, and with those on which the reviewers agree; check the
    rulings themselves."""
    findings, tables = checked.findings, checked.paper.tables.values()
    of_text = {table.name for table in tables if table.model.read_from() == "text"}
    rulings = with_current_rows(findings, rulings_that_count(settled, reviews), of_text)
    waiting = with_current_rows(findings, rulings_of_one(settled, reviews), of_text)
    doubted = doubted_places(findings)
    judged = tuple(ruling for ruling in (*rulings, *waiting) if ruled_place(ruling)[1:3] not in doubted)
    stale = run_docket(all_checks(), Docket(findings, judged, checked.name))
    return Outcome((*with_verdicts(findings, rulings), *stale), checked.tallies, rulings=rulings)


def doubted_places(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """Return exhibit and row of all records whose reading is in doubt: findings there wait for the reading, and their
    rulings with them."""
    places = {(finding.exhibit, finding.row) for finding in findings if finding.severity == "reading"}
    also = (place for finding in findings if finding.severity == "reading" for place in finding.also.split(";"))
    return places | {(exhibit, row) for exhibit, _, row in (place.partition(":") for place in also)}


def write_outcome(outcome: Outcome, folder: Path) -> None:
    """Write findings.csv and checks.csv into the folder. Each file is replaced whole or left as it was."""
    head = [field.name for field in fields(Finding)]
    _write(folder / "findings.csv", head, (vars(finding).values() for finding in outcome.findings))
    _write(folder / "checks.csv", TALLY_COLUMNS, (_line(tally) for tally in outcome.tallies))


def _line(tally: Tally) -> tuple[str, ...]:
    counts = (tally.checked, tally.undecided.total())
    return (tally.code, tally.exhibit, *map(str, counts), tally.why_not, str(tally.fired), tally.found)


def _write(path: Path, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    write_text(path, text.getvalue())
