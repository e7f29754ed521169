"""SUM: counts that exceed the count of which they are a part."""

from schemas.base.exhibit import Quantities
from schemas.base.printed import Printed
from validations.checks.totals.sums import count_columns
from validations.labels import counts_events
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Record, Table, number_in

_UNKNOWN_TOTAL = NotCheckable("total is not known")


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
def count_exceeds_total(table: Table) -> Answers:
    """A count of patients is larger than the number of all patients.

    Why it matters
        A patient with an event or feature is counted once, however often it occurs. A larger count has a wrong digit,
        or counts events instead of patients.

    Fires on
        table4: adverse_events, N = 51
        event   grade  n
        Nausea  any    72

    Silent on
        table4: adverse_events, N = 1349
        event     grade  n
        Nausea    any    12
        Diarrhea  any    1,349

    Not checkable on
        table4: adverse_events, N = 50
        event                             grade  n
        Neutropenia (events)              any    112
        Number of serious adverse events  any    64
    """
    for group in table.model.quantities():
        for record in table.records if "n" in group else ():
            n, total = record.number(group["n"]), _total_of(record, group, table)
            if n is not None:
                yield _UNKNOWN_TOTAL if total is None else _count_fault(table, record, group, n, total)


def _total_of(record: Record, group: Quantities, table: Table) -> Printed | None:
    return record.number(group["total"]) if "total" in group else number_in(str(table.cohort_n or ""))


def _count_fault(table: Table, record: Record, group: Quantities, n: Printed, total: Printed) -> Answer:
    if n.value <= total.value:
        return None
    share = record[group["percent"]] if "percent" in group else ""
    if not share and counts_events(record[table.model.names()[-1]]):
        return NotCheckable("the label says that events are counted, not patients")
    shows = tuple(group[name] for name in ("n", "total") if name in group and record[group[name]])
    return Fault(f"{n} patients of {total}", f"at most {total}", record, group["n"], shows)


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
