"""EFF: P values and test statistics against the estimates and intervals beside them."""

from collections.abc import Iterator
from decimal import Decimal

from schemas.base.printed import Printed
from validations.checks.effects.intervals import estimate_fault, with_interval
from validations.inference.estimates import FEWEST_TELLING_INTERVALS, Estimate, find_estimates
from validations.inference.z_and_p import p_range, z_range
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Table, once

ONE_SIDED = "one-sided"
HALF = NotCheckable("all P values are half of those that the intervals give: they are one-sided")


@once
def _judged(table: Table) -> tuple[tuple[Estimate, Printed, str], ...]:
    """Each measurable estimate with a P value, and the judgement: "" (fits), "contradiction" or "misfit", or ONE_SIDED
    for all if each P is half of what its interval gives. Equal numbers are judged once."""
    found, known = [], dict[tuple[str | float, ...], str]()
    for estimate in find_estimates(table):
        p = estimate.other("p")
        if p is not None and estimate.measurable:
            texts = (estimate.value.text, estimate.low.text, estimate.high.text, p.text)
            key = (*texts, estimate.scale, estimate.level)
            if key not in known:
                known[key] = _judge(estimate, p)
            found.append((estimate, p, known[key]))
    fitting = [judgement for _, _, judgement in found].count("")
    if len(found) >= FEWEST_TELLING_INTERVALS and fitting < len(found) and all(_is_half(one, p) for one, p, _ in found):
        return tuple((estimate, p, ONE_SIDED) for estimate, p, _ in found)
    return tuple(found)


def _is_half(estimate: Estimate, p: Printed) -> bool:
    """Whether P can be the one-sided P value of an estimate, half of the usual one."""
    least, most = p_range(estimate)
    return p.low <= most / 2 and least / 2 <= p.high


def _judge(estimate: Estimate, p: Printed) -> str:
    least, most = p_range(estimate)
    fits = p.low <= most and least <= p.high
    return "contradiction" if _contradicts(estimate, p) else "" if fits else "misfit"


def _contradicts(estimate: Estimate, p: Printed) -> bool:
    """Whether P and the interval lie on different sides of the interval's threshold (0.05 for 95 %), whatever their
    rounding."""
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
    """The P value does not follow from the printed estimate and interval.

    Why it matters
        A normal test gives P from estimate and interval, so one of the three is wrong. Log-rank and likelihood ratio
        tests give slightly different P values: if most P values of a table do not follow from its intervals, another
        test was used and nothing is reported.

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

        table3: hazard_ratios
        outcome  characteristic  hazard_ratio  ci_low  ci_high  p
        PFS      ECOG            0.72          0.53    0.98     0.018
        PFS      Sex             0.80          0.62    1.03     0.042
        PFS      Age             0.69          0.50    0.95     0.012
    """
    judged = _judged(table)
    misfits = [judgement for _, _, judgement in judged].count("misfit")
    another_test = misfits >= FEWEST_TELLING_INTERVALS and 2 * misfits > len(judged)
    for estimate, p, judgement in judged:
        if judgement == ONE_SIDED:
            yield HALF
        elif judgement == "misfit" and another_test:
            yield NotCheckable("most P values of the table come from another test than the normal one")
        else:
            yield _p_fault(estimate, p) if judgement == "misfit" else None
    yield from _uncheckable_p(table)


def _p_fault(estimate: Estimate, p: Printed) -> Fault:
    least, most = p_range(estimate)
    span = f"{least:.2g} to {most:.2g}"
    return estimate_fault(estimate, f"{with_interval(estimate)} gives P = {span}, printed is {p}", span, "p")


@check("EFF006", "unlikely")
def p_contradicts_interval(table: Table) -> Answers:
    """P shows a difference that the interval does not show, or the reverse.

    Why it matters
        A 95 % interval excludes 1 (for a difference: 0) exactly when P is below 0.05. Readers of P and readers of the
        interval come to opposite conclusions.

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
        null = 1 if estimate.scale == "log" else 0
        verb = "includes" if estimate.low.high < null < estimate.high.low else "excludes"
        message = f"P = {p}, but the interval {estimate.low} to {estimate.high} {verb} {null}"
        fault = estimate_fault(estimate, message, "", "p") if judgement == "contradiction" else None
        yield HALF if judgement == ONE_SIDED else fault
    yield from _uncheckable_p(table)


@check("EFF007", "unlikely")
def z_not_of_interval(table: Table) -> Answers:
    """The test statistic z does not follow from the printed estimate and interval.

    Why it matters
        z is the estimate divided by its standard error, and the width of the interval gives the standard error. If z
        differs, the line mixes the results of two analyses, or a digit is wrong.

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
