"""EFF: ratios and differences, their intervals, test statistics and P values. Rounding is never a fault."""

from collections.abc import Iterator
from decimal import Decimal

from schemas.printed import Printed
from validations.inference.estimates import ENOUGH, Estimate, Scale, find_estimates, symmetric
from validations.inference.z_and_p import p_range, z_range
from validations.registry import Answers, Fault, NotCheckable, Noted, check
from validations.tables import Table, once

MIDDLES: dict[Scale, str] = {
    "log": "intervals on the scale of logarithms",
    "linear": "intervals on the scale that is printed",
    "neither": "intervals of a measure that has no symmetric ones",
    "": "intervals on no scale that could be told",
}


def spelt(estimate: Estimate) -> str:
    """As papers print it: 0.31 (0.16 to 0.61)"""
    return f"{estimate.value} ({estimate.low} to {estimate.high})"


def fault(estimate: Estimate, message: str, expected: str = "", column: str = "estimate", *more: str) -> Fault:
    """The fault at an estimate, with estimate, limits and `more` quantities quoted."""
    names = dict.fromkeys(("estimate", "low", "high", column, *more))
    shows = tuple(estimate.columns[name] for name in names)
    return Fault(message, expected, estimate.record, estimate.columns[column], shows)


@check("EFF001", "impossible")
def estimate_outside_interval(table: Table) -> Answers:
    """The estimate lies outside its own confidence interval.

    Why it matters
        An interval is built around its estimate. One of the three numbers is wrong, and a meta-analysis that takes two
        of them gives a study the wrong effect or the wrong weight.

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
        reversed_ = estimate.low.low > estimate.high.high
        inside = estimate.ordered or reversed_
        message = f"{estimate.value} is not between {estimate.low} and {estimate.high}"
        yield None if inside else fault(estimate, message, f"{estimate.low} to {estimate.high}")


@check("EFF002", "impossible")
def limits_reversed(table: Table) -> Answers:
    """The lower limit of an interval is above its upper limit.

    Why it matters
        The limits are exchanged or one of them is wrong; software that computes a standard error from them fails or,
        worse, does not.

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
        message = f"the lower limit {estimate.low} is above the upper limit {estimate.high}"
        yield fault(estimate, message, f"{estimate.high} to {estimate.low}", "low") if wrong else None


@check("EFF003", "impossible")
def ratio_below_zero(table: Table) -> Answers:
    """A ratio, or a limit of it, is negative.

    Why it matters
        Ratios of odds, risks, rates and hazards are positive. A negative one is a logarithm printed as a ratio, or
        bears a minus that is none.

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
            message = f"{spelt(estimate)} has a negative number, and ratios have none"
            yield fault(estimate, message, "above 0", negative[0]) if negative else None
        else:
            yield NotCheckable("whether it is a ratio is not known")


def _numbers(estimate: Estimate) -> tuple[tuple[str, Printed], ...]:
    return (("estimate", estimate.value), ("low", estimate.low), ("high", estimate.high))


@check("EFF004", "unlikely")
def interval_not_around_estimate(table: Table) -> Answers:
    """The estimate is not in the middle of its interval, and no rounding explains it.

    Why it matters
        Intervals of ratios are symmetric on the scale of logarithms, those of differences as they stand, because
        nearly all are computed as estimate ± z standard errors. One that is not comes of a slip of a digit, of another
        row's number, or of another method: profile likelihood and exact intervals are skewed and right.

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
        yield Noted(MIDDLES[scale])
    for estimate in find_estimates(table):
        if not estimate.measurable:
            yield NotCheckable(estimate.why_not)
        elif symmetric(estimate, estimate.scale):
            yield None
        else:
            how = "on the scale of logarithms" if estimate.scale == "log" else "of its interval"
            message = f"{estimate.value} is not in the middle of {estimate.low} to {estimate.high} {how}"
            yield fault(estimate, message, f"about {_middle(estimate)}")


def _middle(estimate: Estimate) -> str:
    """The middle of the printed interval, with the decimals of the estimate."""
    low, high = max(Decimal(0), estimate.low.value), estimate.high.value
    middle = (low * high).sqrt() if estimate.scale == "log" else (estimate.low.value + high) / 2
    return f"{middle:.{estimate.value.decimals}f}"


@once
def _judged(table: Table) -> tuple[tuple[Estimate, Printed, str], ...]:
    """Each measurable estimate that has a P value, with what is wrong: "", "contradiction", or "misfit"; equal numbers
    are judged once."""
    found, known = [], dict[tuple[str | float, ...], str]()
    for estimate in find_estimates(table):
        p = estimate.other("p")
        if p is not None and estimate.measurable:
            texts = (estimate.value.text, estimate.low.text, estimate.high.text, p.text)
            key = (*texts, estimate.scale, estimate.level)
            if key not in known:
                known[key] = _judge(estimate, p)
            found.append((estimate, p, known[key]))
    return tuple(found)


def _judge(estimate: Estimate, p: Printed) -> str:
    least, most = p_range(estimate)
    fits = p.low <= most and least <= p.high
    return "contradiction" if _contradicts(estimate, p) else "" if fits else "misfit"


def _contradicts(estimate: Estimate, p: Printed) -> bool:
    """Whether P is on one side of the interval's own threshold (0.05 for 95 %) and the interval on the other, each
    beyond its rounding."""
    threshold, null = Decimal(str(round(1 - estimate.level, 6))), 1 if estimate.scale == "log" else 0
    significant = p.high < threshold or (p.comparator == "<" and p.high == threshold)
    not_significant = p.low > threshold or (p.comparator == ">" and p.low == threshold)
    holds = estimate.low.high < null < estimate.high.low
    excludes = estimate.low.low > null or estimate.high.high < null
    return (significant and holds) or (not_significant and excludes)


def _uncheckable_p(table: Table) -> Iterator[NotCheckable]:
    for estimate in find_estimates(table):
        if estimate.other("p") is not None and not estimate.measurable:
            yield NotCheckable(estimate.why_not)


@check("EFF005", "unlikely")
def p_not_of_interval(table: Table) -> Answers:
    """The P value is not that of a normal test with the printed estimate and interval.

    Why it matters
        Estimate, interval and P say one thing in three ways; where P does not follow from the interval one of them is
        a slip. Log-rank and likelihood ratio tests give slightly other values: where most of a table's P values do not
        follow from its intervals, another test was used, and nothing is said.

    Fires on
        table2: hazard_ratios
        outcome  characteristic  hazard_ratio  ci_low  ci_high  p
        PFS      ECOG            0.32          0.16    0.63     0.012
        PFS      Sex             1.31          0.69    2.50     0.412

    Silent on
        table2: hazard_ratios
        outcome  characteristic  hazard_ratio  ci_low  ci_high  p
        PFS      ECOG            0.32          0.16    0.63     0.001
        PFS      Sex             1.31          0.69    2.50     0.412
        OS       Sex             1.00          0.30    3.30     >0.99

    Not checkable on
        table2: hazard_ratios
        outcome  characteristic  hazard_ratio  ci_low  ci_high  p
        PFS      ECOG            0.32          0.16    0.63     0.012
        PFS      Sex             1.31          0.69    2.50     0.312
        PFS      Age             0.53          0.26    1.06     0.171
    """
    judged = _judged(table)
    misfits = [judgement for _, _, judgement in judged].count("misfit")
    another_test = misfits >= ENOUGH and 2 * misfits > len(judged)
    for estimate, p, judgement in judged:
        if judgement == "misfit" and another_test:
            yield NotCheckable("most P values of the table come of another test than a normal one of the interval")
        else:
            yield _p_fault(estimate, p) if judgement == "misfit" else None
    yield from _uncheckable_p(table)


def _p_fault(estimate: Estimate, p: Printed) -> Fault:
    least, most = p_range(estimate)
    span = f"{least:.2g} to {most:.2g}"
    return fault(estimate, f"{spelt(estimate)} gives P = {span}, printed is {p}", span, "p")


@check("EFF006", "unlikely")
def p_contradicts_interval(table: Table) -> Answers:
    """P says that there is a difference and the interval that there may be none, or the reverse.

    Why it matters
        A 95 % interval leaves out 1 (of a difference: 0) just when P is below 0.05. Readers who look at the one and
        those who look at the other come to opposite conclusions.

    Fires on
        table2: hazard_ratios
        outcome  characteristic  hazard_ratio  ci_low  ci_high  p
        PFS      ECOG            0.62          0.36    1.07     0.031
        PFS      Sex             0.32          0.16    0.63     0.412

    Silent on
        table2: hazard_ratios
        outcome  characteristic  hazard_ratio  ci_low  ci_high  ci_level  p
        PFS      ECOG            0.32          0.16    0.63     95        0.001
        OS       ECOG            0.34          0.12    1.00     95        0.049
        OS       Sex             0.60          0.37    0.97     90        0.080
    """
    for estimate, p, judgement in _judged(table):
        held = (
            "holds" if estimate.low.high < (1 if estimate.scale == "log" else 0) < estimate.high.low else "leaves out"
        )
        null = 1 if estimate.scale == "log" else 0
        message = f"P = {p}, but the interval {estimate.low} to {estimate.high} {held} {null}"
        yield fault(estimate, message, "", "p") if judgement == "contradiction" else None
    yield from _uncheckable_p(table)


@check("EFF007", "unlikely")
def z_not_of_interval(table: Table) -> Answers:
    """The test statistic z is not that of the printed estimate and interval.

    Why it matters
        z is the estimate over its standard error, which is in the width of the interval. Where the two differ, the
        pooled line mixes the results of two analyses, or a digit is wrong.

    Fires on
        fig2: forest
        kind     measure  estimate  ci_low  ci_high  z
        overall  OR       0.69      0.55    0.87     1.31

    Silent on
        fig2: forest
        kind     measure  estimate  ci_low  ci_high  z
        overall  OR       0.69      0.55    0.87     3.17
        overall  MD       -0.42     -0.80   -0.04    -2.17
    """
    for estimate in find_estimates(table):
        z = estimate.other("z")
        if z is not None and estimate.measurable:
            least, most = z_range(estimate)
            fits = any(low <= most and least <= high for low, high in ((z.low, z.high), (-z.high, -z.low)))
            message = f"{spelt(estimate)} gives z = {least:.2f} to {most:.2f}, printed is {z}"
            yield None if fits else fault(estimate, message, f"{least:.2f} to {most:.2f}", "z")
        elif z is not None:
            yield NotCheckable(estimate.why_not)
