"""Tables as JSON, as CSV files, and as text for the screen."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from extract.errors import PartFaults, UnreadPart
from extract.meaning.reading import Meaning, meanings_of_paper
from extract.output.doubts import FLAGS_COLUMN, CellDoubt, doubt_counts, doubt_lines, flags_cell, mark_of, short_label
from extract.output.output_forms import (
    OutputForms,
    csv_names,
    csv_of_rows,
    escape_markup,
    flag_reason,
    grid_text,
    json_text,
)
from extract.tables.table import Flag, PrintedTable, Row


def tables_json(path: Path, tables: Sequence[PrintedTable], unread: Sequence[UnreadPart] = ()) -> str:
    """Return the tables of a PDF as the JSON that `doubletake tables --json` prints."""
    faults = PartFaults(path)

    def guard(part: str, label: str, page: int) -> AbstractContextManager[None]:
        return faults.within(f"{part}, the statistics", label, page)

    meanings = meanings_of_paper(tables, guard)
    found = [_as_json(table, said or ()) for table, said in zip(tables, meanings, strict=True)]
    return json_text(path, [*unread, *faults.unread], tables=found)


def _as_json(table: PrintedTable, meanings: Sequence[Meaning]) -> dict[str, Any]:
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
        **({"element": table.element} if table.element else {}),
        **({"settled": [[*flag[:3], _reason(table, flag)] for flag in table.settled]} if table.settled else {}),
        "statistics": [
            [meaning.body_row + table.header_rows, meaning.place, meaning.statistic, meaning.evidence]
            for meaning in meanings
        ],
    }


def _marks(rows: Sequence[Row]) -> Iterator[tuple[int, int, str]]:
    for number, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            yield from ((number, column, mark) for mark in cell.marks)


def _flags(table: PrintedTable) -> Iterator[tuple[int, int, str, str]]:
    return ((flag.row, flag.column, flag.code, _reason(table, flag)) for flag in table.flags)


def _reason(table: PrintedTable, flag: Flag) -> str:
    published = "" if flag.row < 0 else table.rows[flag.row].cells[flag.column].text
    return flag_reason(flag.reader, flag.reading, flag.evidence, published)


def tables_csv(tables: Sequence[PrintedTable]) -> dict[str, str]:
    """Return a CSV of the printed cells of each table, heads included, by file name. Its last column, `flags`, says
    which cells of the line are in doubt or repaired."""
    texts = (csv_of_rows(_lines(table)) for table in tables)
    return dict(zip(csv_names((table.label for table in tables), "table"), texts, strict=True))


def _lines(table: PrintedTable) -> list[list[str]]:
    """The lines of the CSV. Where the first line has the names of the columns, its flags and those of the whole table
    stand in the second."""
    named = 1 if table.header_rows else 0
    flags: dict[int, list[tuple[str, str, str]]] = {}
    for flag in table.flags:
        column = f"column {flag.column + 1}"
        place = "table" if flag.row < 0 else column if flag.row >= named else f"head, {column}"
        flags.setdefault(max(flag.row, named), []).append((place, flag.code, _reason(table, flag)))
    blank = [[""] * table.width] if max(flags, default=0) >= len(table.rows) else []
    rows = [*(list(row.texts) for row in table.rows), *blank]
    last = [flags_cell(flags.get(number, ())) for number in range(len(rows))]
    return [[*texts, text] for texts, text in zip(rows, [FLAGS_COLUMN, *last[1:]] if named else last, strict=True)]


def tables_text(tables: Sequence[PrintedTable], width: int) -> str:
    """Return the tables as text for a screen of `width` columns: caption, page, cells in columns with a mark at those
    in doubt, a line for each doubt, footnotes."""
    return "".join(f"{line}\n" for table in tables for line in _block(table, width))


def _block(table: PrintedTable, width: int) -> list[str]:
    doubts = [_doubt(table, flag) for flag in table.flags]
    return [*_heading(table, doubts), _grid(table, width), *doubt_lines(doubts), *table.footnotes, ""]


def _heading(table: PrintedTable, doubts: Sequence[CellDoubt]) -> list[str]:
    pages = ", ".join(str(box.page) for box in table.boxes)
    where = f"page {pages}" if pages else f"element {table.element}"
    about = ", ".join([f"{len(table.body)} rows", f"{table.width} columns", *doubt_counts(doubts)])
    return [f"{table.label}  {table.caption}".rstrip(), f"{where}: {about}"]


def _doubt(table: PrintedTable, flag: Flag) -> CellDoubt:
    return CellDoubt((flag.row, str(flag.column)), flag.code, _place(table, flag), _reason(table, flag), flag.evidence)


def _place(table: PrintedTable, flag: Flag) -> str:
    """The cell of a flag by the number and label of its row and the head of its column."""
    if flag.row < 0:
        return "table"
    head = " / ".join(row.texts[flag.column] for row in table.head if row.texts[flag.column])
    if flag.row < table.header_rows:
        return f"head of column {flag.column + 1}"
    label = next(filter(None, table.rows[flag.row].texts), "")
    row = f"row {flag.row - table.header_rows + 1}" + (f" ({short_label(label)})" if label and flag.column else "")
    return f"{row}, {short_label(head) or f'column {flag.column + 1}'}"


def _grid(table: PrintedTable, width: int) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Grid

    grid = Grid(box=SIMPLE_HEAD, pad_edge=False)
    codes: dict[tuple[int, int], list[str]] = {}
    for flag in table.flags:
        codes.setdefault((flag.row, flag.column), []).append(flag.code)
    shown = [_shown(number, row, codes) for number, row in enumerate(table.rows)]
    for texts in zip(*shown[: table.header_rows], strict=True) if table.head else [()] * table.width:
        grid.add_column("\n".join(texts), overflow="fold")
    for row, (first, *others) in zip(table.body, shown[table.header_rows :], strict=True):
        grid.add_row("  " * (row.indent > 1) + first, *others)
    return grid_text(grid, width)


def _shown(number: int, row: Row, codes: Mapping[tuple[int, int], Sequence[str]]) -> list[str]:
    """The cells of a row with their note marks and the mark of their doubts, as markup of rich."""
    marks = [
        [*(f"[{mark}]" for mark in cell.marks), mark_of(codes.get((number, column), ()))]
        for column, cell in enumerate(row.cells)
    ]
    return [
        escape_markup(" ".join(filter(None, [cell.text, *found]))) for cell, found in zip(row.cells, marks, strict=True)
    ]


TABLE_FORMS: OutputForms[PrintedTable] = OutputForms(tables_json, tables_csv, tables_text)
