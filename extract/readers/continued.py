"""Tables continued over pages: the parts stacked, repeated heads dropped, rows that break across pages mended."""

import re
from collections.abc import Sequence

from extract.readers.grid import Grid
from extract.readers.lines import join_wrapped
from extract.readers.table import Cell, Row
from extract.readers.values import VALUE


def put_together(parts: Sequence[Grid]) -> list[Row]:
    """The rows of all parts under the head of the first one."""
    width = max(len(part.columns) for part in parts)
    rows = [*parts[0].head, *parts[0].body]
    for part in parts[1:]:
        body = list(part.body if same_head(part.head, parts[0].head) else part.head + part.body)
        if body and rows and goes_on(rows[-1], body[0]):
            rows[-1] = joined(rows[-1], body.pop(0))
        rows += body
    return [row.padded(width) for row in rows]


def same_head(head: Sequence[Row], first: Sequence[Row]) -> bool:
    """Whether a head repeats the first one, spaces and signs of continuation aside. One without text does as well."""
    return plain(head) == plain(first) or not plain(head) or bool(set(words(head)) <= set(words(first)))


def plain(rows: Sequence[Row]) -> str:
    return re.sub(r"\W+", "", "".join(text for row in rows for text in row.texts)).lower()


def words(rows: Sequence[Row]) -> list[str]:
    return re.findall(r"\w+", " ".join(text for row in rows for text in row.texts).lower())


def goes_on(last: Row, first: Row) -> bool:
    """Whether the first row of a page is the rest of the last one before it: no label, nothing where that one is blank,
    and no second number in a column that holds one."""
    filled = [i for i, cell in enumerate(first.cells) if cell.text]
    if not filled or filled[0] == 0:
        return False
    return all(last.cells[i].text and not two_numbers(last.cells[i].text, first.cells[i].text) for i in filled)


def two_numbers(before: str, after: str) -> bool:
    return bool(VALUE.match(before) and VALUE.match(after) and not re.match(r"^[(\[]", after))


def joined(last: Row, rest: Row) -> Row:
    pairs = zip(last.cells, rest.cells, strict=True)
    return Row(tuple(join_cells(a, b) for a, b in pairs), last.indent)


def join_cells(a: Cell, b: Cell) -> Cell:
    return Cell(join_wrapped([a.text, b.text]), a.marks + b.marks, a.boxes + b.boxes)
