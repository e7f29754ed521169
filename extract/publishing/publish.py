"""Writing a paper that was read to a folder: whole files or none, the same bytes for the same reading."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from extract.errors import UsageError
from extract.publishing.datapackage import describe
from extract.records.pipeline import ExtractedPaper
from schemas.base.names import NAME

PACKAGE = "datapackage.json"


def publish(paper: ExtractedPaper, folder: Path) -> list[str]:
    """Write the CSVs and the data package of a paper to a folder; return the names of the files that changed."""
    files = {f"{name}.csv": csv_text(frame) for name, frame in paper.frames.items()} | {PACKAGE: describe(paper)}
    try:
        return write_files(folder, files)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}") from error


def csv_text(frame: pd.DataFrame) -> str:
    """Return a frame of text as CSV: commas, LF, quotes only where needed."""
    return frame.to_csv(index=False, lineterminator="\n")


def write_files(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Write the files that differ to `folder` and return the names of files written or removed.

    They are prepared in a folder beside it and moved as whole files, the data package last, so that a broken run leaves
    no half file. CSVs that the old data package lists and the new one does not are removed.
    """
    old = _listed(folder)
    changed = [name for name, text in files.items() if not _holds(folder / name, text)]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as beside:
        for name in changed:
            (Path(beside) / name).write_bytes(files[name].encode())
        for name in sorted(changed, key=lambda name: name == PACKAGE):
            (Path(beside) / name).replace(folder / name)
    stale = sorted(old - set(files))
    for name in stale:
        (folder / name).unlink(missing_ok=True)
    return changed + stale


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _listed(folder: Path) -> set[str]:
    """The CSVs that the data package in a folder lists, by names that we give; empty where no readable data package
    exists."""
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        paths = {str(resource["path"]) for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {path for path in paths if path.endswith(".csv") and NAME.fullmatch(path.removesuffix(".csv"))}
