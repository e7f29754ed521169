"""The two arms of each study of a forest plot."""

from collections.abc import Iterator

from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.results import ArmResult, LeftOut, Result
from extract.publishing.analysis.sources.about import about, source
from extract.publishing.analysis.values import Value, as_printed
from validations.tables import Record, Table


def forest_arms(paper: CuratedPaper, table: Table) -> Iterator[Result]:
    """The arms of the studies: counts, or means with standard deviations."""
    for record in table.records:
        if record["kind"] == "study" and (record["arm1_total"] or record["arm2_total"]):
            for arm in ("arm1", "arm2"):
                yield _arm(paper, table, record, arm)


def _arm(paper: CuratedPaper, table: Table, record: Record, arm: str) -> Result:
    events, total, mean, sd = (f"{arm}_{name}" for name in ("events", "total", "mean", "sd"))
    counted = bool(record[events])
    printed = source(table, (record,), (events, total) if counted else (mean, sd, total), arm)
    known = about(paper, table, record, study=record["label"], outcome=record["measure"], subgroup=record["group"])
    whole, xi = record.count(total), record.count(events)
    if whole is None or (counted and (xi is None or xi > whole)):
        return LeftOut(printed, "two_arm", f"{total} is missing, or less than {events}", known)
    if not counted and not (record.number(mean) and record.number(sd)):
        return LeftOut(printed, "two_arm", "neither a count nor a mean with its SD is printed", known)
    name, belongs = f"arm {arm[-1]}", ("forest", table.name, record.row)
    if counted:
        return ArmResult(printed, known, name, Value(str(whole)), Value(str(xi)), belongs=belongs)
    values = as_printed(record.number(mean)), as_printed(record.number(sd))
    return ArmResult(printed, known, name, Value(str(whole)), mean=values[0], sd=values[1], belongs=belongs)
