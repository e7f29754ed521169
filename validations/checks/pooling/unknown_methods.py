"""MET: plots that no known method of pooling reproduces."""

from validations.checks.pooling.recomputed import recomputed_text
from validations.inference.pooling.best_method import HOLDS_SUBJECT_SHARE, explain_plot
from validations.inference.pooling.methods import EXACT_SOURCES
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Table

MOST_QUOTED_NUMBERS = 4  # in a message


@check("MET009", "unlikely")
def no_way_of_pooling_found(table: Table) -> Answers:
    """No known method of pooling the printed studies gives the pooled line, the weights or the heterogeneity.

    Why it matters
        About a hundred methods were tried; the message names the best one and its results. The studies were pooled with
        other numbers than the printed ones, or by a model that the paper should name.

    Fires on
        fig5: forest
        kind      label         total  events  estimate  ci_low  ci_high  weight
        study     Liu 2022      30     11      0.37      0.20    0.56     20.35
        study     Wilky 2019    33     13      0.39      0.23    0.58     40.04
        study     Cho 2024      47     19      0.40      0.26    0.56     39.60
        subtotal  ICI + TKI     -      -       0.43      0.38    0.49     100.00

    Silent on
        fig5: forest
        kind      label         total  events  estimate  ci_low  ci_high  weight
        study     Liu 2022      30     11      0.37      0.20    0.56     27.35
        study     Wilky 2019    33     13      0.39      0.23    0.58     30.04
        study     Cho 2024      47     19      0.40      0.26    0.56     42.60
        subtotal  ICI + TKI     -      -       0.39      0.30    0.49     100.00

    Not checkable on
        fig5: forest
        kind      label       measure  estimate  ci_low  ci_high  weight
        study     Suk 1995    OR       1.70      0.49    5.90     20.0
        study     Kuklo 2007  OR       0.40      0.17    0.95     60.3
        study     Yang 2012   OR       1.00      0.06    17.12    19.7
        overall   Total       OR       0.91      0.72    1.37     100.0
    """
    for explanation in explain_plot(table):
        subjects = [
            name for name in ("pooled", "weight", "heterogeneity") if explanation.share(name) < HOLDS_SUBJECT_SHARE
        ]
        if explanation.holds and not subjects:
            yield None
        elif explanation.method.source not in EXACT_SOURCES:
            yield NotCheckable("printed estimates do not show how the counts behind them were pooled")
        else:
            wrong = [item for item in explanation.items if not item.given]
            quoted = [f"{item.column} {recomputed_text(item)} (printed {item.printed})" for item in wrong]
            also = tuple(dict.fromkeys(item.record for item in wrong))
            message = f"the best method, {explanation}, gives {', '.join(quoted[:MOST_QUOTED_NUMBERS])}"
            yield Fault(message, "", also[0], wrong[0].column, (wrong[0].column,), also[1:])
