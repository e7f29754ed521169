"""Tables continued over pages: the parts stacked, repeated heads dropped, rows that break across pages mended."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.page.lines import join_wrapped
from extract.tables.grid.grid import Grid
from extract.tables.grid.head.length import letter_words
from extract.tables.grid.rows import wraps
from extract.tables.table import Cell, Row


def stack_rows(parts: Sequence[Grid]) -> list[Row]:
    """Return the rows of all parts under the head of the first part, each with as many cells as the widest part."""
    width = max(len(part.columns) for part in parts)
    rows = [*parts[0].head, *parts[0].body]
    for before, part in pairwise(parts):
        body = list(part.body if repeats_head(part.head, parts[0].head) else part.head + part.body)
        if len(body) == len(part.body) and breaks_across(before, part):
            rows[-1] = join_rows(rows[-1], body.pop(0))
        rows += body
    return [row.padded(width) for row in rows]


def repeats_head(head: Sequence[Row], first: Sequence[Row]) -> bool:
    """Whether a head repeats the first one, apart from spaces, numbers and signs of continuation. A head without text
    does."""
    text = squeezed(_text_of(head))
    own, words = (letter_words(text for row in rows for text in row.texts) for rows in (head, first))
    return not text or text == squeezed(_text_of(first)) or (bool(own) and own <= words)


def squeezed(text: str) -> str:
    """Return the letters and digits of a text in small letters."""
    return re.sub(r"\W+", "", text).lower()


def _text_of(rows: Sequence[Row]) -> str:
    return " ".join(text for row in rows for text in row.texts)


def numbers_differ(head: Sequence[Row], first: Sequence[Row]) -> bool:
    """Whether a head that repeats the first one has numbers that the first one lacks."""
    own, numbers = (set(re.findall(r"\d[\d,.]*", _text_of(rows))) for rows in (head, first))
    return not own <= numbers


def breaks_across(before: Grid, part: Grid) -> bool:
    """Whether the first row of a part is the rest of the last row before it: some columns of that row are blank in it,
    and its other cells can only continue those of that row."""
    if not before.lines or not part.lines or len(before.columns) != len(part.columns):
        return False
    last, first = list(before.lines[-1]), list(part.lines[0])
    blank = {c for line in last for c in line.cells} - {c for line in first for c in line.cells}
    return bool(blank) and wraps(last, first, None, before.columns, upwards=False)


def join_rows(last: Row, rest: Row) -> Row:
    pairs = zip(last.cells, rest.cells, strict=True)
    return Row(tuple(join_cells(a, b) for a, b in pairs), last.indent)


def join_cells(a: Cell, b: Cell) -> Cell:
    return Cell(join_wrapped([a.text, b.text]), a.marks + b.marks, a.boxes + b.boxes, a.flags + b.flags)
