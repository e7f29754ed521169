"""Checks a PDF that has no card: reads it in a worker, writes what a curated paper has, prints the findings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.commands.command import print_error, print_status, print_text, progress, verbosity
from extract.commands.jobs import paper_of
from extract.errors import UsageError
from extract.output.checked import checked_text
from extract.output.summary import one_line_errors, outcome_json
from extract.pdf.limits import Limits

if TYPE_CHECKING:
    from extract.records.pipeline import ExtractedPaper
    from validations.report.pictures import Crop
    from validations.run import Outcome

CHECKED = Path("checked")


@dataclass(frozen=True)
class PdfCheck:
    """What to check and where to write: `out` is None for the usual folder; `force`: other files may be there; `xml`:
    the JATS XML of the PDF, read besides."""

    pdf: Path
    out: Path | None = None
    pages: range | None = None
    password: str | None = None
    force: bool = False
    as_json: bool = False
    xml: Path | None = None

    @property
    def folder(self) -> Path:
        return self.out or CHECKED / (re.sub(r"[^\w.-]+", "_", self.pdf.stem).lstrip(".-").rstrip(".") or "paper")


def check_pdf(check: PdfCheck, limits: Limits) -> bool:
    """Check a PDF and print what was read and found. Returns whether a finding waits for a ruling. UnreadableError
    where the PDF cannot be read; UsageError where the folder holds another paper or files that are not ours."""
    from extract.commands.report import crop_from
    from extract.publishing.publish import OWN_VERDICTS, refuse_files_of_others
    from validations.files.locking import locked

    folder = check.folder
    refuse_files_of_others(folder, check.force)
    with progress(f"reading {check.pdf}"):
        name, aloud = folder.resolve().name, verbosity() > 0
        paper = paper_of(check.pdf, name, check.pages, check.password, limits, aloud, check.xml)
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        _refuse_another_paper(check, paper.sha256)
        if not (paper.exhibits or paper.claims):
            print_error(f"{check.pdf}: no table, forest plot or figure in the text found")
        crop = crop_from(folder, {folder.resolve().name: check.pdf}, check.password, limits, verbosity() > 0)
        tail = ["--curated", str(folder.parent), "--verdicts", str(folder / OWN_VERDICTS)]
        with progress("checking"):
            outcome, report = write_checked(paper, folder, crop, tail, check.force)
    if check.as_json:
        click.echo(outcome_json(str(check.pdf), outcome))
    else:
        print_text(checked_text(paper, outcome))
    print_status(f"Report: {report}")
    return bool(outcome.waiting)


def write_checked(
    paper: "ExtractedPaper", folder: Path, crop: "Crop", tail: Sequence[str], force: bool = False
) -> tuple["Outcome", Path]:
    """Publish a paper into a folder, check it and write the report there; return what was found, and the path of the
    report. `crop` gives pictures of its pages; `tail`: further options of the command that rules on a finding; `force`:
    files of others may be there."""
    from extract.publishing.analysis.redrawn import redrawn_for_report
    from extract.publishing.publish import OWN_VERDICTS, publish
    from validations.report.write import write_report
    from validations.run import validate_paper, write_outcome

    publish(paper, folder, force)
    with one_line_errors():
        outcome = validate_paper(folder, folder / OWN_VERDICTS)
        write_outcome(outcome, folder)
        return outcome, write_report(folder, outcome, crop, tail, redrawn=redrawn_for_report(folder))


def _refuse_another_paper(check: PdfCheck, sha256: str) -> None:
    """Raise UsageError where the usual folder holds another PDF of the same name."""
    from schemas.base.files import FileError
    from validations.inputs.package import read_package

    try:
        source = {} if check.out else read_package(check.folder).get("source_pdf") or {}
    except FileError:  # it is written anew
        return
    if source.get("sha256", sha256) != sha256:
        raise UsageError(f"{check.folder}: holds another PDF of this name; give a folder with --out")
