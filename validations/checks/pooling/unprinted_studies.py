"""MET: rows of subgroups, pooled from studies that the exhibit does not print."""

import numpy as np

from schemas.base.printed import Printed
from validations.inference.heterogeneity import some_q_gives_all
from validations.inference.pooling.plots import events_of, per_unit
from validations.inference.pooling.sharing import MOST_SHARINGS, sharings_up_to, without_events
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.statistics.rounding import can_print
from validations.statistics.transforms import FloatArray
from validations.tables import Record, Table

NO_STATISTICS = NotCheckable("I², P of heterogeneity or the number of studies is not printed")


@check("MET010", "unlikely")
def row_without_events_pooled_wrongly(table: Table) -> Answers:
    """The numbers of a row pooled from studies without events fit no distribution of its patients over studies.

    Why it matters
        If no patient had an event, estimate, limits, I² and P follow from the sizes of the pooled studies, and all
        possible sizes can be tried. None gives the printed numbers, so one of them is wrong. (Rows with events would
        need the printed counts of their studies.)

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
    if sharings_up_to(total, groups) > MOST_SHARINGS:
        return NotCheckable("too many possible distributions of the patients over studies")
    columns = {name: record.number(name) for name in ("estimate", "ci_low", "ci_high", "i2", "p")}
    printed = {name: number for name, number in columns.items() if number is not None}
    if any(_some(given, printed, per) for given in without_events(total, groups)):
        return None
    message = f"no distribution of {total} patients without events over up to {groups} studies gives the printed values"
    return Fault(message, "", record, "ci_high", tuple(printed))


def _some(given: dict[str, FloatArray], printed: dict[str, Printed], per: int) -> bool:
    """Whether one of the distributions gives all printed numbers."""
    fits = [
        [can_print(value * (per if name in ("estimate", "ci_low", "ci_high") else 1), number) for value in given[name]]
        for name, number in printed.items()
        if not (name == "p" and len(given[name]) == 1)
    ]
    return bool(np.all(fits, axis=0).any())


@check("MET016", "unlikely")
def heterogeneity_of_fewer_groups_than_studies(table: Table) -> Answers:
    """I² and P of rows fit fewer studies than the rows say they pool.

    Why it matters
        I² is 100 (Q - df) / Q, P follows from Q and df, and df is one less than the pooled studies. If only a smaller
        df gives both, studies were joined before pooling (by treatment, for example) or the row pools other studies, so
        its estimate and interval do not belong to the studies it names.

    Fires on
        fig4: forest
        kind      label  n_studies  total  i2     p
        subgroup  LPS    20         159    66.60  0.02
        subgroup  EHE    4          7      0.00   0.99

    Silent on
        fig4: forest
        kind      label  n_studies  total  i2     p
        subgroup  LPS    20         159    66.60  <0.001
        subgroup  EHE    4          7      0.00   0.99

    Not checkable on
        fig4: forest
        kind      label  n_studies  total  i2     p
        subgroup  EMC    1          4      -      -
    """
    fewer: dict[Record, range] = {}
    for record in table.records if table.schema == "forest" else ():
        if record["kind"] == "subgroup":
            i2, p, studies = record.number("i2"), record.number("p"), record.count("n_studies") or 0
            if i2 is None or p is None or studies < 2:
                yield NO_STATISTICS
            elif some_q_gives_all({"i2": i2, "p": p}, [studies - 1]) or not (groups := _groups(i2, p, studies)):
                yield None  # I² and P that no number of groups gives are the matter of MET013
            else:
                fewer[record] = groups
    if fewer:
        yield _of_fewer(fewer)


def _groups(i2: Printed, p: Printed, studies: int) -> range:
    """The least and the greatest number of groups, fewer than the studies, that give both I² and P."""
    fitting = [number for number in range(2, studies) if some_q_gives_all({"i2": i2, "p": p}, [number - 1])]
    return range(fitting[0], fitting[-1] + 1) if fitting else range(0)


def _of_fewer(fewer: dict[Record, range]) -> Fault:
    rows = "; ".join(
        f"{record['label']}: I² {record['i2']} and P {record['p']} fit {_span(groups)} groups, not "
        f"{record['n_studies']} studies"
        for record, groups in fewer.items()
    )
    first, *others = fewer
    return Fault(rows, "", first, "p", ("label", "n_studies", "i2", "p"), tuple(others))


def _span(numbers: range) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"
