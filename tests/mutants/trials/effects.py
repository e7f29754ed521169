"""DIF: differences and ratios of two arms with their intervals, and changes with the values before and after."""

import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import product

from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from tests.mutants.trials.arms import Corners, lines_of_arms, mean_of, pairs_of, texts_of
from tests.mutants.trials.equations import Equation, Place, Span, Texts, meet, number, span
from validations.tables import Table

_MEASURES = {
    "RD": re.compile(r"\b(?:rd|ard|md|wmd|diff\w*)\b", re.IGNORECASE),
    "RR": re.compile(r"\b(?:rr|relative risk|(?<!odds )ratio)\b", re.IGNORECASE),
    "OR": re.compile(r"\b(?:or|(?<!risk )ratio)\b", re.IGNORECASE),
}
_OTHER = re.compile(r"median|smd|standardi|effect size|\bhr\b|hazard|rate|%", re.IGNORECASE)
_COMPARED = {"RD": "diff", "RR": "ratio", "OR": "odds-ratio"}
_METHODS = {
    "RD": ("wald", "newcomb", "score", "agresti-caffo"),
    "RR": ("log", "log-adjusted", "score"),
    "OR": ("logit", "logit-adjusted", "score"),
}
_LIMITS = ("ci_low", "ci_high")
_CHANGE, _BASELINE = (
    re.compile(r"change|difference", re.IGNORECASE),
    re.compile(r"baseline|\bpre|before", re.IGNORECASE),
)


def equations(table: Table) -> Iterator[Equation]:
    yield from _of_effects(table)
    yield from _of_changes(table)


def _of_effects(table: Table) -> Iterator[Equation]:
    """For each unadjusted estimate beside two arms, one of the estimate; and where it holds, one of its interval."""
    for line, record in enumerate(table.records):
        measures = [name for name, pattern in _MEASURES.items() if pattern.search(record["measure"] or "diff")]
        plain = record["versus"] and not record["adjusted"] and not _OTHER.search(record["measure"])
        for statistic in ("count", "mean") if plain and measures and number(record["estimate"]) else ():
            arms = lines_of_arms(table, record, record.row, statistic)
            if arms is not None and len(arms) == 2:
                column = (
                    statistic,
                    record["cell"].partition(".")[0],
                    record["arm"],
                    record["versus"],
                    record["measure"],
                )
                texts = {(line, "estimate"): record["estimate"], **texts_of(table, arms)}
                estimate = Equation(texts, partial(_estimate_holds, table, line, arms, statistic, measures), column)
                yield estimate
                limits = {(line, name): record[name] for name in _LIMITS}
                if all(number(text) for text in limits.values()) and estimate.holds(texts):
                    level = float(record["ci_level"] or 95) / 100
                    known = {**texts, **limits}
                    spreads = {place: text for place, text in known.items() if place[1] in (*_LIMITS, "sd", "se")}
                    holds = partial(_interval_holds, table, line, arms, statistic, measures, level, known)
                    yield Equation(spreads, holds, (*column, "interval"))


def _estimate_holds(
    table: Table, line: int, arms: list[int], statistic: str, measures: list[str], texts: Texts
) -> bool:
    printed = number(texts[line, "estimate"])
    spans = _differences(table, arms, statistic, measures, texts)
    return printed is not None and any(meet(each, span(printed)) for each in spans)


def _differences(table: Table, arms: list[int], statistic: str, measures: list[str], texts: Texts) -> Iterator[Span]:
    """The estimates that the two arms give, in either direction."""
    for one, other in (arms, arms[::-1]):
        if statistic == "mean":
            means = [number(texts.get((line, "mean"), "")) for line in (one, other)]
            if means[0] is not None and means[1] is not None and "RD" in measures:
                a, b = span(means[0]), span(means[1])
                yield a[0] - b[1], a[1] - b[0]
            continue
        percents = [number(texts.get((line, "percent"), "")) for line in (one, other)]
        if percents[0] is not None and percents[1] is not None and "RD" in measures:
            a, b = span(percents[0]), span(percents[1])
            yield a[0] - b[1], a[1] - b[0]
        for (a, n), (c, m) in product(pairs_of(table, one, texts), pairs_of(table, other, texts)):
            for value in _effects(measures, a, n, c, m):
                yield value, value


def _effects(measures: list[str], a: int, n: int, c: int, m: int) -> Iterator[float]:
    if "RD" in measures:
        yield a / n - c / m
        yield 100 * (a / n - c / m)
    if "RR" in measures and a and c:
        yield (a / n) / (c / m)
    if "OR" in measures and a and c and n - a and m - c:
        yield (a / (n - a)) / (c / (m - c))


def _interval_holds(
    table: Table,
    line: int,
    arms: list[int],
    statistic: str,
    measures: list[str],
    level: float,
    known: Texts,
    texts: Texts,
) -> bool:
    whole = {**known, **texts}
    limits = [number(whole[line, name]) for name in _LIMITS]
    if limits[0] is None or limits[1] is None:
        return False
    units = [10.0**-limit.decimals for limit in limits if limit is not None]
    given = _intervals(table, arms, statistic, measures, level, whole)
    near = [(low, high) for low, high in given if meet(low, _wider(span(limits[0]), units[0]))]
    return any(meet(high, _wider(span(limits[1]), units[1])) for _, high in near)


def _wider(one: Span, unit: float) -> Span:
    """A limit may be computed from rounded numbers: half a unit more."""
    return one[0] - unit / 2, one[1] + unit / 2


def _intervals(
    table: Table, arms: list[int], statistic: str, measures: list[str], level: float, texts: Texts
) -> Iterator[tuple[Span, Span]]:
    """The spans of the limits that the methods give."""
    for one, other in (arms, arms[::-1]):
        if statistic == "mean":
            yield from _of_means(mean_of(table, one, texts), mean_of(table, other, texts), level)
        for (a, n), (c, m) in product(pairs_of(table, one, texts), pairs_of(table, other, texts)):
            for measure in measures if statistic == "count" else ():
                for low, high in intervals_of_counts(measure, a, n, c, m, level):
                    for factor in (1, 100) if measure == "RD" else (1,):
                        yield (factor * low, factor * low), (factor * high, factor * high)


@lru_cache(maxsize=100_000)
def intervals_of_counts(measure: str, a: int, n: int, c: int, m: int, level: float) -> tuple[Span, ...]:
    found = []
    for method in _METHODS[measure]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                limits = confint_proportions_2indep(
                    a, n, c, m, method=method, compare=_COMPARED[measure], alpha=1 - level
                )
            except (ValueError, ZeroDivisionError):
                continue
        found.append((float(limits[0].real), float(limits[1].real)))
    return tuple(found)


def _of_means(ones: Corners, others: Corners, level: float) -> Iterator[tuple[Span, Span]]:
    methods: dict[str, list[Span]] = defaultdict(list)
    for (m1, s1, n1), (m2, s2, n2) in product(ones, others):
        pooled = (((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2) * (1 / n1 + 1 / n2)) ** 0.5
        apart = (s1**2 / n1 + s2**2 / n2) ** 0.5
        for name, error, quantile in (
            ("pooled", pooled, stats.t.ppf(0.5 + level / 2, n1 + n2 - 2)),
            ("Welch", apart, stats.t.ppf(0.5 + level / 2, min(n1, n2) - 1)),
            ("z", apart, stats.norm.ppf(0.5 + level / 2)),
        ):
            methods[name].append((m1 - m2 - quantile * error, m1 - m2 + quantile * error))
    for limits in methods.values():
        lows, highs = zip(*limits, strict=True)
        yield (min(lows), max(lows)), (min(highs), max(highs))


def _of_changes(table: Table) -> Iterator[Equation]:
    """One for each arm and outcome with one mean before, one after and one change, of the same N."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for line, record in enumerate(table.records):
        if record["mean"] and record["timepoint"] and not record["versus"] and not record["adjusted"]:
            groups[tuple(record[name] for name in ("section", "outcome", "level", "arm", "arm_n"))].append(line)
    for (_, _, _, arm, _), lines in groups.items():
        changes = [line for line in lines if _CHANGE.search(table.records[line]["timepoint"])]
        before = [line for line in lines if line not in changes and _BASELINE.search(table.records[line]["timepoint"])]
        after = [line for line in lines if line not in changes and line not in before]
        if len(changes) == len(before) == len(after) == 1:
            places = [(line, "mean") for line in (*changes, *before, *after)]
            texts = {place: table.records[place[0]]["mean"] for place in places}
            yield Equation(texts, partial(_change_holds, places), ("change", arm))


def _change_holds(places: list[Place], texts: Texts) -> bool:
    change, before, after = (number(texts[place]) for place in places)
    if change is None or before is None or after is None:
        return False
    a, b = span(before), span(after)
    return any(meet(each, span(change)) for each in ((b[0] - a[1], b[1] - a[0]), (a[0] - b[1], a[1] - b[0])))
