"""EFF: P values and test statistics against the estimates and intervals beside them."""

from collections.abc import Iterator
from decimal import Decimal

from schemas.printed import Printed
from validations.checks.effects.intervals import estimate_fault, with_interval
from validations.inference.estimates import FEWEST_TELLING_INTERVALS, Estimate, find_estimates
from validations.inference.z_and_p import p_range, z_range
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Table, once


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
    another_test = misfits >= FEWEST_TELLING_INTERVALS and 2 * misfits > len(judged)
    for estimate, p, judgement in judged:
        if judgement == "misfit" and another_test:
            yield NotCheckable("most P values of the table come of another test than a normal one of the interval")
        else:
            yield _p_fault(estimate, p) if judgement == "misfit" else None
    yield from _uncheckable_p(table)


def _p_fault(estimate: Estimate, p: Printed) -> Fault:
    least, most = p_range(estimate)
    span = f"{least:.2g} to {most:.2g}"
    return estimate_fault(estimate, f"{with_interval(estimate)} gives P = {span}, printed is {p}", span, "p")


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
        yield estimate_fault(estimate, message, "", "p") if judgement == "contradiction" else None
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
            message = f"{with_interval(estimate)} gives z = {least:.2f} to {most:.2f}, printed is {z}"
            yield None if fits else estimate_fault(estimate, message, f"{least:.2f} to {most:.2f}", "z")
        elif z is not None:
            yield NotCheckable(estimate.why_not)
