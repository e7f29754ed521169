"""The frames for meta-analysis as they were made: every file has the hash that their data package states."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from validations.inputs.curated import file_hashes
from validations.inputs.errors import InputError
from validations.inputs.states import UNFINISHED
from validations.release.expected import Held

PACKAGE = "datapackage.json"


def hold_frames(folder: Path, name: str) -> Held:
    """Return how many files of a folder of frames are as the command `analysis` wrote them, and a line for each that is
    not. InputError where the data package cannot be read. `name`: of the folder, in the lines."""
    files = [file for file in map(partial(file_hashes, folder), _resources(folder / PACKAGE)) if file["hash"]]
    changed = [file for file in files if file["hash"] != file["found"]]
    if changed and (folder / UNFINISHED).exists():
        return Held(refused=(f"{name}: a run that wrote there was killed; run 'doubletake analysis' again",))
    return Held(len(files) - len(changed), tuple(_line(file, name) for file in changed))


def _resources(package: Path) -> list[Mapping[str, Any]]:
    """The files that the data package lists."""
    try:
        listed = json.loads(package.read_text(encoding="utf-8"))["resources"]
        return [item for item in listed if isinstance(item["path"], str)]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{package}: expected a data package with resources") from None


def _line(file: Mapping[str, str], name: str) -> str:
    how = "is missing" if file["found"] == "no file" else "was changed after 'doubletake analysis' wrote it"
    return f"{name}/{file['file']}: {how}; run it again"
