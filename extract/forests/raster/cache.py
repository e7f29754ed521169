"""Slow readings are kept in `.cache/` of the working folder, by what was read and by what read it. A damaged entry, or
a folder that cannot be written to, costs nothing but the time to read again."""

import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

FOLDER = Path(".cache") / "doubletake"


def remembered(content: bytes, version: str, read: Callable[[], Any], folder: Path | None = None) -> Any:  # noqa: ANN401
    """What `read` gives (lists, dicts, text, numbers), from the cache where it is in it."""
    name = sha256(sha256(content).digest() + version.encode()).hexdigest()
    path = (FOLDER if folder is None else folder) / name[:2] / f"{name}.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        entry = json.loads(path.read_text(encoding="utf-8"))
        text = json.dumps(entry["value"])
        if entry["sha256"] == sha256(text.encode()).hexdigest():
            return entry["value"]
    value = read()
    text = json.dumps(value)
    with suppress(OSError):
        write_whole(path, json.dumps({"sha256": sha256(text.encode()).hexdigest(), "value": json.loads(text)}))
    return json.loads(text)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that nobody ever sees a part of it."""
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
    """A name for the code of modules (their files), which changes when it does."""
    return sha256(b"".join(Path(module).read_bytes() for module in modules)).hexdigest()[:16]
