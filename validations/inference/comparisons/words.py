"""What caption, heads, notes and labels of a table say of how its P values or differences were computed."""

import re
from functools import lru_cache

from validations.tables import Record, Table, once

_MARK = re.compile(r"(?:^|;)(?P<column>\w+):(?P<mark>[^;]*)")


@once
def table_words(table: Table) -> str:
    """Caption, heads and notes of a table."""
    return " ".join((table.words, *table.footnotes))


def own_words(record: Record) -> str:
    """What the table says of the record alone: labels, time point, test, adjustment, population."""
    columns = ("section", "outcome", "level", "timepoint", "test", "adjusted", "measure")
    return " ".join(filter(None, (record[name] for name in columns)))


@lru_cache(maxsize=4096)
def marks(notes: str, column: str) -> str:
    """The note marks of a record at this column, joined."""
    return "".join(match["mark"].strip() for match in _MARK.finditer(notes) if match["column"] == column)
