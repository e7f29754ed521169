"""RSP: the arithmetic of tumour response within a group of patients."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from schemas.printed import Printed
from validations.inference.denominators import counts_that_give, find_shares, in_percent, totals_that_give
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Table


def spelt(*counts: Printed) -> str:
    """The sum as a reader would check it: 3 + 19 + 18 + 25 = 65"""
    return f"{' + '.join(map(str, counts))} = {sum(count.count for count in counts)}"


def differs(sum_of: Sequence[Printed], printed: Printed, what: str) -> Fault | NotCheckable | None:
    """The fault that these counts do not add to the printed one."""
    if not all(count.is_whole for count in (*sum_of, printed)):
        return NotCheckable("a count is not printed as a whole number")
    total = sum(count.count for count in sum_of)
    return Fault(f"{spelt(*sum_of)}, but {what} {printed}", str(total)) if total != printed.count else None


@check("RSP001", "impossible")
def responders_are_not_cr_plus_pr(cr_n: Printed, pr_n: Printed, orr_n: Printed) -> Fault | NotCheckable | None:
    """The patients with objective response are not those with complete and partial response together.

    Why it matters
        Objective response is defined as complete or partial response; a meta-analysis takes one of the three counts.

    Fires on
        cr_n  pr_n  orr_n
        3     19    23

    Silent on
        cr_n  pr_n  orr_n
        3     19    22
        0     0     0
    """
    return differs((cr_n, pr_n), orr_n, "objective responses are")


@check("RSP002", "impossible")
def rate_is_not_cr_plus_pr(
    pr_n: Printed,
    orr_percent: Printed,
    cr_n: Printed | None = None,
    orr_n: Printed | None = None,
    total: Printed | None = None,
    evaluable: Printed | None = None,
) -> Fault | NotCheckable | None:
    """The objective response rate is not that of the complete and partial responses out of any number of the group.

    Why it matters
        Where a table prints no count of responders, their rate is the only sum of the two counts. Where complete
        responses are not printed, the rate must at least not be lower than that of the partial ones.

    Fires on
        cr_n  pr_n  total  orr_percent
        2     5     12     53.8
        -     2     5      25.0

    Silent on
        cr_n  pr_n  total  orr_percent
        2     5     12     58.3
        2     5     12     70.0
        -     1     5      20.0

    Not checkable on
        cr_n  pr_n  orr_n  total  orr_percent
        2     5     8      12     66.7
        2     5     -      -      58.3
    """
    if orr_n is not None or not (sizes := group_sizes(total, evaluable)):
        return NO_RATE
    least = pr_n.count + (cr_n.count if cr_n else 0)
    if cr_n is not None:
        possible = totals_that_give(least, orr_percent, max(sizes)) is not None
    else:
        possible = Fraction(100 * least, max(sizes)) <= orr_percent.high and orr_percent.low <= 100
    return None if possible else rate_fault(cr_n, pr_n, orr_percent, sizes)


@check("RSP013", "unlikely")
def rate_of_unprinted_total(
    pr_n: Printed,
    orr_percent: Printed,
    cr_n: Printed | None = None,
    orr_n: Printed | None = None,
    total: Printed | None = None,
    evaluable: Printed | None = None,
) -> Fault | NotCheckable | None:
    """The objective response rate is not that of the responses out of the group's total or evaluable patients.

    Why it matters
        It may be a rate of fewer patients, which the table does not say, or a slip. Where complete responses are not
        printed, the rate must be that of some whole number of patients, not fewer than the partial responses.

    Fires on
        cr_n  pr_n  total  orr_percent
        2     5     12     70.0
        -     1     5      25.0

    Silent on
        cr_n  pr_n  total  orr_percent
        2     5     12     58.3
        2     5     12     53.8
        -     1     5      20.0
    """
    if orr_n is not None or not (sizes := group_sizes(total, evaluable)):
        return NO_RATE
    least = pr_n.count + (cr_n.count if cr_n else 0)
    most = least if cr_n else max(sizes)
    fitting = [counts for size in sizes if (counts := counts_that_give(orr_percent, size))]
    if any(counts[0] <= most and least <= counts[-1] for counts in fitting):
        return None
    impossible = cr_n is not None and totals_that_give(least, orr_percent, max(sizes)) is None
    return None if impossible else rate_fault(cr_n, pr_n, orr_percent, sizes)


NO_RATE = NotCheckable("the responders are counted and their rate is a matter of PCT, or the group's size is not known")


def group_sizes(total: Printed | None, evaluable: Printed | None) -> list[int]:
    return [size.count for size in (evaluable, total) if size is not None and size.is_whole and size.count]


def rate_fault(cr_n: Printed | None, pr_n: Printed, rate: Printed, sizes: Sequence[int]) -> Fault:
    """That the rate is not CR + PR of any of these numbers of patients."""
    least = pr_n.count + (cr_n.count if cr_n else 0)
    rates = " or ".join(f"{least} of {size} = {in_percent(least, size, rate.decimals)}" for size in sizes)
    at_least = "" if cr_n else "at least "
    message = f"CR {cr_n or 'not printed'}, PR {pr_n}: {at_least}{rates}, but the rate is {rate}"
    return Fault(message, at_least + rates, column="orr_percent")


@check("RSP003", "impossible")
def responses_do_not_add_to_evaluable(
    cr_n: Printed, pr_n: Printed, sd_n: Printed, pd_n: Printed, evaluable: Printed
) -> Fault | NotCheckable | None:
    """Complete and partial response, stable and progressive disease do not add to the evaluable patients.

    Why it matters
        Each evaluable patient has one best response; a patient too many or too few means that a count is wrong, and
        which one it is decides response and disease control rates.

    Fires on
        cr_n  pr_n  sd_n  pd_n  evaluable
        3     19    18    25    64

    Silent on
        cr_n  pr_n  sd_n  pd_n  evaluable
        2     10    10    19    41
    """
    return differs((cr_n, pr_n, sd_n, pd_n), evaluable, "evaluable patients are")


@check("RSP004", "impossible")
def evaluable_and_not_available_are_not_total(
    evaluable: Printed, na_n: Printed, total: Printed
) -> Fault | NotCheckable | None:
    """Evaluable patients and those whose response is not available do not add to all patients of the group.

    Why it matters
        One of the three denominators is wrong, and with it the rates over it.

    Fires on
        evaluable  na_n  total
        64         8     71

    Silent on
        evaluable  na_n  total
        64         8     72
    """
    return differs((evaluable, na_n), total, "the group has")


@check("RSP005", "impossible")
def disease_control_is_not_its_parts(
    cr_n: Printed, pr_n: Printed, sd_n: Printed, dcr_n: Printed
) -> Fault | NotCheckable | None:
    """The patients with disease control are not those with response and stable disease together.

    Why it matters
        Disease control is defined as complete response, partial response or stable disease.

    Fires on
        cr_n  pr_n  sd_n  dcr_n
        1     8     30    38

    Silent on
        cr_n  pr_n  sd_n  dcr_n
        1     8     30    39
    """
    return differs((cr_n, pr_n, sd_n), dcr_n, "patients with disease control are")


@check("RSP006", "impossible")
def disease_control_below_response(orr_percent: Printed, dcr_percent: Printed) -> Fault | None:
    """The disease control rate is lower than the objective response rate.

    Why it matters
        Every responder has disease control; the two rates were exchanged, or a digit is wrong.

    Fires on
        orr_percent  dcr_percent
        40.74        3.70

    Silent on
        orr_percent  dcr_percent
        3.70         40.74
        0.00         0.00
        16.7         16.65
    """
    message = f"disease control in {dcr_percent} %, response in {orr_percent} %"
    return Fault(message, f"at least {orr_percent}") if dcr_percent.high < orr_percent.low else None


@check("RSP007", "impossible")
def best_responses_exceed_100_percent(
    cr_percent: Printed | None = None,
    pr_percent: Printed | None = None,
    sd_percent: Printed | None = None,
    pd_percent: Printed | None = None,
) -> Fault | NotCheckable | None:
    """The percentages of best responses add to more than 100, whatever their rounding.

    Why it matters
        A patient has one best response. If the shares add to more than the whole, one of them belongs to another
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
    spelt_out = f"{' + '.join(map(str, known))} = {sum(share.value for share in known)}"
    message = f"{spelt_out}, at least {least} before rounding"
    return Fault(message, "at most 100", column="pd_percent" if pd_percent else "") if least > 100 else None


@check("RSP008", "unlikely")
def response_rate_is_not_cr_plus_pr_rates(
    cr_percent: Printed, pr_percent: Printed, orr_percent: Printed
) -> Fault | None:
    """The objective response rate is not the sum of the rates of complete and partial response.

    Why it matters
        Over one denominator the three rates add up within their rounding; if they do not, one is wrong or they are
        over different patients.

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


@check("RSP009", "impossible")
def graded_events_exceed_any_grade(table: Table) -> Answers:
    """More patients have the event in some grades than in any grade.

    Why it matters
        Severe events are among all events. The two columns were exchanged, or a digit is wrong.

    Fires on
        table4: adverse_events
        row  grade  event      n
        1    any    Diarrhoea  1
        1    3-4    Diarrhoea  9

    Silent on
        table4: adverse_events
        row  grade  event      n
        1    any    Diarrhoea  9
        1    3-4    Diarrhoea  1
    """
    whole = {record.row: record for record in table.records if record["grade"] == "any"}
    for record in table.records if table.schema == "adverse_events" else ():
        any_grade = whole.get(record.row)
        graded, most = record.count("n"), any_grade.count("n") if any_grade else None
        if record["grade"] == "any":
            continue
        if any_grade is None or graded is None or most is None:
            yield NotCheckable("a count of the grade, or of any grade, not known")
            continue
        message = f"{record['event']}: {graded} patients in grade {record['grade']}, {most} in any grade"
        fault = Fault(message, f"at most {most}", record, "n", ("n",), (any_grade,))
        yield fault if graded > most else None


@check("RSP010", "unlikely")
def rates_have_different_denominators(table: Table) -> Answers:
    """Best responses of one table are rates over different patients: some of all, some of the evaluable.

    Why it matters
        Rates in one row are read as shares of the same patients, and added.

    Fires on
        table4: responses
        group  n_total  n_evaluable  cr_n  cr_percent  pr_n  pr_percent
        A      43       41           2     4.9         10    23.3
        B      21       15           1     6.7         6     28.6

    Silent on
        table4: responses
        group  n_total  n_evaluable  cr_n  cr_percent  pr_n  pr_percent
        A      43       41           2     4.9         10    24.4
        B      21       15           1     6.7         6     40.0

        table5: responses
        group  n_total  n_evaluable  cr_n  cr_percent  pr_n  pr_percent
        A      43       41           0     0.0         10    23.3
        B      21       15           0     0.0         6     28.6
    """
    best = [
        shares
        for shares in find_shares(table)
        if shares and "evaluable" in shares[0].columns and not shares[0].columns["n"].startswith("na_")
    ]
    named = [shares.usual for shares in best]
    common = max(dict.fromkeys(named), key=lambda name: sum(shares.fitting(name) for shares in best), default="")
    for shares, name in zip(best, named, strict=True):
        column = shares[0].columns["percent"]
        message = f"{column} is over {name}, the other best responses over {common}"
        tells = shares.fitting(name) > shares.fitting(common)
        yield Fault(message, common, shares[0].record, column) if tells else None
