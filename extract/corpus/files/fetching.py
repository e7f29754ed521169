"""A file of the corpus brought to this machine, with its SHA-256."""

import hashlib
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from extract.corpus.files.places import is_url, local_path, open_filesystem
from extract.corpus.files.sources import Source
from extract.errors import DoubletakeError, UnreadableError
from extract.pdf.opening import XML_SUFFIXES
from schemas.base.files import MB

CHUNK = 4 * MB
HASHED_GB = 10  # of a file that is too large to be read: an endless download ends


@dataclass(frozen=True)
class Fetched:
    """A file that is here: its SHA-256 and size. `pdf` is a copy of it, named by the SHA-256; of a file over the limit
    of size, which the reading refuses, the copy has the size and only the beginning. `xml`: the copy of the XML that
    belongs to it, None if there is none; the SHA-256 is then that of both, and `sha256_xml` that of the XML."""

    sha256: str
    size: int
    pdf: Path
    xml: Path | None = None
    sha256_xml: str = ""


def fetch_source(source: Source, cwd: Path, folder: Path, megabytes: int) -> Fetched:
    """Copy a file of the corpus, and the XML that belongs to it, into `folder`; see `fetch`."""
    pdf = fetch(source.path, cwd, folder, megabytes)
    if not source.xml:
        return pdf
    try:
        xml = fetch(source.xml, cwd, folder, megabytes)
    except UnreadableError:
        pdf.pdf.unlink(missing_ok=True)
        raise
    both = hashlib.sha256(f"{pdf.sha256}\n{xml.sha256}".encode()).hexdigest()
    copies = [file.replace(folder / f"{both}{file.suffix}") for file in (pdf.pdf, xml.pdf)]
    return replace(pdf, sha256=both, pdf=copies[0], xml=copies[1], sha256_xml=xml.sha256)


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
