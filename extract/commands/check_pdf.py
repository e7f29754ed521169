"""Checks a PDF that has no card: reads it in a worker, writes what a curated paper has, prints the findings."""

import re
from dataclasses import dataclass
from pathlib import Path

import click

from extract.commands.command import print_error, print_status, progress, verbosity
from extract.commands.jobs import paper_of
from extract.errors import UsageError
from extract.output.checked import checked_text
from extract.output.summary import one_line_errors, outcome_json
from extract.pdf.limits import Limits

CHECKED = Path("checked")
OWN_VERDICTS = "verdicts.toml"
_OURS = ("datapackage.json", OWN_VERDICTS)


@dataclass(frozen=True)
class PdfCheck:
    """What to check and where to write: `out` is None for the usual folder; `force`: other files may be there."""

    pdf: Path
    out: Path | None = None
    pages: range | None = None
    password: str | None = None
    force: bool = False
    as_json: bool = False

    @property
    def folder(self) -> Path:
        return self.out or CHECKED / (re.sub(r"[^\w.-]+", "_", self.pdf.stem).strip(".") or "paper")


def check_pdf(check: PdfCheck, limits: Limits) -> bool:
    """Check a PDF and print what was read and found. Returns whether a finding waits for a ruling. UnreadableError
    where the PDF cannot be read; UsageError where the folder holds another paper or files that are not ours."""
    from extract.commands.report import crop_from
    from extract.publishing.publish import publish
    from validations.report.write import write_report
    from validations.run import validate_paper, write_outcome

    folder = check.folder
    _refuse_files_of_others(check)
    with progress(f"reading {check.pdf}"):
        paper = paper_of(check.pdf, folder.resolve().name, check.pages, check.password, limits, verbosity() > 0)
    _refuse_another_paper(check, paper.sha256)
    if not (paper.exhibits or paper.claims):
        print_error(f"{check.pdf}: no table, forest plot or figure in the text found")
    publish(paper, folder)
    with progress("checking"), one_line_errors():
        outcome = validate_paper(folder, folder / OWN_VERDICTS)
        write_outcome(outcome, folder)
    with progress("writing the report"), one_line_errors():
        crop = crop_from(folder, {folder.resolve().name: check.pdf}, check.password, limits, verbosity() > 0)
        tail = ["--curated", str(folder.parent), "--verdicts", str(folder / OWN_VERDICTS)]
        report = write_report(folder, outcome, crop, tail)
    if check.as_json:
        click.echo(outcome_json(str(check.pdf), outcome))
    else:
        click.echo(checked_text(paper, outcome), nl=False)
    print_status(f"Report: {report}")
    return bool(outcome.waiting)


def _refuse_files_of_others(check: PdfCheck) -> None:
    folder = check.folder
    if check.force or not folder.is_dir() or not any(folder.iterdir()):
        return
    if not any((folder / name).is_file() for name in _OURS):
        raise UsageError(f"{folder}: has files that are not ours; use another --out, or --force")


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
