"""MET: pooled lines, heterogeneity and differences between groups, recomputed from the studies."""

from validations.checks.pooling.recomputed import items_by_record, recomputed_fault, why_undecided
from validations.inference.estimates import can_be_symmetric, find_estimates
from validations.inference.pooling.best_method import explain_plot
from validations.inference.pooling.plots import MOST_ROWS, find_plot, pooled_lines
from validations.registry import Answers, Fault, NotCheckable, Noted, check
from validations.tables import Table

_UNEVEN = NotCheckable("an interval is not around its estimate: which of its halves shows the variance is not known")


def _lines(table: Table, subject: str) -> Answers:
    """The answer for each record that prints numbers of the subject."""
    for explanation in explain_plot(table):
        items = (item for item in explanation.items if item.subject == subject)
        for record, of in items_by_record(items):
            yield why_undecided(explanation, subject) or recomputed_fault(record, of, str(explanation.method))


def _not_reached(table: Table) -> Answers:
    """NotCheckable for each pooled line that cannot be recomputed."""
    plot = find_plot(table)
    if table.schema == "forest" and len(table.frame) > MOST_ROWS:
        yield NotCheckable(f"more than {MOST_ROWS} rows: no printed forest plot has so many")
    elif table.schema == "forest":
        several = [record for record in table.records if record["kind"] == "subgroup" and record["n_studies"] != "1"]
        yield from (NotCheckable("pooled from studies that the exhibit does not print") for _ in several)
    reached = {item.record for explanation in explain_plot(table) for item in explanation.items}
    for group in plot.all_groups if plot else ():
        for line in pooled_lines(group):
            if line not in reached:
                yield NotCheckable("the numbers of the studies are not printed")


@check("MET002", "impossible")
def pooled_line_not_of_its_studies(table: Table) -> Answers:
    """A pooled estimate or its interval does not follow from its studies by the method that gives the other values.

    Why it matters
        The pooled line is the result of a meta-analysis. All usual methods are tried (scales, fixed and random effects,
        Mantel-Haenszel, Peto), and the one that gives most of the printed numbers is named in checks.csv.

    Fires on
        fig5: forest
        kind      label         total  events  estimate  ci_low  ci_high  weight
        study     Liu 2022      30     11      0.37      0.20    0.56     27.35
        study     Wilky 2019    33     13      0.39      0.23    0.58     30.04
        study     Cho 2024      47     19      0.40      0.26    0.56     42.60
        subtotal  ICI + TKI     -      -       0.42      0.30    0.49     100.00

    Silent on
        fig5: forest
        kind      label         total  events  estimate  ci_low  ci_high  weight
        study     Liu 2022      30     11      0.37      0.20    0.56     27.35
        study     Wilky 2019    33     13      0.39      0.23    0.58     30.04
        study     Cho 2024      47     19      0.40      0.26    0.56     42.60
        subtotal  ICI + TKI     -      -       0.39      0.30    0.49     100.00

    Not checkable on
        fig5: forest
        kind      label         estimate  ci_low  ci_high  weight
        study     Liu 2022      0.37      -       -        27.35
        study     Wilky 2019    0.39      -       -        30.04
        subtotal  ICI + TKI     0.39      0.30    0.49     100.00
    """
    yield from (Noted(str(explanation)) for explanation in explain_plot(table) if explanation.holds)
    yield from _lines(table, "pooled")
    yield from _not_reached(table)


@check("MET004", "impossible")
def heterogeneity_not_of_its_studies(table: Table) -> Answers:
    """I², tau², Q or its P value does not follow from the studies by the method that gives the other values.

    Why it matters
        Heterogeneity decides whether studies may be pooled at all, and by which model.

    Fires on
        fig2: forest
        kind      label            total  events  estimate  ci_low  ci_high  weight  i2     p
        study     Kelly 2023       30     1       0.03      0.00    0.17     22.41   -      -
        study     D'Angelo 2018    41     5       0.12      0.04    0.26     26.05   -      -
        study     Somaiah 2022     57     7       0.12      0.05    0.24     29.78   -      -
        study     Wagner 2021      14     4       0.29      0.08    0.58     14.16   -      -
        study     Xie 2023         6      2       0.33      0.04    0.78     7.60    -      -
        subtotal  Dual             -      -       0.12      0.05    0.21     100.00  54.51  0.13

    Silent on
        fig2: forest
        kind      label            total  events  estimate  ci_low  ci_high  weight  i2     p
        study     Kelly 2023       30     1       0.03      0.00    0.17     22.41   -      -
        study     D'Angelo 2018    41     5       0.12      0.04    0.26     26.05   -      -
        study     Somaiah 2022     57     7       0.12      0.05    0.24     29.78   -      -
        study     Wagner 2021      14     4       0.29      0.08    0.58     14.16   -      -
        study     Xie 2023         6      2       0.33      0.04    0.78     7.60    -      -
        subtotal  Dual             -      -       0.12      0.05    0.21     100.00  44.51  0.13
    """
    uneven = any(each.measurable and not can_be_symmetric(each) for each in find_estimates(table))
    for answer in _lines(table, "heterogeneity"):
        yield _UNEVEN if uneven and isinstance(answer, Fault) else answer


@check("MET005", "unlikely")
def difference_between_groups_not_of_them(table: Table) -> Answers:
    """Q or P of the difference between groups does not follow from the groups by the method that gives the rest.

    Why it matters
        A subgroup analysis rests on this test.

    Fires on
        fig5: forest
        kind           group  label           total  events  estimate  ci_low  ci_high  weight  p
        study          A      Liu 2022        30     11      0.37      0.20    0.56     27.35   -
        study          A      Wilky 2019      33     13      0.39      0.23    0.58     30.04   -
        study          A      Cho 2024        47     19      0.40      0.26    0.56     42.60   -
        subtotal       A      Subtotal        -      -       0.39      0.30    0.49     100.00  -
        study          B      D'Angelo 2018   42     6       0.14      0.05    0.29     47.49   -
        study          B      Kelly 2023      30     7       0.23      0.10    0.42     34.08   -
        study          B      Wagner 2021     16     4       0.25      0.07    0.52     18.44   -
        subtotal       B      Subtotal        -      -       0.19      0.11    0.28     100.00  -
        heterogeneity  -      between groups  -      -       -         -       -        -       0.20

    Silent on
        fig5: forest
        kind           group  label           total  events  estimate  ci_low  ci_high  weight  p
        study          A      Liu 2022        30     11      0.37      0.20    0.56     27.35   -
        study          A      Wilky 2019      33     13      0.39      0.23    0.58     30.04   -
        study          A      Cho 2024        47     19      0.40      0.26    0.56     42.60   -
        subtotal       A      Subtotal        -      -       0.39      0.30    0.49     100.00  -
        study          B      D'Angelo 2018   42     6       0.14      0.05    0.29     47.49   -
        study          B      Kelly 2023      30     7       0.23      0.10    0.42     34.08   -
        study          B      Wagner 2021     16     4       0.25      0.07    0.52     18.44   -
        subtotal       B      Subtotal        -      -       0.19      0.11    0.28     100.00  -
        heterogeneity  -      between groups  -      -       -         -       -        -       0.003
    """
    for explanation in explain_plot(table):
        for record, of in items_by_record(item for item in explanation.items if item.subject == "between"):
            reason = None if explanation.holds else NotCheckable("no method of pooling gives the printed values")
            yield reason or recomputed_fault(record, of, str(explanation.method))
