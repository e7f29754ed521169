"""The commands on any file, no card needed: `tables`, `forest` and `claims` print what they read, `look` draws it."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from extract.commands.command import Command, print_error, print_status, print_text, progress, verbosity
from extract.commands.options import (
    FILE_PATH,
    OutputForm,
    limits_options,
    output_options,
    pages_option,
    password_option,
    picture_limits_options,
    xml_option,
)
from extract.errors import UnreadPart, UsageError
from extract.pdf.limits import Limits

if TYPE_CHECKING:
    from extract.output.output_forms import OutputForms

_Found = TypeVar("_Found")
USUAL_SCREEN = (120, 40)  # columns and lines, where stdout is no terminal
LEAST_COLUMNS, MOST_COLUMNS = 20, 1000  # whatever the environment says


@click.command("tables", cls=Command, example="doubletake tables trial.pdf --pages 3-5 --json")
@click.argument("file", type=FILE_PATH, metavar="FILE.pdf|xml")
@pages_option
@output_options("Write one CSV per table into this folder.")
@xml_option
@password_option
@limits_options
def tables_command(
    file: Path, pages: range | None, output: OutputForm, xml: Path | None, password: str | None, limits: Limits
) -> None:
    """Print every table of a PDF or of a JATS XML; no card is needed.

    With --xml, each table of the PDF is compared with that of its XML: a cell in which they differ is marked, and the
    XML settles the doubts about cells that it prints alike.
    """
    from extract.commands.jobs import tables_of
    from extract.output.tables import TABLE_FORMS

    with progress(f"reading {file}"):
        found = tables_of(file, pages, password, limits, verbosity() > 0, xml)
    _print_found(file, *found, "table", pages, output, TABLE_FORMS)


@click.command("forest", cls=Command, example="doubletake forest review.pdf --pages 5 --json")
@click.argument("file", type=FILE_PATH, metavar="FILE.pdf|png|jpg")
@pages_option
@output_options("Write one CSV per forest plot into this folder.")
@password_option
@picture_limits_options
def forest_command(file: Path, pages: range | None, output: OutputForm, password: str | None, limits: Limits) -> None:
    """Print every forest plot of a PDF or picture.

    Each plot is read by its text and again by its drawing.
    """
    from extract.commands.jobs import forests_of
    from extract.output.forests import PLOT_FORMS

    with progress(f"reading {file}"):
        found = forests_of(file, pages, password, limits, verbosity() > 0)
    _print_found(file, *found, "forest plot", pages, output, PLOT_FORMS)


@click.command("claims", cls=Command, example="doubletake claims trial.pdf --json")
@click.argument("file", type=FILE_PATH, metavar="FILE.pdf|txt|xml")
@pages_option
@output_options("Write claims.csv into this folder.")
@xml_option
@password_option
@limits_options
def claims_command(
    file: Path, pages: range | None, output: OutputForm, xml: Path | None, password: str | None, limits: Limits
) -> None:
    """Print every figure stated in the text of a PDF, text file or JATS XML.

    With --xml, the figures of a PDF are compared with those of its XML, section by section.
    """
    from extract.commands.jobs import claims_of
    from extract.output.claims import CLAIM_FORMS

    with progress(f"reading {file}"):
        found = claims_of(file, pages, password, limits, verbosity() > 0, xml)
    _print_found(file, *found, "figure in running text", pages, output, CLAIM_FORMS)


def _print_found(
    file: Path,
    found: Sequence[_Found],
    unread: Sequence[UnreadPart],
    kind: str,
    pages: range | None,
    output: OutputForm,
    forms: "OutputForms[_Found]",
) -> None:
    """Print what was found in a file, or write it into a folder, in the form that the options ask for."""
    from extract.output.csv_folder import write_csvs

    if not found:
        print_error(f"{file}: no {kind} found{_on_pages(pages) if pages else ''}")
    if output.json:
        click.echo(forms.json(file, found, unread))
    elif output.folder:
        for path in write_csvs(output.folder, forms.csv(found), output.force):
            print_status(f"{path}")
    else:
        columns = max(LEAST_COLUMNS, min(MOST_COLUMNS, shutil.get_terminal_size(USUAL_SCREEN).columns))
        print_text(forms.text(found, columns))


def _on_pages(pages: range) -> str:
    first, last = pages.start, pages.stop - 1
    return f" on page {first}" if first == last else f" on pages {first}-{last}"


@click.command("look", cls=Command, example="doubletake look trial.pdf --page 3 -o page3.png")
@click.argument("file", type=FILE_PATH, metavar="FILE.pdf")
@click.option("--page", type=click.IntRange(min=1), required=True, help="Page to draw, from 1.")
@click.option("-o", "--output", type=FILE_PATH, required=True, metavar="PNG", help="PNG file to write.")
@password_option
@picture_limits_options
def look_command(file: Path, page: int, output: Path, password: str | None, limits: Limits) -> None:
    """Draw a page with the tables and forest plots found on it.

    Tables, rows and cells are drawn as boxes; forest plots show their marks and axis.
    """
    from extract.commands.jobs import picture_of
    from validations.files.locking import locked
    from validations.files.writing import write_bytes

    _refuse_other_than_png(output)
    picture = picture_of(file, page, password, limits, verbosity() > 0)
    with locked(output.parent):
        write_bytes(output, picture)
    print_status(f"{output}")


def _refuse_other_than_png(path: Path) -> None:
    """Raise UsageError where a file is there that holds something else than a PNG."""
    from extract.pdf.opening import PNG_SIGNATURE

    if path.is_file() and path.stat().st_size and not path.read_bytes().startswith(PNG_SIGNATURE):
        raise UsageError(f"{path}: is there and not a PNG; name another file with --output")
