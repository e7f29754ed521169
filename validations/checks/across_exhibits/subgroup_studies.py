"""XTB: the numbers of studies of the subtypes that a plot pools, against the table of studies."""

from validations.checks.across_exhibits.subgroup_patients import NO_LIST, subgroups
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper


@check("XTB011", "unlikely")
def subgroup_has_more_studies_than_listed(paper: Paper) -> Answers:
    """A plot pools a subtype over more studies than the table of studies lists it for.

    Why it matters
        Arms were counted twice as studies, or under another subtype. Arms whose subtypes are not listed, or are listed
        under a name that the plot does not use, may be among them and are allowed for.

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
                f"{row['label']}: {studies} studies in the plot, {found.arms} arms in the table of studies list it"
            )
            shown = ("label", "n_studies")
            yield Fault(message, f"at most {found.arms + found.open_arms}", row, "n_studies", shown, found.records)
        else:
            yield None


@check("XTB015", "unlikely")
def subgroup_has_fewer_studies_than_list_its_patients(paper: Paper) -> Answers:
    """A plot pools all listed patients of a subtype, but names fewer studies than list them.

    Why it matters
        The numbers of studies and of patients come from different selections, perhaps one with and one without the
        kinds of a subtype. Several arms of one study count as one, and patients without a listed subtype are allowed
        for.

    Fires on
        table1: study_arms
        row  study  sample_size
        1    A      35
        2    B      20
        3    C      10

        table1_histology: histology
        row  position  study  subtype  n   total
        1    1         A      SS       35  35
        2    1         B      SS       20  20
        3    1         C      SS       10  10

        fig4: forest
        row  kind      label  n_studies  total
        1    subgroup  SS     2          65

    Silent on
        table1: study_arms
        row  study  sample_size
        1    A      35
        2    A      20
        3    C      10

        table1_histology: histology
        row  position  study  subtype  n   total
        1    1         A      SS       35  35
        2    1         A      SS       20  20
        3    1         C      SS       10  10

        fig4: forest
        row  kind      label  n_studies  total
        1    subgroup  SS     2          65

    Not checkable on
        fig4: forest
        row  kind      label  n_studies  total
        1    subgroup  SS     2          65
    """
    for row, found in subgroups(paper):
        studies, total = row.count("n_studies"), row.count("total")
        if found is None or studies is None or total is None:
            yield NO_LIST
        elif total < found.patients:
            yield NotCheckable("the plot pools fewer patients than are listed")
        elif studies < (names := len({record["study"] for record in found.records})):
            message = (
                f"{row['label']}: {total} patients from {studies} studies in the plot; the {found.patients} patients "
                f"in the table of studies come from {names}"
            )
            yield Fault(message, f"{names}", row, "n_studies", ("label", "n_studies", "total"), found.records)
        else:
            yield None
