"""XTB: the studies of a review in its table and in its forest plots, and in one plot and another."""

from collections.abc import Iterator
from itertools import combinations

from schemas.printed import Printed
from validations.inference.denominators import in_percent, possible_of
from validations.inference.study_arms import Pair, arms_of, exceeds, pairs, rate_agrees, responders, studies_in
from validations.labels import fold
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record, Table

SEVERAL = NotCheckable("which of the study's arms it is, is not known")
NO_ARM = NotCheckable("the table of studies has no such arm")
UNKNOWN = NotCheckable("a count or rate is not printed")
OUTCOME = ("cr", "pr")


def paired(paper: Paper) -> Iterator[tuple[Table, Pair]]:
    """Each row of a study in each plot, with its arm in the table of studies; none where there is no such table."""
    arms = arms_of(paper)
    for plot in paper.of("forest") if arms else ():
        yield from ((plot, pair) for pair in pairs(arms, plot))


def undecided(pair: Pair) -> NotCheckable:
    return SEVERAL if pair.ambiguous else NO_ARM


@check("XTB001", "impossible")
def response_rate_differs_from_plot(paper: Paper) -> Answers:
    """The response rate of an arm in the table of studies is not that of its responses in a forest plot.

    Why it matters
        Table and plot state the same rate; a reader who takes it from the one gets another number than from the other.
        A rate that was rounded before, and padded with a zero, is not held against the table.

    Fires on
        table1: study_arms
        row  study  sample_size  orr_percent
        1    A      35           7.41

        fig2: forest
        row  kind   label  total  cr  pr
        1    study  A      27     0   1

    Silent on
        table1: study_arms
        row  study  sample_size  orr_percent
        1    A      35           3.70
        2    B      6            33.30

        fig2: forest
        row  kind   label  total  cr  pr
        1    study  A      27     0   1
        2    study  B      6      0   2

    Not checkable on
        table1: study_arms
        row  study  sample_size  orr_percent
        1    A      35           3.70

        fig5: forest
        row  kind   label  total  events
        1    study  A      35     4
    """
    for _, pair in paired(paper):
        if pair.arm is None:
            yield undecided(pair)
        elif responders(pair.row) is None or not pair.row["total"] or not pair.arm["orr_percent"]:
            yield UNKNOWN
        elif rate_agrees(pair.row, pair.arm):
            yield None
        else:
            yield rate_fault(pair.row, pair.arm)


def rate_fault(row: Record, arm: Record) -> Fault:
    found, total, printed = responders(row) or 0, row.count("total") or 0, arm.number("orr_percent")
    right = in_percent(found, total, printed.decimals if printed else 1)
    message = f"{row['label']}: {row['cr']} + {row['pr']} of {total} are {right} %, the table has {arm['orr_percent']}"
    return Fault(message, right, arm, "orr_percent", ("study", "orr_percent"), (row,))


@check("XTB002", "impossible")
def plots_count_one_study_differently(paper: Paper) -> Answers:
    """Two forest plots give the same arm different numbers of patients or of responses.

    Why it matters
        Plots of one outcome by treatment and by line of treatment pool the same patients. Where their counts differ,
        one of the pooled results is of wrong numbers.

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
            odd = [name for name in ("total", *OUTCOME) if first[name] != second[name]]
            yield differing(first, second, odd) if odd else None


def differing(first: Record, second: Record, columns: list[str]) -> Fault:
    told = ", ".join(f"{name} {first[name]} and {second[name]}" for name in columns)
    message = f"{first['label']}: {told} in {first.exhibit} and {second.exhibit}"
    return Fault(message, "", second, columns[0], ("label", *columns), (first,))


@check("XTB003", "impossible")
def plot_counts_more_than_the_arm(paper: Paper) -> Answers:
    """A forest plot counts more patients of an arm than the table of studies says that it has.

    Why it matters
        Evaluable patients are some of the arm's. Either number is wrong, or the row is another arm's.

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
            yield undecided(pair)
        elif not pair.row["total"] or not pair.arm["sample_size"]:
            yield UNKNOWN
        elif exceeds(pair.row, pair.arm):
            size = pair.arm["sample_size"]
            message = f"{pair.row['label']}: {pair.row['total']} patients in the plot, {size} in the table of studies"
            yield Fault(message, f"at most {size}", pair.row, "total", ("label", "total"), (pair.arm,))
        else:
            yield None


@check("XTB004", "unlikely")
def study_is_not_in_the_table(paper: Paper) -> Answers:
    """A forest plot shows a study, or an arm, that the table of studies does not have.

    Why it matters
        Its patients, treatment and source cannot be looked up, or its name or year is misprinted in one of the two.

    Fires on
        table1: study_arms
        row  study   sample_size
        1    A 2019  35

        fig2: forest
        row  kind   label   total
        1    study  A 2020  35

    Silent on
        table1: study_arms
        row  study   sample_size
        1    A 2019  35

        fig2: forest
        row  kind     label     total
        1    study    A 2019    35
        2    overall  Subtotal  -
    """
    for _, pair in paired(paper):
        if pair.ambiguous:
            yield SEVERAL
        elif pair.arm is None:
            message = f"{pair.row['label']} of {pair.row['total'] or '?'} patients is not in the table of studies"
            yield Fault(message, "", pair.row, "label", ("label",))
        else:
            yield None


@check("XTB005", "unlikely")
def arm_is_in_no_plot(paper: Paper) -> Answers:
    """The table of studies gives an arm's response rate, and no forest plot of responses shows the arm.

    Why it matters
        It was left out of the pooled rate without a word, or stands in the plots under another name or year.

    Fires on
        table1: study_arms
        row  study   sample_size  orr_percent
        1    A 2019  35           3.70
        2    B 2020  20           5.00

        fig2: forest
        row  kind   label   total  cr  pr
        1    study  A 2019  27     0   1

    Silent on
        table1: study_arms
        row  study   sample_size  orr_percent
        1    A 2019  35           3.70
        2    B 2020  20           -

        fig2: forest
        row  kind   label   total  cr  pr
        1    study  A 2019  27     0   1
    """
    arms = arms_of(paper)
    plotted = [(plot, pair) for plot, pair in paired(paper) if responders(pair.row) is not None]
    if arms is None or not plotted:
        return
    shown = {pair.arm for _, pair in plotted}
    open_studies = {fold(pair.row["label"]) for _, pair in plotted if pair.ambiguous}
    for arm in arms.records:
        if not arm["orr_percent"]:
            yield UNKNOWN
        elif fold(arm["study"]) in open_studies:
            yield SEVERAL
        else:
            message = f"{arm['study']} has a response rate of {arm['orr_percent']} % and is in no plot of responses"
            yield None if arm in shown else Fault(message, "", arm, "study", ("study", "orr_percent"))


@check("XTB006", "impossible")
def control_rate_is_no_count_of_the_plot(paper: Paper) -> Answers:
    """The disease control rate of an arm is no count of the patients in whom a plot counts its responses.

    Why it matters
        Response and disease control are judged in the same patients. The plot gives their number, so that the rate must
        be that of a whole number of them, and of no fewer than have a response.

    Fires on
        table1: study_arms
        row  study  sample_size  orr_percent  dcr_percent
        1    A      35           3.70         42.00

        fig2: forest
        row  kind   label  total  cr  pr
        1    study  A      27     0   1

    Silent on
        table1: study_arms
        row  study  sample_size  orr_percent  dcr_percent
        1    A      35           3.70         40.74
        2    B      44           0.00         40.50

        fig2: forest
        row  kind   label  total  cr  pr
        1    study  A      27     0   1
        2    study  B      42     0   0
    """
    for _, pair in paired(paper):
        total, rate = pair.row.count("total"), pair.arm.number("dcr_percent") if pair.arm else None
        if pair.arm is None:
            yield undecided(pair)
        elif rate is None or not total or responders(pair.row) is None or not rate_agrees(pair.row, pair.arm):
            yield NotCheckable("a rate is not printed, or the response rates of table and plot differ")
        elif any(possible_of(reading, total) for reading in (rate, rate.coarser) if reading):
            yield None
        else:
            yield no_count(pair.row, pair.arm, rate, total)


def no_count(row: Record, arm: Record, rate: Printed, total: int) -> Fault:
    below = int(rate.value * total / 100)
    near = " or ".join(f"{in_percent(n, total, rate.decimals)} ({n})" for n in (below, below + 1) if n <= total)
    message = f"{arm['study']}: {rate} % is no count of the {total} patients in the plot; near it are {near}"
    return Fault(message, near, arm, "dcr_percent", ("study", "dcr_percent"), (row,))


@check("XTB007", "unlikely")
def study_under_another_heading(paper: Paper) -> Answers:
    """A forest plot shows an arm under a heading that contradicts what the table of studies says of it.

    Why it matters
        Subgroups are compared in the text. An arm in the wrong one moves both pooled results.

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
    arms = arms_of(paper)
    for _, pair in paired(paper):
        column = column_of(arms, pair.row["group"]) if arms else ""
        if pair.arm is None:
            yield undecided(pair)
        elif not column:
            yield NotCheckable("the heading is no value of a column of the table of studies")
        elif fold(pair.arm[column]) == fold(pair.row["group"]):
            yield None
        else:
            message = f"{pair.row['label']} stands under {pair.row['group']}, the table says {pair.arm[column]}"
            yield Fault(message, pair.arm[column], pair.row, "group", ("label", "group"), (pair.arm,))


def column_of(arms: Table, heading: str) -> str:
    """The column of the table of studies that has the heading of a subgroup among its values, "" where none has."""
    columns = ("group", "treatment_line", "design", "primary_endpoint")
    wanted = fold(heading)
    return next((c for c in columns if wanted and any(fold(arm[c]) == wanted for arm in arms.records)), "")


@check("XTB008", "unlikely")
def subgroup_lacks_an_arm(paper: Paper) -> Answers:
    """The plot of a subgroup lacks an arm that belongs to it by the table of studies.

    Why it matters
        The pooled result of the subgroup leaves the arm's patients out, although other arms of the same kind are in.

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
    arms = arms_of(paper)
    for plot in paper.of("forest") if arms else ():
        assert arms is not None
        known = pairs(arms, plot)
        for heading in dict.fromkeys(record["group"] for record in studies_in(plot)):
            column = column_of(arms, heading)
            if (
                not column
                or any(pair.ambiguous for pair in known)
                or not any(responders(p.row) is not None for p in known)
            ):
                yield NotCheckable("the heading is no value of a column, or the plot is not of responses")
            else:
                yield from lacking(arms, plot, column, heading)


def lacking(arms: Table, plot: Table, column: str, heading: str) -> Iterator[Fault | None]:
    shown = {pair.arm for pair in pairs(arms, plot)}
    first = next(record for record in studies_in(plot) if record["group"] == heading)
    for arm in arms.records:
        if fold(arm[column]) == fold(heading) and arm["orr_percent"]:
            message = f"{arm['study']} is {arm[column]} in the table and not under {heading} in {plot.name}"
            yield None if arm in shown else Fault(message, "", arm, column, ("study", column), (first,))
