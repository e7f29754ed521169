"""The fault at a cell, made from its line of readings.csv."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from validations.registry import Fault
from validations.tables import Paper, Record

_REPAIRED = "repaired by the card"


def faults_of_code(paper: Paper, code: str) -> Iterator[Fault | None]:
    """For the lines of the readings that have that code a fault, one for all cells of an exhibit that are in doubt for
    the same reason; None for each other line."""
    lines: dict[tuple[str, str, str], list[Mapping[str, str]]] = defaultdict(list)
    for doubt in paper.readings:
        if code_of(doubt) == code:
            lines[doubt["exhibit"], doubt["reader"], doubt["evidence"]].append(doubt)
        else:
            yield None
    yield from (_common_fault(paper, alike) for alike in lines.values())


def _common_fault(paper: Paper, doubts: Sequence[Mapping[str, str]]) -> Fault:
    """The fault of lines that doubt cells of one exhibit for one reason, at the first of them."""
    faults = [reading_fault(paper, doubt) for doubt in sorted(doubts, key=lambda doubt: not doubt["column"])]
    rows = list(dict.fromkeys(doubt["row"] for doubt in doubts if doubt["row"]))
    if len(faults) == 1 or not rows:
        return faults[0]
    where = f"row {rows[0]}" if len(rows) == 1 else f"rows {', '.join(rows)}"
    message = f"{doubts[0]['evidence']}: {len(doubts)} cells of {where}, read by {doubts[0]['reader']}"
    others = dict.fromkeys(fault.record for fault in faults[1:] if fault.record is not None)
    return replace(faults[0], message=message, expected="", also=tuple(others))


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
