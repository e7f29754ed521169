"""The tables of pages paired with those of the XML: by their labels, the others by their cells."""

from collections import Counter
from collections.abc import Iterable, Sequence

from extract.jats.alignment import cell_key
from extract.page.labels import label_key
from extract.tables.table import PrintedTable

_SAME_TABLE_SHARE = 0.5  # of the numbers of both: without equal labels, tables that share as many are one


def pair_tables(tables: Sequence[PrintedTable], others: Sequence[PrintedTable]) -> dict[int, int]:
    """Return the pairs of tables, by place: those with the same label first, of these the most alike; then those that
    share most of their numbers, where one of them has no label."""
    found = [
        (same, share, -number, -place)
        for number, table in enumerate(tables)
        for place, other in enumerate(others)
        for same in [bool(table.label) and label_key(table.label) == label_key(other.label)]
        for share in [shared_numbers(table, other)]
        if same or (share >= _SAME_TABLE_SHARE and not (table.label and other.label))
    ]
    pairs: dict[int, int] = {}
    for _, _, number, place in sorted(found, reverse=True):
        if -number not in pairs and -place not in pairs.values():
            pairs[-number] = -place
    return pairs


def shared_numbers(table: PrintedTable, other: PrintedTable) -> float:
    """Return the share of the cells with digits that both tables have, 0 to 1."""
    ours, theirs = _numbers(table), _numbers(other)
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0


def _numbers(table: PrintedTable) -> Counter[str]:
    keys: Iterable[str] = (cell_key(text) for row in table.rows for text in row.texts)
    return Counter(key for key in keys if any(map(str.isdigit, key)))
