"""Finds the method of pooling that explains the pooled lines, weights and heterogeneity of a forest plot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from validations.inference.pooling.comparison import Item, Layer, compared_numbers, compared_study_numbers, layers_of
from validations.inference.pooling.methods import (
    EXACT_SOURCES,
    FEW_STUDIES,
    FIXED,
    TWO_ARM_SOURCES,
    PoolingMethod,
    all_pooling_methods,
)
from validations.inference.pooling.plots import POOLED_KINDS, find_plot, per_unit
from validations.inference.pooling.pooled_numbers import (
    study_numbers,
)
from validations.inference.pooling.studies import SOURCES
from validations.tables import Table, once

HOLDS_SHARE = 0.75  # a method must give this share of the printed numbers before the others count as errors
HOLDS_SUBJECT_SHARE = 0.5  # and this share of the numbers of each subject
SHARED_SUBJECTS = ("weight", "heterogeneity", "between", "study")  # printed once, for all layers of a plot


@dataclass(frozen=True, eq=False)
class Explanation:
    """The best method for a plot, and all printed numbers compared with it. `others`: how many other methods score the
    same."""

    method: PoolingMethod
    items: tuple[Item, ...]
    others: int = 0

    @cached_property
    def given(self) -> int:
        """The number of printed numbers that the method gives."""
        return sum(item.given for item in self.items)

    @cached_property
    def score(self) -> float:
        """The sum over subjects of the share of numbers given; the pooled lines count twice."""
        return sum(
            self.share(subject) * (1 + (subject == "pooled")) for subject in {item.subject for item in self.items}
        )

    def share(self, subject: str = "") -> float:
        """The share of the printed numbers (of one subject) that the method gives; 1 if there are none."""
        of = [item.given for item in self.items if subject in ("", item.subject)]
        return sum(of) / len(of) if of else 1.0

    @property
    def holds(self) -> bool:
        """Whether the method gives enough of the printed numbers to be taken for the method of the paper."""
        return self.share() >= HOLDS_SHARE and self.share("pooled") >= HOLDS_SUBJECT_SHARE

    def __str__(self) -> str:
        methods = f"{self.others} other method{'s' * (self.others > 1)} give{'s' * (self.others == 1)}"
        ties = f"; {methods} as many" if self.others else ""
        return f"{self.method} ({self.given} of {len(self.items)} printed numbers{ties})"


@once
def explain_plot(table: Table) -> tuple[Explanation, ...]:
    """The best explanation of each layer of the plot; empty if the table is not a plot or nothing can be recomputed."""
    plot = find_plot(table)
    if plot is None:
        return ()
    every = [_explain_layer(layer, percent=per_unit(table) == 100) for layer in layers_of(plot)]
    return tuple(_each_once([explanation for explanation in every if explanation is not None]))


def _each_once(found: Sequence[Explanation]) -> Iterator[Explanation]:
    """Yield the explanations of the layers; shared numbers stay only in the one that gives most of their subject."""
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
    """The measure that gives most of the estimates and intervals of the studies from their arms, regardless of the
    pooled lines; None if arms are not printed."""
    plot = find_plot(table)
    methods = [PoolingMethod(source, scale, FIXED) for source in TWO_ARM_SOURCES for scale in SOURCES[source].effects]
    found = (
        [Explanation(method, tuple(compared_study_numbers(plot.overall, method))) for method in methods] if plot else []
    )
    return max((each for each in found if each.items), key=lambda each: each.share(), default=None)


def _explain_layer(layer: Layer, *, percent: bool) -> Explanation | None:
    """The explanation from the first exact source that holds, else the best of all sources.

    Printed estimates and intervals come last: they are rounded, so a wrong method fits them more easily than counts.
    """
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


def _best(layer: Layer, methods: Sequence[PoolingMethod]) -> Explanation | None:
    """The method with the greatest score; of equals, one for the printed measure, then the first."""
    measures = {record["measure"] for record in layer.plot.overall.studies}
    found = [Explanation(method, tuple(compared_numbers(layer, method))) for method in methods]
    if not found or not found[0].items:
        return None
    best = max(found, key=lambda each: (each.score, each.method.scale in measures))
    return replace(best, others=sum(each.score == best.score for each in found) - 1)
