"""What all commands share: -v and -q, an example in --help, and errors of one line on stderr."""

import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import Any

import click

from extract.errors import error_line
from schemas.base.visible import with_visible_controls
from validations.files.signals import StoppedError, stopped_by_signals

_CLEAR_REST_OF_LINE = "\x1b[K"
_LONG_VALUE = re.compile(r"'([^']{60})[^']{20,}'")  # in a message, which is one line
_VERBOSITY = "doubletake.verbosity"
_LOGGERS = ("extract", "validations")


def verbosity() -> int:
    """Return the verbosity of the running command: 1 after -v, -1 after -q, else 0."""
    return int(click.get_current_context().meta.get(_VERBOSITY, 0))


def print_status(text: str) -> None:
    """Print a line about what was done, unless -q is given. It goes to stderr, because results go to stdout."""
    if verbosity() >= 0:
        click.echo(with_visible_controls(text), err=True)


def print_text(text: str) -> None:
    """Print lines of results on stdout."""
    click.echo(with_visible_controls(text), nl=False)


def print_error(text: str) -> None:
    """Print each line of an error message on stderr."""
    for line in text.splitlines():
        click.echo(f"doubletake: {with_visible_controls(line)}", err=True)


class _WarningPrinter(logging.Handler):
    """Prints the warnings of our code as errors are printed, with -v the traceback of a fault, too."""

    def emit(self, record: logging.LogRecord) -> None:
        print_error(record.getMessage())
        if verbosity() > 0 and record.exc_info and record.exc_info[0]:
            traceback.print_exception(*record.exc_info, file=sys.stderr)


@contextmanager
def printed_warnings() -> Iterator[None]:
    """Print the warnings that our code logs while the block runs, such as pages that were not read and checks that
    failed."""
    printer, loggers = _WarningPrinter(logging.WARNING), [logging.getLogger(name) for name in _LOGGERS]
    for logger in loggers:
        logger.addHandler(printer)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(printer)


@contextmanager
def progress(activity: str) -> Iterator[None]:
    """Show what is going on while the block runs, on a terminal and without -q; the next output overwrites it.

    Nothing moves on the screen: an animation needs a thread, and workers cannot be forked safely beside a thread.
    """
    shown = sys.stderr.isatty() and verbosity() >= 0
    if shown:
        click.echo(f"{activity} ...\r", nl=False, err=True)
    try:
        yield
    finally:
        if shown:
            click.echo(_CLEAR_REST_OF_LINE, nl=False, err=True)


def _level(level: int) -> Any:  # noqa: ANN401 - a callback of the type that click wants
    def store(ctx: click.Context, _: click.Parameter, given: bool) -> None:
        if given:
            ctx.meta[_VERBOSITY] = level

    return store


def _common_options() -> list[click.Parameter]:
    shared: dict[str, Any] = {"is_flag": True, "expose_value": False}
    return [
        click.Option(["-v", "--verbose"], callback=_level(1), help="Print more, including tracebacks.", **shared),
        click.Option(["-q", "--quiet"], callback=_level(-1), help="Print only results and errors.", **shared),
    ]


class Command(click.Command):
    """A command with the common options, which reports every error in one line and cleans up when a signal stops it.
    --help shows its `example`."""

    def __init__(self, *args: Any, example: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.epilog = _epilog(example)
        self.params += _common_options()

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        try:
            with stopped_by_signals(), printed_warnings():
                return super().invoke(ctx)
        except StoppedError as stopped:
            with suppress(OSError):  # the terminal may be gone
                print_error(f"stopped by {stopped.name}")
            raise
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click handles these
        except Exception as error:
            if verbosity() > 0:
                traceback.print_exc(file=sys.stderr)
            print_error(_error_line(error))
            ctx.exit(2)


def _error_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: cannot be read or written: {error.strerror}"
    if isinstance(error, OSError) and error.strerror:  # no space left, no folder for temporary files
        return error.strerror
    return error_line(error)


class CommandGroup(click.Group):
    """The command `doubletake`: lists its commands in the order of the work, and reports usage errors in one line."""

    def __init__(self, *args: Any, example: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.epilog = _epilog(example)
        self.params += _common_options()

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):  # a terminal may lack the dashes and signs of print
                stream.reconfigure(errors="backslashreplace")
        return super().main(*args, **kwargs)

    def make_context(self, info_name: str | None, args: list[str], *more: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401
        try:
            _refuse_half_characters(args)
            return super().make_context(info_name, args, *more, **kwargs)
        except click.UsageError as error:
            raise _in_one_line(error) from None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _in_one_line(error) from None


def _refuse_half_characters(args: Iterable[str]) -> None:
    """Raise a usage error for an argument that is not UTF-8: nothing can print or save it."""
    for text in args:
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise click.UsageError(f"{text!a} is not UTF-8")


def _epilog(example: str) -> str:
    return f"\b\nExample:\n  {example}"


def _in_one_line(error: click.UsageError) -> click.UsageError:
    command = error.ctx.command_path if error.ctx else "doubletake"
    message = _LONG_VALUE.sub(r"'\1…'", " ".join(error.format_message().split()))
    return click.UsageError(f"{message.rstrip('.')}. See '{command} --help'.")
