"""Effects with an interval or a standard error: tables of hazard ratios, of results, and the studies of plots."""

from collections.abc import Iterator, Mapping

from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.results import Effect, LeftOut, Result
from extract.publishing.analysis.sources.about import about, source
from extract.publishing.analysis.values import Value, as_converted, as_printed, bounds_of, plain
from validations.inference.estimates import Estimate, find_estimates, scale_of_measure
from validations.statistics.conversions.intervals import error_of_interval, log_of_ratio, variance_of_error
from validations.statistics.conversions.receipts import Bounds, Converted
from validations.tables import Record, Table

_ARMS = ("arm", "versus")


def table_effects(paper: CuratedPaper, table: Table) -> Iterator[Result]:
    """The effects of an exhibit: of plots only those of studies, which no other line repeats."""
    with_interval = set()
    for estimate in find_estimates(table):
        record = estimate.record
        if estimate.columns["estimate"] == "mean" or record["kind"] not in ("", "study"):
            continue
        with_interval.add(record)
        yield _of_interval(paper, table, estimate)
    for record in table.records:
        if record["estimate"] and record["se"] and record not in with_interval:
            yield _of_error(paper, table, record)


def _of_interval(paper: CuratedPaper, table: Table, estimate: Estimate) -> Result:
    record, columns = estimate.record, estimate.columns
    used = [columns[name] for name in ("estimate", "low", "high", "level", "p") if name in columns]
    printed, known = source(table, (record,), used), _about(paper, table, record)
    scale, shown = _scale(estimate)
    if not scale or not estimate.ordered:
        return LeftOut(printed, "effects", estimate.why_not, known)
    value, low, high = (bounds_of(number) for number in (estimate.value, estimate.low, estimate.high))
    if value is None or low is None or high is None:
        return LeftOut(printed, "effects", "only a bound of the estimate or of a limit is printed", known)
    is_log = scale == "log"
    effect = as_converted(log_of_ratio(value, columns["estimate"])) if is_log else as_printed(estimate.value)
    values = _values(effect, error_of_interval(low, high, estimate.level, ratio=is_log))
    if not values:
        return LeftOut(printed, "effects", "a limit of the ratio may be 0, which has no logarithm", known)
    level = estimate.other("level")
    return Effect(
        printed,
        known,
        values,
        {
            **_named(record, columns["estimate"]),
            **{"scale": scale, "scale_from": shown},
            **_limits(low, high, is_log, estimate),
            "ci_level": plain(level.value) if level is not None else f"{100 * estimate.level:g}",
            "ci_level_from": "printed" if level is not None else "assumed",
            "p": as_printed(estimate.other("p")).text,
        },
    )


def _scale(estimate: Estimate) -> tuple[str, str]:
    """The scale of an estimate, and what shows it; "" where it is unknown."""
    if estimate.scale in ("log", "linear"):
        return estimate.scale, "intervals" if estimate.inferred else "measure"
    if estimate.record["statistic"] == "difference" and not scale_of_measure(estimate.record["measure"]):
        return "linear", "statistic"
    return "", ""


def _values(effect: Value, error: Converted | None) -> Mapping[str, Value]:
    """The effect with its standard error and variance; empty where a logarithm does not exist."""
    if not effect.text or error is None:
        return {}
    variance = variance_of_error((error.low, error.value, error.high), error.source)
    return {"yi": effect, "sei": as_converted(error), "vi": as_converted(variance)}


def _limits(low: Bounds, high: Bounds, ratio: bool, estimate: Estimate) -> Mapping[str, str]:
    """The limits on the scale of the effect."""
    if not ratio:
        return {"ci.lb": as_printed(estimate.low).text, "ci.ub": as_printed(estimate.high).text}
    ends = {"ci.lb": log_of_ratio(low, "ci_low"), "ci.ub": log_of_ratio(high, "ci_high")}
    return {name: as_converted(end).text for name, end in ends.items()}


def _of_error(paper: CuratedPaper, table: Table, record: Record) -> Result:
    """An effect with its standard error. That of a ratio may be the ratio's or its logarithm's: it is left out."""
    printed, known = source(table, (record,), ("estimate", "se", "p")), _about(paper, table, record)
    value, error = record.number("estimate"), record.number("se")
    spread = bounds_of(error)
    if value is None or value.comparator or spread is None:
        return LeftOut(printed, "effects", "estimate and standard error are not both plain numbers", known)
    if scale_of_measure(record["measure"]) == "log":
        return LeftOut(printed, "effects", "the standard error may be of the ratio or of its logarithm", known)
    values = {"yi": as_printed(value), "sei": as_printed(error)}
    values["vi"] = as_converted(variance_of_error(spread, "se"))
    named = {**_named(record, "estimate"), "scale": "linear", "scale_from": "statistic"}
    return Effect(printed, known, values, {**named, "p": as_printed(record.number("p")).text})


def _about(paper: CuratedPaper, table: Table, record: Record) -> Mapping[str, str]:
    if table.schema == "forest":
        return about(paper, table, record, study=record["label"], subgroup=record["group"], outcome="")
    subgroup = record["comparison"] or record["level"]
    return about(paper, table, record, outcome=record["outcome"], subgroup=subgroup, section=_section(record))


def _section(record: Record) -> str:
    return record["section"] or record["characteristic"]


def _named(record: Record, column: str) -> Mapping[str, str]:
    """Measure, arms and adjustment."""
    measure = record["measure"] or ("HR" if column == "hazard_ratio" else "")
    arms = {f"arm{place}": record[name] for place, name in enumerate(_ARMS, start=1)}
    if record["kind"]:
        arms = {"arm1": record["treatment"], "arm2": ""}
    return {"measure": measure, **arms, "adjusted": record["adjusted"] or record["model"]}
