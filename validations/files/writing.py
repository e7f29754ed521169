"""Writes files whole or not at all: beside their place first, then moved there."""

import errno
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

NAME_LETTERS = 80  # of the name in that of the unfinished file; systems allow 255 bytes


def write_text(path: Path, text: str) -> None:
    """Replace the contents of `path` with text in UTF-8, its line ends as they are. See `write_bytes`."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """Replace the contents of `path`; an interruption leaves the old file as it was. The caller holds the lock of the
    folder. OSError where it cannot be written, or where a link or a folder has that name."""
    with staged({path: data}) as parts:
        parts[path].replace(path)


@contextmanager
def staged(files: Mapping[Path, bytes]) -> Iterator[dict[Path, Path]]:
    """Write files beside their places, and give the path of each there: the block moves them. What it has not moved is
    removed. A new file has the permissions that the umask leaves it, another one those of the file it replaces."""
    for path in files:
        _refuse_unusual(path)
    parts = {path: path.with_name(f".{path.name[:NAME_LETTERS]}.{secrets.token_hex(4)}.part") for path in files}
    try:
        for path, part in parts.items():
            with part.open("xb") as file:
                if path.exists():
                    part.chmod(stat.S_IMODE(path.stat().st_mode))
                file.write(files[path])
        yield parts
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _refuse_unusual(path: Path) -> None:
    """Raise OSError where a path is not that of a file, nor free."""
    if path.is_symlink():
        why = "it is a link, through which nothing is written; remove it, or name the place that it leads to"
        raise OSError(errno.ELOOP, why, str(path))
    if path.exists() and not path.is_file():
        raise OSError(errno.EEXIST, "expected a file or nothing of that name, found something else", str(path))
