"""The commands on checks: `check` runs them on a PDF or a CSV, `explain` says what they and the schemas mean."""

from pathlib import Path

import click

from extract.commands.command import Command, print_status, print_text, verbosity
from extract.commands.options import (
    FILE_PATH,
    FOLDER_PATH,
    NameValue,
    pages_option,
    password_option,
    picture_limits_options,
    xml_option,
)
from extract.pdf.limits import Limits
from schemas import SCHEMA_NAMES
from schemas.base.files import MB


@click.command("check", cls=Command, example="doubletake check downloads/smith2026.pdf")
@click.argument("file", type=FILE_PATH, metavar="FILE.pdf|xml|csv")
@click.option("--schema", help=f"Schema of a CSV: {', '.join(SCHEMA_NAMES)}.")
@click.option(
    "--param",
    "params",
    type=NameValue(),
    multiple=True,
    metavar="NAME=VALUE",
    help="Fact about a CSV; n_total=51 is the number of patients of the cohort.",
)
@click.option("--out", type=FOLDER_PATH, help="Folder for what is read from a PDF.  [default: checked/FILE]")
@click.option("--force", is_flag=True, help="Write into --out even if other files are there.")
@pages_option
@xml_option
@password_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@picture_limits_options
@click.pass_context
def check_command(
    ctx: click.Context,
    file: Path,
    schema: str | None,
    params: tuple[tuple[str, str], ...],
    out: Path | None,
    force: bool,
    pages: range | None,
    xml: Path | None,
    password: str | None,
    as_json: bool,
    limits: Limits,
) -> None:
    """Check a PDF that has no card, a JATS XML, or a CSV of your own.

    Of a PDF, every table, forest plot and figure in the text is read and checked. CSVs, findings and report.html are
    written to checked/FILE, or to the folder given with --out. With --xml, the PDF is compared with its XML. The folder
    of an article from PubMed Central (PMC123/, with its .nxml and its PDF) may be given instead of both. Of an XML
    alone, tables and figures in the text are read.

    A CSV may be typed by hand or made by another tool; it needs --schema. 'doubletake explain SCHEMA' lists the columns
    of a schema and shows a small CSV; most columns may be left out.

    The exit code is 1 if a finding needs a ruling.
    """
    if file.is_dir():
        file, xml = _packed_article(file, xml)
    if file.suffix.lower() == ".csv" or schema or params:
        if out or pages or password or xml:
            raise click.UsageError("--out, --pages and --password are for PDFs, and so is --xml.")
        waits = _check_csv(file, schema, dict(params), as_json, limits)
    else:
        from extract.commands.check_pdf import PdfCheck, check_pdf

        waits = check_pdf(PdfCheck(file, out, pages, password, force, as_json, xml), limits)
    ctx.exit(1 if waits else 0)


def _packed_article(folder: Path, xml: Path | None) -> tuple[Path, Path | None]:
    """The PDF and the XML of the article that a folder holds; its XML alone where it has no PDF."""
    from extract.jats.packages import package_in

    package = package_in(folder)
    if package is None or xml is not None:
        raise click.UsageError(
            f"{folder} is a folder; 'doubletake corpus {folder} --out DIR' checks the PDFs of a folder."
        )
    return (package.xml, None) if package.pdf is None else (package.pdf, package.xml)


def _check_csv(file: Path, schema: str | None, params: dict[str, str], as_json: bool, limits: Limits) -> bool:
    """Check a CSV and print what was found. Returns whether a finding waits for a ruling."""
    from extract.output.summary import finding_line, one_line_errors, outcome_json, summary_table
    from validations.run import check_file

    if schema is None:
        raise click.UsageError(f"Missing option '--schema': it says what {file.name} is.")
    with one_line_errors():
        outcome = check_file(file, schema, params, limits.megabytes * MB)
    for note in outcome.notes:
        print_status(note)
    if as_json:
        click.echo(outcome_json(str(file), outcome))
    else:
        if verbosity() >= 0:
            click.echo(summary_table({file.name: outcome}))
        lines = [finding_line(str(file.parent), finding) for finding in outcome.findings]
        print_text("".join(f"{line}\n" for line in lines))
    return bool(outcome.waiting)


@click.command("explain", cls=Command, example="doubletake explain PCT001")
@click.argument("name", required=False, metavar="[CODE|FAMILY|SCHEMA]")
def explain_command(name: str | None) -> None:
    """Explain a check or a schema; without a name, list them all.

    PCT001 is the code of a check, explained with examples. PCT is a family, whose checks are listed. adverse_events is
    a schema, explained with its columns and a small CSV.
    """
    from extract.output.summary import one_line_errors
    from validations.manual.pages import explain, explain_all

    try:
        with one_line_errors():
            click.echo(explain(name) if name else explain_all())
    except KeyError as error:
        raise click.UsageError(str(error.args[0])) from None
