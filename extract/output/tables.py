"""Tables as JSON, as CSV files, and as text for the screen."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extract.output.output_forms import (
    OutputForms,
    csv_names,
    csv_of_rows,
    escape_markup,
    flag_reason,
    grid_text,
    json_text,
)
from extract.tables.table import PrintedTable, Row


def tables_json(path: Path, tables: Sequence[PrintedTable]) -> str:
    """Return the tables of a PDF as the JSON that `doubletake tables --json` prints."""
    return json_text(path, tables=[_as_json(table) for table in tables])


def _as_json(table: PrintedTable) -> dict[str, Any]:
    return {
        "label": table.label,
        "caption": table.caption,
        "boxes": [[box.page, *(round(value, 1) for value in box.edges)] for box in table.boxes],
        "header_rows": table.header_rows,
        "rows": [list(row.texts) for row in table.rows],
        "marks": list(_marks(table.rows)),
        "flags": list(_flags(table)),
        "footnotes": list(table.footnotes),
        "agreement": table.agreement,
    }


def _marks(rows: Sequence[Row]) -> Iterator[tuple[int, int, str]]:
    for number, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            yield from ((number, column, mark) for mark in cell.marks)


def _flags(table: PrintedTable) -> Iterator[tuple[int, int, str, str]]:
    for flag in table.flags:
        published = table.rows[flag.row].cells[flag.column].text
        yield flag.row, flag.column, flag.code, flag_reason(flag.reader, flag.reading, flag.evidence, published)


def tables_csv(tables: Sequence[PrintedTable]) -> dict[str, str]:
    """Return a CSV of the printed cells of each table, heads included, by file name."""
    texts = (csv_of_rows(row.texts for row in table.rows) for table in tables)
    return dict(zip(csv_names((table.label for table in tables), "table"), texts, strict=True))


def tables_text(tables: Sequence[PrintedTable], width: int) -> str:
    """Return the tables as text for a screen of `width` columns: caption, page, cells in columns, footnotes."""
    lines = (line for table in tables for line in [*_heading(table), _grid(table, width), *table.footnotes, ""])
    return "".join(f"{line}\n" for line in lines)


def _heading(table: PrintedTable) -> list[str]:
    pages = ", ".join(str(box.page) for box in table.boxes)
    size = f"{len(table.body)} rows, {table.width} columns"
    return [f"{table.label}  {table.caption}".rstrip(), f"page {pages}: {size}"]


def _grid(table: PrintedTable, width: int) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Grid

    grid = Grid(box=SIMPLE_HEAD, pad_edge=False)
    for texts in zip(*(row.texts for row in table.head), strict=True) if table.head else [()] * table.width:
        grid.add_column("\n".join(texts), overflow="fold")
    for row in table.body:
        first, *others = (" ".join([cell.text, *(f"[{mark}]" for mark in cell.marks)]) for cell in row.cells)
        grid.add_row("  " * (row.indent > 1) + escape_markup(first), *(escape_markup(text) for text in others))
    return grid_text(grid, width)


TABLE_FORMS: OutputForms[PrintedTable] = OutputForms(tables_json, tables_csv, tables_text)
