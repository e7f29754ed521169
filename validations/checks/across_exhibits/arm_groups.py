"""XTB: the subgroup under which a forest plot shows an arm, against the table of studies."""

from collections.abc import Iterator

from validations.checks.across_exhibits.paired_arms import not_paired, paired
from validations.inference.study_arms import arm_pairs, arms_table, responders, studies_in
from validations.labels import fold
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper, Table


@check("XTB007", "unlikely")
def study_under_another_heading(paper: Paper) -> Answers:
    """A forest plot shows an arm under a heading that contradicts the table of studies.

    Why it matters
        The text compares subgroups. An arm in the wrong subgroup changes both pooled results.

    Fires on
        table1: study_arms
        row  study  group   treatment_line
        1    A      ICI     first-line
        2    B      ICI     second-line

        fig3: forest
        row  kind   label  group
        1    study  A      second line
        2    study  B      second line

    Silent on
        table1: study_arms
        row  study  group   treatment_line
        1    A      ICI     first-line
        2    B      ICI     second-line

        fig3: forest
        row  kind   label  group
        1    study  A      first line
        2    study  B      second line
    """
    arms = arms_table(paper)
    for _, pair in paired(paper):
        column = _heading_column(arms, pair.row["group"]) if arms else ""
        if pair.arm is None:
            yield not_paired(pair)
        elif not column:
            yield NotCheckable("no column of the table of studies has the heading as a value")
        elif fold(pair.arm[column]) == fold(pair.row["group"]):
            yield None
        else:
            message = f"{pair.row['label']} is under {pair.row['group']}, the table of studies says {pair.arm[column]}"
            yield Fault(message, pair.arm[column], pair.row, "group", ("label", "group"), (pair.arm,))


def _heading_column(arms: Table, heading: str) -> str:
    """The column of the table of studies that has the heading of a subgroup among its values, or ""."""
    columns = ("group", "treatment_line", "design", "primary_endpoint")
    wanted = fold(heading)
    return next((c for c in columns if wanted and any(fold(arm[c]) == wanted for arm in arms.records)), "")


@check("XTB008", "unlikely")
def subgroup_lacks_an_arm(paper: Paper) -> Answers:
    """A forest plot leaves out an arm that the table of studies puts into one of its subgroups.

    Why it matters
        The pooled result of the subgroup leaves the patients of the arm out, although it has other arms of that kind.

    Fires on
        table1: study_arms
        row  study  treatment_line  orr_percent
        1    A      first-line      10.0
        2    B      first-line      20.0

        fig3: forest
        row  kind   label  group       total  cr  pr
        1    study  A      first line  10     0   1

    Silent on
        table1: study_arms
        row  study  treatment_line  orr_percent
        1    A      first-line      10.0
        2    B      first-line      -
        3    C      second-line     20.0

        fig3: forest
        row  kind   label  group       total  cr  pr
        1    study  A      first line  10     0   1
    """
    arms = arms_table(paper)
    for plot in paper.of("forest") if arms else ():
        assert arms is not None
        known = arm_pairs(arms, plot)
        for heading in dict.fromkeys(record["group"] for record in studies_in(plot)):
            column = _heading_column(arms, heading)
            if (
                not column
                or any(pair.ambiguous for pair in known)
                or not any(responders(p.row) is not None for p in known)
            ):
                yield NotCheckable("no column has the heading as a value, or the plot does not show responses")
            else:
                yield from _lacking(arms, plot, column, heading)


def _lacking(arms: Table, plot: Table, column: str, heading: str) -> Iterator[Fault | None]:
    shown = {pair.arm for pair in arm_pairs(arms, plot)}
    first = next(record for record in studies_in(plot) if record["group"] == heading)
    for arm in arms.records:
        if fold(arm[column]) == fold(heading) and arm["orr_percent"]:
            message = f"{arm['study']} is {arm[column]} in the table of studies, but not under {heading} in {plot.name}"
            yield None if arm in shown else Fault(message, "", arm, column, ("study", column), (first,))
