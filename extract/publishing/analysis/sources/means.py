"""Means and standard deviations of arms, printed or converted."""

from collections.abc import Iterator

from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.results import ArmResult, LeftOut, Result
from extract.publishing.analysis.sources.about import about, source
from extract.publishing.analysis.values import NOTHING, Value, as_converted, as_printed, bounds_of
from schemas.base.printed import Printed
from validations.inference.arms.summaries import Summary, find_summaries
from validations.statistics.conversions.intervals import sd_of_error, sd_of_interval
from validations.statistics.conversions.quantile_fits import mean_and_sd_of_fit
from validations.statistics.conversions.quantiles import FiveNumbers, mean_of_quantiles, sd_of_quantiles
from validations.tables import Table

QUANTILE_METHODS = ("luo-wan-shi", "mcgrath")
USUAL_LEVEL = 0.95
_QUANTILES = ("low", "q1", "median", "q3", "high")


def summary_means(paper: CuratedPaper, table: Table, method: str) -> Iterator[Result]:
    """The means of a table of arms. `method`: how means and SDs follow from quantiles, one of QUANTILE_METHODS."""
    for summary in find_summaries(table):
        record = summary.record
        columns = (*summary.numbers, "n" if record["n"] else "arm_n")
        printed = source(table, summary.records.values(), columns)
        known = about(paper, table, record, outcome=record["outcome"], subgroup=record["level"])
        if record["statistic"] == "geometric_mean":
            continue
        mean, sd, reason = mean_and_sd(summary, method)
        if reason:
            yield LeftOut(printed, "two_arm", reason, known)
            continue
        labels = (summary.title, *(record[name] for name in ("section", "unit", "timepoint", "population")))
        ni = Value(str(summary.n)) if summary.n else NOTHING
        yield ArmResult(printed, known, record["arm"], ni, mean=mean, sd=sd, belongs=("mean", table.name, *labels))


def mean_and_sd(summary: Summary, method: str) -> tuple[Value, Value, str]:
    """Mean and SD of a summary, and the reason why one is unknown. A printed SD goes before a standard error, an
    interval, and quantiles."""
    if summary.n is None:
        return NOTHING, NOTHING, "the number of patients is not printed"
    mean, sd = as_printed(summary.number("mean")), as_printed(summary.number("sd"))
    if mean.text and not sd.text:
        sd = _sd_beside_mean(summary, summary.n)
    if not mean.text:
        mean, from_quantiles, reason = _of_quantiles(_five_numbers(summary, summary.n), method)
        if reason:
            return NOTHING, NOTHING, reason
        sd = sd if sd.text else from_quantiles
    if not sd.text:
        return NOTHING, NOTHING, "no standard deviation, standard error, interval or quartiles are printed"
    return mean, sd, ""


def _sd_beside_mean(summary: Summary, n: int) -> Value:
    error, low, high = (bounds_of(summary.number(name)) for name in ("se", "ci_low", "ci_high"))
    if error is not None:
        return as_converted(sd_of_error(error, n))
    if low is not None and high is not None:
        return as_converted(sd_of_interval(low, high, n, _level(summary.number("ci_level"))))
    return as_converted(sd_of_quantiles(_five_numbers(summary, n)))


def _level(printed: Printed | None) -> float:
    percent = float(printed.value) if printed is not None else 0.0
    return percent / 100 if 50 <= percent < 100 else USUAL_LEVEL


def _five_numbers(summary: Summary, n: int) -> FiveNumbers:
    return FiveNumbers(n, *(bounds_of(summary.number(name)) for name in _QUANTILES))


def _of_quantiles(numbers: FiveNumbers, method: str) -> tuple[Value, Value, str]:
    """Mean and SD from quantiles, and the reason why they cannot be had."""
    if numbers.median is None:
        return NOTHING, NOTHING, "neither a mean nor a median is printed"
    if method == "mcgrath":
        fitted = mean_and_sd_of_fit(numbers)
        if fitted is None:
            return NOTHING, NOTHING, numbers.why_not or "no distribution fits the quantiles"
        return as_converted(fitted[0]), as_converted(fitted[1]), ""
    return as_converted(mean_of_quantiles(numbers)), as_converted(sd_of_quantiles(numbers)), numbers.why_not
