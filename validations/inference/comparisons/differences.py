"""Finds what explains each printed difference or ratio of two arms, the direction of its column, and the method of its
intervals."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import Literal, TypeVar

from schemas.base.methods import model_named, pairs_named
from schemas.base.printed import Printed
from validations.inference.comparisons.arms import (
    arm_mean,
    arms_compared,
    cells_of_arms,
    possible_pairs,
    records_by_row,
)
from validations.inference.comparisons.words import own_words, table_words
from validations.inference.estimates import USUAL_LEVEL_PERCENT
from validations.statistics.differences import (
    effects_of_counts,
    interval_methods,
    interval_of_counts,
    interval_spans_of_means,
)
from validations.statistics.rounding import FLOAT_ERROR, FloatSpan, covers_twice_rounded, float_span, to_print
from validations.tables import Record, Table, once

Direction = Literal["forward", "backward"]
_Value = TypeVar("_Value")
FEWEST_EXPLAINED = 2  # differences of a column that its arms must explain before one that differs is named
ROWS_PER_MISFIT = 2  # rows of a column that are explained, for each that is not
MOST_EFFECTS = 300  # of a table, that are recomputed
FEWEST_INTERVALS = 3  # intervals of a column that one method must explain before one that differs is named
ROWS_PER_TURNED_ROW = 4  # rows in the direction of the column, for each that is named as turned
ROWS_PER_ADJUSTED_ROW = 4  # rows that the arms explain, for each that may be adjusted
UNITS_BETWEEN = 0.5  # of the last digit, by which limits differ if estimate and standard error are rounded before
_OTHER_MEASURE = re.compile(
    r"\b(?:smd|hedges|cohen|standardi[sz]ed|effect size|medians?|slope|beta|hr|hazards?|rates?|irr|ratio of means"
    r"|geometric|percent\w*|correlation|r|relative change)\b|%",
    re.IGNORECASE,
)
_ODDS_RATIO = re.compile(r"\b(?:or|odds ratio)\b", re.IGNORECASE)
_RISK_RATIO = re.compile(r"\b(?:rr|relative risk|risk ratio)\b", re.IGNORECASE)
_RATIO = re.compile(r"\bratio\b", re.IGNORECASE)
_DIFFERENCE = re.compile(r"\b(?:md|wmd|rd|ard|diff\w*)\b", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Effect:
    """A printed difference or ratio of two arms. `kind`: counts or means. `fits`: by measure and direction whether the
    arms explain the estimate; `spans`: the range of each. `why_not`: why an estimate that does not fit may be right."""

    record: Record
    estimate: Printed
    kind: str
    column: tuple[str, ...]
    arms: tuple[Record, Record]
    spans: dict[tuple[str, Direction], tuple[FloatSpan, ...]]
    why_not: str = ""

    @cached_property
    def fits(self) -> frozenset[tuple[str, Direction]]:
        return frozenset(
            key
            for key, spans in self.spans.items()
            if any(covers_twice_rounded(low, high, self.estimate) for low, high in spans)
        )

    @property
    def telling(self) -> bool:
        """Whether the estimate tells the direction and the arms from other arms: it is not near no effect."""
        return not (self.estimate.low <= 0 <= self.estimate.high) and not (self.estimate.low <= 1 <= self.estimate.high)


@dataclass(frozen=True)
class NoEffect:
    """A printed difference or ratio that cannot be computed from the table, and why."""

    record: Record
    why: str


@lru_cache(maxsize=4096)
def measures_named(measure: str, statistic: str) -> tuple[str, ...]:
    """The measures that a name may stand for: RD (also a difference of means), RR, OR; () for any other."""
    if _OTHER_MEASURE.search(measure):
        return ()
    found = []
    if _DIFFERENCE.search(measure) or (not measure and statistic == "difference"):
        found.append("RD")
    odds, risk = _ODDS_RATIO.search(measure), _RISK_RATIO.search(measure)
    unnamed = _RATIO.search(measure) and not odds and not risk
    found += ["RR"] if risk or unnamed else []
    found += ["OR"] if odds or unnamed else []
    return tuple(found)


@once
def find_effects(table: Table) -> tuple[Effect | NoEffect, ...]:
    """Every printed difference and ratio of arms of a table of results, in printed order."""
    if table.schema != "results":
        return ()
    records = [each for each in table.records if each["statistic"] in ("difference", "effect") and each["versus"]]
    printed = [record for record in records if record.number("estimate") is not None]
    if len(printed) > MOST_EFFECTS:
        return tuple(NoEffect(record, f"the table has more than {MOST_EFFECTS} estimates") for record in printed)
    return tuple(_effect(table, record) for record in printed)


def _effect(table: Table, record: Record) -> Effect | NoEffect:
    estimate, names = record.number("estimate"), measures_named(record["measure"], record["statistic"])
    arms = arms_compared(record)
    if estimate is None or estimate.comparator:
        return NoEffect(record, "the estimate is not exact")
    if not names:
        return NoEffect(record, "the measure is not a difference, risk ratio or odds ratio")
    if record["adjusted"] or model_named(own_words(record)) or pairs_named(own_words(record)):
        return NoEffect(record, "the estimate is adjusted or comes from a model")
    if record["row"] in table.doubtful:
        return NoEffect(record, "the reading of the row is in doubt")
    if len(arms) != 2:
        return NoEffect(record, "the estimate does not compare two arms")
    row = records_by_row(table)[record["row"]]
    for kind in ("count", "mean"):
        cells = cells_of_arms(record, row, arms, (kind,))
        if cells is not None and all(len(own) == 1 for own in cells):
            first, second = cells[0][0], cells[1][0]
            if len({each["timepoint"] for each in (record, first, second)}) > 1 and record["timepoint"]:
                return NoEffect(record, "the estimate is of another time point than the values of the arms")
            spans = dict(_of_counts(names, first, second) if kind == "count" else _of_means(names, first, second))
            if spans:
                column = (record["cell"].partition(".")[0], *arms, record["measure"])
                why_not = _why_not(table, first, second)
                return Effect(record, estimate, f"{kind}s", column, (first, second), spans, why_not)
    return NoEffect(record, "the row prints no counts or means of the two arms")


def _why_not(table: Table, first: Record, second: Record) -> str:
    if model_named(table_words(table)) or any(each["adjusted"] for each in (first, second)):
        return "the table names a model, a stratified or an adjusted analysis"
    if pairs_named(table_words(table)):
        return "the table names an analysis of another kind: paired, repeated, of survival"
    return ""


def _of_counts(
    names: Sequence[str], first: Record, second: Record
) -> Iterator[tuple[tuple[str, Direction], tuple[FloatSpan, ...]]]:
    pairs = [possible_pairs(each) for each in (first, second)]
    shares = [each.number("percent") for each in (first, second)]
    for measure in names:
        for direction, (one, other) in _directions(pairs):
            values = [value for a, c in product(one, other) for value in effects_of_counts(measure, a, c)]
            spans = [(value, value) for value in values]
            if measure == "RD":
                spans += [(100 * value, 100 * value) for value in values]
            if shares[0] is not None and shares[1] is not None:
                spans += _of_shares(measure, *(shares if direction == "forward" else shares[::-1]), exact=bool(values))
            if spans:
                yield (measure, direction), tuple(spans)


def _directions(pair: Sequence[_Value]) -> Iterator[tuple[Direction, tuple[_Value, _Value]]]:
    yield "forward", (pair[0], pair[1])
    yield "backward", (pair[1], pair[0])


def _of_shares(measure: str, first: Printed | None, second: Printed | None, *, exact: bool) -> Iterator[FloatSpan]:
    """The difference or ratio of two printed percentages: of the numbers as printed, and where the counts are not known
    of all that round to them."""
    if first is None or second is None or first.comparator or second.comparator:
        return
    a, c = ((float(each.value),) * 2 if exact else float_span(each) for each in (first, second))
    if measure == "RD":
        low, high = a[0] - c[1], a[1] - c[0]
        yield low - FLOAT_ERROR, high + FLOAT_ERROR
        yield low / 100 - FLOAT_ERROR, high / 100 + FLOAT_ERROR
    elif measure == "RR" and c[0] > 0:
        yield max(0.0, a[0]) / c[1], a[1] / c[0]


def _of_means(
    names: Sequence[str], first: Record, second: Record
) -> Iterator[tuple[tuple[str, Direction], tuple[FloatSpan, ...]]]:
    means = [each.number("mean") for each in (first, second)]
    if "RD" in names:
        for direction, (one, other) in _directions(means):
            if one is not None and other is not None and not (one.comparator or other.comparator):
                a, c = float_span(one), float_span(other)
                yield ("RD", direction), ((a[0] - c[1], a[1] - c[0]),)


@dataclass(frozen=True)
class EffectColumn:
    """The differences or ratios of one column. `usual`: the measure and direction that explain most of them."""

    effects: tuple[Effect, ...]
    usual: tuple[str, Direction] | None
    explained: int
    misfits: int
    turned: int

    @property
    def trusted(self) -> bool:
        """Whether the arms explain so much of the column that an estimate that differs is worth naming."""
        return self.explained >= FEWEST_EXPLAINED and self.explained >= ROWS_PER_MISFIT * self.misfits

    @property
    def crude(self) -> bool:
        """Whether the arms explain nearly all estimates, so that none can be adjusted, whatever the notes name."""
        return self.explained >= ROWS_PER_ADJUSTED_ROW * max(1, self.misfits)

    @property
    def has_direction(self) -> bool:
        """Whether the column is computed in one direction, with signs, so that a turned estimate is worth naming."""
        signed = self.usual is not None and (
            self.usual[0] != "RD" or any(each.estimate.value < 0 for each in self.effects)
        )
        return signed and self.explained >= ROWS_PER_TURNED_ROW * max(1, self.turned)

    def right(self, effect: Effect) -> bool:
        """Whether the arms explain the estimate in the direction of the column."""
        return bool(effect.fits) and (not self.has_direction or any(self._same_way(key) for key in effect.fits))

    def _same_way(self, key: tuple[str, Direction]) -> bool:
        return self.usual is None or key[1] == self.usual[1]


@once
def effect_columns(table: Table) -> tuple[EffectColumn, ...]:
    """The columns of differences and ratios, one for counts and one for means."""
    columns: dict[tuple[str, ...], list[Effect]] = {}
    for each in find_effects(table):
        if isinstance(each, Effect):
            columns.setdefault((each.kind, *each.column), []).append(each)
    return tuple(map(_column_of, columns.values()))


def _column_of(effects: Sequence[Effect]) -> EffectColumn:
    counted = Counter(key for each in effects if each.telling for key in sorted(each.fits))
    usual = max(counted, key=counted.__getitem__, default=None)
    fitting = [each for each in effects if each.telling and each.fits]
    turned = 0 if usual is None else sum(all(key[1] != usual[1] for key in each.fits) for each in fitting)
    misfits = sum(not each.fits for each in effects)
    return EffectColumn(tuple(effects), usual, len(fitting) - turned, misfits, turned)


def level_of(record: Record) -> float:
    """The confidence level of a record's interval, as a fraction of 1."""
    level = record.number("ci_level")
    return float(level.value if level is not None else USUAL_LEVEL_PERCENT) / 100


def has_interval(record: Record) -> bool:
    """Whether both limits of the record's interval are printed exactly."""
    limits = [record.number(name) for name in ("ci_low", "ci_high")]
    return all(limit is not None and not limit.comparator for limit in limits)


def interval_computable(effect: Effect) -> bool:
    """Whether the row prints what an interval is computed from: counts with totals, or means with SDs and totals."""
    if effect.kind == "means":
        return all(arm_mean(arm) is not None for arm in effect.arms)
    return all(possible_pairs(arm) for arm in effect.arms)


def methods_of(effect: Effect, *, slow: bool) -> frozenset[str]:
    """The methods that give the printed interval from the arms, for the measures and directions that give the
    estimate. `slow`: those that take long to compute, from the printed totals only; else the others."""
    return frozenset(_methods(effect, slow=slow))


def _methods(effect: Effect, *, slow: bool) -> Iterator[str]:
    level = level_of(effect.record)
    low, high = effect.record.number("ci_low"), effect.record.number("ci_high")
    if low is None or high is None or not 0 < level < 1:
        return
    for measure, direction in sorted(effect.fits):
        arms = effect.arms if direction == "forward" else effect.arms[::-1]
        if effect.kind == "means":
            yield from () if slow else _methods_of_means(arms, level, low, high)
            continue
        pairs = [possible_pairs(arm)[: 1 if slow else None] for arm in arms]
        for method in interval_methods(measure, slow=slow):
            intervals = (interval_of_counts(measure, method, one, other, level) for one, other in product(*pairs))
            if any(_shows(interval, measure, low, high) for interval in intervals):
                yield method


def _shows(interval: FloatSpan | None, measure: str, low: Printed, high: Printed) -> bool:
    if interval is None:
        return False
    (lower, upper), factors = interval, (1.0, 100.0) if measure == "RD" else (1.0,)
    scaled = [(factor * lower, factor * upper) for factor in factors]
    return any(_near(one, one, low) and _near(other, other, high) for one, other in scaled)


def _near(least: float, greatest: float, limit: Printed) -> bool:
    """Whether a limit in least..greatest can be printed so, also if it was computed from rounded numbers."""
    more = UNITS_BETWEEN * 10.0**-limit.decimals
    return covers_twice_rounded(least - more, greatest + more, limit)


def usual_interval(effect: Effect, measure: str, direction: Direction, method: str) -> str:
    """The interval that a method gives for the first possible totals, in the format of the printed one; "" if none."""
    low, high = effect.record.number("ci_low"), effect.record.number("ci_high")
    if effect.kind == "means" or low is None or high is None:
        return ""
    arms = effect.arms if direction == "forward" else effect.arms[::-1]
    pairs = [possible_pairs(arm)[0] for arm in arms]
    interval = interval_of_counts(measure, method, pairs[0], pairs[1], level_of(effect.record))
    if interval is None:
        return ""
    large = measure == "RD" and max(abs(float(low.value)), abs(float(high.value))) > 1
    limits = ((100 if large else 1) * end for end in interval)
    return " to ".join(to_print(end, printed.decimals) for end, printed in zip(limits, (low, high), strict=True))


def _methods_of_means(arms: Sequence[Record], level: float, low: Printed, high: Printed) -> Iterator[str]:
    means = [arm_mean(arm) for arm in arms]
    known = [mean for mean in means if mean is not None]
    if len(known) == len(means):
        difference = (known[0].mean[0] - known[1].mean[1], known[0].mean[1] - known[1].mean[0])
        for name, lower, upper in interval_spans_of_means(known, level, difference):
            if _near(*lower, low) and _near(*upper, high):
                yield name
