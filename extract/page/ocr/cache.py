"""A cache of slow readings, in `.cache/` of the working folder, by content and by version of the reader. A damaged
entry, or a folder that cannot be written to, only costs the time to read again."""

import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from schemas.base.files import FileError, load_json

READINGS_FOLDER = Path(".cache") / "doubletake"


def cached_reading(content: bytes, version: str, read: Callable[[], Any], folder: Path | None = None) -> Any:  # noqa: ANN401
    """Return the reading of `content` by this version from the cache; if it is missing, call `read` and keep the result
    (lists, dicts, text, numbers)."""
    name = sha256(sha256(content).digest() + version.encode()).hexdigest()
    path = (READINGS_FOLDER if folder is None else folder) / name[:2] / f"{name}.json"
    with suppress(FileError, OSError, ValueError, KeyError, TypeError):
        entry = load_json(path)
        text = json.dumps(entry["value"])
        if entry["sha256"] == sha256(text.encode()).hexdigest():
            return entry["value"]
    value = read()
    text = json.dumps(value)
    with suppress(OSError):
        write_whole(path, json.dumps({"sha256": sha256(text.encode()).hexdigest(), "value": json.loads(text)}))
    return json.loads(text)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that no other process ever sees a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def version_of(*modules: str) -> str:
    """A name for the code of modules (paths of their files), which changes with the code."""
    return sha256(b"".join(Path(module).read_bytes() for module in modules)).hexdigest()[:16]
