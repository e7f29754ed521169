"""DSP: means, quartiles and SDs against the range of the data."""

from collections.abc import Iterator
from math import inf, sqrt

from validations.inference.arms.summaries import Summary, find_summaries
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.statistics.rounding import FLOAT_ERROR, FloatSpan, float_span, to_print
from validations.tables import Table

LEAST_WITH_DATA = 0.5  # of the N in the head: an SD of fewer patients can be slightly greater
FEWEST = 2  # patients with an SD
_NO_RANGE = NotCheckable("no range is printed with the mean or the quartiles")
_DOUBTFUL = NotCheckable("the reading of the row is in doubt")


def certain_summaries(table: Table) -> Iterator[Summary | NotCheckable]:
    """The summaries of the table; NotCheckable for one whose reading is in doubt."""
    for summary in find_summaries(table):
        doubtful = any(record.row in table.doubtful for record in summary.records.values())
        yield _DOUBTFUL if doubtful else summary


def summary_fault(summary: Summary, names: tuple[str, ...], message: str, expected: str = "") -> Fault:
    """The fault at the first of these numbers of a summary."""
    record, shows, also = summary.placed(*names)
    return Fault(message, expected, record, names[0], tuple(name for name in shows if record[name]), also)


@check("DSP001", "impossible", by_panel=False)
def value_outside_its_range(table: Table) -> Answers:
    """A mean or a quartile lies outside the printed range, or quartiles or range are reversed.

    Why it matters
        The range holds all values, so also their mean and quartiles. One of the numbers is of another group, or has a
        wrong digit.

    Fires on
        table1: results
        row  cell  outcome         arm   statistic  mean  sd   low  high
        1    2     Age             Drug  mean       54.2  8.1  -    -
        2    2     Age (range)     Drug  range      -     -    19   45

        table2: results
        row  cell  outcome  arm   statistic  mean  q1  q3
        1    2     Stay     Drug  mean       9     12  8

    Silent on
        table1: results
        row  cell  outcome         arm   statistic  mean  sd   low  high
        1    2     Age             Drug  mean       54.2  8.1  -    -
        2    2     Age (range)     Drug  range      -     -    19   83

    Not checkable on
        table1: results
        row  cell  outcome  arm   statistic  mean  sd
        1    2     Age      Drug  mean       54.2  8.1
    """
    for summary in certain_summaries(table):
        yield summary if isinstance(summary, NotCheckable) else _order_answer(summary)


def _order_answer(summary: Summary) -> Answer:
    """Whether the numbers of a summary are in order: lowest, lower quartile, mean, upper quartile, highest."""
    pairs = [("low", "high"), ("q1", "q3"), ("low", "mean"), ("mean", "high"), ("low", "q1"), ("q3", "high")]
    with_median = "median" in summary.numbers  # then GRM003 looks at both
    compared = False
    for less, more in pairs[2 if with_median else 0 :]:
        first, second = summary.number(less), summary.number(more)
        if first is not None and second is not None:
            compared = True
            if first.low > second.high:
                words = {"low": "the lowest value", "high": "the highest value", "mean": "the mean"}
                names = [words.get(name, "a quartile") for name in (less, more)]
                return summary_fault(summary, (less, more), f"{names[0]} {first} is greater than {names[1]} {second}")
    return None if compared else _NO_RANGE


@check("DSP002", "impossible", by_panel=False)
def sd_that_no_data_in_the_range_have(table: Table) -> Answers:
    """No data within the printed range have this SD: it is too large, or too small, for the range.

    Why it matters
        The SD is greatest when all values are at the two ends of the range; it is then at most half of the range, and
        less where the mean is near an end. It is least when all but two values are in the middle. An SD outside these
        bounds, or an end of the range, is wrong.

    Fires on
        table1: results
        row  cell  outcome      arm   arm_n  statistic  mean  sd    low  high
        1    2     Age          Drug  40     mean       54.2  35.1  -    -
        2    2     Age (range)  Drug  40     range      -     -     19   83

        table2: results
        row  cell  outcome      arm   arm_n  statistic  mean  sd    low  high
        1    2     Age          Drug  40     mean       54.2  1.31  -    -
        2    2     Age (range)  Drug  40     range      -     -     19   83

    Silent on
        table1: results
        row  cell  outcome      arm   arm_n  statistic  mean  sd    low  high
        1    2     Age          Drug  40     mean       54.2  13.1  -    -
        2    2     Age (range)  Drug  40     range      -     -     19   83

    Not checkable on
        table1: results
        row  cell  outcome  arm   statistic  mean  sd
        1    2     Age      Drug  mean       54.2  8.1
    """
    for summary in certain_summaries(table):
        if isinstance(summary, NotCheckable):
            yield summary
        elif (sd := summary.number("sd")) is not None:
            span = sd_span(summary)
            if span is None:
                yield _NO_RANGE
            elif sd.value >= 0 and _outside(float_span(sd), span):
                low, high = summary.number("low"), summary.number("high")
                bounds = " to ".join(to_print(bound, max(sd.decimals, 1)) for bound in span)
                message = f"no data from {low} to {high} have an SD of {sd}: it is {bounds}"
                names = ("sd", "low", "high", *(["mean"] if "mean" in summary.numbers else []))
                yield summary_fault(summary, names, message, bounds)
            else:
                yield None


def _outside(printed: FloatSpan, span: FloatSpan) -> bool:
    error = FLOAT_ERROR * max(1.0, span[1])
    return printed[0] > span[1] + error or printed[1] < span[0] - error


def sd_span(summary: Summary) -> FloatSpan | None:
    """The least and greatest SD of data in the printed range; None without a range."""
    low, high, mean = (summary.number(name) for name in ("low", "high", "mean"))
    if low is None or high is None or low.value > high.value:
        return None
    (bottom, inner_low), (inner_high, top) = float_span(low), float_span(high)
    n = summary.n
    fewest = max(FEWEST, LEAST_WITH_DATA * n) if n else FEWEST
    inside = (top - bottom) ** 2 / 4
    if mean is not None:
        nearest = [min(max(end, bottom), top) for end in (*float_span(mean), (top + bottom) / 2)]
        centre = sorted(nearest)[1]  # the mean within its rounding that is closest to the middle
        inside = (centre - bottom) * (top - centre)
    most = sqrt(max(inside, 0.0) * fewest / (fewest - 1))
    apart = max(inner_high - inner_low, 0.0)
    least = apart / sqrt(2 * n) if n and n > 1 else 0.0  # also with n as the divisor of the variance
    return (least, most) if most < inf else None
