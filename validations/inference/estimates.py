"""Finds ratios, differences and other estimates with their intervals in a table, and the scale on which the intervals
are symmetric. Proportions are left out: the CIN checks examine their intervals.

Most intervals are estimate ± z standard errors: of ratios on the log scale, of differences on the linear scale. If a
table does not say what it measures, the scale is the one on which most of its intervals are symmetric.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal

from schemas.base.exhibit import Quantities
from schemas.base.printed import Printed
from validations.tables import Record, Table, once, row_place

Scale = Literal["log", "linear", "neither", ""]  # "": unknown

_RATIO = re.compile(r"\b(?:[hor]r|irr|ror|dor|(?:odds|hazards?|risk|rate|incidence|means?) ratio|relative risk)s?\b")
_DIFFERENCE = re.compile(r"\b(?:s?md|wmd|rd|(?:means?|risk|rate) difference|(?:hedges|cohen) ?s? [gd])s?\b")
_SHARE = re.compile(r"\b(?:proportion|prevalence|percent|percentage|orr|dcr|cr|pr|sensitivity|specificity)s?\b")
_UNSPECIFIC = {"", "es", "effect", "effect size", "estimate"}
FEWEST_TELLING_INTERVALS = 3  # intervals symmetric on one scale only, before that scale is inferred
USUAL_LEVEL_PERCENT = 95  # confidence level where none is printed
LEAST_LEVEL_PERCENT = 50  # intervals have no lower level: a smaller number is another quantity


@dataclass(frozen=True)
class Estimate:
    """An estimate with its interval as printed in a record. `columns`: the columns by name of the quantity; `inferred`:
    the record does not name the measure, and the scale is that of most intervals of the table; `repeats`: the other
    records of a text that state the same estimate."""

    record: Record
    columns: Quantities
    value: Printed
    low: Printed
    high: Printed
    scale: Scale
    inferred: bool = False
    repeats: tuple[Record, ...] = ()

    def other(self, name: str) -> Printed | None:
        """Another quantity of the record, or None. P only of a study or a record without a kind: elsewhere, P is
        that of the heterogeneity."""
        column = self.columns.get(name)
        foreign = name == "p" and self.record["kind"] not in ("", "study")
        return None if column is None or foreign else self.record.number(column)

    @cached_property
    def level(self) -> float:
        """The confidence level of the interval, as a fraction of 1."""
        printed = self.other("level")
        percent = float(printed.value) if printed is not None else USUAL_LEVEL_PERCENT
        return (percent if LEAST_LEVEL_PERCENT <= percent < 100 else USUAL_LEVEL_PERCENT) / 100

    @cached_property
    def ordered(self) -> bool:
        """Whether lower limit, estimate and upper limit can be in this order within their rounding."""
        return self.low.low <= self.value.high and self.value.low <= self.high.high

    @cached_property
    def sign_in_words(self) -> bool:
        """Whether a sentence may give the sign in words: "it fell by 0.6 (-0.9 to -0.3)"."""
        mirrored = self.low.low <= -self.value.low and -self.value.high <= self.high.high
        return bool(self.record["text"]) and not self.ordered and mirrored

    @cached_property
    def measurable(self) -> bool:
        """Whether the estimate can be the middle of its interval: numbers without < or >, in order, ratios above 0."""
        exact = not (self.value.comparator or self.low.comparator or self.high.comparator)
        positive = self.scale != "log" or (self.value.high > 0 and self.low.high > 0 and self.high.low > 0)
        forward = self.low.low < self.high.high
        return exact and self.ordered and forward and positive and self.scale in ("log", "linear")

    @property
    def why_not(self) -> str:
        """The reason why the estimate is not measurable."""
        if not self.scale:
            return "the measure is not named, and the intervals do not show its scale"
        if self.scale == "neither":
            return "intervals of such a measure need not be symmetric"
        return "a limit is not above 0, not exact, or on the wrong side of the estimate"


@lru_cache(maxsize=4096)
def scale_of_measure(measure: str) -> Scale:
    """The scale of a printed measure: log for hazard_ratio, linear for SMD, neither for a median; "" if
    unspecific."""
    words = _words(measure)
    if words in _UNSPECIFIC:
        return ""
    if _RATIO.search(words):
        return "log"
    return "linear" if _DIFFERENCE.search(words) else "neither"


def _words(measure: str) -> str:
    return re.sub(r"[\W_]+", " ", measure).strip().casefold()


@once
def find_estimates(table: Table) -> tuple[Estimate, ...]:
    """The estimates of a table that have an interval, in printed order. The scale of estimates without a named measure
    is inferred from all of them."""
    groups = [group for group in table.model.quantities() if {"estimate", "low", "high"} <= group.keys()]
    found = [estimate for group in groups for estimate in _printed(table, group)]
    if table.model.read_from() == "text":
        found = _without_repeats(found)
    scale = inferred_scale([estimate for estimate in found if not estimate.scale])
    return tuple(each if each.scale else replace(each, scale=scale, inferred=True) for each in found)


def _without_repeats(found: Sequence[Estimate]) -> list[Estimate]:
    """The estimates of a text, each once: abstract, results and discussion repeat them. Of the equal ones the first
    with a P value is kept, or the first."""
    kept: dict[tuple[str, ...], list[Estimate]] = {}
    for estimate in found:
        texts = [number.text for number in (estimate.value, estimate.low, estimate.high)]
        kept.setdefault((*texts, estimate.record["measure"], estimate.record["unit"]), []).append(estimate)
    once_each = []
    for equal in kept.values():
        values = list(dict.fromkeys(p for each in equal if (p := each.record["p"])))
        for p in values or [""]:
            same = [each for each in equal if each.record["p"] in (p, "" if p == (values or [""])[0] else p)]
            first = next(each for each in same if each.record["p"] == p)
            repeats = tuple(each.record for each in same if each is not first)
            once_each.append(replace(first, repeats=repeats))
    return sorted(once_each, key=lambda each: row_place(each.record.row))


def _printed(table: Table, columns: Quantities) -> Iterator[Estimate]:
    if not all(any(table.column(columns[name])) for name in ("estimate", "low", "high")):
        return
    measures = [record["measure"] or columns["estimate"] for record in table.records]
    shares = {measure for record, measure in zip(table.records, measures, strict=True) if _is_share(record)}
    for record, measure in zip(table.records, measures, strict=True):
        scale = scale_of_measure(measure)
        if _is_share_by_name(measure) or measure == "p" or (not scale and measure in shares):
            continue
        value, low, high = (record.number(columns[name]) for name in ("estimate", "low", "high"))
        if value is not None and low is not None and high is not None:
            yield Estimate(record, columns, value, low, high, scale)


@lru_cache(maxsize=4096)
def _is_share_by_name(measure: str) -> bool:
    return _SHARE.search(_words(measure)) is not None


def _is_share(record: Record) -> bool:
    """Whether the record counts events out of the patients of one arm."""
    return any(record[name] for name in ("events", "cr", "pr")) and bool(record["total"])


def can_be_symmetric(estimate: Estimate) -> bool:
    """Whether the interval can be symmetric on its scale; on either scale where that is inferred; with one decimal less
    where all three numbers end in 0, which may be padding."""
    scales: list[Scale] = ["log", "linear"] if estimate.inferred else [estimate.scale]
    value, low, high = (number.coarser for number in (estimate.value, estimate.low, estimate.high))
    printed = [estimate]
    if value and low and high:
        printed.append(replace(estimate, value=value, low=low, high=high))
    return any(symmetric(each, scale) for each in printed for scale in scales)


def symmetric(estimate: Estimate, scale: Scale) -> bool:
    """Whether the interval can be symmetric on the scale within its rounding: estimate² = low · high (log), or
    2 estimate = low + high (linear). The arithmetic is exact."""
    value, low, high = estimate.value, estimate.low, estimate.high
    if scale == "linear":
        return 2 * value.low <= low.high + high.high and low.low + high.low <= 2 * value.high
    least, lowest, highest = (max(Decimal(0), number.low) for number in (value, low, high))
    return least * least <= low.high * high.high and lowest * highest <= value.high * value.high


def inferred_scale(estimates: Sequence[Estimate]) -> Scale:
    """The scale on which more than three quarters of the intervals are symmetric; "" if there is none.

    At least FEWEST_TELLING_INTERVALS must be symmetric on this scale only. One interval must contain 1 (ratios) or 0
    (differences), because intervals of small proportions are nearly symmetric too.
    """
    exact = [each for each in estimates if not (each.value.comparator or each.low.comparator or each.high.comparator)]
    on_log = [min(each.value.low, each.low.high) > 0 and symmetric(each, "log") for each in exact]
    on_linear = [symmetric(each, "linear") for each in exact]
    pairs = list(zip(on_log, on_linear, strict=True))
    log, linear = pairs.count((True, False)), pairs.count((False, True))
    scale: Scale = "log" if log > linear else "linear"
    middle, fitting = (1, sum(on_log)) if scale == "log" else (0, sum(on_linear))
    around = any(each.low.value < middle < each.high.value for each in exact)
    return scale if around and max(log, linear) >= FEWEST_TELLING_INTERVALS and 4 * fitting > 3 * len(exact) else ""
