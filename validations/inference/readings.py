"""Decides between two readings of a number by arithmetic: the rest of the table may allow only one of them."""

from collections.abc import Mapping
from dataclasses import replace

from validations.registry import Finding, all_checks
from validations.runner import run_checks
from validations.tables import Paper, Table, number_in

TELLING_SEVERITIES = ("impossible", "unlikely")


def arithmetic_decides(paper: Paper, doubt: Mapping[str, str]) -> bool:
    """Whether a doubtful reading (a line of readings.csv) needs no ruling.

    So it is if the checks find all faults of the published number with the other reading too, and more.
    """
    table, column = paper.tables.get(doubt["exhibit"]), doubt["column"]
    if table is None or number_in(doubt["reading"]) is None or column not in table.model.numeric():
        return False
    here = (table.frame["row"] == doubt["row"]) & (table.frame[column] == doubt["published"])
    if here.sum() != 1:
        return False
    frame = table.frame.assign(**{column: table.frame[column].mask(here, doubt["reading"])})
    ours, theirs = faults(table), faults(replace(table, frame=frame))
    return ours < theirs


def faults(table: Table) -> set[tuple[str, ...]]:
    """The places of the faults that the checks of a table and its rows find."""
    checks = [item for item in all_checks() if item.scope in ("row", "table") and item.severity in TELLING_SEVERITIES]
    found: list[Finding] = run_checks(checks, Paper({table.name: table}))[0]
    return {finding.place for finding in found}
