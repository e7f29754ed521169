"""XTB, continued: the same patients by subtype or group in two exhibits."""

from collections.abc import Iterator

from validations.labels import fold, is_total
from validations.registry import Answers, Fault, NotCheckable, check
from validations.subtypes import Listed, listed
from validations.tables import Paper, Record, Table

NO_LIST = NotCheckable("no exhibit lists the subtypes of the arms")
MEASURES = ("cr_n", "pr_n", "orr_n")


def subgroups(paper: Paper) -> Iterator[tuple[Record, Listed | None]]:
    """The rows of subgroups in forest plots with what the list of the arms' subtypes has of them."""
    for plot in paper.of("forest"):
        for row in plot.records:
            if row["kind"] == "subgroup" and row["label"]:
                yield row, listed(paper, row["label"], frozenset(fold(other["label"]) for other in plot.records))


@check("XTB009", "unlikely")
def subgroup_has_more_patients_than_listed(paper: Paper) -> Answers:
    """A plot pools more patients of a subtype than the table of studies lists.

    Why it matters
        Patients were counted twice, or under another subtype's name. Patients of arms whose subtypes are not listed, or
        listed under names that the plot does not have, might be among them, and are granted.

    Fires on
        table1: study_arms
        row  study  sample_size
        1    A      35

        table1_histology: histology
        row  position  study  subtype  n   total
        1    1         A      SS       14  35
        1    2         A      UPS      21  35

        fig4: forest
        row  kind      label  n_studies  total
        1    subgroup  SS     1          15
        2    subgroup  UPS    1          21

    Silent on
        table1: study_arms
        row  study  sample_size
        1    A      35
        2    B      10

        table1_histology: histology
        row  position  study  subtype  n   total
        1    1         A      SS       14  35
        1    2         A      UPS      21  35

        fig4: forest
        row  kind      label  n_studies  total
        1    subgroup  SS     2          16
        2    subgroup  UPS    1          21
    """
    for row, found in subgroups(paper):
        total = row.count("total")
        if found is None or total is None:
            yield NO_LIST
        elif total > found.patients + found.unnamed:
            message = f"{row['label']}: {total} patients in the plot, {found.patients} listed in the table of studies"
            yield Fault(
                message, f"at most {found.patients + found.unnamed}", row, "total", ("label", "total"), found.records
            )
        else:
            yield None


@check("XTB010", "note")
def subgroup_has_fewer_patients_than_listed(paper: Paper) -> Answers:
    """A plot pools fewer patients of a subtype than the table of studies lists.

    Why it matters
        Patients without an evaluable response may have been left out. Where the other subtypes of the plot have all of
        theirs, one was rather forgotten.

    Fires on
        table1: study_arms
        row  study  sample_size
        1    A      35

        table1_histology: histology
        row  position  study  subtype  n   total
        1    1         A      SS       14  35

        fig4: forest
        row  kind      label  n_studies  total
        1    subgroup  SS     1          13

    Silent on
        table1: study_arms
        row  study  sample_size
        1    A      35

        table1_histology: histology
        row  position  study  subtype  n   total
        1    1         A      SS       14  35

        fig4: forest
        row  kind      label  n_studies  total
        1    subgroup  SS     1          14
    """
    for row, found in subgroups(paper):
        total = row.count("total")
        if found is None or total is None:
            yield NO_LIST
        elif total < found.patients:
            message = f"{row['label']}: {total} patients in the plot, {found.patients} listed in the table of studies"
            yield Fault(message, str(found.patients), row, "total", ("label", "total"), found.records)
        else:
            yield None


@check("XTB011", "unlikely")
def subgroup_has_more_studies_than_listed(paper: Paper) -> Answers:
    """A plot pools a subtype over more studies than the table of studies lists it for.

    Why it matters
        Arms were counted as studies twice, or under another subtype's name. Arms whose subtypes are not listed, or
        listed under a name that the plot does not have, might be among them, and are granted.

    Fires on
        table1: study_arms
        row  study  sample_size
        1    A      35

        table1_histology: histology
        row  position  study  subtype  n   total
        1    1         A      SS       35  35

        fig4: forest
        row  kind      label  n_studies  total
        1    subgroup  SS     2          35

    Silent on
        table1: study_arms
        row  study  sample_size
        1    A      35
        2    B      10

        table1_histology: histology
        row  position  study  subtype  n   total
        1    1         A      SS       35  35

        fig4: forest
        row  kind      label  n_studies  total
        1    subgroup  SS     2          35
    """
    for row, found in subgroups(paper):
        studies = row.count("n_studies")
        if found is None or studies is None:
            yield NO_LIST
        elif studies > found.arms + found.open_arms:
            message = (
                f"{row['label']}: {studies} studies in the plot, {found.arms} arms list it in the table of studies"
            )
            shown = ("label", "n_studies")
            yield Fault(message, f"at most {found.arms + found.open_arms}", row, "n_studies", shown, found.records)
        else:
            yield None


@check("XTB012", "impossible")
def responses_of_more_patients_than_the_cohort_has(paper: Paper) -> Answers:
    """A table of responses has more patients of a group than the table of characteristics counts in the cohort.

    Why it matters
        Both describe one cohort. One of the two counts is wrong, and with it the response rate of the group.

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
        yield against(group, category) if (group.count("n_total") or 0) > (category.count("n") or 0) else None


@check("XTB013", "unlikely")
def responses_of_fewer_patients_than_the_cohort_has(paper: Paper) -> Answers:
    """A table of responses has fewer patients of a group than the table of characteristics counts in the cohort.

    Why it matters
        Patients were left out without a word, unless the column is headed evaluable. The response rate is of fewer
        patients than a reader will think.

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
        yield against(group, category) if (group.count("n_total") or 0) < (category.count("n") or 0) else None


def same_groups(paper: Paper) -> Iterator[tuple[Record, Record]]:
    """The groups of patients in tables of responses that are, by their label, one category of the characteristics."""
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


def against(group: Record, category: Record) -> Fault:
    message = f"{group['group']}: {group['n_total']} patients here, {category['n']} in {category.exhibit}"
    return Fault(message, category["n"], group, "n_total", ("group", "n_total"), (category,))


@check("XTB014", "impossible")
def groups_have_more_responses_than_the_cohort(paper: Paper) -> Answers:
    """The responses of the groups of one table add to more than the total row of another table of responses.

    Why it matters
        A patient belongs to one group of a kind, so that the groups cannot have more responses than all patients.

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
            for column in MEASURES:
                yield overfull(table, groups, total, column)


def overfull(table: Table, groups: list[Record], total: Record, column: str) -> Fault | NotCheckable | None:
    most, counts = total.count(column), [(record, n) for record in groups if (n := record.count(column)) is not None]
    if most is None or not counts:
        return NotCheckable("a count of responses is not printed")
    found = sum(n for _, n in counts)
    if found <= most:
        return None
    message = f"the groups of {table.name} have {found} in {column}, {total['group']} in {total.exhibit} has {most}"
    return Fault(message, f"at most {most}", counts[0][0], column, (column,), (*(r for r, _ in counts[1:]), total))
