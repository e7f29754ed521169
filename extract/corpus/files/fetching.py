"""A file of the corpus brought to this machine, with its SHA-256."""

import hashlib
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from extract.corpus.files.places import is_url, local_path, open_filesystem
from extract.errors import DoubletakeError, UnreadableError
from extract.pdf.opening import XML_SUFFIXES
from schemas.base.files import MB

CHUNK = 4 * MB
HASHED_GB = 10  # of a file that is too large to be read: an endless download ends


@dataclass(frozen=True)
class Fetched:
    """A file that is here: its SHA-256 and size. `pdf` is a copy of it, named by the SHA-256; of a file over the limit
    of size, which the reading refuses, the copy has the size and only the beginning."""

    sha256: str
    size: int
    pdf: Path


def fetch(place: str, cwd: Path, folder: Path, megabytes: int) -> Fetched:
    """Copy the file at `place` (a path, taken from `cwd`, or a URL) into `folder`. UnreadableError where it cannot be
    read, or does not end."""
    digest, size, copy = hashlib.sha256(), 0, folder / "fetched"
    try:
        with _opened(place, cwd) as source, copy.open("wb") as target:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                target.write(chunk[: max(0, megabytes * MB - size)])
                size += len(chunk)
                if size > HASHED_GB << 30:
                    raise UnreadableError(f"{place}: has more than {HASHED_GB} GB; it is not read")
            target.truncate(size)
    except DoubletakeError:
        raise
    except Exception as error:  # the packages for URLs have errors of their own
        if not (is_url(place) or isinstance(error, OSError)):
            raise
        raise UnreadableError(f"{place}: cannot be read: {_words(error)}") from error
    name = f"{digest.hexdigest()}{'.xml' if place.lower().endswith(XML_SUFFIXES) else '.pdf'}"
    return Fetched(digest.hexdigest(), size, copy.replace(folder / name))


@contextmanager
def _opened(place: str, cwd: Path) -> Iterator[BinaryIO]:
    local = local_path(place)
    if local is None:
        filesystem, path = open_filesystem(place)
        with filesystem.open(path, "rb") as file:
            yield file
        return
    if "\0" in place:
        raise UnreadableError(f"{place!r}: no path has a zero byte; correct the list")
    if not stat.S_ISREG((cwd / local).stat().st_mode):  # opening a FIFO would wait for ever
        raise UnreadableError(f"{place}: expected a PDF, found no regular file")
    with (cwd / local).open("rb") as file:
        yield file


def _words(error: Exception) -> str:
    """What an error says, in one line and without a path of this machine."""
    return getattr(error, "strerror", "") or " ".join(str(error).split()) or type(error).__name__
