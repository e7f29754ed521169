"""XTB: the patients of the subtypes that a plot pools, against the table of studies."""

from validations.inference.histology import Listed, listed_patients
from validations.labels import fold
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record, once

NO_LIST = NotCheckable("no exhibit lists the subtypes of the arms")


@once
def subgroups(paper: Paper) -> tuple[tuple[Record, Listed | None], ...]:
    """The subgroup rows of forest plots, each with its entry in the list of the arms' subtypes."""
    return tuple(
        (row, listed_patients(paper, row["label"], frozenset(fold(other["label"]) for other in plot.records)))
        for plot in paper.of("forest")
        for row in plot.records
        if row["kind"] == "subgroup" and row["label"]
    )


@check("XTB009", "unlikely")
def subgroup_has_more_patients_than_listed(paper: Paper) -> Answers:
    """A plot pools more patients of a subtype than the table of studies lists.

    Why it matters
        Patients were counted twice, or under another subtype. Patients whose subtype is not listed, or is listed under
        a name that the plot does not use, may be among them and are allowed for, unless the plot names no more studies
        than list the subtype.

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
        elif total > (most := found.patients + _possible_extra_patients(row, found)):
            message = f"{row['label']}: {total} patients in the plot, {found.patients} listed in the table of studies"
            if most < found.patients + found.unnamed:
                message = f"{message} for as many arms"
            yield Fault(message, f"at most {most}", row, "total", ("label", "total"), found.records)
        else:
            yield None


def _possible_extra_patients(row: Record, found: Listed) -> int:
    """The patients who may have a subtype without being listed with it: of all arms, or only of the arms that list the
    subtype where the plot names no more studies than these."""
    studies = row.count("n_studies")
    return found.unclear if studies is not None and studies <= found.arms else found.unnamed


@check("XTB010", "note")
def subgroup_has_fewer_patients_than_listed(paper: Paper) -> Answers:
    """A plot pools fewer patients of a subtype than the table of studies lists.

    Why it matters
        Patients without an evaluable response may have been left out. If the other subtypes of the plot have all their
        patients, some were probably forgotten.

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
