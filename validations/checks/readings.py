"""RDR: cells in which our own reading of the page is in doubt."""

from collections.abc import Mapping

from validations.registry import Answers, Fault, check
from validations.tables import Paper, Record

REPAIRED = "repaired by the card"


@check("RDR001", "reading")
def reading_in_doubt(paper: Paper) -> Answers:
    """A cell was read in two ways, or what was read could not be understood.

    Why it matters
        A value that no second reading confirms may be ours and not the paper's. Look at the page; where the published
        value is wrong, the card of the paper takes a [[misread]] entry that repairs it.

    Fires on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence
        table1   3    n       24         camelot  21       the two readings differ

    Silent on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence
        table1   3    n       24         pdfplumber  Z4       repaired by the card: a Z for a 2
    """
    for doubt in paper.readings:
        message = f"read {doubt['reading']!r} by {doubt['reader']}: {doubt['evidence']}"
        yield None if _is_repair(doubt) else _fault(paper, doubt, message)


@check("RDR002", "note")
def reading_repaired(paper: Paper) -> Answers:
    """A cell was misread and is published as a person corrected it.

    Why it matters
        The published value is not what the software read; who relies on it may want to look at the page.

    Fires on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence
        table1   3    n       24         pdfplumber  Z4       repaired by the card: a Z for a 2

    Silent on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence
        table1   3    n       24         camelot  21       the two readings differ
    """
    for doubt in paper.readings:
        message = f"read {doubt['reading']!r} by {doubt['reader']}; {doubt['evidence']}"
        yield _fault(paper, doubt, message) if _is_repair(doubt) else None


def _is_repair(doubt: Mapping[str, str]) -> bool:
    return doubt["evidence"].startswith(REPAIRED)


def _fault(paper: Paper, doubt: Mapping[str, str], message: str) -> Fault:
    """The fault at the record that the line names; at its column where it names a row that has no such record."""
    table = paper.tables.get(doubt["exhibit"])
    records = table.records if table else ()
    found = next((record for record in records if record.row == doubt["row"]), None)
    record = found or Record(doubt["exhibit"], {"row": doubt["row"], doubt["column"]: doubt["published"]})
    return Fault(message, doubt["reading"], record, doubt["column"], (doubt["column"],))
