"""SCH: tables that fail their schema. Every failure is one finding."""

from collections.abc import Sequence

from schemas.base.failures import Failure
from validations.registry import Answers, Fault, check
from validations.tables import Record, Table


@check("SCH001", "reading", by_panel=False)
def cell_not_as_its_schema_says(table: Table) -> Answers:
    """A cell holds a value that its column does not allow, or a record occurs twice.

    Why it matters
        A text that cannot be read as a number escapes the checks of numbers, and a record that occurs twice cannot be
        cited.

    Fires on
        table1: characteristics
        label  section  statistic  n    percent
        Male   Sex      count      2.5  49.0

        table2: characteristics
        row  label  section  statistic  n   percent
        1    Male   Sex      count      25  49.0
        1    Male   Sex      count      25  49.0

    Silent on
        table1: characteristics
        label  section  statistic  n      percent
        Male   Sex      count      1,025  <0.1
    """
    found = [failure for failure in table.broken if failure.row]
    records: dict[str, list[Record]] = {}
    for record in table.records if found else ():
        records.setdefault(record.row, []).append(record)
    for failure in found:
        record = _failing(records.get(failure.row) or [Record(table.name, {"row": failure.row})], failure)
        message = f"expected {failure.expected}, found {failure.shown}"
        yield Fault(message, failure.expected, record, failure.column, (failure.column,))
    if not found:
        yield None


@check("SCH002", "reading", by_panel=False)
def columns_not_as_the_schema_says(table: Table) -> Answers:
    """A column is missing, or the schema does not know a column.

    Why it matters
        A misnamed column is not checked. A table typed by hand may leave out row numbers, notes, places on the page and
        whatever was not printed; `doubletake explain adverse_events` lists the columns that it needs.

    Fires on
        table1: characteristics
        label  statistic  count  percent
        Male   count      25     49.0

    Silent on
        table1: characteristics
        label  section  part_of  statistic  n   percent  median  low  high
        Male   Sex      -        count      25  49.0     -       -    -
    """
    found = [failure for failure in table.broken if not failure.row]
    for failure in found:
        yield Fault(f"expected {failure.expected}", "", Record(table.name, {"row": ""}), failure.column)
    if not found:
        yield None


def _failing(row: Sequence[Record], failure: Failure) -> Record:
    """The record of the row that holds the failing value; the last record where a whole record occurs twice."""
    return next((record for record in row if record[failure.column] == failure.value), row[-1])
