"""The forms in which commands print what they read: JSON, CSV files, and tables for the screen."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from extract.errors import UnreadPart
from extract.tables.proof.camelot_reader import SECOND_READER
from schemas.base.files import sha256_of

if TYPE_CHECKING:
    from rich.table import Table as Grid

NEVER_WRAPPED_FACTOR = 10  # rich gets so many times the width of the text, and does not wrap what columns already fit
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class OutputForms(Generic[_Found]):
    """The functions that print what a command found in a file.

    json: the file, what was found in it and what was not read -> the JSON that `--json` prints
    csv: what was found -> the files that `--csv` writes, name -> text
    text: what was found and the columns of the screen -> text that ends with a line break
    """

    json: Callable[[Path, Sequence[_Found], Sequence[UnreadPart]], str]
    csv: Callable[[Sequence[_Found]], dict[str, str]]
    text: Callable[[Sequence[_Found], int], str]


def json_text(path: Path, unread: Sequence[UnreadPart], **found: object) -> str:
    """Return what was found in a file as JSON, with the name and the SHA-256 of the file; `unread`: the parts of the
    file that could not be read, if any."""
    parts = {"unread": [{"part": item.part, "why": item.why} for item in unread]} if unread else {}
    return json.dumps({"file": str(path), "sha256": sha256_of(path), **found, **parts}, ensure_ascii=False, indent=1)


def csv_of_rows(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def csv_names(labels: Iterable[str], unlabelled: str) -> list[str]:
    """Return a file name for each exhibit label: table_2.csv, then table_2-2.csv if the label comes again.

    `unlabelled`: the name for exhibits without a label, such as "table".
    """
    names: list[str] = []
    for label in labels:
        stem = re.sub(r"\W+", "_", label.casefold()).strip("_") or unlabelled
        earlier = sum(1 for name in names if re.fullmatch(rf"{re.escape(stem)}(-\d+)?\.csv", name))
        names.append(f"{stem}-{earlier + 1}.csv" if earlier else f"{stem}.csv")
    return names


def grid_text(grid: "Grid", width: int) -> str:
    """Return a rich table as text of `width` columns, without blanks at the ends of lines.

    The text is wider than `width` where words or numbers would have to be broken.
    """
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    cells = [[Text.from_markup(str(cell)).plain for cell in (each.header, *each.cells)] for each in grid.columns]
    lines = [max((cell_len(line) for cell in column for line in cell.splitlines()), default=0) for column in cells]
    words = [max((cell_len(word) for cell in column for word in cell.split()), default=0) for column in cells]
    least = [line if each.no_wrap else word for each, line, word in zip(grid.columns, lines, words, strict=True)]
    left, right = 1, 3  # places in (top, right, bottom, left) that hold the padding at the sides
    margin = sum(grid.padding[place] for place in (left, right)) * len(cells)
    for column, fitted in zip(grid.columns, fitted_widths(lines, least, width - margin), strict=True):
        column.width = fitted
    text = io.StringIO()
    Console(file=text, width=max(width, NEVER_WRAPPED_FACTOR * sum(lines)), color_system=None).print(grid)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines())


def fitted_widths(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return column widths whose sum fits into `room`, as far as no column falls below its least width.

    The widest columns are narrowed first.
    """
    fitted = list(widths)
    while sum(fitted) > room and any(width > low for width, low in zip(fitted, least, strict=True)):
        widest = max((place for place in range(len(fitted)) if fitted[place] > least[place]), key=fitted.__getitem__)
        fitted[widest] -= 1
    return fitted


def escape_markup(text: str) -> str:
    """Return the text so that rich prints its brackets instead of taking them for markup."""
    from rich.markup import escape

    return escape(text)


def flag_reason(reader: str, reading: str, evidence: str, published: str) -> str:
    """Say why a cell is flagged, and what the other reader read if that differs from the published text."""
    if reading == "" and published and reader == SECOND_READER:
        return f"{reader} reads nothing: {evidence}"
    return evidence if reading in ("", published) else f"{reader} reads {reading!r}: {evidence}"
