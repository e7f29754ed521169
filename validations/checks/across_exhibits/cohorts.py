"""XTB: the groups of a cohort in its tables of responses and of characteristics."""

from collections.abc import Iterator

from validations.inference.denominators import Shares, find_shares
from validations.labels import fold, is_total
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record, Table

RESPONSE_COUNTS = ("cr_n", "pr_n", "orr_n")


@check("XTB012", "impossible")
def responses_of_more_patients_than_the_cohort_has(paper: Paper) -> Answers:
    """A table of responses counts more patients of a group than the table of characteristics.

    Why it matters
        Both tables describe one cohort. One of the counts is wrong, and perhaps the response rate of the group with it.

    Fires on
        table1: characteristics, N = 72
        section  label  n
        Subtype  UPS    12

        table2: responses
        group  n_total  pr_n
        UPS    13       5

    Silent on
        table1: characteristics, N = 72
        section  label  n
        Subtype  UPS    12

        table2: responses
        group  n_total  pr_n
        UPS    12       5
        AS     7        2
    """
    for group, category in same_groups(paper):
        yield _against(group, category) if (group.count("n_total") or 0) > (category.count("n") or 0) else None


@check("XTB013", "unlikely")
def responses_of_fewer_patients_than_the_cohort_has(paper: Paper) -> Answers:
    """A table of responses counts fewer patients of a group than the table of characteristics.

    Why it matters
        Patients were left out without explanation, unless the column is headed evaluable. The response rate covers
        fewer patients than a reader expects.

    Fires on
        table1: characteristics, N = 72
        section  label  n
        Subtype  UPS    12

        table2: responses
        group  n_total  pr_n
        UPS    11       5

    Silent on
        table1: characteristics, N = 72
        section  label  n
        Subtype  UPS    12

        table2: responses
        group  n_total  n_evaluable  pr_n
        UPS    12       11           5
    """
    for group, category in same_groups(paper):
        yield _against(group, category) if (group.count("n_total") or 0) < (category.count("n") or 0) else None


def same_groups(paper: Paper) -> Iterator[tuple[Record, Record]]:
    """The groups of tables of responses whose label is that of exactly one category of the characteristics."""
    categories: dict[str, list[Record]] = {}
    for table in paper.of("characteristics"):
        for record in table.records:
            if record.count("n") is not None:
                categories.setdefault(fold(record["label"]), []).append(record)
    for table in paper.of("responses") if categories else ():
        for group in table.records:
            known = categories.get(fold(group["group"]), [])
            if len(known) == 1 and group.count("n_total") is not None:
                yield group, known[0]


def _against(group: Record, category: Record) -> Fault:
    message = f"{group['group']}: {group['n_total']} patients here, {category['n']} in {category.exhibit}"
    return Fault(message, category["n"], group, "n_total", ("group", "n_total"), (category,))


@check("XTB014", "impossible")
def groups_have_more_responses_than_the_cohort(paper: Paper) -> Answers:
    """The responses of the groups in one table add up to more than the total row of another table of responses.

    Why it matters
        Each patient belongs to one group of a table, so the groups cannot have more responses than all patients.

    Fires on
        table2: responses
        group  n_total  pr_n
        UPS    12       5
        AS     7        15

        table4: responses
        group  n_total  pr_n
        Total  72       19

    Silent on
        table2: responses
        group  part_of  n_total  pr_n
        UPS    -        12       5
        LMS    -        12       14
        uLMS   LMS      5        1

        table4: responses
        group  n_total  pr_n
        Total  72       19
    """
    totals = [record for table in paper.of("responses") for record in table.records if is_total(record["group"])]
    for table in paper.of("responses"):
        groups = [r for r in table.records if not r["part_of"] and not is_total(r["group"])]
        for total in totals if not any(record in totals for record in table.records) else ():
            for column in RESPONSE_COUNTS:
                yield _overfull(table, groups, total, column)


def _overfull(table: Table, groups: list[Record], total: Record, column: str) -> Fault | NotCheckable | None:
    most, counts = total.count(column), [(record, n) for record in groups if (n := record.count(column)) is not None]
    if most is None or not counts:
        return NotCheckable("a count of responses is not printed")
    found = sum(n for _, n in counts)
    if found <= most:
        return None
    message = (
        f"{column} of the groups of {table.name} adds up to {found}, {total['group']} in {total.exhibit} has {most}"
    )
    return Fault(message, f"at most {most}", counts[0][0], column, (column,), (*(r for r, _ in counts[1:]), total))


@check("XTB016", "note")
def tables_have_rates_over_different_patients(paper: Paper) -> Answers:
    """One table of responses divides by all patients, another one by the evaluable patients.

    Why it matters
        Read side by side, the groups of the first table seem to respond less often than those of the second.

    Fires on
        table2: responses
        group  n_total  pr_n  pr_percent
        UPS    12       5     41.7
        LMS    12       4     33.3
        LPS    10       3     30.0

        table4: responses
        group  n_total  n_evaluable  pr_n  pr_percent
        A      43       41           10    24.4
        B      21       15           6     40.0

    Silent on
        table2: responses
        group  n_total  n_evaluable  pr_n  pr_percent
        UPS    12       11           5     45.5
        LMS    12       10           4     40.0
        LPS    10       10           3     30.0

        table4: responses
        group  n_total  n_evaluable  pr_n  pr_percent
        A      43       41           10    24.4
        B      21       15           6     40.0

    Not checkable on
        table2: responses
        group  n_total  pr_n  pr_percent
        UPS    12       5     41.7
        LMS    12       4     33.3
    """
    over: dict[str, Shares] = {}
    for table in paper.of("responses"):
        for shares in find_shares(table):
            if shares and shares[0].columns["n"] in RESPONSE_COUNTS and shares.usual in ("total", "evaluable"):
                over.setdefault(shares.usual, shares)
    if len(paper.of("responses")) < 2 or not over:
        yield NotCheckable("fewer than two tables of responses have rates")
    elif len(over) < 2 or over["total"][0].record.exhibit == over["evaluable"][0].record.exhibit:
        yield None
    else:
        first, second = over["total"][0], over["evaluable"][0]
        message = f"rates here divide by all patients, rates in {second.record.exhibit} by the evaluable patients"
        yield Fault(message, "", first.record, first.columns["percent"], ("n_total",), (second.record,))
