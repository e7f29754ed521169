"""Writing a paper that was read to a folder: whole files or none, the same bytes for the same reading."""

import re
import shutil
import time
from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from extract.errors import UsageError
from extract.publishing.datapackage import describe
from extract.publishing.owners import (
    PUBLISHED,
    listed_files,
    our_package,
    refuse_other_file,
    refuse_other_folder,
)
from extract.records.pipeline import ExtractedPaper
from schemas.base.names import PACKAGE
from validations.files.locking import locked
from validations.files.signals import signals_held
from validations.files.writing import staged, write_text
from validations.inputs.curated import DERIVED_CSVS
from validations.inputs.states import UNFINISHED

OWN_VERDICTS = "verdicts.toml"
OWN_FILES = (OWN_VERDICTS, "verdicts.log.jsonl")  # of the reviewers of a PDF without a card
READERS_SECONDS = 0.1  # for a reader of the old data package to open the CSVs that it lists


def publish(paper: ExtractedPaper, folder: Path, force: bool = False) -> list[str]:
    """Write the CSVs and the data package of a paper to a folder; return the names of the files that changed. `force`:
    also beside and over files that are not ours. UsageError where there are such, or nothing can be written."""
    csvs = {f"{name}.csv": csv_text(frame) for name, frame in paper.frames.items()}
    try:
        return write_files(folder, csvs | {PACKAGE: describe(paper, csvs)}, force)
    except OSError as error:
        raise UsageError(f"{error.filename or folder}: cannot be written: {error.strerror}") from error


def csv_text(frame: pd.DataFrame) -> str:
    """Return a frame of text as CSV: commas, LF, quotes only where needed."""
    return frame.to_csv(index=False, lineterminator="\n")


def write_files(folder: Path, files: Mapping[str, str | bytes], force: bool = False) -> list[str]:
    """Write the files that differ to `folder` and return the names of files written or removed: of the files that the
    old data package lists, those that the new one does not list are removed.

    Their names stand in the file UNFINISHED from the first to the last change, so that the run after one that was
    killed knows which are ours.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        _sweep_earlier(folder)
        refuse_files_of_others(folder, force)
        ours = listed_files(folder) | _unfinished(folder)
        changed = [name for name, text in files.items() if not _holds(folder / name, text)]
        for name in () if force else set(changed) - {*ours, *DERIVED_CSVS, PACKAGE}:
            refuse_other_file(folder / name, "--out")
        stale = sorted(name for name in ours - set(files) if (folder / name).is_file())
        if changed or stale:
            _replace(folder, {name: files[name] for name in changed}, stale, ours)
        else:
            (folder / UNFINISHED).unlink(missing_ok=True)
    return changed + stale


def refuse_files_of_others(folder: Path, force: bool) -> None:
    """Raise UsageError where a folder has files and no paper that `publish` has written."""
    if not force and not our_package(folder) and not (folder / UNFINISHED).is_file():
        refuse_other_folder(folder, lambda path: path.name in OWN_FILES, "--out")


def _replace(folder: Path, files: Mapping[str, str | bytes], stale: Collection[str], ours: Collection[str]) -> None:
    """Move the files to their places, the data package last, and remove the stale ones. They are prepared beside their
    places, so that a full disk or a signal leaves all old files."""
    with staged({folder / name: _as_bytes(content) for name, content in files.items()}) as parts, signals_held():
        write_text(folder / UNFINISHED, "".join(f"{name}\n" for name in sorted({*ours, *files} - {PACKAGE})))
        for name in sorted(files, key=lambda name: name == PACKAGE):
            parts[folder / name].replace(folder / name)
        if stale:
            time.sleep(READERS_SECONDS)
        for name in (*stale, UNFINISHED):
            (folder / name).unlink(missing_ok=True)


def _as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _holds(path: Path, content: str | bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == _as_bytes(content)


def _unfinished(folder: Path) -> set[str]:
    """The files that a killed run was writing and removing."""
    path = folder / UNFINISHED
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {Path(line).name for line in lines if line.endswith(PUBLISHED)}


def _sweep_earlier(folder: Path) -> None:
    """Remove the hidden folders beside this one in which earlier versions prepared its files, if they were killed."""
    name = re.compile(rf"\.{re.escape(folder.name)}-[a-z0-9_]{{8}}")
    for path in folder.parent.iterdir():
        if name.fullmatch(path.name) and _holds_only_ours(path):
            shutil.rmtree(path, ignore_errors=True)


def _holds_only_ours(folder: Path) -> bool:
    """Whether a path is a folder, and no link, with nothing but files as they are published."""
    files = folder.iterdir() if folder.is_dir() and not folder.is_symlink() else None
    return files is not None and all(path.suffix == ".csv" or path.name == PACKAGE for path in files)
