"""DSP: standard deviations that are standard errors, and the reverse."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import sqrt
from typing import NamedTuple

from scipy.special import ndtr, ndtri, stdtr, stdtrit  # type: ignore[import-untyped]

from schemas.base.printed import Printed
from validations.checks.dispersion.ranges import certain_summaries, summary_fault
from validations.inference.arms.summaries import Summary, find_summaries, significant_digits
from validations.labels import fold
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.statistics.rounding import FloatSpan, float_span
from validations.tables import Paper, Record, Table

LEAST_WITH_DATA = 0.8  # of the N in the head
FEWEST_DIGITS = 3  # of a mean that is printed twice: fewer agree by chance
FEWEST_TELLING_P = 3  # rows whose P values show what the numbers after ± are

_NO_N = NotCheckable("the number of patients is not known")


def sizes_of(summary: Summary) -> FloatSpan | None:
    """The least and greatest number of patients with data."""
    return (max(2.0, LEAST_WITH_DATA * summary.n), float(summary.n)) if summary.n and summary.n > 1 else None


def _touch(first: FloatSpan, second: FloatSpan) -> bool:
    return first[0] <= second[1] and second[0] <= first[1]


def _scaled(span: FloatSpan, low: float, high: float) -> FloatSpan:
    return span[0] * low, span[1] * high


@check("DSP003", "unlikely")
def spread_differs_between_tables(paper: Paper) -> Answers:
    """Two tables print the same mean with SDs, or an SD and a standard error, that contradict each other.

    Why it matters
        The standard error is the SD divided by the square root of the number of patients. Where the same mean has two
        SDs, or an SD and a standard error that do not go together, one of them is wrong, or is called the other.

    Fires on
        table1: results
        row  cell  outcome  arm      arm_n  timepoint  statistic  mean    sd
        1    2     IP-10    Placebo  40     Baseline   mean       665.61  665.61

        table2: results
        row  cell  outcome  arm      arm_n  timepoint  statistic  mean    se
        1    2     IP-10    Placebo  40     Pre        mean       665.61  77.05

    Silent on
        table1: results
        row  cell  outcome  arm      arm_n  timepoint  statistic  mean    sd
        1    2     IP-10    Placebo  40     Baseline   mean       665.61  487.31

        table2: results
        row  cell  outcome  arm      arm_n  timepoint  statistic  mean    se
        1    2     IP-10    Placebo  40     Pre        mean       665.61  77.05
    """
    found: dict[tuple[str, ...], list[Summary]] = defaultdict(list)
    for table in paper.of("results"):
        for summary in find_summaries(table):
            mean = summary.number("mean")
            spread = "sd" in summary.numbers or "se" in summary.numbers
            if mean is not None and spread and significant_digits(mean) >= FEWEST_DIGITS:
                found[summary.title, str(mean.value.normalize())].append(summary)
    for same in found.values():
        for first, second in combinations(same, 2):
            if first.record.exhibit != second.record.exhibit and _may_be_one_arm(first.record, second.record):
                yield _against_other(first, second)


def _may_be_one_arm(first: Record, second: Record) -> bool:
    one, other = fold(first["arm"]), fold(second["arm"])
    return (one.startswith(other) or other.startswith(one)) and first["population"] == second["population"]


def _against_other(first: Summary, second: Summary) -> Answer:
    one, other = (_as_sd(summary) for summary in (first, second))
    if one is None or other is None:
        return _NO_N
    if _touch(one[1], other[1]):
        return None
    names = (one[0], other[0])
    values = [summary.numbers[name] for summary, name in zip((first, second), names, strict=True)]
    words = [
        f"{'an SD' if name == 'sd' else 'a standard error'} of {value}"
        for name, value in zip(names, values, strict=True)
    ]
    message = f"mean {second.numbers['mean']} has {words[0]} in {first.record.exhibit} and {words[1]} here"
    hint = _hint(first, second, names, values)
    fault = summary_fault(second, ("mean", other[0]), message + hint)
    return Fault(message + hint, "", fault.record, other[0], fault.shows, (first.records[one[0]],))


def _as_sd(summary: Summary) -> tuple[str, FloatSpan] | None:
    """The name of the printed measure of spread, and the SD that it means."""
    if (sd := summary.number("sd")) is not None:
        return "sd", float_span(sd)
    se, sizes = summary.number("se"), sizes_of(summary)
    if se is None or sizes is None:
        return None
    return "se", _scaled(float_span(se), sqrt(sizes[0]), sqrt(sizes[1]))


def _hint(first: Summary, second: Summary, names: tuple[str, str], values: Sequence[Printed]) -> str:
    sizes = sizes_of(first) or sizes_of(second)
    if sizes is None:
        return ""
    one, other = (float_span(value) for value in values)
    root = (sqrt(sizes[0]), sqrt(sizes[1]))
    if names[0] == names[1] and (_touch(_scaled(one, *root), other) or _touch(_scaled(other, *root), one)):
        return ": one of them is the other divided by the square root of n"
    if names[0] != names[1] and _touch(one, other):
        return ": the same number is called both"
    return ""


@check("DSP004", "unlikely", by_panel=False)
def interval_is_of_the_other_spread(table: Table) -> Answers:
    """The confidence interval of a mean shows that the printed SD is a standard error, or the reverse.

    Why it matters
        A confidence interval is the mean ± about two standard errors. An SD that gives it without being divided by the
        square root of n is a standard error. Whoever pools the study with it gives it far too much weight.

    Fires on
        table2: results
        row  cell  outcome  arm   arm_n  statistic  mean  sd    ci_low  ci_high
        1    2     Weight   Drug  40     mean       78.4  2.21  73.9    82.9

    Silent on
        table2: results
        row  cell  outcome  arm   arm_n  statistic  mean  sd    ci_low  ci_high
        1    2     Weight   Drug  40     mean       78.4  14.0  73.9    82.9

    Not checkable on
        table2: results
        row  cell  outcome  arm   statistic  mean  sd    ci_low  ci_high
        1    2     Weight   Drug  mean       78.4  14.0  73.9    82.9
    """
    for summary in certain_summaries(table):
        if isinstance(summary, NotCheckable):
            yield summary
            continue
        low, high = summary.number("ci_low"), summary.number("ci_high")
        name = "sd" if "sd" in summary.numbers else "se"
        spread, sizes = summary.number(name), sizes_of(summary)
        if low is not None and high is not None and spread is not None:
            yield _NO_N if sizes is None else _interval_answer(summary, name, (low, high, spread), sizes)


def _interval_answer(
    summary: Summary, name: str, numbers: tuple[Printed, Printed, Printed], sizes: FloatSpan
) -> Answer:
    low, high, spread = numbers
    half = (float(high.low - low.high) / 2, float(high.high - low.low) / 2)
    level = summary.number("ci_level")
    tail = 0.5 + (float(level.value) if level is not None else 95.0) / 200
    factors = (float(ndtri(tail)), float(stdtrit(sizes[0] - 1, tail)))
    as_se = _scaled(float_span(spread), *factors)
    as_sd = as_se[0] / sqrt(sizes[1]), as_se[1] / sqrt(sizes[0])
    said, other = (as_sd, as_se) if name == "sd" else (as_se, as_sd)
    if _touch(half, said) or not _touch(half, other):
        return None
    words = ("SD", "standard error") if name == "sd" else ("standard error", "SD")
    message = f"the interval {low} to {high} makes {spread} a {words[1]}, not the {words[0]} that it is called"
    return summary_fault(summary, (name, "ci_low", "ci_high"), message)


class _Row(NamedTuple):
    """The two arms of a row with a P value."""

    arms: tuple[Summary, Summary]
    p: Printed

    def fits(self, *, as_se: bool) -> bool:
        """Whether a t test, pooled or Welch, or a z test gives P if the numbers after ± are SDs, or standard errors."""
        ranges = [t_test_range(self.arms, as_se=as_se, pooled=pooled) for pooled in (True, False)]
        span = float(self.p.low), float(self.p.high)
        return any(_touch(span, (low, high)) for low, high in ranges)


def t_test_range(arms: tuple[Summary, Summary], *, as_se: bool, pooled: bool) -> FloatSpan:
    """The least and greatest two-sided P of a t or z test within the rounding of means and SDs."""
    (m1, s1, n1), (m2, s2, n2) = (
        (float_span(arm.numbers["mean"]), float_span(arm.numbers["sd"]), arm.n or 2) for arm in arms
    )
    near = max(0.0, m1[0] - m2[1], m2[0] - m1[1])
    far = max(m1[1] - m2[0], m2[1] - m1[0])
    least, greatest = (
        _standard_error(max(s1[side], 0.0), max(s2[side], 0.0), n1, n2, as_se=as_se, pooled=pooled) for side in (0, 1)
    )
    freedom = float(min(n1, n2) - 1), float(n1 + n2 - 2)
    highest = 2 * float(stdtr(freedom[0], -near / greatest)) if greatest else 1.0
    lowest = 2 * float(ndtr(-far / least)) if least else 0.0
    return lowest, highest


def _standard_error(s1: float, s2: float, n1: int, n2: int, *, as_se: bool, pooled: bool) -> float:
    d1, d2 = (s1 * sqrt(n1), s2 * sqrt(n2)) if as_se else (s1, s2)
    if pooled:
        return sqrt(((n1 - 1) * d1**2 + (n2 - 1) * d2**2) / (n1 + n2 - 2) * (1 / n1 + 1 / n2))
    return sqrt(d1**2 / n1 + d2**2 / n2)


@check("DSP005", "unlikely", by_panel=False)
def p_values_make_sds_standard_errors(table: Table) -> Answers:
    """The P values of a table follow from its means only if the numbers called SD are standard errors.

    Why it matters
        No row agrees with a t test of the SDs, and most agree with one of standard errors. Whoever pools the study with
        these SDs gives it far too much weight.

    Fires on
        table2: results
        row  cell  outcome  arm      versus   arm_n  statistic  mean  sd   p
        1    2     Weight   Drug     -        40     mean       78.4  2.2  -
        1    3     Weight   Placebo  -        40     mean       83.9  2.3  -
        1    4     Weight   Drug     Placebo  -      p          -     -    0.09
        2    2     Height   Drug     -        40     mean       171   1.4  -
        2    3     Height   Placebo  -        40     mean       168   1.5  -
        2    4     Height   Drug     Placebo  -      p          -     -    0.15
        3    2     Age      Drug     -        40     mean       54.0  1.7  -
        3    3     Age      Placebo  -        40     mean       58.1  1.8  -
        3    4     Age      Drug     Placebo  -      p          -     -    0.10

    Silent on
        table2: results
        row  cell  outcome  arm      versus   arm_n  statistic  mean  sd    p
        1    2     Weight   Drug     -        40     mean       78.4  13.9  -
        1    3     Weight   Placebo  -        40     mean       83.9  14.5  -
        1    4     Weight   Drug     Placebo  -      p          -     -     0.09
        2    2     Height   Drug     -        40     mean       171   8.9   -
        2    3     Height   Placebo  -        40     mean       168   9.5   -
        2    4     Height   Drug     Placebo  -      p          -     -     0.15
        3    2     Age      Drug     -        40     mean       54.0  10.8  -
        3    3     Age      Placebo  -        40     mean       58.1  11.4  -
        3    4     Age      Drug     Placebo  -      p          -     -     0.10

    Not checkable on
        table2: results
        row  cell  outcome  arm      versus   arm_n  statistic  mean  sd   p
        1    2     Weight   Drug     -        40     mean       78.4  2.2  -
        1    3     Weight   Placebo  -        40     mean       83.9  2.3  -
        1    4     Weight   Drug     Placebo  -      p          -     -    0.09
    """
    rows = list(_rows_with_p(table)) if table.model.panels() else []
    if not rows:
        return
    as_sd = sum(row.fits(as_se=False) for row in rows)
    as_se = sum(row.fits(as_se=True) for row in rows)
    if len(rows) < FEWEST_TELLING_P:
        yield NotCheckable(f"fewer than {FEWEST_TELLING_P} rows have means, SDs and P of two arms")
    elif as_sd or 3 * as_se < 2 * len(rows):
        yield None
    else:
        first = rows[0].arms[0]
        message = f"{as_se} of {len(rows)} P values follow if the SDs are standard errors, none if they are SDs"
        also = tuple(arm.records["sd"] for row in rows for arm in row.arms)[1:]
        yield Fault(message, "standard errors", first.records["sd"], "sd", ("sd",), also)


def _rows_with_p(table: Table) -> Iterator[_Row]:
    """The rows with mean, SD and n of exactly two arms at one time, and one P value."""
    arms: dict[str, list[Summary]] = defaultdict(list)
    for summary in find_summaries(table):
        if {"mean", "sd"} <= summary.numbers.keys() and summary.n and summary.n > 1:
            arms[summary.records["mean"].row].append(summary)
    p_values: dict[str, list[Printed]] = defaultdict(list)
    for record in table.records:
        if record["versus"] and (p := record.number("p")) is not None:
            p_values[record.row].append(p)
    for row, found in arms.items():
        two_arms = len(found) == 2 and found[0].record["arm"] != found[1].record["arm"]
        if two_arms and len(p_values[row]) == 1 and row not in table.doubtful:
            yield _Row((found[0], found[1]), p_values[row][0])
