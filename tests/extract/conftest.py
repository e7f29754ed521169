"""Tables made from text, as a reader would give them."""

from collections.abc import Callable, Sequence

import pytest

from extract.readers.table import Box, Cell, Row, Table

Printed = str | tuple[str, str]


def _row(top: float, texts: Sequence[Printed], indent: float) -> Row:
    cells = []
    for number, printed in enumerate(texts):
        text, mark = printed if isinstance(printed, tuple) else (printed, "")
        box = Box(1, 50.0 + 100 * number, top, 140.0 + 100 * number, top + 8)
        cells.append(Cell(text, (mark,) if mark else (), (box,) if text else ()))
    return Row(tuple(cells), indent)


@pytest.fixture
def table_of() -> Callable[..., Table]:
    """table_of("Table 1", heads, body): rows of texts, a mark given as (text, mark), a leading ">" for an indent."""

    def make(label: str, heads: Sequence[Sequence[Printed]], body: Sequence[Sequence[Printed]]) -> Table:
        rows = []
        for number, texts in enumerate([*heads, *body]):
            first = texts[0][0] if isinstance(texts[0], tuple) else texts[0]
            plain = [(first[1:], texts[0][1]) if isinstance(texts[0], tuple) else first[1:], *texts[1:]]
            indented = first.startswith(">")
            rows.append(_row(100 + 10 * number, plain if indented else texts, 9.0 if indented else 0.0))
        box = Box(1, 50.0, 100.0, 590.0, 100 + 10 * len(rows))
        return Table(label, "Caption", (box,), len(heads), tuple(rows))

    return make
