"""RSP: objective response rates printed without a count of responders."""

from collections.abc import Sequence
from fractions import Fraction

from schemas.base.printed import Printed
from validations.inference.denominators import counts_that_give, in_percent, totals_that_give
from validations.registry import Fault, NotCheckable, check


@check("RSP002", "impossible")
def rate_is_not_cr_plus_pr(
    pr_n: Printed,
    orr_percent: Printed,
    cr_n: Printed | None = None,
    orr_n: Printed | None = None,
    total: Printed | None = None,
    evaluable: Printed | None = None,
) -> Fault | NotCheckable | None:
    """No number of patients up to the size of the group gives the objective response rate from CR and PR.

    Why it matters
        Without a printed count of responders, only the rate shows the sum of complete and partial responses, so one of
        the printed numbers is wrong. If complete responses are not printed, the rate must at least not be lower than
        the rate of the partial responses.

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
    if orr_n is not None or not (sizes := _group_sizes(total, evaluable)):
        return _NO_RATE
    least = pr_n.count + (cr_n.count if cr_n else 0)
    if cr_n is not None:
        possible = totals_that_give(least, orr_percent, max(sizes)) is not None
    else:
        possible = Fraction(100 * least, max(sizes)) <= orr_percent.high and orr_percent.low <= 100
    return None if possible else _rate_fault(cr_n, pr_n, orr_percent, sizes)


@check("RSP013", "unlikely")
def rate_of_unprinted_total(
    pr_n: Printed,
    orr_percent: Printed,
    cr_n: Printed | None = None,
    orr_n: Printed | None = None,
    total: Printed | None = None,
    evaluable: Printed | None = None,
) -> Fault | NotCheckable | None:
    """The objective response rate does not divide CR and PR by the total or the evaluable patients of the group.

    Why it matters
        The rate divides by fewer patients, which the table does not say, or one of the numbers is wrong. If complete
        responses are not printed, the rate must fit some whole number of responders, at least the partial responses.

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
    if orr_n is not None or not (sizes := _group_sizes(total, evaluable)):
        return _NO_RATE
    least = pr_n.count + (cr_n.count if cr_n else 0)
    most = least if cr_n else max(sizes)
    fitting = [counts for size in sizes if (counts := counts_that_give(orr_percent, size))]
    if any(counts[0] <= most and least <= counts[-1] for counts in fitting):
        return None
    impossible = cr_n is not None and totals_that_give(least, orr_percent, max(sizes)) is None
    return None if impossible else _rate_fault(cr_n, pr_n, orr_percent, sizes)


_NO_RATE = NotCheckable("the number of patients is not known, or responders are counted (PCT checks their rate)")


def _group_sizes(total: Printed | None, evaluable: Printed | None) -> list[int]:
    return [size.count for size in (evaluable, total) if size is not None and size.is_whole and size.count]


def _rate_fault(cr_n: Printed | None, pr_n: Printed, rate: Printed, sizes: Sequence[int]) -> Fault:
    """The fault that the rate is not CR + PR divided by any of these numbers of patients."""
    least = pr_n.count + (cr_n.count if cr_n else 0)
    rates = " or ".join(f"{least} of {size} = {in_percent(least, size, rate.decimals)}" for size in sizes)
    at_least = "" if cr_n else "at least "
    message = f"CR {cr_n or 'not printed'}, PR {pr_n}: {at_least}{rates}, but the rate is {rate}"
    return Fault(message, at_least + rates, column="orr_percent")
