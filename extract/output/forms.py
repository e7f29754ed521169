"""The forms in which commands give out what they read: JSON, CSV files, tables for the eye."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from rich.table import Table as Grid


Found = TypeVar("Found", contravariant=True)


class Forms(Protocol[Found]):
    """What a module has that shows what a command found in a file."""

    def as_json(self, path: Path, found: Sequence[Found]) -> str:
        """The JSON that `--json` prints."""

    def as_csv(self, found: Sequence[Found]) -> dict[str, str]:
        """The files that `--csv` writes: name -> text."""

    def as_text(self, found: Sequence[Found], width: int) -> str:
        """The text for a screen of so many columns, its last line ended."""


def to_json(path: Path, **found: object) -> str:
    """JSON of what was found in a file, with the checksum of the file."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return json.dumps({"file": str(path), "sha256": sha256, **found}, ensure_ascii=False, indent=1)


def to_csv(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def named(labels: Iterable[str], unnamed: str) -> list[str]:
    """The names of CSV files for exhibits with these labels: table_2.csv, then table_2-2.csv for the same label."""
    names: list[str] = []
    for label in labels:
        stem = re.sub(r"\W+", "_", label.casefold()).strip("_") or unnamed
        again = sum(1 for name in names if re.fullmatch(rf"{re.escape(stem)}(-\d+)?\.csv", name))
        names.append(f"{stem}-{again + 1}.csv" if again else f"{stem}.csv")
    return names


def to_text(grid: "Grid", width: int) -> str:
    """A table for the eye, without blanks at the end of lines. It is wider than the screen where words or numbers would
    have to be broken."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    cells = [[Text.from_markup(str(cell)).plain for cell in (each.header, *each.cells)] for each in grid.columns]
    lines = [max((cell_len(line) for cell in column for line in cell.splitlines()), default=0) for column in cells]
    words = [max((cell_len(word) for cell in column for word in cell.split()), default=0) for column in cells]
    least = [line if each.no_wrap else word for each, line, word in zip(grid.columns, lines, words, strict=True)]
    margin = sum(grid.padding[place] for place in (1, 3)) * len(cells)
    for column, fitted in zip(grid.columns, narrowed(lines, least, width - margin), strict=True):
        column.width = fitted
    text = io.StringIO()
    Console(file=text, width=max(width, 10 * sum(lines)), color_system=None).print(grid)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines())


def narrowed(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths of columns that fit into the room as far as none is below its least; the widest give way first."""
    found = list(widths)
    while sum(found) > room and any(width > low for width, low in zip(found, least, strict=True)):
        widest = max((place for place in range(len(found)) if found[place] > least[place]), key=found.__getitem__)
        found[widest] -= 1
    return found


def plain(text: str) -> str:
    """Text in which brackets are no markup."""
    from rich.markup import escape

    return escape(text)


def doubt(reader: str, reading: str, evidence: str, published: str) -> str:
    """Why a cell is flagged, with the other reading where there is one."""
    return evidence if reading in ("", published) else f"{reader} reads {reading!r}: {evidence}"
