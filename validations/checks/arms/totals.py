"""ARM: the arms against the column of all patients."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import product
from math import inf

from schemas.base.printed import Printed
from validations.inference.arms.variables import name_of
from validations.inference.arms.wholes import Whole, find_wholes, proofs
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.statistics.rounding import FloatSpan, covers, float_span, span_to_print
from validations.tables import Table

LEAST_WITH_DATA = 0.8  # of the patients of an arm: means of fewer are not held against the arms' N
FEWEST_WITH_SD = 2
MOST_ARMS = 6  # beside all patients, of which each may have all its patients or the fewest
STEPS = 60  # of a search that leaves two thirds of an interval in each
_COUNTS = ("n", "total", "arm_n")
_BETWEEN = ("mean", "median", "percent")

_UNPROVEN = NotCheckable("cannot tell whether the arms are all patients: neither their N nor most counts add up")
_DOUBTFUL = NotCheckable("the reading of the row is in doubt")


def proven_wholes(table: Table) -> Iterator[Whole | NotCheckable]:
    """The cells of all patients with those of their arms, where these are proven to be all."""
    proven = proofs(table)
    for whole in find_wholes(table):
        if any(record.row in table.doubtful for record in whole.records):
            yield _DOUBTFUL
        else:
            yield whole if whole.columns in proven else _UNPROVEN


def _numbers(whole: Whole, column: str) -> list[Printed] | None:
    """The printed numbers of the arms and of all patients, the latter last; None if one is missing or has < or >."""
    found = [record.number(column) for record in whole.records]
    known = [number for number in found if number is not None and not number.comparator]
    return known if len(known) == len(found) else None


@check("ARM001", "impossible", by_panel=False)
def arms_do_not_add_to_all_patients(table: Table) -> Answers:
    """The counts of the arms do not add up to the count of all patients.

    Why it matters
        The N of the arms, or most other rows, show that the arms are all patients and that nobody is in two of them. A
        digit of one of the counts is wrong.

    Fires on
        table1: results
        row  cell  outcome  level  arm      arm_n  statistic  n
        1    2     Sex      Men    Drug     47     count      39
        1    3     Sex      Men    Placebo  45     count      36
        1    4     Sex      Men    Total    92     count      57

    Silent on
        table1: results
        row  cell  outcome  level  arm      arm_n  statistic  n
        1    2     Sex      Men    Drug     47     count      39
        1    3     Sex      Men    Placebo  45     count      36
        1    4     Sex      Men    Total    92     count      75

        table3: results
        row  cell  outcome  arm   population   arm_n  statistic  n
        1    2     Nausea   Drug  Children     43     count      4
        1    3     Nausea   Drug  Adolescents  72     count      2
        1    4     Nausea   Drug  Overall      115    count      6

    Not checkable on
        table1: results
        row  cell  outcome  level  arm      arm_n  statistic  n
        1    2     Sex      Men    Drug     47     count      39
        1    3     Sex      Men    Placebo  45     count      36
        1    4     Sex      Men    Total    130    count      104
    """
    for whole in proven_wholes(table):
        if isinstance(whole, NotCheckable):
            yield whole
        elif not any(record[name] for record in whole.records for name in ("n", "total")):
            continue
        else:
            yield from (_sum_answer(whole, name) for name in _COUNTS if whole.whole[name])


def _sum_answer(whole: Whole, column: str) -> Answer:
    sums = whole.sums(column)
    if sums is None:
        return NotCheckable("a count of an arm is not known")
    if sums[0] == sums[1]:
        return None
    figures = " + ".join(record[column] for record in whole.parts)
    message = f"{figures} = {sums[0]}, but {_head(whole)} has {whole.whole[column]}"
    return Fault(message, str(sums[0]), whole.whole, column, (column,), whole.parts)


def _head(whole: Whole) -> str:
    return whole.whole["arm"] or whole.whole["population"]


@check("ARM002", "impossible", by_panel=False)
def value_of_all_patients_outside_the_arms(table: Table) -> Answers:
    """A mean, median or percentage of all patients lies outside those of the arms.

    Why it matters
        The mean of all patients is the mean of the arms, weighted by their patients, so it lies between them. One of
        the numbers is wrong.

    Fires on
        table1: results
        row  cell  outcome  arm      arm_n  statistic  mean  sd
        1    2     Age      Drug     47     mean       10.3  3.3
        1    3     Age      Placebo  45     mean       9.9   3.1
        1    4     Age      Total    92     mean       11.0  3.2

    Silent on
        table1: results
        row  cell  outcome  arm      arm_n  statistic  mean  sd
        1    2     Age      Drug     47     mean       10.3  3.3
        1    3     Age      Placebo  45     mean       9.9   3.1
        1    4     Age      Total    92     mean       10.1  3.2
    """
    for whole in proven_wholes(table):
        if isinstance(whole, NotCheckable):
            yield whole
        else:
            yield from (_between_answer(whole, name) for name in _BETWEEN if whole.whole[name])


def _between_answer(whole: Whole, column: str) -> Answer:
    numbers = _numbers(whole, column)
    if numbers is None:
        return NotCheckable("a value of an arm is not known")
    *parts, of_all = numbers
    low, high = min(part.low for part in parts), max(part.high for part in parts)
    if of_all.overlaps(low, high):
        return None
    sums = sum((part.low for part in parts), Decimal(0)), sum((part.high for part in parts), Decimal(0))
    if column == "percent" and of_all.overlaps(*sums):
        return None  # percentages of the row, or of all patients
    least, greatest = min(parts, key=lambda part: part.value), max(parts, key=lambda part: part.value)
    message = f"{name_of(whole.whole)}: {_head(whole)} has {of_all}, but its arms have {least} to {greatest}"
    return Fault(message, f"{least} to {greatest}", whole.whole, column, (column,), whole.parts)


@check("ARM003", "unlikely", by_panel=False)
def value_of_all_patients_is_no_mixture_of_the_arms(table: Table) -> Answers:
    """The mean or SD of all patients does not follow from those of the arms and their numbers of patients.

    Why it matters
        Means and SDs of the arms give those of all patients exactly. Up to a fifth of the patients of an arm may have
        no data; a mean that no such numbers of patients give has a wrong digit, or an N is wrong.

    Fires on
        table1: results
        row  cell  outcome  arm      arm_n  statistic  mean   sd
        1    2     Weight   Drug     470    mean       90.42  17.96
        1    3     Weight   Placebo  90     mean       70.79  13.36
        1    4     Weight   Total    560    mean       80.63  17.99

    Silent on
        table1: results
        row  cell  outcome  arm      arm_n  statistic  mean   sd
        1    2     Weight   Drug     470    mean       90.42  17.96
        1    3     Weight   Placebo  90     mean       70.79  13.36
        1    4     Weight   Total    560    mean       87.27  18.70

    Not checkable on
        table1: results
        row  cell  outcome  arm      statistic  mean   sd
        1    2     Weight   Drug     mean       90.42  17.96
        1    3     Weight   Placebo  mean       70.79  13.36
        1    4     Weight   Total    mean       87.27  18.70
    """
    for whole in proven_wholes(table):
        if isinstance(whole, NotCheckable):
            yield whole
            continue
        sizes, means, sds = whole.sums("arm_n"), _numbers(whole, "mean"), _numbers(whole, "sd")
        if whole.whole["statistic"] != "mean" or whole.whole["mean"] == "":
            continue
        if sizes is None or sizes[0] != sizes[1] or means is None:
            yield NotCheckable("the N or the mean of an arm is not known")
            continue
        weights = [float(record.count("arm_n") or 0) for record in whole.parts]
        yield _mean_answer(whole, means, weights)
        if sds is not None:
            yield _sd_answer(whole, means, sds, weights)


def _mean_answer(whole: Whole, means: Sequence[Printed], weights: Sequence[float]) -> Answer:
    *parts, of_all = means
    low = weighted_extreme([float_span(part)[0] for part in parts], weights, least=True)
    high = weighted_extreme([float_span(part)[1] for part in parts], weights, least=False)
    outside = not of_all.overlaps(min(part.low for part in parts), max(part.high for part in parts))
    if outside or covers(low, high, of_all):  # outside: ARM002
        return None
    return _mixture_fault(whole, "mean", span_to_print(low, high, of_all.decimals))


def weighted_extreme(values: Sequence[float], weights: Sequence[float], *, least: bool) -> float:
    """The least or greatest weighted mean of the values, where LEAST_WITH_DATA of each weight or more may count."""
    ordered = sorted(zip(values, weights, strict=True), reverse=not least)
    best = inf if least else -inf
    for cut in range(len(ordered) + 1):
        used = [weight if place < cut else LEAST_WITH_DATA * weight for place, (_, weight) in enumerate(ordered)]
        mean = sum(value * weight for (value, _), weight in zip(ordered, used, strict=True)) / sum(used)
        best = min(best, mean) if least else max(best, mean)
    return best


def _sd_answer(whole: Whole, means: Sequence[Printed], sds: Sequence[Printed], weights: Sequence[float]) -> Answer:
    *parts, of_all = sds
    if len(parts) > MOST_ARMS or min(weights) * LEAST_WITH_DATA < FEWEST_WITH_SD:
        return NotCheckable("an arm has too few patients, or there are too many arms")
    low, high = sd_of_all([float_span(mean) for mean in means[:-1]], [float_span(sd) for sd in parts], weights)
    return None if covers(low, high, of_all) else _mixture_fault(whole, "sd", span_to_print(low, high, of_all.decimals))


def sd_of_all(means: Sequence[FloatSpan], sds: Sequence[FloatSpan], sizes: Sequence[float]) -> FloatSpan:
    """The least and greatest SD of all patients, where LEAST_WITH_DATA of each arm or more have data.

    The sum of squares about the mean is the least about any centre, so the variance is a minimum over centres of ratios
    that are linear in the sizes: its extremes are those with each size at one of its ends.
    """
    ends = list(product(*((LEAST_WITH_DATA * n, n) for n in sizes)))
    centres = min(low for low, _ in means), max(high for _, high in means)
    near = [minimum(partial(_variance, means, [low for low, _ in sds], n, farthest=False), *centres) for n in ends]
    greatest = [partial(_variance, means, [high for _, high in sds], n, farthest=True) for n in ends]
    far = minimum(lambda centre: max(variance(centre) for variance in greatest), *centres)
    return max(0.0, min(near)) ** 0.5, far**0.5


def _variance(
    means: Sequence[FloatSpan], sds: Sequence[float], sizes: Sequence[float], centre: float, *, farthest: bool
) -> float:
    """The variance of all patients about a centre, with the means as near to it or as far from it as they can be."""
    squares = 0.0
    for (low, high), sd, n in zip(means, sds, sizes, strict=True):
        apart = max(centre - low, high - centre) if farthest else max(low - centre, 0.0, centre - high)
        squares += (n - 1) * sd**2 + n * apart**2
    return squares / (sum(sizes) - 1)


def minimum(function: Callable[[float], float], low: float, high: float) -> float:
    """The least value of a convex function between two points."""
    for _ in range(STEPS):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, right) if function(left) <= function(right) else (left, high)
    return function((low + high) / 2)


def _mixture_fault(whole: Whole, column: str, expected: str) -> Fault:
    words = "mean" if column == "mean" else "SD"
    message = (
        f"{name_of(whole.whole)}: the {words} of {_head(whole)} is {whole.whole[column]}, the arms give {expected}"
    )
    return Fault(message, expected, whole.whole, column, ("mean", "sd"), whole.parts)
