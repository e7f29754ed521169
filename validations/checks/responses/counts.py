"""RSP: sums of the counts of tumour responses within a group of patients."""

from collections.abc import Sequence

from schemas.base.printed import Printed
from validations.registry import Fault, NotCheckable, check


def _sum_text(*counts: Printed) -> str:
    """The sum as a reader would write it: 3 + 19 + 18 + 25 = 65"""
    return f"{' + '.join(map(str, counts))} = {sum(count.count for count in counts)}"


def _sum_fault(sum_of: Sequence[Printed], printed: Printed, what: str) -> Fault | NotCheckable | None:
    """The fault that these counts do not add up to the printed count; None if they do. `what`: subject and verb of the
    printed count, such as "evaluable patients are"."""
    if not all(count.is_whole for count in (*sum_of, printed)):
        return NotCheckable("a count is not printed as a whole number")
    total = sum(count.count for count in sum_of)
    return Fault(f"{_sum_text(*sum_of)}, but {what} {printed}", str(total)) if total != printed.count else None


@check("RSP001", "impossible")
def responders_are_not_cr_plus_pr(cr_n: Printed, pr_n: Printed, orr_n: Printed) -> Fault | NotCheckable | None:
    """The patients with objective response are not the sum of complete and partial responses.

    Why it matters
        Objective response is defined as complete or partial response. One of the three counts is wrong, and a
        meta-analysis may use it.

    Fires on
        cr_n  pr_n  orr_n
        3     19    23

    Silent on
        cr_n  pr_n  orr_n
        3     19    22
        0     0     0
    """
    return _sum_fault((cr_n, pr_n), orr_n, "objective responses are")


@check("RSP003", "impossible")
def responses_do_not_add_to_evaluable(
    cr_n: Printed, pr_n: Printed, sd_n: Printed, pd_n: Printed, evaluable: Printed
) -> Fault | NotCheckable | None:
    """Complete and partial response, stable and progressive disease do not add up to the evaluable patients.

    Why it matters
        Each evaluable patient has one best response, so one of the counts is wrong, and response or disease control
        rates may be wrong with it.

    Fires on
        cr_n  pr_n  sd_n  pd_n  evaluable
        3     19    18    25    64

    Silent on
        cr_n  pr_n  sd_n  pd_n  evaluable
        2     10    10    19    41
    """
    return _sum_fault((cr_n, pr_n, sd_n, pd_n), evaluable, "evaluable patients are")


@check("RSP004", "impossible")
def evaluable_and_not_available_are_not_total(
    evaluable: Printed, na_n: Printed, total: Printed
) -> Fault | NotCheckable | None:
    """Evaluable patients and patients without an available response do not add up to the patients of the group.

    Why it matters
        One of the three numbers is wrong, and so are the rates that divide by it.

    Fires on
        evaluable  na_n  total
        64         8     71

    Silent on
        evaluable  na_n  total
        64         8     72
    """
    return _sum_fault((evaluable, na_n), total, "the group has")


@check("RSP005", "impossible")
def disease_control_is_not_its_parts(
    cr_n: Printed, pr_n: Printed, sd_n: Printed, dcr_n: Printed
) -> Fault | NotCheckable | None:
    """The patients with disease control are not the sum of responses and stable disease.

    Why it matters
        Disease control is defined as complete response, partial response or stable disease. One of the counts is wrong.

    Fires on
        cr_n  pr_n  sd_n  dcr_n
        1     8     30    38

    Silent on
        cr_n  pr_n  sd_n  dcr_n
        1     8     30    39
    """
    return _sum_fault((cr_n, pr_n, sd_n), dcr_n, "patients with disease control are")
