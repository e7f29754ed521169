"""Small tables, typed as they are printed."""

from collections.abc import Callable, Sequence

import pytest

from extract.page.box import Box
from extract.tables.table import Cell, PrintedTable, Row

Typed = Callable[..., PrintedTable]


def _row(text: str, number: int) -> Row:
    """A row of cells between "|"; blanks before the label are its indent, 4 points each."""
    cells = [cell.strip() for cell in text.split("|")]
    indent = 4.0 * (len(text) - len(text.lstrip(" ")))
    top = 100.0 + 12 * number
    return Row(tuple(Cell(cell, boxes=(Box(50, top, 100, top + 10, 1),) if cell else ()) for cell in cells), indent)


@pytest.fixture
def typed() -> Typed:
    def build(
        head: Sequence[str], body: Sequence[str], caption: str = "", notes: Sequence[str] = (), label: str = "Table 1"
    ) -> PrintedTable:
        rows = tuple(_row(text, number) for number, text in enumerate([*head, *body]))
        return PrintedTable(label, caption, (Box(50, 90, 500, 700, 1),), len(head), rows, tuple(notes))

    return build
