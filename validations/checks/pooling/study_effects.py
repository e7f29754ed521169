"""MET: the effects of single studies, recomputed from their arms."""

from validations.checks.pooling.recomputed import items_by_record, recomputed_fault
from validations.inference.pooling.best_method import HOLDS_SHARE, explain_studies
from validations.registry import Answers, NotCheckable, check
from validations.tables import Table


@check("MET008", "impossible")
def effect_not_of_its_arms(table: Table) -> Answers:
    """The effect of a study or its interval does not follow from the counts or means of its arms.

    Why it matters
        An odds ratio, risk ratio or difference follows from the printed arms (the measure is inferred from all rows).
        One number of the row is wrong, or the estimate is adjusted and the plot should say so.

    Fires on
        fig2: forest
        kind     label        arm1_events  arm1_total  arm2_events  arm2_total  estimate  ci_low  ci_high
        study    Garry 1962   7            25          4            25          2.04      0.51    8.12
        study    Howard 1974  8            17          3            13          2.69      0.60    14.73
        study    Marder 1994  19           64          14           64          1.51      0.68    3.35
        study    Selman 1976  17           18          7            11          9.71      0.92    103.04

    Silent on
        fig2: forest
        kind     label        arm1_events  arm1_total  arm2_events  arm2_total  estimate  ci_low  ci_high
        study    Garry 1962   7            25          4            25          2.04      0.51    8.12
        study    Howard 1974  8            17          3            13          2.96      0.60    14.73
        study    Marder 1994  19           64          14           64          1.51      0.68    3.35
        study    Selman 1976  17           18          7            11          9.71      0.92    103.04
    """
    explanation = explain_studies(table)
    if explanation is not None:
        known = explanation.share() >= HOLDS_SHARE
        for record, of in items_by_record(iter(explanation.items)):
            by = f"{explanation.method.scale} of the printed arms"
            yield (
                recomputed_fault(record, of, by)
                if known
                else NotCheckable("no effect measure reproduces most of the studies")
            )
