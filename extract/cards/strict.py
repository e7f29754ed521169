"""Tables of keys taken strictly: nothing missing, nothing unknown, nothing of another type."""

from collections.abc import Mapping
from typing import Any

from extract.errors import CardError

Types = Mapping[str, type | tuple[type, ...]]


def take_table(where: str, entry: object, required: Types, optional: Types) -> dict[str, Any]:
    """`entry` as a table with all required keys and none beyond these and the optional; CardError naming `where` and
    the key otherwise."""
    if not isinstance(entry, dict):
        raise CardError(f"{where}: expected a table of keys, found {entry!r}")
    types = {**required, **optional}
    if missing := [key for key in required if key not in entry]:
        raise CardError(f"{where}: {', '.join(missing)}: missing")
    if unknown := [key for key in entry if key not in types]:
        raise CardError(f"{where}: {', '.join(unknown)}: unknown key; known are {', '.join(types)}")
    for key, value in entry.items():
        if not isinstance(value, types[key]) or isinstance(value, bool):
            raise CardError(f"{where} {key}: {value!r} is not of the expected type, {_name(types[key])}")
    return entry


def _name(types: type | tuple[type, ...]) -> str:
    names = {str: "text", int: "a whole number", list: "a list", dict: "a table"}
    return " or ".join(names[kind] for kind in (types if isinstance(types, tuple) else (types,)))
