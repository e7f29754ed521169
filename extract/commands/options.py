"""Kinds of values that options take, and options that several commands have."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path

import click

from extract.cards import PAPERS
from extract.pdf.limits import Limits

FILE = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, file_okay=False)


class Pages(click.ParamType[range]):
    """ "5" or "3-5", pages from 1."""

    name = "pages"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> range:
        first, _, last = value.partition("-")
        if not (first.isdecimal() and (last or first).isdecimal() and 1 <= int(first) <= int(last or first)):
            self.fail(f"'{value}' is no range of pages such as 5 or 3-5", param, ctx)
        return range(int(first), int(last or first) + 1)


class Pair(click.ParamType[tuple[str, str]]):
    """ "NAME=VALUE"."""

    name = "pair"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        name, equals, text = value.partition("=")
        if not (name and equals and text):
            self.fail(f"'{value}' is not of the form {param.make_metavar(ctx) if param and ctx else 'NAME=VALUE'}")
        return name, text


@dataclass(frozen=True)
class As:
    """The form in which a command gives out what it found: JSON, CSV files in a folder, else a text for the eye."""

    json: bool
    folder: Path | None


def given_as(written: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options --json and --csv, of which `written` says what it writes; the command gets them as `given_as`."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
        @click.option("--csv", "folder", type=FOLDER, metavar="DIR", help=written)
        @wraps(command)
        def given(as_json: bool, folder: Path | None, **options: object) -> None:
            if as_json and folder:
                raise click.UsageError("--json and --csv exclude each other.")
            command(**options, given_as=As(as_json, folder))

        return given

    return decorate


pages = click.option("--pages", type=Pages(), metavar="3-5", help="Only these pages.")
password = click.option("--password", help="The password that the PDF needs to open.")
cards = click.option(
    "--cards", type=FOLDER, default=PAPERS, help="The folder of the cards.  [default: the shipped ones]"
)

_LIMITS = {
    "pages": ("--max-pages", "Pages that a PDF may have."),
    "megabytes": ("--max-mb", "MB that the file of a PDF may have."),
    "seconds": ("--timeout", "Seconds that reading a PDF may take."),
    "memory": ("--max-memory", "MB of memory that reading a PDF may need."),
}


def limits(command: Callable[..., None], usual: Limits = Limits()) -> Callable[..., None]:  # noqa: B008 - frozen
    """Options for each of the limits; the command gets them as one, `limits`."""

    @wraps(command)
    def limited(**options: object) -> None:
        given = {name: options.pop(f"limit_{name}") for name in _LIMITS}
        command(**options, limits=Limits(**given))  # type: ignore[arg-type] # click made whole numbers of them

    for name, (option, text) in reversed(_LIMITS.items()):
        least, value = click.IntRange(min=1), getattr(usual, name)
        added = click.option(option, f"limit_{name}", type=least, default=value, show_default=True, help=text)
        limited = added(limited)
    return limited


def patient_limits(command: Callable[..., None]) -> Callable[..., None]:
    """The same for a command that may read pictures: their text takes a core some seconds each."""
    return limits(command, Limits(seconds=300))
