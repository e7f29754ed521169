"""Folders for temporary files. The process that makes one holds a lock beside it, so that a later run can tell the
folders of killed runs from those in use; it removes them."""

import os
import secrets
import shutil
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = "doubletake-"
UNLOCKED_SECONDS = 24 * 3600.0  # then a folder without a lock is left over: earlier versions made no locks


class ScratchFolder:
    """A new folder for temporary files; call `remove` in the end."""

    def __init__(self) -> None:
        self._lock = _new_lock()
        self.path = Path(self._lock.lock_file).with_suffix("")
        self.path.mkdir(mode=0o700)

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        _remove(self.path, self._lock)
        self._lock.release()


def _new_lock() -> FileLock:
    """A lock of a new name, held. A run that sweeps may take it for a left one in the moment when it is made: then
    another is made."""
    while True:
        lock = FileLock(Path(tempfile.gettempdir(), f"{PREFIX}{secrets.token_hex(4)}.lock"), timeout=0)
        with suppress(Timeout):
            lock.acquire()
            return lock


def _remove(folder: Path, lock: FileLock) -> None:
    """Remove a folder, then its lock; this process holds it."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(PermissionError):  # of Windows, where the release removes it
        Path(lock.lock_file).unlink(missing_ok=True)


@cache
def sweep_scratch(parent: str) -> None:
    """Remove what killed runs have left in a folder of temporary files; only once in each process."""
    for path in Path(parent).glob(f"{PREFIX}*"):
        with suppress(OSError, Timeout):  # in use, or being removed by another run
            if not _is_own(path):
                continue
            if path.suffix == ".lock":
                with FileLock(path, timeout=0) as lock:
                    _remove(path.with_suffix(""), lock)
            elif not path.with_suffix(".lock").exists() and time.time() - path.stat().st_mtime > UNLOCKED_SECONDS:
                shutil.rmtree(path, ignore_errors=True)


def _is_own(path: Path) -> bool:
    """Whether a file or folder, which is no link, belongs to the user of this process."""
    return not path.is_symlink() and (not hasattr(os, "getuid") or path.stat().st_uid == os.getuid())
