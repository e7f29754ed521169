"""The rows of a table in the OASIS format (CALS): <tgroup> with named columns, <entry> for a cell. Laid out as the rows
of other tables are; a table within a row (<entrytbl>) is not read."""

from collections.abc import Mapping

from extract.errors import UnreadableError
from extract.jats.layout.spans import GROUPS, MOST_COLUMNS_COUNT, Line, Placed, laid_out, refuse_large
from extract.jats.source import Element, children, has, name_of

_MOST_DIGITS = 9  # of a count: beyond every table
Columns = Mapping[str, tuple[int, int]]  # the name of a column or of a span -> its first and last column, from 0


def lines_of_tgroup(tgroup: Element) -> list[Line]:
    """Return the rows of a <tgroup>. UnreadableError if it has too many cells, a table within a row, or a cell in a
    column that is not declared."""
    if has(tgroup, "entrytbl"):
        raise UnreadableError("a table stands within a row of a table (<entrytbl>)")
    columns, lines = _columns_of(tgroup, {}), list[Line]()
    for group in children(tgroup, *GROUPS):
        own = _columns_of(group, columns)
        rows = children(group, "row")
        placed = ([_placed(entry, own, len(rows)) for entry in children(row, "entry")] for row in rows)
        lines += laid_out(placed, name_of(group) == "thead")
    return refuse_large(lines)


def _columns_of(node: Element, above: Columns) -> Columns:
    """The columns and spans that a <tgroup> declares, or a group of its rows in place of those."""
    found, number = dict[str, tuple[int, int]](), 0
    for colspec in children(node, "colspec"):
        number = _count(colspec, "colnum", number + 1)
        if number > MOST_COLUMNS_COUNT:
            raise UnreadableError(f"a table has more than {MOST_COLUMNS_COUNT} columns")
        found[colspec.get("colname") or f"#{number}"] = (number - 1, number - 1)
    found = found or dict(above)
    for spanspec in children(node, "spanspec"):
        found[spanspec.get("spanname") or ""] = _between(spanspec, found)
    return found


def _placed(entry: Element, columns: Columns, rows: int) -> Placed:
    height = min(_count(entry, "morerows", 0) + 1, rows)
    name = entry.get("spanname") or entry.get("colname")
    if not (entry.get("namest") or name):
        return Placed(entry, 1, height)
    first, last = _between(entry, columns) if entry.get("namest") else _named(name or "", columns)
    return Placed(entry, max(last - first, 0) + 1, height, first)


def _between(node: Element, columns: Columns) -> tuple[int, int]:
    """The first and last column of a span from `namest` to `nameend`."""
    start = node.get("namest") or ""
    return _named(start, columns)[0], _named(node.get("nameend") or start, columns)[1]


def _named(name: str, columns: Columns) -> tuple[int, int]:
    if name not in columns:
        raise UnreadableError(f"a cell stands in column {name!r}, which the table does not declare")
    return columns[name]


def _count(node: Element, name: str, usual: int) -> int:
    """The count that an attribute gives; `usual` where it gives none."""
    given = (node.get(name) or "").strip()
    return int(given[:_MOST_DIGITS]) if given.isascii() and given.isdigit() else usual
