"""The commands on published papers: `validate` checks them, `verdict` records a ruling on a finding, `analysis` makes
frames for meta-analysis software."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cards import ANALYSIS
from extract.commands.command import Command, print_error, print_status, print_text, progress, verbosity
from extract.commands.options import (
    FOLDER_PATH,
    curated_option,
    limits_options,
    password_option,
    pdfs_option,
    verdicts_option,
)
from extract.pdf.limits import Limits
from schemas.base.names import PACKAGE

if TYPE_CHECKING:
    from validations.release.expected import Held
    from validations.run import Outcome

MEAN_METHODS = ("luo-wan-shi", "mcgrath")  # a copy: importing extract.publishing.analysis would load pandas
VERDICTS = ("paper_error", "explained")  # a copy: importing the list of validations.rulings would load pandas


@click.command("validate", cls=Command, example="doubletake validate li2024 --curated curated")
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@curated_option
@verdicts_option
@click.option("--data-docs", type=FOLDER_PATH, metavar="DIR", help="Write the Great Expectations report here.")
@pdfs_option("Take the report's pictures of the paper from this PDF.")
@password_option
@limits_options
@click.pass_context
def validate_command(
    ctx: click.Context,
    papers: tuple[str, ...],
    curated: Path,
    verdicts: Path,
    data_docs: Path | None,
    pdfs: Mapping[str, Path],
    password: str | None,
    limits: Limits,
) -> None:
    """Check the published CSVs, write the findings and the reports.

    findings.csv, checks.csv and report.html are written beside the CSVs of each paper; then the release gate is run,
    also over the frames in analysis/.

    The exit code is 1 while an impossible or a reading finding has no ruling, or if a CSV fails the release gate.
    """
    from extract.commands.report import crop_from
    from extract.output.summary import one_line_errors
    from extract.publishing.analysis.redrawn import redrawn_for_report
    from validations.files.locking import all_locked
    from validations.report.write import write_index, write_report

    names = published_papers(papers, curated, pdfs)
    frames = _frames(curated, names)
    with all_locked([*(curated / paper for paper in names), *frames.values()]):
        outcomes = _checked(names, curated, verdicts)
        with progress("running the release gate"), one_line_errors():
            from validations.release.frames import hold_frames
            from validations.release.gate import hold

            gate = hold([curated / paper for paper in outcomes], data_docs)
            gate |= {name: hold_frames(folder, name) for name, folder in frames.items()}
        with progress("writing the reports"), one_line_errors():
            repeated = _given_options(ctx, "curated", "verdicts")
            for paper, outcome in outcomes.items():
                crop = crop_from(curated / paper, pdfs, password, limits, verbosity() > 0)
                redrawn = redrawn_for_report(curated / paper)
                write_report(curated / paper, outcome, crop, repeated, gate[paper], redrawn)
            index = write_index(curated)
    passes = _print_outcomes(outcomes, gate)
    print_status(f"Report: {index}")
    ctx.exit(0 if passes else 1)


def _checked(papers: Sequence[str], curated: Path, verdicts: Path) -> dict[str, "Outcome"]:
    """Check each paper and write its findings.csv and checks.csv."""
    from extract.output.summary import one_line_errors
    from validations.run import validate_paper, write_outcome

    outcomes = {}
    with progress("checking"), one_line_errors():
        for paper in papers:
            outcomes[paper] = validate_paper(curated / paper, verdicts)
            write_outcome(outcomes[paper], curated / paper)
    return outcomes


def _frames(curated: Path, papers: Sequence[str]) -> dict[str, Path]:
    """Return the folders that 'doubletake analysis' has written for all papers, and for one of them, by their names."""
    names = [ANALYSIS, *(f"{paper}/{ANALYSIS}" for paper in papers)]
    return {name: curated / name for name in names if (curated / name / PACKAGE).is_file()}


def _print_outcomes(outcomes: Mapping[str, "Outcome"], gate: Mapping[str, "Held"]) -> bool:
    """Print what the checks found and what failed the release gate. Returns whether everything passes."""
    from extract.output.summary import finding_line, gate_lines, summary_table, waiting_line

    if verbosity() >= 0:
        click.echo(summary_table(outcomes))
    waiting = [(paper, finding) for paper, outcome in outcomes.items() for finding in outcome.waiting]
    for paper, finding in waiting:
        print_text(f"{finding_line(paper, finding)}\n")
    print_error(waiting_line(len(waiting)) if waiting else "")
    *failures, conclusion = gate_lines(gate)
    if failures:
        print_error("\n".join([*failures, conclusion]))
    else:
        print_status(conclusion)
    return not (waiting or failures)


def _given_options(ctx: click.Context, *names: str) -> list[str]:
    """Return those of the options that the command line gives, as arguments; reports repeat them in their commands."""
    given = [name for name in names if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE]
    return [part for name in given for part in (f"--{name}", str(ctx.params[name]))]


def published_papers(papers: Sequence[str], curated: Path, pdfs: Collection[str] = ()) -> list[str]:
    """Return the named papers, or all that are published in the folder; raise a usage error if there are none, or if
    one of these or of the papers with a PDF has no folder there."""
    if ANALYSIS in papers:
        raise click.UsageError(f"{ANALYSIS} is no paper: it holds what 'doubletake analysis' makes")
    folders = {path.name: path for path in sorted(curated.glob("[!.]*")) if path.is_dir() and path.name != ANALYSIS}
    names = [name for name, path in folders.items() if any(path.glob("*.csv"))]
    if missing := [paper for paper in [*papers, *pdfs] if paper not in folders]:
        published = ", ".join(names) or "none"
        raise click.UsageError(f"no folder {missing[0]} in {curated}; published papers: {published}")
    if not (papers or names):
        raise click.UsageError(f"no papers in {curated}; run 'doubletake extract' to publish them")
    return list(dict.fromkeys(papers)) or names


@click.command(
    "verdict",
    cls=Command,
    example='doubletake verdict li2024 DUP001 --exhibit table4 --row 16 --says paper_error --why "listed twice"',
)
@click.argument("paper")
@click.argument("code", type=str.upper)
@click.option("--exhibit", required=True, metavar="table4", help="Exhibit of the finding.")
@click.option("--row", default="", metavar="16", help="Printed row of the finding, if it has one.")
@click.option("--column", metavar="event", help="Column, to choose among several findings in that row.")
@click.option("--part", metavar="any", help="Part of the row, to choose among several findings in that row.")
@click.option("--printed", metavar="n=2", help="Printed values, to choose among several findings in that column.")
@click.option("--says", type=click.Choice(VERDICTS), help="The paper's error, or explained.")
@click.option("--why", help="Reason that a clinician can follow.")
@click.option("--by", metavar="NAME", help="Name of the reviewer.  [default: user.name of git]")
@click.option("--withdraw", is_flag=True, help="Remove the ruling, even if its finding no longer exists.")
@curated_option
@verdicts_option
def verdict_command(
    paper: str,
    code: str,
    says: str | None,
    why: str | None,
    by: str | None,
    withdraw: bool,
    curated: Path,
    verdicts: Path,
    **place: str,
) -> None:
    """Record a ruling: a finding is the paper's error, or explained.

    The ruling is written to PAPER.toml in the folder of the rulings, and replaces an older ruling on the same finding.
    """
    from extract.commands.rulings.ruling import rule_on_finding, withdraw_ruling
    from validations.rulings.writing import RulingPlace

    published_papers((paper,), curated)
    if withdraw:
        if given := [name for name, value in (("--says", says), ("--why", why)) if value]:
            raise click.UsageError(f"--withdraw cannot be combined with {given[0]}.")
        print_status(withdraw_ruling(curated / paper, verdicts, RulingPlace(code, **place), by))
        return
    if not (says and why is not None):
        raise click.UsageError(f"Missing option '{'--why' if says else '--says'}'.")
    print_status(rule_on_finding(curated / paper, verdicts, RulingPlace(code, **place), says, why, by))


@click.command("analysis", cls=Command, example="doubletake analysis li2024 --out frames")
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@curated_option
@verdicts_option
@click.option("--out", type=FOLDER_PATH, help="Folder for the frames.  [default: analysis/ in the curated folder]")
@click.option(
    "--means",
    type=click.Choice(MEAN_METHODS),
    default=MEAN_METHODS[0],
    show_default=True,
    help="How means and SDs follow from medians with quartiles or a range.",
)
def analysis_command(papers: tuple[str, ...], curated: Path, verdicts: Path, out: Path | None, means: str) -> None:
    """Write published papers as frames for meta-analysis software.

    Name papers to take only these. --curated may also be the folder of one paper, such as 'doubletake check' writes.
    The frames are CSVs for R (metafor, meta, netmeta), pandas, Stata, RevMan and Metapsy; forest plots are drawn anew.
    Each row names its place on the page and whether its numbers are disputed, and converted numbers say how.
    """
    from extract.output.summary import one_line_errors
    from extract.publishing.analysis.papers import read_paper
    from extract.publishing.analysis.writing import write_analysis

    folder = out or curated / ANALYSIS
    with progress("writing the frames"), one_line_errors():
        found = [read_paper(path, verdicts) for path in _folders(papers, curated)]
        rows, changed = write_analysis(found, folder, means)
    counted = ", ".join(f"{name} ({count} rows)" for name, count in rows.items() if count)
    print_status(f"{folder}: {counted or 'no rows'}; changed: {', '.join(changed) or 'nothing'}")


def _folders(papers: tuple[str, ...], curated: Path) -> list[Path]:
    """Return the folders of the named papers, or of all; the folder itself if it holds one paper."""
    if any(curated.glob("*.csv")):
        if other := [paper for paper in papers if paper != curated.resolve().name]:
            raise click.UsageError(f"{curated} is the folder of one paper, {curated.resolve().name}, not of {other[0]}")
        return [curated]
    return [curated / paper for paper in published_papers(papers, curated)]
