"""CIN: proportions against their own counts and limits."""

from validations.checks.percentages.intervals import (
    events_of_total,
    no_interval,
    proportion_fault,
    too_long_for_a_plot,
)
from validations.inference.interval_methods import (
    Proportion,
    explained_by,
    find_proportions,
    share_fits,
)
from validations.registry import Answers, check
from validations.statistics.rounding import to_print
from validations.tables import Table


def _printed(row: Proportion) -> str:
    return f"{row.estimate} ({row.low} to {row.high})"


@check("CIN004", "impossible")
def proportion_not_of_its_counts(table: Table) -> Answers:
    """A printed proportion is not events divided by total.

    Why it matters
        The proportion of a single study is a plain division, so one of the three numbers is wrong.

    Fires on
        fig2: forest
        kind   label        total  events  estimate  ci_low  ci_high
        study  Tawbi 2017   40     7       0.27      0.07    0.33

    Silent on
        fig2: forest
        kind   label        total  events  estimate  ci_low  ci_high
        study  Tian 2024    40     9       0.22      0.11    0.38
        study  Tian 2025    40     9       0.23      0.11    0.38
        study  None at all  42     0       0.00      0.00    0.08
    """
    yield from too_long_for_a_plot(table)
    for row in find_proportions(table):
        reason = no_interval(row)
        if reason or share_fits(row) or row.events is None or not row.total:
            yield reason
        else:
            right = to_print(row.per * row.events / row.total, row.estimate.decimals)
            yield proportion_fault(
                row, f"{events_of_total(row)} is {right}, printed is {row.estimate}", right, "estimate"
            )


@check("CIN005", "impossible")
def proportion_outside_interval(table: Table) -> Answers:
    """A proportion lies outside its own interval, or the limits are reversed.

    Why it matters
        An interval is built around its estimate, so one of the three numbers is wrong.

    Fires on
        fig2: forest
        kind     label    total  events  estimate  ci_low  ci_high
        overall  Overall  100    20      0.16      0.18    0.21

    Silent on
        fig2: forest
        kind     label    total  events  estimate  ci_low  ci_high
        overall  Overall  100    16      0.16      0.12    0.21
        study    One arm  42     0       0.00      0.00    0.08
    """
    yield from too_long_for_a_plot(table)
    for row in find_proportions(table):
        ordered = (
            row.low.low <= row.estimate.high and row.estimate.low <= row.high.high and row.low.low <= row.high.high
        )
        halved = not ordered and row.one_sample and explained_by(row)  # 0 of 3 with halves added: 0.00 (0.01 to 0.73)
        message = f"{row.estimate} is not between {row.low} and {row.high}"
        yield None if ordered or halved else proportion_fault(row, message, f"{row.low} to {row.high}", "estimate")


@check("CIN006", "unlikely")
def limit_beyond_zero_or_one(table: Table) -> Answers:
    """A limit of a proportion is below 0 or above 1.

    Why it matters
        No proportion lies there. Normal intervals of small counts reach beyond 0 or 1 and should not be used for them;
        otherwise the limit is wrong.

    Fires on
        fig2: forest
        kind   label     total  events  estimate  ci_low  ci_high
        study  Few 2020  20     1       0.05      -0.05   0.15

    Silent on
        fig2: forest
        kind   label     total  events  estimate  ci_low  ci_high
        study  Few 2020  20     1       0.05      0.00    0.25
        study  All 2020  20     20      1.00      0.83    1.00
    """
    yield from too_long_for_a_plot(table)
    for row in find_proportions(table):
        beyond = "ci_low" if row.low.high < 0 else "ci_high" if row.high.low > row.per else ""
        message = f"{_printed(row)} reaches beyond 0 to {row.per}"
        yield proportion_fault(row, message, f"within 0 to {row.per}", beyond) if beyond else None
