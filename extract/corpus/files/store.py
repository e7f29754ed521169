"""The output folder of a corpus, on this machine or behind a URL. A file appears whole or not at all."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EEXIST, ENOTEMPTY
from pathlib import Path
from time import time
from typing import BinaryIO

from extract.corpus.files import remote
from extract.corpus.files.courier import Call, call_here
from extract.corpus.files.places import local_path
from schemas.base.names import PACKAGE

PARTIAL = ".partial"
LAST_FILE = PACKAGE  # of a paper: it says that the others are there
LITTER_SECONDS = 86_400  # what another machine has left unfinished for so long is litter


class Store:
    """Files by their names in the folder `root`, which may be a URL. Every method takes names such as
    "papers/3fa9/report.html"; OSError where the store refuses. `call`: how to call what speaks to a URL."""

    def __init__(self, root: str, call: Call = call_here) -> None:
        self.root, self._call = root.rstrip("/") or "/", call
        self.folder = local_path(self.root)

    def _url(self, name: str) -> str:
        return f"{self.root}/{name}"

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, None where it does not exist."""
        if self.folder is None:
            return self._call(remote.read_bytes, self._url(name))
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Write a file, or replace it."""
        if self.folder is None:
            self._call(remote.write_bytes, self._url(name), data)
            return
        with self.writing(name) as file:
            file.write(data)

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """Give a file to write, which stands under its name once the block has ended without an error."""
        with self.workplace() as work:
            made = work / "made"
            with made.open("wb") as file:
                yield file
            if self.folder is None:
                self._call(remote.upload, made, self._url(name))
                return
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            made.replace(path)

    def names(self, folder: str) -> list[str]:
        """Return the names of the files and folders right in a folder; none where it does not exist."""
        if self.folder is None:
            return self._call(remote.names, self._url(folder))
        try:
            return sorted(path.name for path in (self.folder / folder).iterdir())
        except FileNotFoundError:
            return []

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it; nothing where there is none."""
        if self.folder is None:
            self._call(remote.remove, self._url(name))
        elif (self.folder / name).is_dir():
            shutil.rmtree(self.folder / name, ignore_errors=True)
        else:
            (self.folder / name).unlink(missing_ok=True)

    @contextmanager
    def workplace(self) -> Iterator[Path]:
        """Give a folder on this machine for what is not finished, on the disk of the store where that is possible."""
        with ExitStack() as stack:
            within = None
            if self.folder is not None:
                within = self.folder / PARTIAL
                within.mkdir(parents=True, exist_ok=True)
            yield Path(stack.enter_context(tempfile.TemporaryDirectory(dir=within, prefix=f"{_owner()}-")))

    def publish(self, made: Path, name: str) -> None:
        """Make a folder of this machine, which a workplace holds, the folder `name` of the store."""
        if self.folder is None:
            self._call(remote.upload_folder, made, self._url(name), LAST_FILE)
            return
        target, old = self.folder / name, made.with_name(f"{made.name}.old")
        target.parent.mkdir(parents=True, exist_ok=True)
        while made.exists():
            with suppress(FileNotFoundError):
                target.replace(old)
            shutil.rmtree(old, ignore_errors=True)
            _move_unless_taken(made, target)

    def sweep(self) -> None:
        """Remove what processes that no longer live have left unfinished."""
        if self.folder is None or not (self.folder / PARTIAL).is_dir():
            return
        for path in (self.folder / PARTIAL).iterdir():
            if _is_litter(path):
                self.remove(f"{PARTIAL}/{path.name}")
        with suppress(OSError):  # others are at work in it
            (self.folder / PARTIAL).rmdir()


def _owner() -> str:
    return f"{socket.gethostname()}-{os.getpid()}"


def _is_litter(path: Path) -> bool:
    """Whether the process that made a file or folder has ended; of another machine, whether it is a day old."""
    host, pid, _ = path.name.rsplit("-", 2)
    try:
        if host != socket.gethostname():
            return path.stat().st_mtime < time() - LITTER_SECONDS
        os.kill(int(pid), 0)
    except (ProcessLookupError, FileNotFoundError):
        return True
    except PermissionError:
        pass
    return False


def _move_unless_taken(made: Path, target: Path) -> None:
    """Move a folder, unless another process has just put the same content there."""
    try:
        made.replace(target)
    except OSError as error:
        if error.errno not in (ENOTEMPTY, EEXIST):
            raise
