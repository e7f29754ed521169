"""Takes rulings out of a paper's file line by line, so that whatever else stands in it stays as it is."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from validations.registry import Finding
from validations.rulings.matching import Ruling, read_rulings, ruled_place, ruling_key
from validations.rulings.writing import RulingError, RulingPlace, choose
from validations.writing import write_text

_ENTRY = re.compile(r"\s*\[\[\s*verdict\s*\]\]")


def withdraw(path: Path, place: RulingPlace) -> Ruling:
    """Take the ruling at the place out of the file (all of them, where it was written several times). Gives it back;
    RulingError where there is none, or what was said does not tell several apart."""
    rulings = read_rulings(path)
    meant = choose([_on(ruling) for ruling in rulings], place, "ruling on ")
    numbers = [number for number, ruling in enumerate(rulings) if ruling_key(ruling) == meant.exactly]
    write_text(path, text_without(path, path.read_text(encoding="utf-8"), numbers))
    return rulings[numbers[0]]


def _on(ruling: Ruling) -> Finding:
    """The finding that the ruling means, as far as it says."""
    code, exhibit, row, part, column = ruled_place(ruling)
    return Finding(code, "", "", exhibit, row, column, part, ruling.get("printed", ""), "", "")


def text_without(path: Path, text: str, numbers: Sequence[int]) -> str:
    """The text of the file without the entries of these numbers and the comments right above them; RulingError where
    its lines do not show where an entry begins."""
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
        raise RulingError(f"{path}: expected [[verdict]] entries on lines of their own; take the ruling out by hand")
    return found


def _entries(text: str) -> object:
    try:
        return tomllib.loads(text).get("verdict", [])
    except tomllib.TOMLDecodeError:
        return None


def _end(lines: Sequence[str], start: int, end: int) -> int:
    """Where an entry ends with the blank lines behind it; comments behind it are about what comes next."""
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
        end -= 1
    while end < len(lines) and not lines[end].strip():
        end += 1
    return end


def _comments_above(lines: Sequence[str], start: int) -> int:
    """Where the comments begin that stand right above a line; those that open the file are about all of it."""
    above = start
    while above and lines[above - 1].lstrip().startswith("#"):
        above -= 1
    return above if above else start
