"""Removes rulings from a paper's file line by line, so that everything else in the file stays unchanged."""

import re
import tomllib
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from validations.files.locking import locked
from validations.files.writing import write_text
from validations.registry import Finding
from validations.rulings.matching import Ruling, read_rulings, ruled_place, ruling_key
from validations.rulings.writing import RulingError, RulingPlace, choose

_ENTRY = re.compile(r"\s*\[\[\s*verdict\s*\]\]")


def withdraw(path: Path, place: RulingPlace) -> Ruling:
    """Remove the ruling at a place from the file, with its repetitions, and return it. RulingError if the place has no
    ruling, or several different ones."""
    with locked(path.parent) if path.exists() else nullcontext():
        rulings = read_rulings(path)
        chosen = choose([_on(ruling) for ruling in rulings], place, "ruling on ")
        numbers = [number for number, ruling in enumerate(rulings) if ruling_key(ruling) == chosen.exactly]
        write_text(path, text_without(path, path.read_text(encoding="utf-8"), numbers))
    return rulings[numbers[0]]


def _on(ruling: Ruling) -> Finding:
    """A finding with the place and printed values of the ruling; the rest is blank."""
    code, exhibit, row, part, column = ruled_place(ruling)
    return Finding(code, "", "", exhibit, row, column, part, ruling.get("printed", ""), "", "")


def text_without(path: Path, text: str, numbers: Sequence[int]) -> str:
    """Return the text of the file without the entries of these numbers (from 0) and the comments directly above them.

    RulingError if the lines do not show where an entry begins, as in a file with inline tables.
    """
    lines = text.splitlines(keepends=True)
    starts = [place for place, line in enumerate(lines) if _ENTRY.match(line)]
    entries = tomllib.loads(text).get("verdict", [])
    left = [entry for number, entry in enumerate(entries) if number not in numbers]
    gone: set[int] = set()
    for number in numbers if len(starts) == len(entries) else ():
        end = starts[number + 1] if number + 1 < len(starts) else len(lines)
        gone.update(range(_comments_above(lines, starts[number]), _end(lines, starts[number], end)))
    found = "".join(line for place, line in enumerate(lines) if place not in gone).strip("\n")
    found = f"{found}\n" if found else ""
    if _entries(found) != left:
        raise RulingError(f"{path}: expected each [[verdict]] on its own line; remove the ruling by hand")
    return found


def _entries(text: str) -> object:
    try:
        return tomllib.loads(text).get("verdict", [])
    except tomllib.TOMLDecodeError:
        return None


def _end(lines: Sequence[str], start: int, end: int) -> int:
    """The line after an entry and its blank lines. Comments after an entry belong to the next one."""
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
        end -= 1
    while end < len(lines) and not lines[end].strip():
        end += 1
    return end


def _comments_above(lines: Sequence[str], start: int) -> int:
    """The first line of the comments directly above a line; comments that open the file are about the whole file, and
    stay."""
    above = start
    while above and lines[above - 1].lstrip().startswith("#"):
        above -= 1
    return above if above else start
