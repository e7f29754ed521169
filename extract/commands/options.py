"""The types of option values, and the options that several commands share."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from extract.cards import PAPERS
from extract.pdf.limits import Limits

SHIPPED_VERDICTS = Path(__file__).parents[2] / "validations" / "verdicts"
MOST_OF_A_LIMIT = 10_000_000  # pages, MB or seconds (a third of a year): the system's own numbers hold no more
PICTURE_SECONDS = 300  # OCR of a picture takes one core several seconds, and a review has tens of pictures


_PAGES = re.compile(r"(?P<first>[0-9]{1,9})(?:-(?P<last>[0-9]{1,9}))?")


class FileName(click.Path):
    """The path of a file or folder. Its name is text without control characters, because messages and reports show
    it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in str(value)):
            self.fail(f"{str(value)!a} has control characters or is not UTF-8; rename the file", param, ctx)
        return super().convert(value, param, ctx)


FILE_PATH = FileName(path_type=Path)
FOLDER_PATH = FileName(path_type=Path, file_okay=False)


class PageRange(click.ParamType[range]):
    """ "5" or "3-5", pages from 1."""

    name = "pages"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> range:
        match = _PAGES.fullmatch(value)
        first, last = (int(match["first"]), int(match["last"] or match["first"])) if match else (0, 0)
        if not 1 <= first <= last:
            self.fail(f"'{value}' is not a page range; expected something like 5 or 3-5", param, ctx)
        return range(first, last + 1)


class NameValue(click.ParamType[tuple[str, str]]):
    """ "NAME=VALUE"."""

    name = "pair"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        name, equals, text = value.partition("=")
        if not (name and equals and text):
            form = param.make_metavar(ctx) if param and ctx else "NAME=VALUE"
            self.fail(f"'{value}' is not of the form {form}")
        return name, text


@dataclass(frozen=True)
class OutputForm:
    """The form in which a command prints its results: JSON, CSV files in a folder, or else text for the screen.
    `force`: files of others may be in the folder."""

    json: bool
    folder: Path | None
    force: bool = False


def output_options(csv_help: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add --json, --csv and --force; the command gets them as `output`. `csv_help`: the help text of --csv."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @click.option("--json", "as_json", is_flag=True, help="Print JSON.")
        @click.option("--csv", "folder", type=FOLDER_PATH, metavar="DIR", help=csv_help)
        @click.option("--force", is_flag=True, help="Write into the folder even if other files are there.")
        @wraps(command)
        def with_output(as_json: bool, folder: Path | None, force: bool, **options: object) -> None:
            if as_json and folder:
                raise click.UsageError("--json cannot be combined with --csv.")
            command(**options, output=OutputForm(as_json, folder, force))

        return with_output

    return decorate


def pdfs_option(help_text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add the option --pdf PAPER=FILE; the command gets `pdfs`, the names of papers with their PDFs."""

    def as_mapping(ctx: click.Context, param: click.Parameter, pairs: tuple[tuple[str, str], ...]) -> dict[str, Path]:
        return {paper: FILE_PATH.convert(file, param, ctx) for paper, file in pairs}

    return click.option(
        *("--pdf", "pdfs"),
        type=NameValue(),
        multiple=True,
        metavar="PAPER=FILE",
        callback=as_mapping,
        help=help_text,
    )


pages_option = click.option("--pages", type=PageRange(), metavar="3-5", help="Read only these pages.")
password_option = click.option("--password", help="Password that opens the PDF.")
xml_option = click.option(
    "--xml",
    type=FILE_PATH,
    metavar="FILE",
    help="JATS XML of the PDF, as a third reading. It is read only where it is named here.",
)
cards_option = click.option(
    "--cards", type=FOLDER_PATH, default=PAPERS, help="Folder of the cards.  [default: extract/papers]"
)
curated_option = click.option(
    "--curated",
    type=FOLDER_PATH,
    default=Path("curated"),
    show_default=True,
    help="Folder of the published papers.",
)
verdicts_option = click.option(
    "--verdicts",
    type=FILE_PATH,
    default=SHIPPED_VERDICTS,
    help="Folder of the rulings, or the file of one paper.  [default: validations/verdicts]",
)

_LIMITS = {
    "pages": ("--max-pages", "Most pages that a PDF may have."),
    "megabytes": ("--max-mb", "Largest size of the file, in MB."),
    "seconds": ("--timeout", "Most CPU time for reading a PDF, in seconds."),
    "wall": ("--max-wait", "Longest wait for a PDF by the clock, in seconds.  [default: 10 times --timeout]"),
    "memory": ("--max-memory", "Most memory for reading a PDF, in MB."),
}


def limits_options(command: Callable[..., None], default: Limits = Limits()) -> Callable[..., None]:  # noqa: B008
    """Add an option for each limit on reading a PDF; the command gets all of them as `limits`."""

    @wraps(command)
    def limited(**options: object) -> None:
        given = {name: options.pop(f"limit_{name}") for name in _LIMITS}
        command(**options, limits=Limits(**given))  # type: ignore[arg-type] # click has made them whole numbers

    for name, (option, text) in reversed(_LIMITS.items()):
        kind, value = click.IntRange(min=1, max=MOST_OF_A_LIMIT), getattr(default, name)
        shown = value is not None
        add_option = click.option(option, f"limit_{name}", type=kind, default=value, show_default=shown, help=text)
        limited = add_option(limited)
    return limited


def picture_limits_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the same options to a command that may read pictures, with more time by default."""
    return limits_options(command, Limits(seconds=PICTURE_SECONDS))
