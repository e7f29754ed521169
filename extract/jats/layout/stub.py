"""Labels that the XML sets over several columns, a column for each indent, as the one column that the page shows."""

from collections.abc import Sequence
from dataclasses import replace

from extract.jats.layout.heads import looks_like_data
from extract.tables.table import Row

_INDENT_PT = 10.0
_LEAST_COLUMNS = 3  # two columns are labels and values


def with_one_stub(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the first two columns joined, as often as no row prints both and the second has words: a
    label in the second is indented under that in the first."""
    found = list(rows)
    while found and len(found[0].cells) >= _LEAST_COLUMNS and _is_one_stub(found):
        found = [_joined(row) for row in found]
    return found


def _is_one_stub(rows: Sequence[Row]) -> bool:
    first, second = ([row.cells[place].text for row in rows] for place in (0, 1))
    words = [text for text in second if text and not looks_like_data(text)]
    apart = not any(one and other for one, other in zip(first, second, strict=True))
    return apart and any(first) and 2 * len(words) > sum(map(bool, second))


def _joined(row: Row) -> Row:
    first, second, *others = row.cells
    if first.text or not second.text:
        return replace(row, cells=(first, *others))
    return replace(row, cells=(second, *others), indent=row.indent + _INDENT_PT)
