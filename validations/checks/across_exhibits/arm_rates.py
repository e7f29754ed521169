"""XTB: response and disease control rates of the table of studies against the counts of forest plots."""

from schemas.base.printed import Printed
from validations.checks.across_exhibits.paired_arms import NOT_PRINTED, not_paired, paired
from validations.inference.denominators import in_percent, some_count_gives
from validations.inference.study_arms import rate_agrees, responders
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record


@check("XTB001", "impossible")
def response_rate_differs_from_plot(paper: Paper) -> Answers:
    """The response rate of an arm in the table of studies does not match its responses in a forest plot.

    Why it matters
        Table and plot state the same rate, so one of them is wrong, and readers of the two cite different numbers. A
        rate that was rounded and then padded with a zero is accepted.

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
            yield not_paired(pair)
        elif responders(pair.row) is None or not pair.row["total"] or not pair.arm["orr_percent"]:
            yield NOT_PRINTED
        elif rate_agrees(pair.row, pair.arm):
            yield None
        else:
            yield _rate_fault(pair.row, pair.arm)


def _rate_fault(row: Record, arm: Record) -> Fault:
    found, total, printed = responders(row) or 0, row.count("total") or 0, arm.number("orr_percent")
    right = in_percent(found, total, printed.decimals if printed else 1)
    message = f"{row['label']}: {row['cr']} + {row['pr']} of {total} is {right} %, the table has {arm['orr_percent']} %"
    return Fault(message, right, arm, "orr_percent", ("study", "orr_percent"), (row,))


@check("XTB006", "impossible")
def control_rate_is_no_count_of_the_plot(paper: Paper) -> Answers:
    """The disease control rate of an arm fits no whole number of the patients that a forest plot gives for the arm.

    Why it matters
        Response and disease control are judged in the same patients, and the plot gives their number. The rate must be
        a whole number of these patients.

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
            yield not_paired(pair)
        elif rate is None or not total or responders(pair.row) is None or not rate_agrees(pair.row, pair.arm):
            yield NotCheckable("a rate is not printed, or table and plot have different response rates")
        elif any(some_count_gives(reading, total) for reading in (rate, rate.coarser) if reading):
            yield None
        else:
            yield _no_count(pair.row, pair.arm, rate, total)


def _no_count(row: Record, arm: Record, rate: Printed, total: int) -> Fault:
    below = int(rate.value * total / 100)
    near = " or ".join(f"{in_percent(n, total, rate.decimals)} ({n})" for n in (below, below + 1) if n <= total)
    message = f"{arm['study']}: {rate} % is no whole number of the {total} patients in the plot; nearest are {near}"
    return Fault(message, near, arm, "dcr_percent", ("study", "dcr_percent"), (row,))
