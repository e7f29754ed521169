"""Reading a folder into which another run may be publishing: all files of one state of the paper."""

import os
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TypeVar

from schemas.base.files import FileError
from validations.files.locking import locked

T = TypeVar("T")
UNFINISHED = ".doubletake.unfinished"  # there while a run publishes, and after one that was killed; its lines name CSVs
FREE_ATTEMPTS = 3  # without the lock: who only reads seldom needs it
ATTEMPT_SECONDS = 0.1  # publishing takes some milliseconds


class UnfinishedError(FileError):
    """The files of a folder are of two states of its paper."""


def in_one_state(folder: Path, read: Callable[[Path], T]) -> T:
    """Return what `read` makes of the folder, or raise its FileError, if no file was replaced while it read; else read
    again, at last while other runs are locked out, unless the folder cannot be written to."""
    for _ in range(FREE_ATTEMPTS):
        before, outcome = _state(folder), _outcome(folder, read)
        if not isinstance(outcome, UnfinishedError) and _state(folder) == before:
            if isinstance(outcome, FileError):
                raise outcome
            return outcome
        time.sleep(ATTEMPT_SECONDS)
    with ExitStack() as stack:
        with suppress(OSError):
            stack.enter_context(locked(folder))
        return read(folder)


def _outcome(folder: Path, read: Callable[[Path], T]) -> T | FileError:
    try:
        return read(folder)
    except FileError as error:
        return error


def _state(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What changes when a CSV or the data package of a folder is replaced."""
    state = {}
    for entry in os.scandir(folder):
        if entry.name.endswith((".csv", ".json")):
            with suppress(FileNotFoundError):
                stat = entry.stat()
                state[entry.name] = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    return state
