"""SUM: categories against the cohort, total rows against their columns."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from validations.inference.sections import Section, find_sections
from validations.labels import is_total
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Record, Table


def count_columns(table: Table) -> list[str]:
    """The columns of the table that hold counts of patients, including denominators."""
    names = ("n", "total", "evaluable")
    return list(
        dict.fromkeys(
            group[name] for group in table.model.quantities() if "n" in group for name in names if name in group
        )
    )


def figures(records: Sequence[Record], column: str) -> str:
    """The sum as a reader would write it: 10 + 2 + 5 + 2 = 19"""
    counts = [record.count(column) or 0 for record in records]
    return f"{' + '.join(map(str, counts))} = {sum(counts)}"


@check("SUM001", "impossible")
def categories_do_not_add_to_cohort(table: Table) -> Answers:
    """The counts of exclusive categories do not add up to the number of patients.

    Why it matters
        A patient was lost or counted twice between the categories, or a digit is wrong. The table itself shows that the
        categories exclude one another: their percentages add up to 100, or they are opposites such as yes and no.

    Fires on
        table1: characteristics, N = 51
        section  label   n   percent
        Line     First   12  23.5
        Line     Second  42  47.1
        Line     Third   15  29.4

        table2: characteristics, N = 51
        section  label   n
        Sex      Male    26
        Sex      Female  26

        table3: characteristics, N = 357
        section  label   n    percent
        Stage    I       91   25
        Stage    II      122  34
        Stage    III     146  41

    Silent on
        table1: characteristics, N = 51
        section  label   n   percent
        Line     First   12  23.5
        Line     Second  24  47.1
        Line     Third   15  29.4

        table2: characteristics, N = 51
        section  label     n   percent
        PD-L1    Positive  12  40.0
        PD-L1    Negative  18  60.0

    Not checkable on
        table1: characteristics, N = 51
        section             label  n   percent
        Metastasis present  Lung   33  64.7
        Metastasis present  Bone   18  35.3
        Metastasis present  Liver  6   11.8

        table2: characteristics, N = 51
        section         label   n   percent
        Selected types  First   12  23.5
        Selected types  Second  20  39.2

        table3: characteristics, N = 51
        section        label     n   percent
        Comorbidities  Diabetes  20  39
        Comorbidities  Asthma    30  59
        Comorbidities  Other     0   0
    """
    for section in find_sections(table):
        yield _against_cohort(section)


def _against_cohort(section: Section) -> Answer:
    total, cohort_n = section.total, section.cohort_n
    if cohort_n is None or not section.complete:
        return NotCheckable("N is not known" if cohort_n is None else "a count of the section is not known")
    if total == cohort_n or section.whole:
        return None
    if section.kind == "several":
        return NotCheckable(
            "a patient can be in several categories of the section: they add up to more than N and 100 %"
        )
    if section.overlapping and not section.opposites:
        return NotCheckable("a patient may have several of the things that the section names")
    if section.kind == "unknown" or (total < cohort_n and not section.adds_to_100):
        return NotCheckable("the section may leave patients out: its categories add up to less than N")
    first, *others = section.records
    why = "the percentages add up to 100" if section.adds_to_100 else "each patient is one or the other"
    message = f"{section.title}: {figures(section.records, 'n')}, but there are {cohort_n} patients and {why}"
    return Fault(message, str(cohort_n), first, "n", ("n", "percent"), tuple(others))


@check("SUM002", "impossible")
def total_row_differs_from_column(table: Table) -> Answers:
    """The total row does not hold the sum of a column, although it holds the sums of most columns.

    Why it matters
        Most columns add up, so the groups are exclusive and complete. In the column that does not add up, a count or
        the total is wrong, and so are the rates computed from it.

    Fires on
        table4: responses
        group  n_total  n_evaluable  sd_n  pd_n
        A      43       41           10    19
        B      21       15           5     3
        Total  64       56           14    22

    Silent on
        table4: responses
        group  part_of  n_total  cr_n  pr_n
        LMS    -        12       0     4
        uLMS   LMS      5        0     1
        UPS    -        12       2     5
        Total  -        24       2     9

    Not checkable on
        table4: responses
        group  n_total  cr_n  pr_n
        A      43       2     10
        B      21       1     6
        All    72       4     19
    """
    for block in _blocks(table):
        totals = {record: None for record in block if is_total(_label(record, table))}
        rows = [record for record in block if record not in totals and not record["part_of"]]
        if len(totals) == 1 and len(rows) > 1:
            yield from _against_total(next(iter(totals)), rows, count_columns(table))


def _label(record: Record, table: Table) -> str:
    return record[table.model.vocabulary()[-1]].strip() if table.model.vocabulary() else ""


def _blocks(table: Table) -> Iterator[list[Record]]:
    """The rows that a total row can sum: those of one section. (Adverse events are not exclusive and have no sum.)"""
    if table.model.rows_are_exclusive():
        yield from (list(group) for _, group in groupby(table.records, key=lambda record: record["section"]))


def _against_total(total: Record, rows: list[Record], columns: list[str]) -> Iterator[Answer]:
    known = [name for name in columns if all(record.count(name) is not None for record in [*rows, total])]
    sums = {name: sum(record.count(name) or 0 for record in rows) for name in known}
    agree = [name for name in known if sums[name] == total.count(name) and sums[name] > 0]
    yield from (
        NotCheckable("a count of the column is not known") for name in columns if name not in known and total[name]
    )
    for name in known:
        if sums[name] == total.count(name):
            yield None
        elif 2 * len(agree) < len(known):
            yield NotCheckable("most columns do not add up to their total: the groups may overlap or be incomplete")
        else:
            message = f"{figures(rows, name)}, but the total row has {total[name]} ({', '.join(agree)} add up)"
            yield Fault(message, str(sums[name]), total, name, (name,), tuple(rows))
