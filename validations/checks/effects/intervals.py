"""EFF: ratios and differences with their intervals. A difference that rounding explains is no fault."""

from decimal import Decimal

from schemas.base.printed import Printed
from validations.inference.estimates import Estimate, Scale, can_be_symmetric, find_estimates
from validations.registry import Answers, Fault, NotCheckable, Noted, check
from validations.tables import Table

_SCALE_NOTES: dict[Scale, str] = {
    "log": "intervals on the logarithmic scale",
    "linear": "intervals on the printed scale",
    "neither": "intervals of a measure without symmetric intervals",
    "": "intervals on an unknown scale",
}


SIGN_IN_WORDS = NotCheckable("the sentence may say the sign of the estimate in words")


def with_interval(estimate: Estimate) -> str:
    """The estimate and its limits as papers print them: 0.31 (0.16 to 0.61)"""
    return f"{estimate.value} ({estimate.low} to {estimate.high})"


def estimate_fault(estimate: Estimate, message: str, expected: str = "", column: str = "estimate", *more: str) -> Fault:
    """The fault at an estimate. It quotes estimate, limits, its own column and `more` quantities."""
    names = dict.fromkeys(("estimate", "low", "high", column, *more))
    shows = tuple(estimate.columns[name] for name in names)
    return Fault(message, expected, estimate.record, estimate.columns[column], shows, estimate.repeats)


@check("EFF001", "impossible")
def estimate_outside_interval(table: Table) -> Answers:
    """The estimate lies outside its own confidence interval.

    Why it matters
        An interval is built around its estimate. One of the three numbers is wrong, and a meta-analysis that uses them
        gives the study a wrong effect or a wrong weight.

    Fires on
        table2: hazard_ratios
        outcome  characteristic  hazard_ratio  ci_low  ci_high
        PFS      ECOG            3.20          0.16    0.63

        fig2: forest
        label       measure  estimate  ci_low  ci_high
        Smith 2020  MD       -0.42     0.10    0.80

    Silent on
        table2: hazard_ratios
        outcome  characteristic  hazard_ratio  ci_low  ci_high
        PFS      ECOG            0.32          0.16    0.63
        PFS      At its limit    0.63          0.16    0.63
        PFS      Open            9.4           2.1     >100
    """
    for estimate in find_estimates(table):
        limits_are_reversed = estimate.low.low > estimate.high.high  # the matter of EFF002
        inside = estimate.ordered or limits_are_reversed
        message = f"{estimate.value} is not between {estimate.low} and {estimate.high}"
        if estimate.sign_in_words and not limits_are_reversed:
            yield SIGN_IN_WORDS
            continue
        yield None if inside else estimate_fault(estimate, message, f"{estimate.low} to {estimate.high}")


@check("EFF002", "impossible")
def limits_reversed(table: Table) -> Answers:
    """The lower limit of an interval is above its upper limit.

    Why it matters
        The limits are exchanged or one of them is wrong. Software that computes a standard error from them fails or,
        worse, gives a wrong one.

    Fires on
        table2: hazard_ratios
        outcome  characteristic  hazard_ratio  ci_low  ci_high
        PFS      ECOG            0.32          0.63    0.16

    Silent on
        table2: hazard_ratios
        outcome  characteristic  hazard_ratio  ci_low  ci_high
        PFS      ECOG            0.32          0.16    0.63
        PFS      Narrow          1.0           1.0     1.0
    """
    for estimate in find_estimates(table):
        wrong = estimate.low.low > estimate.high.high
        message = _reversed(estimate.low, estimate.high)
        yield estimate_fault(estimate, message, f"{estimate.high} to {estimate.low}", "low") if wrong else None
    for record in table.records if table.model.read_from() == "text" else ():
        low, high = record.number("ci_low"), record.number("ci_high")
        if record["measure"] == "interval" and low is not None and high is not None:
            wrong = low.low > high.high
            shows = ("ci_low", "ci_high")
            yield Fault(_reversed(low, high), f"{high} to {low}", record, "ci_low", shows) if wrong else None


def _reversed(low: Printed, high: Printed) -> str:
    return f"the lower limit {low} is above the upper limit {high}"


@check("EFF003", "impossible")
def ratio_below_zero(table: Table) -> Answers:
    """A ratio or its confidence limit is negative.

    Why it matters
        Ratios of odds, risks, rates and hazards are positive. A negative one is a logarithm printed as a ratio, or its
        minus sign is a misprint.

    Fires on
        fig2: forest
        label       measure  estimate  ci_low  ci_high
        Smith 2020  OR       0.80      -0.30   1.90

    Silent on
        fig2: forest
        label       measure  estimate  ci_low  ci_high
        Smith 2020  OR       0.02      0.00    0.90
        Jones 2021  MD       -0.42     -0.80   -0.04
    """
    for estimate in find_estimates(table):
        if estimate.scale in ("log", "linear"):
            negative = [name for name, number in _numbers(estimate) if number.high < 0 and estimate.scale == "log"]
            message = f"{with_interval(estimate)} has a negative number, but ratios are positive"
            yield estimate_fault(estimate, message, "above 0", negative[0]) if negative else None
        else:
            yield NotCheckable("cannot tell whether the measure is a ratio")


def _numbers(estimate: Estimate) -> tuple[tuple[str, Printed], ...]:
    return (("estimate", estimate.value), ("low", estimate.low), ("high", estimate.high))


@check("EFF004", "unlikely")
def interval_not_around_estimate(table: Table) -> Answers:
    """The estimate is not in the middle of its interval, even allowing for rounding.

    Why it matters
        Nearly all intervals are estimate ± z standard errors, so ratios are symmetric on the logarithmic scale and
        differences on the printed scale. An asymmetric interval has a wrong digit or another row's number, or comes
        from another method: profile likelihood and exact intervals are skewed and right.

    Fires on
        table2: hazard_ratios
        outcome  characteristic  hazard_ratio  ci_low  ci_high
        PFS      ECOG            0.32          0.16    0.93

        fig2: forest
        label       measure  estimate  ci_low  ci_high
        Smith 2020  SMD      0.42      0.10    0.90

        fig3: forest
        label       estimate  ci_low  ci_high
        A           1.30      0.69    2.45
        B           0.53      0.26    1.08
        C           0.32      0.16    0.64
        D           2.00      0.74    5.41
        E           1.13      0.59    2.95

    Silent on
        table2: hazard_ratios
        outcome  characteristic  hazard_ratio  ci_low  ci_high
        PFS      ECOG            0.32          0.16    0.63
        PFS      Rounded to 0    0.04          0.00    0.33

        fig2: forest
        label       measure  estimate  ci_low  ci_high
        Smith 2020  MD       -0.42     -0.80   -0.04

    Not checkable on
        fig2: forest
        label       measure  estimate  ci_low  ci_high
        Smith 2020  HR       9.4       2.1     >100
        Jones 2021  median   5.8       4.8     6.9
        Brown 2022  -        0.32      0.16    0.93
    """
    for scale in dict.fromkeys(estimate.scale for estimate in find_estimates(table)):
        yield Noted(_SCALE_NOTES[scale])
    for estimate in find_estimates(table):
        if not estimate.measurable:
            yield NotCheckable(estimate.why_not)
        elif can_be_symmetric(estimate):
            yield None
        else:
            on_scale = " on the logarithmic scale" if estimate.scale == "log" else ""
            message = f"{estimate.value} is not in the middle of {estimate.low} to {estimate.high}{on_scale}"
            yield estimate_fault(estimate, message, f"about {_middle(estimate)}")


def _middle(estimate: Estimate) -> str:
    """The middle of the printed interval, with the decimals of the estimate."""
    low, high = max(Decimal(0), estimate.low.value), estimate.high.value
    middle = (low * high).sqrt() if estimate.scale == "log" else (estimate.low.value + high) / 2
    return f"{middle:.{estimate.value.decimals}f}"
