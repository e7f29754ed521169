"""The fault at a cell, made from its line of readings.csv."""

from collections.abc import Iterator, Mapping

from validations.registry import Fault
from validations.tables import Paper, Record

_REPAIRED = "repaired by the card"


def faults_of_code(paper: Paper, code: str) -> Iterator[Fault | None]:
    """For each line of the readings: a fault if the line has that code, else None."""
    for doubt in paper.readings:
        yield reading_fault(paper, doubt) if code_of(doubt) == code else None


def code_of(doubt: Mapping[str, str]) -> str:
    """The code of a line of the readings. Lines typed by hand may have none and get one by their evidence."""
    return doubt.get("code") or ("RDR002" if doubt["evidence"].startswith(_REPAIRED) else "RDR001")


def reading_fault(paper: Paper, doubt: Mapping[str, str]) -> Fault:
    """The fault at the cell that a line of the readings names: at the record of the row that holds the published value,
    else at the first record of the row, else at a record made from the line alone. A line without column is about the
    whole exhibit."""
    table = paper.tables.get(doubt["exhibit"])
    records = [record for record in (table.records if table else ()) if record.row == doubt["row"]]
    found = [record for record in records if doubt["column"] and record[doubt["column"]] == doubt["published"]]
    column, printed = doubt["column"], {"row": doubt["row"], doubt["column"]: doubt["published"]}
    record = next(iter([*found, *records]), None) or Record(doubt["exhibit"], printed if column else {"row": ""})
    message = f"read {doubt['reading']!r} by {doubt['reader']}: {doubt['evidence']}"
    if not column:
        message = doubt["evidence"]
    return Fault(message, doubt["reading"], record, column, (column,) if column else ())
