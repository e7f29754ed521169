"""MET: the way of pooling that gives what a forest plot prints is found; then every pooled line, weight, statistic of
heterogeneity and difference between groups is recomputed by it."""

from collections.abc import Iterator
from itertools import groupby

from validations.inference.pooling.best_method import ENOUGH, HALF, Explanation, Item, explain_plot, explain_studies
from validations.inference.pooling.methods import EXACT
from validations.inference.pooling.plots import MOST_ROWS, find_plot, pooled_lines
from validations.registry import Answer, Answers, Fault, NotCheckable, Noted, check
from validations.statistics.rounding import span_to_print
from validations.tables import Record, Table

ENOUGH_WEIGHTS = 3  # that a way must give, and all of them, before it is sure that no other one gave them
NEVER_OF_COUNTS = {"hr", "md", "smd", "proportion", "correlation"}
OF_COUNTS = NotCheckable("pooled of counts, perhaps, that are not printed")


def spelt(item: Item) -> str:
    """What the way gives for a number, printed as that is."""
    return span_to_print(*item.spans[0], item.printed.decimals) if item.spans else "nothing"


def _records(items: Iterator[Item]) -> Iterator[tuple[Record, list[Item]]]:
    return ((record, list(of)) for record, of in groupby(items, key=lambda item: item.record))


def fault(record: Record, items: list[Item], by: str) -> Answer:
    """The fault of a record some of whose numbers are not as recomputed; None where all are."""
    wrong = [item for item in items if not item.given]
    if not wrong:
        return None
    told = ", ".join(f"{item.column} {spelt(item)} (printed {item.printed})" for item in wrong)
    expected = "; ".join(f"{item.column}={spelt(item)}" for item in wrong)
    return Fault(f"{by} gives {told}", expected, record, wrong[0].column, tuple(item.column for item in items))


def _undecided(explanation: Explanation, subject: str) -> NotCheckable | None:
    if not explanation.holds:
        return NotCheckable("no way of pooling gives what is printed")
    if explanation.share(subject) < HALF:
        return NotCheckable("the way of pooling that gives the rest does not give these")
    weights = [item.given for item in explanation.items if item.subject == "weight"]
    if subject != "weight" and may_be_of_counts(explanation) and not (len(weights) >= ENOUGH_WEIGHTS and all(weights)):
        return OF_COUNTS
    return None


def may_be_of_counts(explanation: Explanation) -> bool:
    """Whether the plot may have been pooled of counts that it does not print, after Mantel and Haenszel or Peto, as
    ratios and differences of risks are: from estimates and intervals alone this cannot be tried."""
    studies = (record for item in explanation.items for record in item.group.studies)
    measures = {record["measure"].casefold() for record in studies}
    return explanation.way.source not in EXACT and not measures <= NEVER_OF_COUNTS


def _lines(table: Table, subject: str) -> Answers:
    """The answers for each record that prints numbers of the subject."""
    for explanation in explain_plot(table):
        items = (item for item in explanation.items if item.subject == subject)
        for record, of in _records(items):
            yield _undecided(explanation, subject) or fault(record, of, str(explanation.way))


def _not_reached(table: Table) -> Answers:
    """The answers for pooled lines that nothing can be recomputed of."""
    plot = find_plot(table)
    if table.schema == "forest" and len(table.frame) > MOST_ROWS:
        yield NotCheckable(f"no printed forest plot has more than {MOST_ROWS} rows")
    elif table.schema == "forest":
        several = [record for record in table.records if record["kind"] == "subgroup" and record["n_studies"] != "1"]
        yield from (NotCheckable("pooled of studies that the exhibit does not print") for _ in several)
    reached = {item.record for explanation in explain_plot(table) for item in explanation.items}
    for group in plot.all_groups if plot else ():
        for line in pooled_lines(group):
            if line not in reached:
                yield NotCheckable("the numbers of its studies are not printed")


@check("MET002", "impossible")
def pooled_line_not_of_its_studies(table: Table) -> Answers:
    """A pooled estimate or its interval is not what its studies give by the way of pooling that gives the rest.

    Why it matters
        The pooled line is what a meta-analysis is read for. All usual ways are tried: scales, fixed and random effects,
        Mantel-Haenszel and Peto; the one that gives most of the printed numbers is named in checks.csv.

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
    reason = _undecided(explanation, "weight")
    if wrong and may_be_of_counts(explanation) and add_to_100(items):
        reason = OF_COUNTS
    if reason or not wrong:
        yield from (reason for _ in items)
        return
    yield from (None for _ in items[len(wrong) :])
    told = ", ".join(f"{spelt(item)} (printed {item.printed})" for item in wrong[:3])
    more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    message = f"{explanation.way} gives weights {told}{more}"
    also = tuple(item.record for item in wrong[1:])
    yield Fault(message, "; ".join(map(spelt, wrong)), wrong[0].record, "weight", ("weight",), also)


def add_to_100(items: list[Item]) -> bool:
    """Whether the printed weights can be shares of one whole: a slip in one of them would be missing in the sum."""
    return sum(item.printed.low for item in items) <= 100 <= sum(item.printed.high for item in items)


@check("MET004", "impossible")
def heterogeneity_not_of_its_studies(table: Table) -> Answers:
    """I², tau², Q or its P is not what the studies give by the way of pooling that gives the rest.

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
    yield from _lines(table, "heterogeneity")


@check("MET005", "unlikely")
def difference_between_groups_not_of_them(table: Table) -> Answers:
    """Q or P of the difference between groups is not what the groups give by the way of pooling that gives the rest.

    Why it matters
        It is the test on which a subgroup analysis rests.

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
        for record, of in _records(item for item in explanation.items if item.subject == "between"):
            reason = None if explanation.holds else NotCheckable("no way of pooling gives what is printed")
            yield reason or fault(record, of, str(explanation.way))


@check("MET008", "impossible")
def effect_not_of_its_arms(table: Table) -> Answers:
    """The effect of a study or its interval is not what the counts or means of its arms give.

    Why it matters
        An odds ratio, risk ratio or difference follows from the printed arms; the measure is inferred from all rows.
        One number of the row is wrong, or it is an adjusted estimate, which the plot should say.

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
        known = explanation.share() >= ENOUGH
        for record, of in _records(iter(explanation.items)):
            by = f"{explanation.way.scale} of the printed arms"
            yield fault(record, of, by) if known else NotCheckable("no measure gives most of the studies")


@check("MET009", "unlikely")
def no_way_of_pooling_found(table: Table) -> Answers:
    """No known way of pooling the printed studies gives the pooled line, the weights or the heterogeneity.

    Why it matters
        Some hundred ways were tried, and the best is named with what it gives. Either studies were pooled with other
        numbers than are printed, or by a model that the paper should name.

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
        subjects = [name for name in ("pooled", "weight", "heterogeneity") if explanation.share(name) < HALF]
        if explanation.holds and not subjects:
            yield None
        elif explanation.way.source not in EXACT:
            yield NotCheckable("printed estimates do not tell how the counts behind them were pooled")
        else:
            wrong = [item for item in explanation.items if not item.given]
            told = ", ".join(f"{item.column} {spelt(item)} (printed {item.printed})" for item in wrong[:4])
            also = tuple(dict.fromkeys(item.record for item in wrong))
            message = f"the best way, {explanation}, gives {told}"
            yield Fault(message, "", also[0], wrong[0].column, (wrong[0].column,), also[1:])
