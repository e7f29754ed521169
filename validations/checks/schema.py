"""SCH: a table that is not what its schema says, every failure of it."""

from validations.registry import Answers, Fault, check
from validations.tables import Record, Table


@check("SCH001", "reading")
def cell_not_as_its_schema_says(table: Table) -> Answers:
    """A cell is not of the kind that its column holds, or a record occurs twice.

    Why it matters
        What cannot be read as a number is not checked as one, and a record that occurs twice cannot be cited.

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
    records = {record.row: record for record in table.records} if found else {}
    for failure in found:
        record = records.get(failure.row) or Record(table.name, {"row": failure.row})
        message = f"expected {failure.expected}, found {failure.value!r}"
        yield Fault(message, failure.expected, record, failure.column, (failure.column,))
    if not found:
        yield None


@check("SCH002", "reading")
def columns_not_as_the_schema_says(table: Table) -> Answers:
    """A column is missing, or there is one that the schema does not know.

    Why it matters
        A misnamed column is not checked. Row numbers, notes and the place on the page may be left out of a table that
        was typed by hand.

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
