"""Whose a folder or a file is: nothing is replaced or removed that this program has not written, unless forced."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extract.errors import UsageError
from schemas.base.names import PACKAGE

PUBLISHED = (".csv", ".svg", ".png", ".ris", ".R", ".Rd", ".md", ".zip", ".jsonld", "ro-crate-metadata.json")
"""How the names of files end that a data package of ours lists: no other file is removed for being listed."""
_FILE_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")  # of a file in the same folder


def our_package(folder: Path) -> dict[str, Any]:
    """The data package in a folder; empty where there is none that this program has written, which names its PDF."""
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    ours = isinstance(package, dict) and isinstance(package.get("source_pdf"), dict)
    return package if ours else {}


def listed_files(folder: Path) -> set[str]:
    """The names of the files that our data package in a folder lists."""
    resources = our_package(folder).get("resources")
    paths = [item.get("path") for item in resources if isinstance(item, dict)] if isinstance(resources, list) else []
    names = {path for path in paths if isinstance(path, str) and _FILE_NAME.fullmatch(path)}
    return {name for name in names if name.endswith(PUBLISHED)}


def refuse_other_folder(folder: Path, is_ours: Callable[[Path], bool], option: str) -> None:
    """Raise UsageError where something in a folder, hidden files apart, is not ours. `option`: the one that names
    another folder."""
    if folder.is_dir() and not all(is_ours(path) or path.name.startswith(".") for path in folder.iterdir()):
        raise UsageError(f"{folder}: has files that are not ours; use another {option}, or --force")


def refuse_other_file(path: Path, option: str) -> None:
    """Raise UsageError where there is something at a path."""
    if path.exists() or path.is_symlink():
        raise UsageError(f"{path}: is there and not ours; move it away, or use another {option}, or --force")
