"""MET: counts of studies, patients and events on pooled lines."""

from collections.abc import Sequence

from validations.inference.pooling.plots import events_of, find_plot
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Record, Table

SUMMED = ("total", "events", "cr", "pr", "arm1_events", "arm1_total", "arm2_events", "arm2_total")


@check("MET011", "impossible")
def wrong_number_of_studies(table: Table) -> Answers:
    """A pooled line prints a number of studies or degrees of freedom that does not match the studies of the plot.

    Why it matters
        The studies of the plot and the line below them come from different analyses, or the plot lacks a study.

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
            message = f"{column} is {printed}, but there are {number} {what}"
            yield None if printed == right else Fault(message, str(right), line, column)


@check("MET014", "impossible")
def totals_do_not_add_up(table: Table) -> Answers:
    """The patients or events of a pooled line are not the sum over its studies.

    Why it matters
        A count of the line or of a study is wrong, or the line belongs to other studies. (Studies that are excluded
        from pooling may or may not be counted.)

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
        return NotCheckable(f"{column} is not printed for every study")
    total = sum(known)
    more = total + sum(record.count(column) or 0 for record in left_out)
    printed = line.count(column)
    message = f"{column} of {len(counts)} studies adds up to {total}, printed is {printed}"
    return None if printed in (total, more) else Fault(message, str(total), line, column, (column,), tuple(studies))


@check("MET015", "impossible")
def more_events_than_patients(table: Table) -> Answers:
    """A row counts more patients with an event than patients.

    Why it matters
        One of the two counts is wrong or the columns are exchanged, so the row cannot be pooled.

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
                message = f"{events} patients with an event, but only {total} patients"
                yield Fault(message, f"at most {total}", record, shown, (shown, of)) if events > total else None
