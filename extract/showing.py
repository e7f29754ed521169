"""Tables that were read, as JSON, as CSV files, and for the eye."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extract.readers.table import Flag, Row, Table


def tables_json(pdf: Path, tables: Sequence[Table]) -> str:
    """The tables of a PDF as the command `tables --json` prints them."""
    sha256 = hashlib.sha256(pdf.read_bytes()).hexdigest()
    found = {"file": str(pdf), "sha256": sha256, "tables": [_as_json(table) for table in tables]}
    return json.dumps(found, ensure_ascii=False, indent=1)


def _as_json(table: Table) -> dict[str, Any]:
    return {
        "label": table.label,
        "caption": table.caption,
        "boxes": [[box.page, *(round(value, 1) for value in box[1:])] for box in table.boxes],
        "header_rows": table.header_rows,
        "rows": [list(row.texts) for row in table.rows],
        "marks": list(_marks(table.rows)),
        "flags": [[flag.row, flag.column, flag.code, _doubt(table, flag)] for flag in table.flags],
        "footnotes": list(table.footnotes),
        "agreement": table.agreement,
    }


def _marks(rows: Sequence[Row]) -> Iterator[tuple[int, int, str]]:
    for number, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            yield from ((number, column, mark) for mark in cell.marks)


def _doubt(table: Table, flag: Flag) -> str:
    """Why a cell is flagged, with the other reading where there is one."""
    same = flag.reading in ("", table.rows[flag.row].cells[flag.column].text)
    return flag.evidence if same else f"{flag.reader} reads {flag.reading!r}: {flag.evidence}"


def csv_files(tables: Sequence[Table]) -> dict[str, str]:
    """File name -> CSV of the printed cells, heads included: table_2.csv, then table_2-2.csv for the same label."""
    files: dict[str, str] = {}
    for table in tables:
        stem = re.sub(r"\W+", "_", table.label.casefold()).strip("_") or "table"
        again = sum(1 for name in files if re.fullmatch(rf"{re.escape(stem)}(-\d+)?\.csv", name))
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(row.texts for row in table.rows)
        files[f"{stem}-{again + 1}.csv" if again else f"{stem}.csv"] = text.getvalue()
    return files


def tables_text(tables: Sequence[Table], width: int) -> str:
    """The tables for the eye: caption, place, cells in columns, notes."""
    return "\n".join(line for table in tables for line in [*_heading(table), _grid(table, width), *table.footnotes, ""])


def _heading(table: Table) -> list[str]:
    pages = ", ".join(str(box.page) for box in table.boxes)
    size = f"{len(table.body)} rows, {table.width} columns"
    return [f"{table.label}  {table.caption}".rstrip(), f"page {pages}: {size}"]


def _grid(table: Table, width: int) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Grid

    grid = Grid(box=SIMPLE_HEAD, pad_edge=False)
    for texts in zip(*(row.texts for row in table.head), strict=True) if table.head else [()] * table.width:
        grid.add_column("\n".join(texts), overflow="fold")
    for row in table.body:
        first, *others = (" ".join([cell.text, *(f"[{mark}]" for mark in cell.marks)]) for cell in row.cells)
        grid.add_row("  " * (row.indent > 1) + _plain(first), *(_plain(text) for text in others))
    text = io.StringIO()
    Console(file=text, width=width, color_system=None).print(grid)
    return text.getvalue().rstrip()


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
