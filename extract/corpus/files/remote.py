"""Files behind URLs, by fsspec. All functions take and return plain values, so that another process may call them."""

import shutil
from pathlib import Path

from extract.corpus.files.places import open_filesystem


def read_bytes(url: str) -> bytes | None:
    """Return the bytes of a file, None where it does not exist."""
    filesystem, path = open_filesystem(url)
    try:
        data: bytes = filesystem.cat_file(path)
    except FileNotFoundError:
        return None
    return data


def write_bytes(url: str, data: bytes) -> None:
    """Write a file, or replace it."""
    filesystem, path = open_filesystem(url)
    with filesystem.open(path, "wb") as target:
        target.write(data)


def upload(file: Path, url: str) -> None:
    """Write a file with the contents of one of this machine."""
    filesystem, path = open_filesystem(url)
    with file.open("rb") as source, filesystem.open(path, "wb") as target:
        shutil.copyfileobj(source, target)


def upload_folder(folder: Path, url: str, last: str) -> None:
    """Write the files of a folder of this machine, the file `last` after the others."""
    for path in sorted(folder.iterdir(), key=lambda path: (path.name == last, path.name)):
        upload(path, f"{url}/{path.name}")


def names(url: str) -> list[str]:
    """Return the names of the files and folders right in a folder; none where it does not exist."""
    filesystem, path = open_filesystem(url)
    try:
        found: list[str] = filesystem.ls(path, detail=False, refresh=True)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(name.rstrip("/").rpartition("/")[2] for name in found)


def remove(url: str) -> None:
    """Remove a file, or a folder with all that is in it; nothing where there is none."""
    filesystem, path = open_filesystem(url)
    if filesystem.exists(path):
        filesystem.rm(path, recursive=True)
