"""RSP: rates of tumour responses against one another."""

from decimal import Decimal

from schemas.base.printed import Printed
from validations.registry import Fault, NotCheckable, check


@check("RSP006", "impossible")
def disease_control_below_response(orr_percent: Printed, dcr_percent: Printed) -> Fault | None:
    """The disease control rate is lower than the objective response rate.

    Why it matters
        Every responder has disease control, so the two rates were exchanged or a digit is wrong.

    Fires on
        orr_percent  dcr_percent
        40.74        3.70

    Silent on
        orr_percent  dcr_percent
        3.70         40.74
        0.00         0.00
        16.7         16.65
    """
    message = f"the disease control rate is {dcr_percent} %, the response rate {orr_percent} %"
    return Fault(message, f"at least {orr_percent}") if dcr_percent.high < orr_percent.low else None


@check("RSP007", "impossible")
def best_responses_exceed_100_percent(
    cr_percent: Printed | None = None,
    pr_percent: Printed | None = None,
    sd_percent: Printed | None = None,
    pd_percent: Printed | None = None,
) -> Fault | NotCheckable | None:
    """The percentages of best responses add up to more than 100, whatever their rounding.

    Why it matters
        Each patient has one best response. If the percentages add up to more than 100, one of them belongs to another
        count or another denominator.

    Fires on
        cr_percent  pr_percent  sd_percent  pd_percent
        4.7         29.7        28.1        39.1

    Silent on
        cr_percent  pr_percent  sd_percent  pd_percent
        4.9         24.4        24.4        46.3
        12.5        -           37.5        50.1

    Not checkable on
        cr_percent  pr_percent  sd_percent  pd_percent
        4.9         -           -           -
    """
    known = [share for share in (cr_percent, pr_percent, sd_percent, pd_percent) if share is not None]
    if len(known) < 2:
        return NotCheckable("fewer than two of the percentages are printed")
    least = sum((share.low for share in known), Decimal(0))
    addition = f"{' + '.join(map(str, known))} = {sum(share.value for share in known)}"
    message = f"{addition}, at least {least} before rounding, but at most 100 is possible"
    return Fault(message, "at most 100", column="pd_percent" if pd_percent else "") if least > 100 else None


@check("RSP008", "unlikely")
def response_rate_is_not_cr_plus_pr_rates(
    cr_percent: Printed, pr_percent: Printed, orr_percent: Printed
) -> Fault | None:
    """The objective response rate is not the sum of the rates of complete and partial response.

    Why it matters
        Rates with one denominator add up within their rounding. If they do not, one of them is wrong or they divide by
        different numbers of patients.

    Fires on
        cr_percent  pr_percent  orr_percent
        4.7         29.7        36.4

    Silent on
        cr_percent  pr_percent  orr_percent
        16.7        41.7        58.3
        6.7         40          46.7
    """
    low, high = cr_percent.low + pr_percent.low, cr_percent.high + pr_percent.high
    total = cr_percent.value + pr_percent.value
    message = f"{cr_percent} + {pr_percent} = {total}, but the response rate is {orr_percent}"
    return None if orr_percent.overlaps(low, high) else Fault(message, str(total))
