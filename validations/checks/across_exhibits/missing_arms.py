"""XTB: studies and arms that only the table of studies or only a forest plot shows."""

from validations.checks.across_exhibits.paired_arms import NOT_PRINTED, SEVERAL, paired
from validations.inference.study_arms import arms_table, responders
from validations.labels import fold
from validations.registry import Answers, Fault, check
from validations.tables import Paper


@check("XTB004", "unlikely")
def study_is_not_in_the_table(paper: Paper) -> Answers:
    """A forest plot shows a study or an arm that is missing from the table of studies.

    Why it matters
        Its patients, treatment and source cannot be looked up; or its name or year is misprinted in one of the two.

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
            message = f"{pair.row['label']} ({pair.row['total'] or '?'} patients) is not in the table of studies"
            yield Fault(message, "", pair.row, "label", ("label",))
        else:
            yield None


@check("XTB005", "unlikely")
def arm_is_in_no_plot(paper: Paper) -> Answers:
    """The table of studies gives the response rate of an arm that no forest plot of responses shows.

    Why it matters
        The arm was left out of the pooled rate without explanation, or the plots show it under another name or year.

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
    arms = arms_table(paper)
    plotted = [(plot, pair) for plot, pair in paired(paper) if responders(pair.row) is not None]
    if arms is None or not plotted:
        return
    shown = {pair.arm for _, pair in plotted}
    open_studies = {fold(pair.row["label"]) for _, pair in plotted if pair.ambiguous}
    for arm in arms.records:
        if not arm["orr_percent"]:
            yield NOT_PRINTED
        elif fold(arm["study"]) in open_studies:
            yield SEVERAL
        else:
            message = f"{arm['study']} has a response rate of {arm['orr_percent']} %, but no plot of responses shows it"
            yield None if arm in shown else Fault(message, "", arm, "study", ("study", "orr_percent"))
