"""MET: the weights of studies, recomputed."""

from itertools import groupby

from validations.checks.pooling.recomputed import COUNTS_NOT_PRINTED, may_be_of_counts, recomputed_text, why_undecided
from validations.inference.pooling.best_method import Explanation, explain_plot
from validations.inference.pooling.comparison import Item
from validations.registry import Answers, Fault, check
from validations.tables import Table


@check("MET003", "impossible")
def weight_not_of_its_study(table: Table) -> Answers:
    """The weight of a study is not what its numbers give by the way of pooling that gives the rest.

    Why it matters
        A weight follows from the size of a study (and of the others): where one differs, its counts or its weight are
        a slip; where all of a group differ, one of them was pooled with other numbers than are printed.

    Fires on
        fig5: forest
        kind      label         total  events  estimate  ci_low  ci_high  weight
        study     Liu 2022      30     11      0.37      0.20    0.56     27.53
        study     Wilky 2019    33     13      0.39      0.23    0.58     30.04
        study     Cho 2024      47     19      0.40      0.26    0.56     42.60
        subtotal  ICI + TKI     -      -       0.39      0.30    0.49     100.00

    Silent on
        fig5: forest
        kind      label         total  events  estimate  ci_low  ci_high  weight
        study     Liu 2022      30     11      0.37      0.20    0.56     27.35
        study     Wilky 2019    33     13      0.39      0.23    0.58     30.04
        study     Cho 2024      47     19      0.40      0.26    0.56     42.60
        subtotal  ICI + TKI     -      -       0.39      0.30    0.49     100.00
    """
    for explanation in explain_plot(table):
        weights = [item for item in explanation.items if item.subject == "weight"]
        for _, of in groupby(weights, key=lambda item: item.group):
            yield from _group_weights(explanation, list(of))


def _group_weights(explanation: Explanation, items: list[Item]) -> Answers:
    """One fault for all weights of a group that differ: they hang together."""
    wrong = [item for item in items if not item.given]
    reason = why_undecided(explanation, "weight")
    if wrong and may_be_of_counts(explanation) and add_to_100(items):
        reason = COUNTS_NOT_PRINTED
    if reason or not wrong:
        yield from (reason for _ in items)
        return
    yield from (None for _ in items[len(wrong) :])
    told = ", ".join(f"{recomputed_text(item)} (printed {item.printed})" for item in wrong[:3])
    more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    message = f"{explanation.method} gives weights {told}{more}"
    also = tuple(item.record for item in wrong[1:])
    yield Fault(message, "; ".join(map(recomputed_text, wrong)), wrong[0].record, "weight", ("weight",), also)


def add_to_100(items: list[Item]) -> bool:
    """Whether the printed weights can be shares of one whole: a slip in one of them would be missing in the sum."""
    return sum(item.printed.low for item in items) <= 100 <= sum(item.printed.high for item in items)
