"""What all commands share: -v and -q, an example in --help, one line on stderr for an error."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from extract.errors import DoubletakeError

CLEAR_LINE = "\x1b[K"  # from the cursor on
_VERBOSITY = "doubletake.verbosity"


def verbosity() -> int:
    """1 after -v, -1 after -q, else 0, of the command that is running."""
    return int(click.get_current_context().meta.get(_VERBOSITY, 0))


def say(text: str) -> None:
    """A line about what was done, on stderr, which is free for it because results go to stdout; none after -q."""
    if verbosity() >= 0:
        click.echo(text, err=True)


def complain(text: str) -> None:
    """What went wrong: a line each."""
    for line in text.splitlines():
        click.echo(f"doubletake: {line}", err=True)


@contextmanager
def working(on: str) -> Iterator[None]:
    """A sign that something takes a while, on a terminal and not after -q; the next line overwrites it. It does not
    move: with a thread that draws, workers could not be forked off."""
    shown = sys.stderr.isatty() and verbosity() >= 0
    if shown:
        click.echo(f"{on} ...\r", nl=False, err=True)
    try:
        yield
    finally:
        if shown:
            click.echo(CLEAR_LINE, nl=False, err=True)


def _level(level: int) -> Any:  # noqa: ANN401 - a callback as click wants it
    def store(ctx: click.Context, _: click.Parameter, given: bool) -> None:
        if given:
            ctx.meta[_VERBOSITY] = level

    return store


def _common() -> list[click.Parameter]:
    shared: dict[str, Any] = {"is_flag": True, "expose_value": False}
    return [
        click.Option(["-v", "--verbose"], callback=_level(1), help="Say more; show tracebacks.", **shared),
        click.Option(["-q", "--quiet"], callback=_level(-1), help="Say nothing but results and errors.", **shared),
    ]


class Command(click.Command):
    """A command with the options and the manners of all. `example`: a line that --help shows."""

    def __init__(self, *args: Any, example: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.epilog = _shown(example)
        self.params += _common()

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click knows what to do with them
        except Exception as error:
            if verbosity() > 0:
                traceback.print_exc(file=sys.stderr)
            complain(_line(error))
            ctx.exit(2)


def _line(error: Exception) -> str:
    """What went wrong, for whoever caused it."""
    if isinstance(error, DoubletakeError):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: cannot be read or written: {error.strerror}"
    return f"{type(error).__name__}: {error} (a fault of ours; -v shows where)"


class Group(click.Group):
    """The commands in the order of their work; errors of usage are one line too."""

    def __init__(self, *args: Any, example: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.epilog = _shown(example)
        self.params += _common()

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401
        try:
            return super().make_context(*args, **kwargs)
        except click.UsageError as error:
            raise _in_one_line(error) from None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _in_one_line(error) from None


def _shown(example: str) -> str:
    return f"\b\nExample:\n  {example}"


def _in_one_line(error: click.UsageError) -> click.UsageError:
    command = error.ctx.command_path if error.ctx else "doubletake"
    return click.UsageError(f"{error.format_message().rstrip('.')}. See '{command} --help'.")
