"""The commands. Each hands its work to a function; what is heavy to import is imported by the command that needs it."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from extract.commands.command import Command, Group, complain, say, verbosity, working
from extract.commands.options import FILE, FOLDER, As, Pair, cards, given_as, limits, pages, password, patient_limits
from extract.pdf.limits import Limits
from schemas import NAMES

if TYPE_CHECKING:
    from extract.commands.batch import Outcome
    from extract.output.forms import Forms

Found = TypeVar("Found")
SAYS = ("paper_error", "explained")  # as validations.rulings.matching has them, which would import pandas
VERDICTS = Path(__file__).parents[2] / "validations" / "verdicts"


@click.group("doubletake", cls=Group, example="doubletake extract li2024 --pdf li2024=downloads/s12885.pdf")
@click.version_option(package_name="doubletake")
def main() -> None:
    """Read the tables of published clinical papers, prove their numbers against each other, publish them as CSVs."""


@main.command(cls=Command, example="doubletake extract li2024 --pdf li2024=downloads/s12885.pdf --out curated")
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@click.option("--pdf", "pdfs", type=Pair(), multiple=True, metavar="PAPER=FILE", help="The PDF of a paper.")
@click.option("--out", type=FOLDER, default=Path("curated"), show_default=True, help="The folder to publish into.")
@cards
@password
@patient_limits
@click.pass_context
def extract(
    ctx: click.Context,
    papers: tuple[str, ...],
    pdfs: tuple[tuple[str, str], ...],
    out: Path,
    cards: Path,
    password: str | None,
    limits: Limits,
) -> None:
    """Read every paper that has a card (or those named) and publish its exhibits.

    The PDF is the one given, else raw_pdfs/PAPER.pdf, else raw_pdfs/facsimiles/PAPER.pdf. A paper that fails leaves its
    old files untouched and the others finish.
    """
    from extract.commands.batch import Job, choose_pdf, run_jobs

    given = {paper: Path(file) for paper, file in pdfs}
    jobs = [Job(paper, cards, choose_pdf(paper, given), out, password) for paper in _known(papers, given, cards)]
    with working("reading"):
        outcomes = [_tell(outcome) for outcome in run_jobs(jobs, limits, verbosity() > 0)]
    ctx.exit(1 if any(outcome.errors for outcome in outcomes) else 0)


def _tell(outcome: "Outcome") -> "Outcome":
    """Say what became of a paper."""
    if outcome.errors:
        complain("\n".join([*outcome.errors, *([outcome.trace] if verbosity() > 0 else [])]))
    else:
        changed = ", ".join(outcome.changed) or "nothing"
        say(f"{outcome.job.paper}: {outcome.exhibits} exhibits from {outcome.job.pdf}; changed: {changed}")
    return outcome


def _known(papers: tuple[str, ...], given: Mapping[str, Path], cards: Path) -> list[str]:
    """The papers asked for, or all; a usage error for one that has no card."""
    from extract.cards.loading import card_names

    names = card_names(cards)
    if strange := [paper for paper in [*papers, *given] if paper not in names]:
        raise click.UsageError(f"no card for {', '.join(strange)} in {cards}; there are {', '.join(names) or 'none'}.")
    return list(dict.fromkeys(papers)) or names


@main.command(cls=Command, example="doubletake validate li2024 --curated curated")
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@click.option("--curated", type=FOLDER, default=Path("curated"), show_default=True, help="The folder of the papers.")
@click.option(
    "--verdicts", type=FOLDER, default=VERDICTS, help="The folder of the rulings.  [default: the shipped ones]"
)
@click.option("--data-docs", type=FOLDER, metavar="DIR", help="Write what the release gate held into this folder.")
@click.option("--pdf", "pdfs", type=Pair(), multiple=True, metavar="PAPER=FILE", help="The PDF that the report shows.")
@password
@limits
@click.pass_context
def validate(
    ctx: click.Context,
    papers: tuple[str, ...],
    curated: Path,
    verdicts: Path,
    data_docs: Path | None,
    pdfs: tuple[tuple[str, str], ...],
    password: str | None,
    limits: Limits,
) -> None:
    """Check the published tables: findings.csv, checks.csv and report.html beside them, and the release gate.

    Exit code 1 while an impossible or a reading finding waits for a ruling, or the gate does not let a CSV pass.
    """
    from extract.commands.report import crop_from
    from extract.output.summary import finding_line, gate_lines, one_line_errors, summary_table, waiting_line
    from validations.report.write import write_index, write_report
    from validations.run import validate_paper, write_outcome

    given, outcomes = {paper: Path(file) for paper, file in pdfs}, {}
    tail = _not_default(ctx, "curated", "verdicts")
    with working("checking"), one_line_errors():
        for paper in _curated(papers, curated):
            outcomes[paper] = validate_paper(curated / paper, verdicts)
            write_outcome(outcomes[paper], curated / paper)
    with working("holding the CSVs to the release gate"):
        from validations.release.gate import hold

        held = hold([curated / paper for paper in outcomes], data_docs)
    with working("writing the reports"), one_line_errors():
        for paper, outcome in outcomes.items():
            crop = crop_from(curated / paper, given, password, limits, verbosity() > 0)
            write_report(curated / paper, outcome, crop, tail, held[paper])
        index = write_index(curated)
    if verbosity() >= 0:
        click.echo(summary_table(outcomes))
    waiting = [(paper, finding) for paper, outcome in outcomes.items() for finding in outcome.waiting]
    for paper, finding in waiting:
        click.echo(finding_line(paper, finding))
    complain(waiting_line(len(waiting)) if waiting else "")
    *refused, passed = gate_lines(held)
    if refused:
        complain("\n".join([*refused, passed]))
    else:
        say(passed)
    say(f"{index}: the findings with the places where they are printed")
    ctx.exit(1 if waiting or refused else 0)


def _not_default(ctx: click.Context, *names: str) -> list[str]:
    """Those of the options of the command that were given, as they would be given again."""
    given = [name for name in names if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE]
    return [part for name in given for part in (f"--{name}", str(ctx.params[name]))]


def _curated(papers: tuple[str, ...], curated: Path) -> list[str]:
    """The papers asked for, or all that are published in a folder; a usage error where there is none."""
    names = sorted(path.name for path in curated.glob("[!.]*") if any(path.glob("*.csv")))
    if strange := [paper for paper in papers if not (curated / paper).is_dir()]:
        raise click.UsageError(f"no folder {curated / strange[0]}; there are {', '.join(names) or 'none'}")
    if not (papers or names):
        raise click.UsageError(f"no papers in {curated}; 'doubletake extract' publishes them")
    return list(dict.fromkeys(papers)) or names


@main.command(
    cls=Command,
    example='doubletake verdict li2024 DUP001 --exhibit table4 --row 16 --says paper_error --why "listed twice"',
)
@click.argument("paper")
@click.argument("code", type=str.upper)
@click.option("--exhibit", required=True, metavar="table4", help="The exhibit of the finding.")
@click.option("--row", default="", metavar="16", help="Its row, where it has one.")
@click.option("--column", metavar="event", help="Its column, where the row has several such findings.")
@click.option("--part", metavar="any", help="The record of the row, where several have such a finding.")
@click.option("--printed", metavar="n=2", help="Its printed values, where even the column has several.")
@click.option("--says", type=click.Choice(SAYS), help="Whose fault it is, or that it is none.")
@click.option("--why", help="The reason, so that a clinician can follow it.")
@click.option("--by", metavar="NAME", help="Who rules.  [default: user.name of git]")
@click.option("--withdraw", is_flag=True, help="Take the ruling out instead, also one whose finding is gone.")
@click.option("--curated", type=FOLDER, default=Path("curated"), show_default=True, help="The folder of the papers.")
@click.option(
    "--verdicts", type=FOLDER, default=VERDICTS, help="The folder of the rulings.  [default: the shipped ones]"
)
def verdict(
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
    """Rule on a finding of a paper: the paper's own error, or explained.

    It is written into PAPER.toml in the folder of the rulings, in the place of an older ruling on the same finding.
    """
    from extract.commands.ruling import rule, take_back
    from validations.rulings.writing import Place

    _curated((paper,), curated)
    if withdraw:
        if given := [name for name, value in (("--says", says), ("--why", why), ("--by", by)) if value]:
            raise click.UsageError(f"--withdraw and {given[0]} exclude each other.")
        say(take_back(curated / paper, verdicts, Place(code, **place)))
        return
    if not (says and why is not None):
        raise click.UsageError(f"Missing option '{'--why' if says else '--says'}'.")
    say(rule(curated / paper, verdicts, Place(code, **place), says, why, by))


@main.command(cls=Command, example="doubletake tables trial.pdf --pages 3-5 --json")
@click.argument("file", type=FILE, metavar="FILE.pdf")
@pages
@given_as("One CSV a table, into this folder.")
@password
@limits
def tables(file: Path, pages: range | None, given_as: As, password: str | None, limits: Limits) -> None:
    """Print every table of any PDF; no card is needed."""
    from extract.commands.jobs import tables_of
    from extract.output import tables as showing

    with working(f"reading {file}"):
        found = tables_of(file, pages, password, limits, verbosity() > 0)
    _give(file, found, "table", pages, given_as, showing)


@main.command(cls=Command, example="doubletake forest review.pdf --pages 5 --json")
@click.argument("file", type=FILE, metavar="FILE.pdf|png|jpg")
@pages
@given_as("One CSV a plot, into this folder.")
@password
@patient_limits
def forest(file: Path, pages: range | None, given_as: As, password: str | None, limits: Limits) -> None:
    """Print every forest plot of any PDF or picture, read by its text and by its drawing."""
    from extract.commands.jobs import forests_of
    from extract.output import forests as showing

    with working(f"reading {file}"):
        found = forests_of(file, pages, password, limits, verbosity() > 0)
    _give(file, found, "forest plot", pages, given_as, showing)


@main.command(cls=Command, example="doubletake claims trial.pdf --json")
@click.argument("file", type=FILE, metavar="FILE.pdf|txt")
@pages
@given_as("claims.csv, into this folder.")
@password
@limits
def claims(file: Path, pages: range | None, given_as: As, password: str | None, limits: Limits) -> None:
    """Print every figure that the running text of a PDF or a text file states."""
    from extract.commands.jobs import claims_of
    from extract.output import claims as frame

    with working(f"reading {file}"):
        found = claims_of(file, pages, password, limits, verbosity() > 0)
    _give(file, found, "figure stated in running text", pages, given_as, frame)


def _give(
    file: Path, found: Sequence[Found], what: str, pages: range | None, given_as: As, forms: "Forms[Found]"
) -> None:
    """Print what was found, or write it into the folder that was named."""
    from validations.writing import write_text

    if not found:
        complain(f"{file}: no {what} found{f' on pages {pages.start}-{pages.stop - 1}' if pages else ''}")
    if given_as.json:
        click.echo(forms.as_json(file, found))
    elif given_as.folder:
        given_as.folder.mkdir(parents=True, exist_ok=True)
        for name, text in forms.as_csv(found).items():
            write_text(given_as.folder / name, text)
            say(f"{given_as.folder / name}")
    else:
        click.echo(forms.as_text(found, shutil.get_terminal_size((120, 40)).columns), nl=False)


@main.command(cls=Command, example="doubletake check mine.csv --schema adverse_events --param n_total=51")
@click.argument("file", type=FILE, metavar="FILE.csv")
@click.option("--schema", required=True, help=f"What the table is: {', '.join(NAMES)}.")
@click.option("--param", "params", type=Pair(), multiple=True, metavar="NAME=VALUE", help="n_total: N of the cohort.")
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
@click.pass_context
def check(ctx: click.Context, file: Path, schema: str, params: tuple[tuple[str, str], ...], as_json: bool) -> None:
    """Run the checks on any CSV of a schema, typed by hand or made by another tool.

    'doubletake explain SCHEMA' tells the columns of a schema, with a small CSV. Most may be left out.
    """
    from extract.output.summary import finding_line, one_line_errors, outcome_json, summary_table
    from validations.run import check_file

    with one_line_errors():
        outcome = check_file(file, schema, dict(params))
    for note in outcome.notes:
        say(note)
    if as_json:
        click.echo(outcome_json(str(file), outcome))
    else:
        if verbosity() >= 0:
            click.echo(summary_table({file.name: outcome}))
        lines = [finding_line(str(file.parent), finding) for finding in outcome.findings]
        click.echo("".join(f"{line}\n" for line in lines), nl=False)
    ctx.exit(1 if outcome.waiting else 0)


@main.command(cls=Command, example="doubletake explain PCT001")
@click.argument("name", required=False, metavar="[CODE|SCHEMA]")
def explain(name: str | None) -> None:
    """Say what a check means, with its examples, or which columns a schema has; without a name, list all."""
    from extract.output.summary import one_line_errors
    from validations.manual.pages import explain, explain_all

    try:
        with one_line_errors():
            click.echo(explain(name) if name else explain_all())
    except KeyError as error:
        raise click.UsageError(str(error.args[0])) from None


@main.command(cls=Command, example="doubletake look trial.pdf --page 3 -o page3.png")
@click.argument("file", type=FILE, metavar="FILE.pdf")
@click.option("--page", type=click.IntRange(min=1), required=True, help="The page, from 1.")
@click.option("-o", "--output", type=FILE, required=True, metavar="PNG", help="The picture to write.")
@password
@patient_limits
def look(file: Path, page: int, output: Path, password: str | None, limits: Limits) -> None:
    """Draw a page with what was found on it: tables, rows and cells in boxes; forest plots with marks and axis."""
    from extract.commands.jobs import picture_of

    output.write_bytes(picture_of(file, page, password, limits, verbosity() > 0))
    say(f"{output}")


@main.command(cls=Command, example="doubletake new smith2026 downloads/smith.pdf")
@click.argument("paper")
@click.argument("file", type=FILE, metavar="FILE.pdf")
@cards
@password
@patient_limits
def new(paper: str, file: Path, cards: Path, password: str | None, limits: Limits) -> None:
    """Write a card for a paper with what could be found out filled in, to be completed by hand."""
    from extract.commands.jobs import draft_of

    path = draft_of(paper, file, cards, password, limits, verbosity() > 0)
    say(f"{path}: complete it by hand, then run 'doubletake extract {paper} --pdf {paper}={file}'")
