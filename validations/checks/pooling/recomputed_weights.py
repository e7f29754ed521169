"""MET: the weights of studies, recomputed."""

from itertools import groupby

from validations.checks.pooling.recomputed import COUNTS_NOT_PRINTED, may_be_of_counts, recomputed_text, why_undecided
from validations.inference.pooling.best_method import Explanation, explain_plot
from validations.inference.pooling.comparison import Item
from validations.registry import Answers, Fault, check
from validations.tables import Table

MOST_QUOTED_WEIGHTS = 3  # in a message; the finding's `expected` has all


@check("MET003", "impossible")
def weight_not_of_its_study(table: Table) -> Answers:
    """The weight of a study does not follow from its numbers by the method that gives the other values.

    Why it matters
        A weight follows from the size of the study and of the others. If one weight differs, it or a count of its study
        is wrong; if all weights of a group differ, one of its studies was pooled with other numbers than the printed
        ones.

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
    """One fault for all differing weights of a group: a change of one weight changes the others."""
    wrong = [item for item in items if not item.given]
    reason = why_undecided(explanation, "weight")
    if wrong and may_be_of_counts(explanation) and add_to_100(items):
        reason = COUNTS_NOT_PRINTED
    if reason or not wrong:
        yield from (reason for _ in items)
        return
    yield from (None for _ in items[len(wrong) :])
    quoted = ", ".join(f"{recomputed_text(item)} (printed {item.printed})" for item in wrong[:MOST_QUOTED_WEIGHTS])
    more = f" and {len(wrong) - MOST_QUOTED_WEIGHTS} more" if len(wrong) > MOST_QUOTED_WEIGHTS else ""
    message = f"{explanation.method} gives weights {quoted}{more}"
    also = tuple(item.record for item in wrong[1:])
    yield Fault(message, "; ".join(map(recomputed_text, wrong)), wrong[0].record, "weight", ("weight",), also)


def add_to_100(items: list[Item]) -> bool:
    """Whether the printed weights can add up to 100. A slip in one of them would show in the sum."""
    return sum(item.printed.low for item in items) <= 100 <= sum(item.printed.high for item in items)
