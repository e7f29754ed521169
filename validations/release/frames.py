"""The frames for meta-analysis as they were made: every file has the hash that their data package states."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from validations.inputs.curated import file_hashes
from validations.inputs.package import read_package
from validations.inputs.states import UNFINISHED
from validations.release.expected import Held


def hold_frames(folder: Path, name: str) -> Held:
    """Return how many files of a folder of frames are as the command `analysis` wrote them, and a line for each that is
    not. FileError where the data package cannot be read. `name`: of the folder, in the lines."""
    listed = [item for item in read_package(folder).get("resources", ()) if item.get("path")]
    files = [file for file in map(partial(file_hashes, folder), listed) if file["hash"]]
    changed = [file for file in files if file["hash"] != file["found"]]
    if changed and (folder / UNFINISHED).exists():
        return Held(refused=(f"{name}: a run that wrote there was killed; run 'doubletake analysis' again",))
    return Held(len(files) - len(changed), tuple(_line(file, name) for file in changed))


def _line(file: Mapping[str, str], name: str) -> str:
    how = "is missing" if file["found"] == "no file" else "was changed after 'doubletake analysis' wrote it"
    return f"{name}/{file['file']}: {how}; run it again"
