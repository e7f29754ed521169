"""Entries of a card written, changed and removed; its comments and its order stay. From text to text.

A card is cut into the parts that begin with a head, such as [exhibits.table1] or [[misread]], and each part is changed
by itself: tomlkit moves tables of one name together, which stand apart in many cards.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tomlkit

from extract.errors import CardError

Entry = Mapping[str, Any]
_HEAD = re.compile(r"\s*\[\[?\s*[^\s\[\],][^\[\],]*\]\]?\s*(#.*)?")
_CELL = ("exhibit", "row", "column")


def with_misread(text: str, entry: Entry) -> tuple[str, Entry]:
    """The card with a repair, and the repair of the same cell that it replaces, {} for none."""
    parts = _parts(text)
    place = _place_of(parts, "misread", entry, _CELL)
    if place is None:
        return _joined([*parts, _written("misread", entry)]), {}
    before = _entries(parts[place], "misread")[0]
    parts[place] = _changed(parts[place], lambda table: table["misread"][0].update(entry))
    return _joined(parts), before


def without_misread(text: str, entry: Entry) -> str:
    """The card without the repair of a cell. CardError where it has none."""
    return _without(text, "misread", entry, _CELL)


def with_unread_row(text: str, entry: Entry, number: int, rows: int) -> tuple[str, Entry]:
    """The card with a row that the reader misses. `number`: the one that the row gets, so that later rows move on by
    one; `rows`: how many the exhibit has then. Also what the card said of that before."""
    name = entry["exhibit"]
    parts = _parts(text)
    before = {"rows": _exhibit(parts[_exhibit_place(parts, name)], name)["rows"]}
    moved = [_with_moved_rows(part, name, number, 1, rows) for part in parts]
    return _joined([*moved, _written("unread_row", entry)]), before


def without_unread_row(text: str, entry: Entry, number: int, rows: int) -> str:
    """The card without a row that it typed, and with the count of rows that it had. CardError where it has none."""
    text = _without(text, "unread_row", entry, ("exhibit", "after", "cells"))
    return _joined([_with_moved_rows(part, entry["exhibit"], number, -1, rows) for part in _parts(text)])


def with_unread(text: str, name: str, unread: bool) -> str:
    """The card that says of an exhibit whether nobody has compared it with its page."""

    def change(document: Any) -> None:  # noqa: ANN401 - a document of tomlkit
        exhibit = document["exhibits"][name]
        if unread:
            exhibit["unread"] = True
        else:
            exhibit.pop("unread", None)

    parts = _parts(text)
    place = _exhibit_place(parts, name)
    parts[place] = _changed(parts[place], change)
    return _joined(parts)


def _parts(text: str) -> list[str]:
    """The parts of a card: the facts at its top, then each table, with the comments right above its head. CardError
    where a part is no TOML by itself."""
    parts = [""]
    for line in text.splitlines(keepends=True):
        if _HEAD.fullmatch(line.rstrip("\n")):
            above = re.search(r"(?:^[ \t]*#[^\n]*\n)*\Z", parts[-1], re.MULTILINE)
            start = above.start() if above and len(parts) > 1 else len(parts[-1])
            parts[-1:] = [parts[-1][:start], parts[-1][start:] + line]
        else:
            parts[-1] += line
    try:
        for part in parts:
            tomllib.loads(part)
    except tomllib.TOMLDecodeError as error:
        raise CardError(f"the card cannot be changed here: {error}; change it in an editor") from None
    return parts


def _joined(parts: Sequence[str]) -> str:
    return "".join(parts).rstrip("\n") + "\n"


def _written(key: str, entry: Entry) -> str:
    """An entry as a part, below a blank line."""
    return f"\n{tomlkit.dumps({key: [dict(entry)]})}"


def _changed(part: str, change: Callable[[Any], None]) -> str:
    document = tomlkit.parse(part)
    change(document)
    return tomlkit.dumps(document)


def _entries(part: str, key: str) -> list[dict[str, Any]]:
    """The entries of that key in a part: one or none."""
    found = tomllib.loads(part, parse_float=str).get(key, [])
    if not isinstance(found, list) or (found and not re.search(rf"^\s*\[\[\s*{key}\s*\]\]", part, re.MULTILINE)):
        raise CardError(f"expected [[{key}]] entries in the card, found {key} written in another way")
    return found


def _exhibit(part: str, name: str) -> dict[str, Any]:
    """What a part says of an exhibit; {} for nothing."""
    found: dict[str, Any] = tomllib.loads(part, parse_float=str).get("exhibits", {}).get(name, {})
    return found


def _exhibit_place(parts: Sequence[str], name: str) -> int:
    for place, part in enumerate(parts):
        if "label" in _exhibit(part, name):
            return place
    raise CardError(f"the card has no exhibit {name} any more")


def _place_of(parts: Sequence[str], key: str, entry: Entry, names: Sequence[str]) -> int | None:
    """The part with the entry that is the same in these names."""
    wanted = _values(entry, names)
    places = [
        place for place, part in enumerate(parts) for each in _entries(part, key) if _values(each, names) == wanted
    ]
    return places[0] if places else None


def _values(entry: Entry, names: Sequence[str]) -> list[object]:
    return [entry.get(name, 0 if name == "after" else "") for name in names]


def _without(text: str, key: str, entry: Entry, names: Sequence[str]) -> str:
    parts = _parts(text)
    place = _place_of(parts, key, entry, names)
    if place is None:
        raise CardError(f"the card has no such [[{key}]] any more")
    return _joined([*parts[:place], *parts[place + 1 :]])


def _with_moved_rows(part: str, name: str, number: int, by: int, rows: int) -> str:
    """The part with the rows of an exhibit counted by one more or less from `number` on, and with so many rows."""
    if any(each["exhibit"] == name and each["row"] >= number for each in _entries(part, "misread")):
        return _changed(part, lambda table: table["misread"][0].update(row=table["misread"][0]["row"] + by))
    exhibit = _exhibit(part, name)
    if "label" not in exhibit:
        return part

    def change(document: Any) -> None:  # noqa: ANN401 - a document of tomlkit
        table = document["exhibits"][name]
        table["rows"] = rows
        for place, row in enumerate(exhibit.get("left_out", ())):
            if isinstance(row, int) and row >= number:
                table["left_out"][place] = row + by

    return _changed(part, change)
