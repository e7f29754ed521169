"""The commands on checks: `check` runs them on one CSV, `explain` says what they and the schemas mean."""

from pathlib import Path

import click

from extract.commands.command import Command, print_status, verbosity
from extract.commands.options import FILE_PATH, NameValue
from schemas import SCHEMA_NAMES


@click.command("check", cls=Command, example="doubletake check mine.csv --schema adverse_events --param n_total=51")
@click.argument("file", type=FILE_PATH, metavar="FILE.csv")
@click.option("--schema", required=True, help=f"Schema of the table: {', '.join(SCHEMA_NAMES)}.")
@click.option(
    "--param",
    "params",
    type=NameValue(),
    multiple=True,
    metavar="NAME=VALUE",
    help="Fact about the table; n_total=51 is the number of patients of the cohort.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def check_command(
    ctx: click.Context, file: Path, schema: str, params: tuple[tuple[str, str], ...], as_json: bool
) -> None:
    """Run the checks on a CSV of your own.

    The CSV may be typed by hand or made by another tool. 'doubletake explain SCHEMA' lists the columns of a schema and
    shows a small CSV; most columns may be left out. The exit code is 1 if a finding needs a ruling.
    """
    from extract.output.summary import finding_line, one_line_errors, outcome_json, summary_table
    from validations.run import check_file

    with one_line_errors():
        outcome = check_file(file, schema, dict(params))
    for note in outcome.notes:
        print_status(note)
    if as_json:
        click.echo(outcome_json(str(file), outcome))
    else:
        if verbosity() >= 0:
            click.echo(summary_table({file.name: outcome}))
        lines = [finding_line(str(file.parent), finding) for finding in outcome.findings]
        click.echo("".join(f"{line}\n" for line in lines), nl=False)
    ctx.exit(1 if outcome.waiting else 0)


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
