"""Forest plots as they are printed in published papers, typed by hand."""

from pathlib import Path

import pandas as pd

from validations.inputs.curated import read_frame, table_from_frame
from validations.registry import all_checks
from validations.runner import Tally, run_checks
from validations.tables import Paper, Table

PRINTED = Path(__file__).parent / "printed"


def frame_of(name: str) -> pd.DataFrame:
    return read_frame(PRINTED / f"{name}.csv")


def table_of(frame: pd.DataFrame, name: str = "fig") -> Table:
    return table_from_frame(name, "forest", frame)


def run(table: Table) -> tuple[list[tuple[str, str, str]], dict[str, Tally]]:
    """Code, row and column of what the CIN and MET checks find, and their tallies by code."""
    checks = [check for check in all_checks() if check.family in ("CIN", "MET")]
    findings, tallies = run_checks(checks, Paper({table.name: table}))
    return [(each.code, each.row, each.column) for each in findings], {tally.code: tally for tally in tallies}


def changed(frame: pd.DataFrame, row: int, **cells: str) -> Table:
    """The plot with other cells in that row (from 1)."""
    frame = frame.copy()
    for column, text in cells.items():
        frame.loc[row - 1, column] = text
    return table_of(frame)
