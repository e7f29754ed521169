"""MET, continued: what pooled lines say of themselves, whatever the way of pooling: weights, numbers of studies,
totals, the statistics of heterogeneity among themselves, and rows pooled of studies that are not printed."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np

from schemas.printed import Printed
from validations.forests.explanations import explain_plot, weighed_together
from validations.forests.plots import Group, Plot, events_of, find_plot, per_unit, pooled_lines
from validations.forests.sharing import MOST, tries, without_events
from validations.heterogeneity import agree
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.statistics.rounding import can_print
from validations.statistics.transforms import Floats
from validations.tables import Record, Table

SUMMED = ("total", "events", "cr", "pr", "arm1_events", "arm1_total", "arm2_events", "arm2_total")


def _numbers(records: Sequence[Record], column: str) -> list[Printed]:
    return [number for record in records if (number := record.number(column)) is not None]


@check("MET001", "impossible")
def weights_do_not_add_up(table: Table) -> Answers:
    """The weights of the studies do not add up to 100, or to the weight printed for their group.

    Why it matters
        Weights are shares of a whole. Where they do not add up, one of them is wrong, or a study was left out.

    Fires on
        fig2: forest
        kind      group  label     weight
        study     TKI    Liu 2022  27.35
        study     TKI    Cho 2024  43.60
        study     TKI    Xie 2023  30.05
        subtotal  TKI    Subtotal  100.00

        fig3: forest
        kind      group  label     weight
        study     A      Liu 2022  27.3
        study     A      Cho 2024  42.6
        subtotal  A      Subtotal  66.9
        study     B      Xie 2023  30.1
        overall   -      Overall   100.0

    Silent on
        fig2: forest
        kind      group  label     weight
        study     TKI    Liu 2022  27.35
        study     TKI    Cho 2024  42.60
        study     TKI    Xie 2023  30.04
        subtotal  TKI    Subtotal  100.00

        fig3: forest
        kind      group  label     weight
        study     A      Liu 2022  27.3
        study     A      Cho 2024  42.6
        subtotal  A      Subtotal  69.9
        study     B      Xie 2023  30.1
        overall   -      Overall   100.0

    Not checkable on
        fig2: forest
        kind      group  label     weight
        study     TKI    Liu 2022  27.35
        study     TKI    Cho 2024  -
        subtotal  TKI    Subtotal  100.00
    """
    plot = find_plot(table)
    if plot is not None and _numbers(plot.overall.studies, "weight"):
        for group in plot.all_groups if weighed_together(plot) else plot.groups:
            yield from _weights(group, group is plot.overall or not weighed_together(plot))


def _weights(group: Group, is_whole: bool) -> Answers:
    """`is_whole`: the weights are shares of this group, and not of all studies."""
    weights, printed = _numbers(group.studies, "weight"), _numbers(group.lines, "weight")
    least, most = (printed[0].low, printed[0].high) if printed else (Decimal(100), Decimal(100))
    if len(weights) < len(group.studies):
        yield NotCheckable("some study has no weight")
    elif printed or is_whole:
        low, high = sum(weight.low for weight in weights), sum(weight.high for weight in weights)
        total, whole = sum(weight.value for weight in weights), printed[0].text if printed else "100"
        message = f"the weights of {len(weights)} studies add up to {total}, not to {whole}"
        first, *others = group.studies
        fits = low <= most and least <= high
        yield None if fits else Fault(message, whole, first, "weight", ("weight",), tuple(others))


@check("MET006", "unlikely")
def pooled_outside_its_studies(table: Table) -> Answers:
    """A pooled estimate lies below or above those of all its studies.

    Why it matters
        A pooled estimate is a weighted mean. Outside the range of its studies it is a slip, or pools other studies.

    Fires on
        fig2: forest
        kind      label     estimate  ci_low  ci_high
        study     Liu 2022  0.37      0.20    0.56
        study     Cho 2024  0.30      0.18    0.46
        subtotal  Subtotal  0.28      0.18    0.40

    Silent on
        fig2: forest
        kind      label     estimate  ci_low  ci_high
        study     Liu 2022  0.37      0.20    0.56
        study     Cho 2024  0.30      0.18    0.46
        subtotal  Subtotal  0.33      0.18    0.40
    """
    plot = find_plot(table)
    for group in plot.all_groups if plot else ():
        for line in pooled_lines(group):
            yield _range(line, _numbers(group.studies, "estimate"))


def _range(line: Record, estimates: Sequence[Printed]) -> Answer:
    pooled = line.number("estimate")
    if pooled is None or not estimates:
        return NotCheckable("estimates of studies are not printed")
    least, most = min(estimates, key=lambda number: number.low), max(estimates, key=lambda number: number.high)
    if least.low <= pooled.high and pooled.low <= most.high:
        return None
    message = f"{pooled} is not between the estimates of its studies, {least} to {most}"
    return Fault(message, f"{least} to {most}", line, "estimate", ("estimate", "ci_low", "ci_high"))


def _dfs(table: Table, plot: Plot | None) -> dict[Record, range]:
    """The degrees of freedom that each line can have: as printed, or one less than its studies or groups; of rows
    whose studies are not printed any number of groups of them."""
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
    """The lines that are no study, with Q, I² and P as printed."""
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
    if agree(printed, dfs):
        return None
    told = ", ".join(f"{name} {number}" for name, number in printed.items())
    df = f"df {dfs[0]}" if len(dfs) == 1 else f"any df up to {dfs[-1]}"
    column = list(printed)[-1]
    return Fault(f"{told} cannot belong together with {df}", "", record, column, ("df", *printed))


@check("MET007", "impossible")
def q_and_p_contradict(table: Table) -> Answers:
    """Q of heterogeneity and its P value contradict each other.

    Why it matters
        P is the upper tail of the chi-squared distribution of Q, with one degree of freedom less than studies.

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
        I² is 100 (Q - df) / Q, and P follows from Q: of the three each gives the others. (By REML some programs take
        I² from tau²; where the way of pooling gives it so, nothing is said.)

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


@check("MET010", "unlikely")
def row_without_events_pooled_wrongly(table: Table) -> Answers:
    """A row pooled of several studies without an event prints what no sharing of its patients gives.

    Why it matters
        Where no patient had an event, estimate, limits, I² and P follow from the sizes of the groups that were pooled,
        and these are few enough to be tried. With events the counts of the groups would have to be printed.

    Fires on
        fig4: forest
        kind      label  n_studies  total  cr  pr  estimate  ci_low  ci_high  i2    p
        subgroup  EHE    4          7      0   0   0.00      0.00    0.18     0.00  0.99

    Silent on
        fig4: forest
        kind      label  n_studies  total  cr  pr  estimate  ci_low  ci_high  i2    p
        subgroup  EHE    4          7      0   0   0.00      0.00    0.28     0.00  0.99
        subgroup  RMS    5          11     0   0   0.00      0.00    0.14     0.00  0.88

    Not checkable on
        fig4: forest
        kind      label  n_studies  total  cr  pr  estimate  ci_low  ci_high  i2    p
        subgroup  MLS    11         44     0   1   0.01      0.00    0.08     19.4  0.29
    """
    if table.schema == "forest":
        rows = [record for record in table.records if record["kind"] == "subgroup" and record["estimate"]]
        yield from (_shared(record, per_unit(table)) for record in rows if record.count("n_studies") != 1)


def _shared(record: Record, per: int) -> Answer:
    studies, total, events = record.count("n_studies"), record.count("total"), events_of(record)
    if events is None or not studies or not total:
        return NotCheckable("studies, patients or events are not printed")
    if events:
        return NotCheckable("the counts of the studies that were pooled are not printed")
    groups = min(studies, total)
    if tries(total, groups) > MOST:
        return NotCheckable("too many sharings of the patients to be tried")
    columns = {name: record.number(name) for name in ("estimate", "ci_low", "ci_high", "i2", "p")}
    printed = {name: number for name, number in columns.items() if number is not None}
    if any(_some(given, printed, per) for given in without_events(total, groups)):
        return None
    message = f"no sharing of 0 of {total} patients among up to {groups} groups pools to what is printed"
    return Fault(message, "", record, "ci_high", tuple(printed))


def _some(given: dict[str, Floats], printed: dict[str, Printed], per: int) -> bool:
    """Whether one of the sharings gives all that is printed."""
    fits = [
        [can_print(value * (per if name in ("estimate", "ci_low", "ci_high") else 1), number) for value in given[name]]
        for name, number in printed.items()
        if not (name == "p" and len(given[name]) == 1)
    ]
    return bool(np.all(fits, axis=0).any())


@check("MET011", "impossible")
def other_number_of_studies(table: Table) -> Answers:
    """A pooled line names another number of studies, or other degrees of freedom, than it has.

    Why it matters
        The studies of the plot and the line below them were not made together, or a study is missing in the plot.

    Fires on
        fig2: forest
        kind           label          estimate  ci_low  ci_high  df
        study          Liu 2022       0.37      0.20    0.56     -
        study          Cho 2024       0.30      0.18    0.46     -
        heterogeneity  Heterogeneity  -         -       -        2

    Silent on
        fig2: forest
        kind           label          estimate  ci_low  ci_high  df
        study          Liu 2022       0.37      0.20    0.56     -
        study          Cho 2024       0.30      0.18    0.46     -
        heterogeneity  Heterogeneity  -         -       -        1
    """
    plot = find_plot(table)
    if plot is None:
        return
    for group in plot.all_groups:
        for line in group.lines:
            yield from _counted(line, len(group.studies), "studies")
    for line in plot.between:
        yield from _counted(line, len(plot.groups), "groups")


def _counted(line: Record, number: int, what: str) -> Answers:
    for column, right in (("df", number - 1), ("n_studies", number)):
        printed = line.count(column)
        if printed is not None:
            message = f"{column} is {printed}, and there are {number} {what}"
            yield None if printed == right else Fault(message, str(right), line, column)


@check("MET014", "impossible")
def totals_do_not_add_up(table: Table) -> Answers:
    """Patients or events of a pooled line are not the sum of those of its studies.

    Why it matters
        A count of the line or of a study is wrong, or the line is that of other studies. Studies that are excluded
        from pooling may be counted or not.

    Fires on
        fig2: forest
        kind     label        arm1_events  arm1_total  estimate
        study    Howard 1974  8            17          2.96
        study    Garry 1962   7            25          2.04
        overall  Total        16           42          2.38

    Silent on
        fig2: forest
        kind     label        arm1_events  arm1_total  estimate
        study    Howard 1974  8            17          2.96
        study    Garry 1962   7            25          2.04
        study    Empty 1999   0            12          -
        overall  Total        15           54          2.38
    """
    plot = find_plot(table)
    if plot is None:
        return
    for group in plot.all_groups:
        left_out = [record for record in plot.excluded if group is plot.overall or record["group"] == group.name]
        for line in group.lines:
            for column in SUMMED if line["kind"] != "heterogeneity" else ():
                if line.count(column) is not None:
                    yield _summed(line, column, group.studies, left_out)


def _summed(line: Record, column: str, studies: Sequence[Record], left_out: Sequence[Record]) -> Answer:
    counts = [record.count(column) for record in studies]
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return NotCheckable(f"{column} is not printed of every study")
    total = sum(known)
    more = total + sum(record.count(column) or 0 for record in left_out)
    printed = line.count(column)
    message = f"{column} of {len(counts)} studies add up to {total}, printed is {printed}"
    return None if printed in (total, more) else Fault(message, str(total), line, column, (column,), tuple(studies))


@check("MET015", "impossible")
def more_events_than_patients(table: Table) -> Answers:
    """A row counts more patients with an event than patients.

    Why it matters
        One of the two counts is wrong, or the columns are exchanged; nothing can be pooled of them.

    Fires on
        fig2: forest
        kind   label        arm1_events  arm1_total  arm2_events  arm2_total
        study  Hwang 2012   71           56          29           71

    Silent on
        fig2: forest
        kind   label        arm1_events  arm1_total  arm2_events  arm2_total
        study  Hwang 2012   17           56          29           71

        fig3: forest
        kind   label        total  cr  pr
        study  Tawbi 2017   40     1   6
    """
    for record in table.records if table.schema == "forest" else ():
        pairs = [("events", events_of(record), "total")]
        pairs += [(f"{arm}_events", record.count(f"{arm}_events"), f"{arm}_total") for arm in ("arm1", "arm2")]
        for column, events, of in pairs:
            total = record.count(of)
            if events is not None and total is not None:
                shown = column if record[column] else "pr"
                message = f"{events} events among {total} patients"
                yield Fault(message, f"at most {total}", record, shown, (shown, of)) if events > total else None
