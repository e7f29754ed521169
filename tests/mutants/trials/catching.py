"""Reading a trial, and whether the checks catch an altered number of it."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.publishing.publish import publish
from extract.records.without_card import read_without_card
from tests.mutants.trials.equations import Altered
from validations.inputs.curated import read_curated_paper
from validations.run import examine
from validations.tables import Paper, Table

_SEVERITIES = ("impossible", "unlikely")

Told = set[tuple[str, str]]
"""Codes of checks with rows in which they found something."""


def trials_of(corpus: str) -> list[Path]:
    """The PDFs of the trials in a folder of real papers; [] without one."""
    folders = (Path(corpus) / "tables" / "jats", Path(corpus) / "trials")
    return sorted(pdf for folder in folders if corpus for pdf in folder.glob("*.pdf"))


def read_trial(pdf: Path) -> Paper:
    """The tables of a PDF without a card, as the checks see them."""
    with TemporaryDirectory() as folder:
        publish(read_without_card(pdf, "trial"), Path(folder) / "trial")
        return read_curated_paper(Path(folder) / "trial")


def told(paper: Paper, table: Table) -> Told:
    """The impossible and unlikely findings in a table when it is checked alone."""
    findings = examine(Paper({table.name: table}, paper.readings), ()).findings
    kept = [finding for finding in findings if finding.severity in _SEVERITIES]
    rows = {(finding.code, finding.row) for finding in kept}
    also = {(finding.code, place) for finding in kept for place in finding.also.split(";") if place}
    return rows | {(code, row) for code, place in also for row in [place.rpartition(":")[2]]}


def with_alteration(table: Table, altered: Altered) -> Table:
    frame = table.frame.copy()
    frame.iloc[list(altered.lines), frame.columns.get_loc(altered.column)] = altered.text
    return replace(table, frame=frame)


def caught_by(paper: Paper, altered: Altered, before: Told) -> set[str]:
    """The codes of the checks that find something in a row of the altered number, where they found nothing before."""
    table = paper.tables[altered.exhibit]
    rows = {table.records[line].row for line in altered.lines}
    fresh = told(paper, with_alteration(table, altered)) - before
    return {code for code, row in fresh if row in rows}
