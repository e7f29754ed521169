"""SUM: the subtypes of an arm against their printed denominator and the arm's sample size."""

from collections.abc import Iterator
from itertools import groupby

from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record, Table

NOT_KNOWN = NotCheckable("a count or denominator of the cell is not known")


def cells(table: Table) -> Iterator[list[Record]]:
    """The subtypes of each arm: the records of one printed cell."""
    if table.schema == "histology":
        yield from (list(group) for _, group in groupby(table.records, key=lambda record: record.row))


def sum_and_total(subtypes: list[Record]) -> tuple[int, int] | None:
    """The sum of the counts and their common denominator; None if a number is missing or the denominators differ."""
    counts = [record.count("n") for record in subtypes]
    totals = {record.count("total") for record in subtypes}
    known = [count for count in counts if count is not None]
    total = totals.pop() if len(totals) == 1 else None
    return (sum(known), total) if total is not None and len(known) == len(counts) else None


@check("SUM006", "impossible")
def subtypes_exceed_their_total(table: Table) -> Answers:
    """The subtypes of an arm add up to more patients than their printed denominator.

    Why it matters
        Each patient has one histological diagnosis. Pooled response rates by subtype use these counts.

    Fires on
        table1: histology
        row  position  study  subtype  n   total
        1    1         A      SS       14  35
        1    2         A      UPS      22  35

    Silent on
        table1: histology
        row  position  study  subtype  n   total
        1    1         A      SS       14  35
        1    2         A      UPS      21  35
        2    1         B      SS       6   10
    """
    for subtypes in cells(table):
        found = sum_and_total(subtypes)
        if found is None:
            yield NOT_KNOWN
        else:
            yield _misses(subtypes, *found) if found[0] > found[1] else None


@check("SUM007", "unlikely")
def subtypes_fall_short_of_their_total(table: Table) -> Answers:
    """The subtypes of an arm add up to fewer patients than their printed denominator.

    Why it matters
        The list leaves patients out without saying so, or a count is wrong. Both distort the shares of the subtypes.

    Fires on
        table1: histology
        row  position  study  subtype  n   total
        1    1         A      SS       14  35
        1    2         A      others   20  35

    Silent on
        table1: histology
        row  position  study  subtype  n   total
        1    1         A      SS       14  35
        1    2         A      others   21  35
    """
    for subtypes in cells(table):
        found = sum_and_total(subtypes)
        if found is None:
            yield NOT_KNOWN
        else:
            yield _misses(subtypes, *found) if found[0] < found[1] else None


def _misses(subtypes: list[Record], counted: int, total: int) -> Fault:
    listed = "; ".join(f"{record['subtype']} {record['n']}" for record in subtypes)
    message = f"the subtypes add up to {counted}, their printed denominator is {total}: {listed}"
    return Fault(message, str(total), subtypes[0], "n", ("n", "total"), tuple(subtypes[1:]))


@check("SUM008", "unlikely")
def subtypes_of_one_arm_have_different_totals(table: Table) -> Answers:
    """The subtypes of one arm have different printed denominators.

    Why it matters
        An arm has one number of patients, so a denominator that changes inside a cell is a slip.

    Fires on
        table1: histology
        row  position  study  subtype  n   total
        1    1         A      SS       14  35
        1    2         A      UPS      6   53

    Silent on
        table1: histology
        row  position  study  subtype  n   total
        1    1         A      SS       14  35
        1    2         A      UPS      6   35
        2    1         B      SS       6   6
    """
    for subtypes in cells(table):
        totals = [record["total"] for record in subtypes]
        usual = max(dict.fromkeys(totals), key=totals.count)
        odd = [record for record in subtypes if record["total"] != usual]
        differing = ", ".join(f"{record['subtype']} is out of {record['total']}" for record in odd)
        message = f"{differing}, the other subtypes of the arm are out of {usual}"
        yield Fault(message, usual, odd[0], "total", ("n", "total"), tuple(odd[1:])) if odd else None


@check("SUM009", "impossible")
def subtype_total_exceeds_sample_size(paper: Paper) -> Answers:
    """The printed denominator of an arm's subtypes is larger than the sample size of the arm.

    Why it matters
        Sample size and denominator count the same patients, so one of them is wrong.

    Fires on
        table1: study_arms
        row  study  sample_size
        1    A      35

        table1_histology: histology
        row  position  study  subtype  n   total
        1    1         A      SS       53  53

    Silent on
        table1: study_arms
        row  study  sample_size
        1    A      35

        table1_histology: histology
        row  position  study  subtype  n   total
        1    1         A      SS       35  35
    """
    for first, arm in _first_and_arm(paper):
        total, size = first.count("total"), arm.count("sample_size")
        if total is None or size is None:
            yield NOT_KNOWN
        else:
            yield _against_size(first, arm) if total > size else None


@check("SUM010", "note")
def subtype_total_below_sample_size(paper: Paper) -> Answers:
    """The printed denominator of an arm's subtypes is smaller than the sample size of the arm.

    Why it matters
        The denominator may count treated or evaluable patients, which the table does not say. The share of a subtype
        then belongs to another number of patients than the sample size beside it.

    Fires on
        table1: study_arms
        row  study  sample_size
        1    A      42

        table1_histology: histology
        row  position  study  subtype  n   total
        1    1         A      SS       40  40

    Silent on
        table1: study_arms
        row  study  sample_size
        1    A      40

        table1_histology: histology
        row  position  study  subtype  n   total
        1    1         A      SS       40  40
    """
    for first, arm in _first_and_arm(paper):
        total, size = first.count("total"), arm.count("sample_size")
        if total is None or size is None:
            yield NOT_KNOWN
        else:
            yield _against_size(first, arm) if total < size else None


def _first_and_arm(paper: Paper) -> Iterator[tuple[Record, Record]]:
    """The first subtype of each arm with the arm. The arms come from the exhibit whose name starts the histology's
    name: table1 for table1_histology."""
    for table in paper.of("histology"):
        origin = next((arms for arms in paper.of("study_arms") if table.name.startswith(arms.name)), None)
        arms = {record.row: record for record in origin.records} if origin else {}
        yield from ((subtypes[0], arms[subtypes[0].row]) for subtypes in cells(table) if subtypes[0].row in arms)


def _against_size(first: Record, arm: Record) -> Fault:
    message = f"{first['study']}: the subtypes are out of {first['total']}, the sample size is {arm['sample_size']}"
    return Fault(message, arm["sample_size"], first, "total", ("study", "total"), (arm,))
