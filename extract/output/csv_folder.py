"""Writing the CSVs of --csv into a folder, which holds nothing but such CSVs, unless forced."""

import csv
from collections.abc import Mapping
from pathlib import Path

from extract.output.doubts import FLAGS_COLUMN
from extract.publishing.owners import refuse_other_folder
from validations.files.locking import locked
from validations.files.writing import write_text

_LAST_COLUMNS = (FLAGS_COLUMN, "read_by")  # of our CSVs: of tables and plots, of claims


def write_csvs(folder: Path, files: Mapping[str, str], force: bool) -> list[Path]:
    """Write the files (name -> text) and return their paths. UsageError where the folder has files that are not ours,
    unless `force`."""
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        if not force:
            refuse_other_folder(folder, lambda path: _is_ours(path, files.get(path.name)), "--csv")
        for name, text in files.items():
            write_text(folder / name, text)
    return [folder / name for name in files]


def _is_ours(path: Path, text: str | None) -> bool:
    """Whether a file is a CSV with our last column, or holds the text that is to be written: the CSV of a table whose
    head was not found has no names of columns."""
    if path.is_symlink() or not path.is_file() or path.suffix != ".csv":
        return False
    try:
        with path.open(encoding="utf-8", newline="") as file:
            head = next(csv.reader(file), [])
        return head[-1:] in ([name] for name in _LAST_COLUMNS) or path.read_bytes() == (text or "").encode()
    except (UnicodeDecodeError, csv.Error):
        return False
