"""Compares the printed numbers of a forest plot with the numbers that a method of pooling gives."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from schemas.base.printed import Printed
from validations.inference.pooling.methods import (
    FIXED,
    MANTEL_HAENSZELS,
    PoolingMethod,
)
from validations.inference.pooling.plots import PooledPlot, StudyGroup, pooled_lines
from validations.inference.pooling.pooled_numbers import (
    PooledNumbers,
    as_span,
    corners,
    given_by,
    studies_by,
)
from validations.inference.pooling.studies import RoundingBox
from validations.statistics.pooling import between_groups, p_of_q
from validations.statistics.rounding import FloatSpan, covers
from validations.tables import Record, once

POOLED_COLUMNS = ("estimate", "ci_low", "ci_high", "prediction_low", "prediction_high", "z")
HETEROGENEITY_COLUMNS = ("i2", "tau2", "q", "p")


class Item(NamedTuple):
    """A printed number and the spans that a method gives for it. `subject`: pooled, weight, heterogeneity, between or
    study. `given`: some span can be printed as this number."""

    subject: str
    group: StudyGroup
    record: Record
    column: str
    printed: Printed
    spans: tuple[FloatSpan, ...]
    given: bool


class Layer(NamedTuple):
    """A plot with one pooled line per group; a plot by fixed and by random effects has two layers, explained apart.
    `place`: the position of the pooled line in its group."""

    plot: PooledPlot
    place: int

    def lines(self, group: StudyGroup) -> list[Record]:
        """The lines of a group without the pooled lines of other layers."""
        pooled = pooled_lines(group)
        own = pooled[self.place : self.place + 1]
        return [line for line in group.lines if line not in pooled or line in own]


def layers_of(plot: PooledPlot) -> list[Layer]:
    """The layers of a plot, at least one."""
    return [Layer(plot, place) for place in range(max(1, *(len(pooled_lines(group)) for group in plot.all_groups)))]


def compared_numbers(layer: Layer, method: PoolingMethod) -> Iterator[Item]:
    """Yield every printed number of the layer that the method can compute."""
    for group in layer.plot.all_groups:
        given = given_by(group, method)
        if given is not None:
            for line in layer.lines(group):
                yield from _line_items(method, group, line, given)
    yield from _weight_items(layer.plot, method)
    yield from _between_items(layer.plot, method)
    yield from compared_study_numbers(layer.plot.overall, method)


def _item(
    method: PoolingMethod, subject: str, group: StudyGroup, record: Record, column: str, spans: Sequence[FloatSpan]
) -> Iterator[Item]:
    printed = record.number(column)
    if printed is not None:
        given = any(covers(low, high, printed, method.error) for low, high in spans)
        yield Item(subject, group, record, column, printed, tuple(spans), given)


def _line_items(method: PoolingMethod, group: StudyGroup, line: Record, given: PooledNumbers) -> Iterator[Item]:
    for column in POOLED_COLUMNS:
        yield from _item(method, "pooled", group, line, column, given.columns.get(column, ()))
    for column in HETEROGENEITY_COLUMNS if len(group.studies) > 1 else ():
        yield from _item(method, "heterogeneity", group, line, column, given.columns.get(column, ()))


def weighed_together(plot: PooledPlot) -> bool:
    """Whether weights are percentages over all studies, not over each group: their sum is nearer to 100 than to 100 per
    group."""
    total = sum(float(number.value) for record in plot.overall.studies if (number := record.number("weight")))
    return abs(total - 100) <= abs(total - 100 * len(plot.groups))


def _weight_items(plot: PooledPlot, method: PoolingMethod) -> Iterator[Item]:
    for group in (plot.overall,) if weighed_together(plot) else plot.groups:
        given = given_by(group, method)
        for record, weight in zip(group.studies, given.weights if given else (), strict=False):
            yield from _item(method, "weight", group, record, "weight", (weight,))


def _between_items(plot: PooledPlot, method: PoolingMethod) -> Iterator[Item]:
    if len(plot.groups) < 2 or not plot.between:
        return
    spans = _between(plot, method)
    for record in plot.between:
        for column in ("q", "p"):
            yield from _item(method, "between", plot.overall, record, column, [of[column] for of in spans])


def _between(plot: PooledPlot, method: PoolingMethod) -> list[dict[str, FloatSpan]]:
    """Q and P of the difference between groups, from the pooled effects of the groups; for Mantel-Haenszel also from
    the Q of all studies minus the Q within the groups, as some programs do."""
    groups = [given for group in plot.groups if (given := given_by(group, method)) is not None]
    whole = given_by(plot.overall, method)
    if len(groups) < len(plot.groups) or whole is None:
        return []
    numbers = corners(RoundingBox(*np.moveaxis(np.array([(given.effect, given.error) for given in groups]), -1, 0)))
    with np.errstate(all="ignore"):
        q, df, p = between_groups(numbers[..., 0], numbers[..., 1])
        found = [{"q": as_span(q), "p": as_span(p)}]
        if method.model in MANTEL_HAENSZELS:
            left = np.array([whole.columns["q"][0][0] - sum(given.columns["q"][0][0] for given in groups)])
            found.append({"q": as_span(left), "p": as_span(p_of_q(left, df))})
    return found


def compared_study_numbers(group: StudyGroup, method: PoolingMethod) -> tuple[Item, ...]:
    """The estimate and interval of each study, if the method computes them from the arms."""
    return _study_numbers(group, method.source, method.scale)


@once
def _study_numbers(group: StudyGroup, source: str, scale: str) -> tuple[Item, ...]:
    """The same for all methods that compute the effects of studies in this way, whatever they do with them."""
    method = PoolingMethod(source, scale, FIXED)
    studies = zip(group.studies, studies_by(group, method), strict=False)
    return tuple(
        item
        for record, columns in studies
        for column, spans in columns.items()
        for item in _item(method, "study", group, record, column, [spans])
    )
