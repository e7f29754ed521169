"""The card of a paper as lines of text, each with what is wrong there."""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.cards.loading import parse_card
from extract.errors import CardError
from extract.review.exhibits.grids import Grid
from schemas.base.files import MOST_TOML_BYTES, read_text

_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TABLE = re.compile(r"\s*\[+\s*([^\[\]]+?)\s*\]+")
_EXHIBIT = re.compile(r"exhibits\.([a-z0-9_]+)")


@dataclass(frozen=True)
class CardLine:
    """A line of a card. `faults`: what is wrong there."""

    number: int
    text: str
    faults: tuple[str, ...] = ()


def card_lines(paper: str, card: Path, read: Callable[[], Sequence[Grid]]) -> list[CardLine]:
    """The lines of a card, with the fault that keeps it from being loaded, or with the faults of its exhibits, which
    `read` reads."""
    lines = read_text(card, MOST_TOML_BYTES).splitlines()
    faults: dict[int, list[str]] = {}
    if fault := _card_fault(paper, "\n".join(lines)):
        faults[_line_of(lines, fault)] = [fault]
    for grid in () if fault else read():
        if grid.fault:
            faults.setdefault(_table_line(lines, f"exhibits.{grid.exhibit}", _key_in(grid.fault)), []).append(
                grid.fault
            )
        if grid.unread:
            words = "nobody has compared it with its page"
            faults.setdefault(_table_line(lines, f"exhibits.{grid.exhibit}", "unread"), []).append(words)
    return [CardLine(number, text, tuple(faults.get(number, ()))) for number, text in enumerate(lines, 1)]


def _card_fault(paper: str, text: str) -> str:
    """Why a card cannot be loaded; "" if it can."""
    try:
        parse_card(paper, tomllib.loads(text, parse_float=str))
    except (CardError, tomllib.TOMLDecodeError) as error:
        return str(error)
    return ""


def _line_of(lines: Sequence[str], fault: str) -> int:
    """The line that a fault names by its number, or by the exhibit or list of entries that it speaks of."""
    if found := _TOML_LINE.search(fault):
        return min(int(found[1]), len(lines)) or 1
    exhibit = _EXHIBIT.search(fault)
    table = exhibit[0] if exhibit else next((name for name in ("misread", "unread_row") if f" {name}" in fault), "")
    return _table_line(lines, table, _key_in(fault)) if table else 1


def _key_in(fault: str) -> str:
    """The key of an exhibit that a fault speaks of."""
    words = re.findall(r"[a-z_]+", fault)
    keys = ("rows", "columns", "column", "label", "headings", "left_out", "unsectioned", "schema", "cohort", "reads")
    found = next((key for key in keys if key in words), "")
    return {"column": "columns", "reads": "columns"}.get(found, found)


def _table_line(lines: Sequence[str], table: str, key: str) -> int:
    """The line of a key in a table, else that of its head; the first line where the table is not there."""
    inside, head = False, 1
    for number, line in enumerate(lines, 1):
        if found := _TABLE.fullmatch(line.partition("#")[0]):
            inside = found[1] == table
            head = number if inside else head
        elif inside and key and re.match(rf"\s*{key}\s*=", line):
            return number
    return head
