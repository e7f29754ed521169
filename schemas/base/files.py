"""Reads the files that people and other programs write: regular files of bounded size, UTF-8, TOML and JSON.

Whatever is wrong with one is a FileError of one line. A pipe or a device is never opened: reading it may never end.
"""

import hashlib
import json
import stat
import tomllib
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

MB = 1 << 20
MOST_TOML_BYTES = 4 * MB  # a card or a file of rulings; those of the three papers have up to 20 kB
MOST_JSON_BYTES = 50 * MB  # a data package; those of the three papers have up to 100 kB
MOST_CSV_BYTES = 200 * MB
_MOST_DEPTH_COUNT = 40  # tables in tables; a data package has 6
_MOST_BITS = 63
_TOO_MANY_DIGITS = "a number has too many digits"
_SHOWN_LETTERS = 200
_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class FileError(ValueError):
    """A file cannot be read as expected. The message is one line: file, what was expected, what was found."""


class MissingFileError(FileError):
    """There is no such file."""


def irregular_kind(path: Path) -> str:
    """Return what stands at `path` if that is no regular file: "a folder", "a named pipe"; "" for a regular file.
    MissingFileError if nothing is there; FileError if nobody can tell."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise MissingFileError(f"{path}: cannot be read: {error.strerror}") from None
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError:  # NUL, or half a character
        raise FileError(f"{str(path)!r}: no file can have this name") from None
    return next((words for test, words in _KINDS if test(mode)), "")


def read_bytes(path: Path, most_bytes: int, advice: str = "") -> bytes:
    """Return the contents of a regular file. `advice`: what to do where it is larger than `most_bytes`."""
    if kind := irregular_kind(path):
        raise FileError(f"{path}: expected a file, found {kind}")
    try:
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)
        size = path.stat().st_size
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}") from None
    if len(data) > most_bytes:
        raise FileError(f"{path}: {too_large(max(size, len(data)), most_bytes)}{advice and f'; {advice}'}")
    return data


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def too_large(size: int, most_bytes: int) -> str:
    """Say how large a file is, and how large it may be."""
    return f"the file has {size / MB:.1f} MB, more than {most_bytes / MB:g} MB"


def read_text(path: Path, most_bytes: int, advice: str = "", otherwise: str = "") -> str:
    """Return the text of a UTF-8 file, without a byte order mark. `otherwise`: what to say of another encoding."""
    data = read_bytes(path, most_bytes, advice)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: expected UTF-8, {otherwise or f'byte {error.start} is not'}") from None
    if "\0" in text:
        raise FileError(f"{path}: expected text, found a NUL character")
    return text


def load_toml(path: Path, parse_float: Callable[[str], object] = float) -> dict[str, Any]:
    """Return the values of a TOML file."""
    found: dict[str, Any] = _parsed(path, "TOML", partial(tomllib.loads, parse_float=parse_float), MOST_TOML_BYTES)
    return found


def load_json(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return the value in a JSON file."""
    return _parsed(path, "JSON", _json_value, MOST_JSON_BYTES)


def _parsed(path: Path, form: str, parse: Callable[[str], Any], most_bytes: int) -> Any:  # noqa: ANN401
    text = read_text(path, most_bytes)
    try:
        found = parse(text)
        _refuse_monsters(found)
    except RecursionError:
        raise FileError(f"{path}: expected {form}, its values are nested too deeply") from None
    except ValueError as error:
        why = _TOO_MANY_DIGITS if "integer string conversion" in str(error) else " ".join(str(error).split())
        raise FileError(f"{path}: expected {form}, {why[:_SHOWN_LETTERS]}") from None
    return found


def _json_value(text: str) -> object:
    return json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    counts = Counter(name for name, _ in pairs)
    if len(counts) < len(pairs):
        raise ValueError(f"the key {counts.most_common(1)[0][0]!r} stands twice in one object")
    return dict(pairs)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _refuse_monsters(data: object) -> None:
    """Raise ValueError for values that no file of ours has and that Python cannot print or save."""
    level: list[Any] = [data]
    for _ in range(_MOST_DEPTH_COUNT):
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return
    raise ValueError("its values are nested too deeply")


def _inside(value: object) -> list[Any]:
    """The values inside a value."""
    if isinstance(value, dict):
        return [*value, *value.values()]
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise ValueError(_TOO_MANY_DIGITS)
    if isinstance(value, str) and any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in value):
        raise ValueError(f"a text has a character that no text has: {value[:40]!r}")
    return value if isinstance(value, list) else []
