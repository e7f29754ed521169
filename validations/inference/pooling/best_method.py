"""Finds the way of pooling that gives what a forest plot prints of its pooled lines, weights and heterogeneity."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from schemas.printed import Printed
from validations.inference.pooling.methods import (
    EXACT_SOURCES,
    FEW_STUDIES,
    FIXED,
    MANTEL_HAENSZELS,
    TWO_ARM_SOURCES,
    PooledNumbers,
    PoolingMethod,
    all_pooling_methods,
    as_span,
    corners,
    given_by,
    studies_by,
    study_numbers,
)
from validations.inference.pooling.plots import POOLED_KINDS, PooledPlot, StudyGroup, find_plot, per_unit, pooled_lines
from validations.inference.pooling.studies import SOURCES, RoundingBox
from validations.statistics.pooling import between_groups, p_of_q
from validations.statistics.rounding import FloatSpan, covers
from validations.tables import Record, Table, once

HOLDS_SHARE = 0.75  # of the printed numbers a way must give before what it does not give is called wrong
HOLDS_SUBJECT_SHARE = 0.5  # of the numbers of one subject, likewise
POOLED_COLUMNS = ("estimate", "ci_low", "ci_high", "prediction_low", "prediction_high", "z")
SHARED_SUBJECTS = ("weight", "heterogeneity", "between", "study")  # subjects of lines that speak of all layers
HETEROGENEITY_COLUMNS = ("i2", "tau2", "q", "p")


class Item(NamedTuple):
    """A printed number and what a way gives for it. `subject`: pooled, weight, heterogeneity, between or study."""

    subject: str
    group: StudyGroup
    record: Record
    column: str
    printed: Printed
    spans: tuple[FloatSpan, ...]
    given: bool


@dataclass(frozen=True, eq=False)
class Explanation:
    """The best way for a plot, all printed numbers under it, and how many other ways give as many."""

    way: PoolingMethod
    items: tuple[Item, ...]
    others: int = 0

    @cached_property
    def given(self) -> int:
        return sum(item.given for item in self.items)

    @cached_property
    def score(self) -> float:
        """The shares of the numbers that it gives, subject by subject; that of the pooled lines counts twice."""
        return sum(
            self.share(subject) * (1 + (subject == "pooled")) for subject in {item.subject for item in self.items}
        )

    def share(self, subject: str = "") -> float:
        """The share of the printed numbers (of that subject) that it gives; 1 where there are none."""
        of = [item.given for item in self.items if subject in ("", item.subject)]
        return sum(of) / len(of) if of else 1.0

    @property
    def holds(self) -> bool:
        """Whether it gives enough to be the way of the paper."""
        return self.share() >= HOLDS_SHARE and self.share("pooled") >= HOLDS_SUBJECT_SHARE

    def __str__(self) -> str:
        ways = f"{self.others} other way{'s' * (self.others > 1)} give{'s' * (self.others == 1)}"
        ties = f"; {ways} as many" if self.others else ""
        return f"{self.way} ({self.given} of {len(self.items)} printed numbers{ties})"


class Layer(NamedTuple):
    """A plot with one pooled line a group: lines by fixed and by random effects are explained apart."""

    plot: PooledPlot
    place: int

    def lines(self, group: StudyGroup) -> list[Record]:
        pooled = pooled_lines(group)
        own = pooled[self.place : self.place + 1]
        return [line for line in group.lines if line not in pooled or line in own]


def layers_of(plot: PooledPlot) -> list[Layer]:
    return [Layer(plot, place) for place in range(max(1, *(len(pooled_lines(group)) for group in plot.all_groups)))]


@once
def explain_plot(table: Table) -> tuple[Explanation, ...]:
    """The best explanation of each layer of the plot; none where the table is no plot, or where nothing in it can be
    recomputed."""
    plot = find_plot(table)
    if plot is None:
        return ()
    every = [_explain_layer(layer, percent=per_unit(table) == 100) for layer in layers_of(plot)]
    return tuple(_each_once([explanation for explanation in every if explanation is not None]))


def _each_once(found: Sequence[Explanation]) -> Iterator[Explanation]:
    """The explanations of the layers, with what belongs to no layer alone asked only of that which gives most of it."""
    best = {subject: max(found, key=lambda each: each.share(subject)) for subject in SHARED_SUBJECTS if found}
    for each in found:
        own = [
            item
            for item in each.items
            if item.subject not in SHARED_SUBJECTS or each is best[item.subject] or item.record["kind"] in POOLED_KINDS
        ]
        yield replace(each, items=tuple(own))


@once
def explain_studies(table: Table) -> Explanation | None:
    """The measure that gives most of the studies' own estimates and intervals from their arms, whatever is pooled;
    None where arms are not printed."""
    plot = find_plot(table)
    ways = [PoolingMethod(source, scale, FIXED) for source in TWO_ARM_SOURCES for scale in SOURCES[source].effects]
    found = [Explanation(way, tuple(_study_items(plot.overall, way))) for way in ways] if plot else []
    return max((each for each in found if each.items), key=lambda each: each.share(), default=None)


def _explain_layer(layer: Layer, *, percent: bool) -> Explanation | None:
    """From the first exact source that gives enough, else the best of all: printed estimates and intervals are asked
    only where counts or means are not printed or do not explain the plot, for they are rounded and fit more easily."""
    groups = layer.plot.all_groups
    few = any(len(group.studies) < FEW_STUDIES for group in groups)
    found = []
    for source in SOURCES:
        if any(study_numbers(group, source) is not None for group in groups):
            best = _best(layer, tuple(all_pooling_methods(source, percent=percent, few=few)))
            found += [best] if best is not None else []
            if best is not None and best.holds and source in EXACT_SOURCES:
                return best
    return max(found, key=lambda each: each.score, default=None)


def _best(layer: Layer, ways: Sequence[PoolingMethod]) -> Explanation | None:
    """The way of the greatest score; of equals one by the printed measure, then the first."""
    measures = {record["measure"] for record in layer.plot.overall.studies}
    found = [Explanation(way, tuple(compared_numbers(layer, way))) for way in ways]
    if not found or not found[0].items:
        return None
    best = max(found, key=lambda each: (each.score, each.way.scale in measures))
    return replace(best, others=sum(each.score == best.score for each in found) - 1)


def compared_numbers(layer: Layer, way: PoolingMethod) -> Iterator[Item]:
    """Every printed number of the layer that the way can give."""
    for group in layer.plot.all_groups:
        given = given_by(group, way)
        if given is not None:
            for line in layer.lines(group):
                yield from _line_items(way, group, line, given)
    yield from _weight_items(layer.plot, way)
    yield from _between_items(layer.plot, way)
    yield from _study_items(layer.plot.overall, way)


def _item(
    way: PoolingMethod, subject: str, group: StudyGroup, record: Record, column: str, spans: Sequence[FloatSpan]
) -> Iterator[Item]:
    printed = record.number(column)
    if printed is not None:
        given = any(covers(low, high, printed, way.error) for low, high in spans)
        yield Item(subject, group, record, column, printed, tuple(spans), given)


def _line_items(way: PoolingMethod, group: StudyGroup, line: Record, given: PooledNumbers) -> Iterator[Item]:
    for column in POOLED_COLUMNS:
        yield from _item(way, "pooled", group, line, column, given.columns.get(column, ()))
    for column in HETEROGENEITY_COLUMNS if len(group.studies) > 1 else ():
        yield from _item(way, "heterogeneity", group, line, column, given.columns.get(column, ()))


def weighed_together(plot: PooledPlot) -> bool:
    """Whether the weights are shares of all studies, not of the studies of each group: their sum is nearer to 100
    than to 100 for each group."""
    total = sum(float(number.value) for record in plot.overall.studies if (number := record.number("weight")))
    return abs(total - 100) <= abs(total - 100 * len(plot.groups))


def _weight_items(plot: PooledPlot, way: PoolingMethod) -> Iterator[Item]:
    for group in (plot.overall,) if weighed_together(plot) else plot.groups:
        given = given_by(group, way)
        for record, weight in zip(group.studies, given.weights if given else (), strict=False):
            yield from _item(way, "weight", group, record, "weight", (weight,))


def _between_items(plot: PooledPlot, way: PoolingMethod) -> Iterator[Item]:
    if len(plot.groups) < 2 or not plot.between:
        return
    spans = _between(plot, way)
    for record in plot.between:
        for column in ("q", "p"):
            yield from _item(way, "between", plot.overall, record, column, [of[column] for of in spans])


def _between(plot: PooledPlot, way: PoolingMethod) -> list[dict[str, FloatSpan]]:
    """Q and P of the difference between groups: of the groups' pooled effects; after Mantel and Haenszel also what the
    Q within the groups leave of the Q of all studies."""
    groups = [given for group in plot.groups if (given := given_by(group, way)) is not None]
    whole = given_by(plot.overall, way)
    if len(groups) < len(plot.groups) or whole is None:
        return []
    numbers = corners(RoundingBox(*np.moveaxis(np.array([(given.effect, given.error) for given in groups]), -1, 0)))
    with np.errstate(all="ignore"):
        q, df, p = between_groups(numbers[..., 0], numbers[..., 1])
        found = [{"q": as_span(q), "p": as_span(p)}]
        if way.model in MANTEL_HAENSZELS:
            left = np.array([whole.columns["q"][0][0] - sum(given.columns["q"][0][0] for given in groups)])
            found.append({"q": as_span(left), "p": as_span(p_of_q(left, df))})
    return found


def _study_items(group: StudyGroup, way: PoolingMethod) -> Iterator[Item]:
    for record, columns in zip(group.studies, studies_by(group, way), strict=False):
        for column, spans in columns.items():
            yield from _item(way, "study", group, record, column, [spans])
