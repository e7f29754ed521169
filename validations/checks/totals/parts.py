"""SUM: counts that exceed the count of which they are a part."""

from schemas.base.printed import Printed
from validations.checks.totals.sums import count_columns
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Record, Table


@check("SUM003", "impossible")
def part_exceeds_whole(table: Table) -> Answers:
    """A subgroup counts more patients than its group.

    Why it matters
        Reviews often pool counts of subgroups ("LMS / of which uLMS") like those of groups. A subgroup larger than its
        group shows that the two were exchanged or that a digit is wrong.

    Fires on
        table1: characteristics
        section  label  part_of  n
        Subtype  LMS    -        5
        Subtype  uLMS   LMS      12

    Silent on
        table1: characteristics
        section  label  part_of  n
        Subtype  LMS    -        12
        Subtype  uLMS   LMS      5

        table2: responses
        group  part_of  n_total  pr_n
        LMS    -        12       4
        uLMS   LMS      5        1
    """
    key = table.model.part()
    wholes = {(record["section"], record.part): record for record in table.records if not record["part_of"]}
    for record in table.records:
        whole = wholes.get((record["section"], record["part_of"]))
        if record["part_of"] and whole is None:
            yield NotCheckable(f"no record has the {key} that part_of names")
        elif record["part_of"] and whole is not None:
            yield from (_against_whole(record, whole, name) for name in count_columns(table) if record[name])


def _against_whole(part: Record, whole: Record, column: str) -> Answer:
    less, more = part.count(column), whole.count(column)
    if less is None or more is None:
        return NotCheckable("a count of the subgroup or its group is not known")
    message = f"{part.part} has {less}, more than the {more} of its group {whole.part}"
    return Fault(message, f"at most {more}", part, column, (column,), (whole,)) if less > more else None


@check("SUM004", "impossible")
def count_exceeds_total(total: Printed, n: Printed) -> Fault | None:
    """A count of patients is larger than the number of all patients.

    Why it matters
        A patient with an event or feature is counted once, however often it occurs. A larger count has a wrong digit,
        or counts events instead of patients.

    Fires on
        total  n
        51     72

    Silent on
        total  n
        51     51
        1,349  12
    """
    message = f"{n} patients of {total}"
    return Fault(message, f"at most {total}") if n.value > total.value else None


@check("SUM005", "impossible")
def evaluable_exceed_total(table: Table) -> Answers:
    """A group has more evaluable patients than patients.

    Why it matters
        One of the numbers is wrong, and so are the rates of the group that divide by it.

    Fires on
        table4: responses
        group  n_total  n_evaluable
        A      41       43

    Silent on
        table4: responses
        group  n_total  n_evaluable
        A      43       41
    """
    for record in table.records if table.schema == "responses" else ():
        evaluable, total = record.count("n_evaluable"), record.count("n_total")
        if evaluable is None or total is None:
            yield NotCheckable("n_evaluable or n_total is not known")
        else:
            more = evaluable > total
            message = f"{evaluable} evaluable patients of {total}"
            yield (
                Fault(message, f"at most {total}", record, "n_evaluable", ("n_evaluable", "n_total")) if more else None
            )
