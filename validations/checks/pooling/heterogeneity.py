"""MET: the printed statistics of heterogeneity against one another."""

from collections.abc import Iterator

from schemas.base.printed import Printed
from validations.inference.heterogeneity import some_q_gives_all
from validations.inference.pooling.best_method import explain_plot
from validations.inference.pooling.plots import PooledPlot, find_plot
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Record, Table


def _dfs(table: Table, plot: PooledPlot | None) -> dict[Record, range]:
    """The possible degrees of freedom of each line: as printed, or one less than its studies or groups. A row whose
    studies are not printed may have pooled any number of groups of them."""
    found = {line: len(group.studies) for group in (plot.all_groups if plot else ()) for line in group.lines}
    found |= dict.fromkeys(plot.between, len(plot.groups)) if plot else {}
    dfs = {record: range(number - 1, number) for record, number in found.items() if number > 1}
    for record in table.records:
        printed, studies = record.count("df"), record.count("n_studies")
        if printed:
            dfs[record] = range(printed, printed + 1)
        elif studies and studies > 1 and record["kind"] == "subgroup":
            dfs[record] = range(1, studies)
    return dfs


def _statistics(table: Table) -> Iterator[tuple[Record, dict[str, Printed], range]]:
    """The lines other than studies, with their printed Q, I² and P, and their possible degrees of freedom."""
    if table.schema == "forest":
        dfs = _dfs(table, find_plot(table))
        for record in table.records:
            printed = {name: number for name in ("q", "i2", "p") if (number := record.number(name)) is not None}
            if record["kind"] != "study" and printed:
                yield record, printed, dfs.get(record, range(0))


def _disagreement(record: Record, printed: dict[str, Printed], dfs: range) -> Answer:
    if len(printed) < 2:
        return NotCheckable("only one of Q, I² and P is printed")
    if not dfs:
        return NotCheckable("the number of studies is not printed")
    if some_q_gives_all(printed, dfs):
        return None
    statistics = ", ".join(f"{name} {number}" for name, number in printed.items())
    df = f"df {dfs[0]}" if len(dfs) == 1 else f"any df up to {dfs[-1]}"
    column = list(printed)[-1]
    return Fault(f"{statistics} contradict each other with {df}", "", record, column, ("df", *printed))


@check("MET007", "impossible")
def q_and_p_contradict(table: Table) -> Answers:
    """Q of heterogeneity and its P value contradict each other.

    Why it matters
        P is the upper tail of the chi-squared distribution at Q, with one degree of freedom less than studies. One of
        the printed numbers is wrong.

    Fires on
        fig2: forest
        kind           label          q      df  p
        heterogeneity  Heterogeneity  12.34  5   0.30

    Silent on
        fig2: forest
        kind           label          q      df  p
        heterogeneity  Heterogeneity  12.34  5   0.03
        heterogeneity  Heterogeneity  52.10  5   <0.001

    Not checkable on
        fig2: forest
        kind           label          q      df  p
        heterogeneity  Heterogeneity  12.34  -   0.03
    """
    for record, printed, dfs in _statistics(table):
        if "q" in printed:
            yield _disagreement(record, {name: printed[name] for name in ("q", "p") if name in printed}, dfs)


@check("MET013", "unlikely")
def i2_contradicts_q_or_p(table: Table) -> Answers:
    """I² and Q, or I² and P of heterogeneity, contradict each other.

    Why it matters
        I² is 100 (Q - df) / Q, and P follows from Q, so each of the three gives the others. (With REML some programs
        compute I² from tau²; if the method of pooling gives the printed I², nothing is reported.)

    Fires on
        fig2: forest
        kind           label          q      df  p     i2
        heterogeneity  Heterogeneity  12.34  5   0.03  95

        fig4: forest
        kind      label  n_studies  total  i2     p
        subgroup  LPS    4          159    66.60  0.20

    Silent on
        fig2: forest
        kind           label          q      df  p     i2
        heterogeneity  Heterogeneity  12.34  5   0.03  59
        heterogeneity  Heterogeneity  4.10   5   0.54  0

        fig4: forest
        kind      label  n_studies  total  i2     p
        subgroup  LPS    20         159    66.60  0.02
    """
    modelled = {
        item.record
        for explanation in explain_plot(table)
        for item in explanation.items
        if item.column == "i2" and item.given
    }
    for record, printed, dfs in _statistics(table):
        if "i2" in printed:
            yield None if record in modelled else _disagreement(record, printed, dfs)
