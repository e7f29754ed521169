"""A cache of slow readings, in `.cache/` of the working folder, by content and by version of the reader. A damaged
entry, or a folder that cannot be written to, only costs the time to read again, once in a process."""

import json
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

from schemas.base.files import FileError, load_json
from validations.files.locking import locked
from validations.files.writing import write_text

T = TypeVar("T")
READINGS_FOLDER = Path(".cache") / "doubletake"


class LastReadings(Generic[T]):
    """The last readings of this process. If several threads want the same one, one reads and the others wait."""

    def __init__(self, count: int) -> None:
        self._count, self._lock = count, Lock()
        self._found: dict[bytes, Future[T]] = {}

    def get(self, key: bytes, read: Callable[[], T]) -> T:
        """Return the reading of this key; if it is missing, call `read`."""
        with self._lock:
            known = self._found.pop(key, None)
            found = self._found[key] = known or Future()
            while len(self._found) > self._count:
                del self._found[next(iter(self._found))]
        if known is None:
            try:
                found.set_result(read())
            except BaseException as error:
                found.set_exception(error)
                with self._lock:
                    self._found.pop(key, None)
        return found.result()


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
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path.parent):
            write_text(path, json.dumps({"sha256": sha256(text.encode()).hexdigest(), "value": json.loads(text)}))
    return json.loads(text)


def version_of(*modules: str) -> str:
    """A name for the code of modules (paths of their files), which changes with the code."""
    return sha256(b"".join(Path(module).read_bytes() for module in modules)).hexdigest()[:16]
