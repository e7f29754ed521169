"""RDR: checks that failed by an error of this program."""

from validations.registry import Answers, Fault, check
from validations.runner import BOX
from validations.tables import BrokenCheck, Paper, Record


@check("RDR024", "reading")
def check_failed(paper: Paper) -> Answers:
    """A check failed by an error of this program: what it would have found is not known.

    Why it matters
        The other checks were evaluated, and no number was changed. Look at the rows that the finding names for what the
        failed check looks for (`doubletake explain` and its code), and report the error with its message; -v shows the
        traceback.

    Fires on
        broken: checks
        exhibit  row  fault                                  message
        table1   3    OverflowError in share (checks/pct.py)  PCT001 could not be evaluated: int too large to convert

    Silent on
        table1: characteristics, N = 51
        label  n   percent
        Male   25  49.0
    """
    for item in paper.broken:
        yield _fault(item)
    failed = {item.exhibit for item in paper.broken}
    yield from (None for name in paper.tables if name not in failed)


def _fault(item: BrokenCheck) -> Fault:
    """The fault at the first record at which the check failed. The finding quotes the kind and place of the error."""
    first = next(iter(item.records), None)
    cells = {"row": "", "part": "", "fault": item.fault}
    if first is not None:
        cells |= {"row": first.row, "part": first.part, **{name: first[name] for name in BOX}}
    return Fault(item.message, "", Record(item.exhibit, cells, "part"), "", ("fault",), item.records[1:])
