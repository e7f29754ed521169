"""One run at a time writes into a folder: it holds the folder's lock and removes what killed runs have left there.

The lock is a file in the folder itself, so that runs from any working folder and any machine that shares the folder
meet at it. It lasts no longer than it is held, or until the next run where its holder was killed.
"""

import errno
import logging
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from validations.files.signals import signals_held

LOCK = ".doubletake.lock"
WAIT_SECONDS = 300.0
SILENT_SECONDS = 2.0  # of a wait
POLL_SECONDS = 0.01  # a lock is often held for some milliseconds only
OTHER_FILES = 256  # that a process has open besides its locks
_PARTS = re.compile(
    r"\..+\.[0-9a-f]{8}\.part"  # see writing.staged
    r"|\.(findings\.csv|checks\.csv|report\.html|[\w-]+\.toml)\.[a-z0-9_]{8}"  # of earlier versions
)
_log = logging.getLogger(__name__)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder while the block runs. OSError where there is no such folder, where another run holds it
    for longer than WAIT_SECONDS, or where nothing can be written. Inside the block it may be locked again."""
    if not folder.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
    lock = _lock_of(folder)
    if lock.is_locked:
        yield
        return
    try:
        _acquire(lock, folder)
        sweep(folder)
        yield
    finally:
        _give_back(lock)


@contextmanager
def all_locked(folders: Iterable[Path]) -> Iterator[None]:
    """Hold the locks of several folders; in one order, so that no two runs wait for each other."""
    ordered = sorted(folders, key=Path.resolve)
    _allow_open_files(len(ordered))
    with ExitStack() as stack:
        for folder in ordered:
            stack.enter_context(locked(folder))
        yield


def _allow_open_files(count: int) -> None:
    """Let this process open so many files more than usual, as far as the system lets it."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))


def _lock_of(folder: Path) -> FileLock:
    """The lock of a folder, one object for each process and thread."""
    return FileLock(folder.resolve() / LOCK, is_singleton=True)


def _acquire(lock: FileLock, folder: Path) -> None:
    if _is_acquired(lock, folder, min(SILENT_SECONDS, WAIT_SECONDS)):
        return
    _log.warning("%s: waiting for another run of doubletake, which writes there", folder)
    if not _is_acquired(lock, folder, max(WAIT_SECONDS - SILENT_SECONDS, 0)):
        why = f"another run of doubletake has written there for {WAIT_SECONDS:g} s; try again when it has ended"
        raise BlockingIOError(errno.EWOULDBLOCK, why, str(folder))


def _is_acquired(lock: FileLock, folder: Path, seconds: float) -> bool:
    try:
        lock.acquire(timeout=seconds, poll_interval=POLL_SECONDS)
    except Timeout:
        return False
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error
    return True


def _give_back(lock: FileLock) -> None:
    """Remove the lock, and release it. A signal may have come when its file was made, and not locked yet."""
    with signals_held():
        if not lock.is_locked:
            with suppress(OSError):
                lock.acquire(timeout=0)
        if lock.is_locked:
            if sys.platform != "win32":  # there the release removes it
                Path(lock.lock_file).unlink(missing_ok=True)  # while it is held: who waits for it makes a new one
            lock.release()


def sweep(folder: Path) -> None:
    """Remove the unfinished files that killed runs have left in a folder; the caller holds its lock."""
    for path in folder.iterdir():
        if _PARTS.fullmatch(path.name) and not path.is_dir():
            path.unlink(missing_ok=True)
