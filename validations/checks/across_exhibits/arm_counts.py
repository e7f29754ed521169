"""XTB: numbers of patients and responses of an arm, in its plots and in the table of studies."""

from itertools import combinations

from validations.checks.across_exhibits.paired_arms import NOT_PRINTED, not_paired, paired
from validations.inference.study_arms import exceeds, responders
from validations.registry import Answers, Fault, check
from validations.tables import Paper, Record

_RESPONSES = ("cr", "pr")


@check("XTB002", "impossible")
def plots_count_one_study_differently(paper: Paper) -> Answers:
    """Two forest plots give the same arm different numbers of patients or of responses.

    Why it matters
        Plots of one outcome by treatment and by line of treatment pool the same patients. If their counts differ, one
        of the pooled results comes from wrong numbers.

    Fires on
        table1: study_arms
        row  study  sample_size
        1    A      35

        fig2: forest
        row  kind   label  total  cr  pr
        1    study  A      27     0   1

        fig3: forest
        row  kind   label  total  cr  pr
        1    study  A      27     0   2

    Silent on
        table1: study_arms
        row  study  sample_size
        1    A      35

        fig2: forest
        row  kind   label  total  cr  pr
        1    study  A      27     0   1

        fig3: forest
        row  kind   label  total  cr  pr
        1    study  A      27     0   1

        fig5: forest
        row  kind   label  total  events
        1    study  A      35     4
    """
    by_arm: dict[Record, list[Record]] = {}
    for _, pair in paired(paper):
        if pair.arm is not None and responders(pair.row) is not None:
            by_arm.setdefault(pair.arm, []).append(pair.row)
    for rows in by_arm.values():
        for first, second in combinations(rows, 2):
            odd = [name for name in ("total", *_RESPONSES) if first[name] != second[name]]
            yield _differing(first, second, odd) if odd else None


def _differing(first: Record, second: Record, columns: list[str]) -> Fault:
    values = ", ".join(
        f"{name} is {first[name]} in {first.exhibit} and {second[name]} in {second.exhibit}" for name in columns
    )
    message = f"{first['label']}: {values}"
    return Fault(message, "", second, columns[0], ("label", *columns), (first,))


@check("XTB003", "impossible")
def plot_counts_more_than_the_arm(paper: Paper) -> Answers:
    """A forest plot counts more patients of an arm than the table of studies gives it.

    Why it matters
        The evaluable patients are part of the arm. One of the numbers is wrong, or the row belongs to another arm.

    Fires on
        table1: study_arms
        row  study  sample_size
        1    A      35

        fig2: forest
        row  kind   label  total  cr  pr
        1    study  A      53     0   1

    Silent on
        table1: study_arms
        row  study  sample_size
        1    A      35

        fig2: forest
        row  kind   label  total  cr  pr
        1    study  A      35     0   1
    """
    for _, pair in paired(paper):
        if pair.arm is None:
            yield not_paired(pair)
        elif not pair.row["total"] or not pair.arm["sample_size"]:
            yield NOT_PRINTED
        elif exceeds(pair.row, pair.arm):
            size = pair.arm["sample_size"]
            message = f"{pair.row['label']}: {pair.row['total']} patients in the plot, {size} in the table of studies"
            yield Fault(message, f"at most {size}", pair.row, "total", ("label", "total"), (pair.arm,))
        else:
            yield None
