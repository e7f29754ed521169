"""The head paths of a table: the heads over each column, from top to bottom."""

from collections.abc import Sequence

from extract.tables.table import PrintedTable, Row

HEAD_SEPARATOR = " / "  # between the levels of a head


def head_levels(head: Sequence[Row]) -> list[list[str]]:
    """Return the heads over each column from top to bottom, "" where a level has none. A spanner belongs to its own
    column and to the columns right of it up to the next head in its row, as far as heads stand below it."""
    texts = [list(row.texts) for row in head]
    for level, upper in enumerate(texts):
        stands = [any(below[column] for below in texts[level + 1 :]) for column in range(len(upper))]
        for column in range(1, len(upper)):
            if not upper[column] and stands[column] and stands[column - 1]:
                upper[column] = upper[column - 1]
    return [list(path) for path in zip(*texts, strict=True)]


def head_paths(head: Sequence[Row]) -> list[str]:
    """Return the head path of each column: its heads from top to bottom, joined by " / "."""
    return [HEAD_SEPARATOR.join(text for text in path if text) for path in head_levels(head)]


def column_heads(table: PrintedTable) -> list[str]:
    """Return the head path of each column of a table, "" for each where the table has no head."""
    return head_paths(table.head) or [""] * table.width
