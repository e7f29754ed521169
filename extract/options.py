"""Kinds of values that options take, and options that several commands have."""

from pathlib import Path

import click

FILE = click.Path(path_type=Path)
CARDS = Path(__file__).parent / "papers"


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


password = click.option("--password", help="The password that the PDF needs to open.")
cards = click.option("--cards", type=FILE, default=CARDS, help="The folder of the cards.  [default: the shipped ones]")
