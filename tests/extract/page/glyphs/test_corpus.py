"""Cells of real papers, in the folder DOUBLETAKE_CORPUS, whose text layer differs from the page."""

import os
from functools import cache
from pathlib import Path

import pytest

from extract.tables.reading import read_tables
from extract.tables.table import PrintedTable

FOLDER = os.environ.get("DOUBLETAKE_CORPUS", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="DOUBLETAKE_CORPUS is not set: it names a folder of real papers")

CELLS = [
    ("PMC5686687", "1", "35.4 ± 7.1", "35.4 6 7.1"),
    ("PMC3687098", "1", "Sitagliptin (n = 7,726)", "Sitagliptin (n 5 7,726)"),
    ("PMC3687098", "2", "≥1 adverse events", "C1 adverse events"),
    ("PMC3687098", "5", "Sitagliptin>non-exposed", "Sitagliptin[non-exposed"),
    ("PMC4215531", "2", "<1", "b1"),
    ("PMC5056957", "2", "<0.0001", "o0.0001"),
    ("PMC5056957", "1", "Inactive (<60 min per day)", "Inactive (o60 min per day)"),
    ("PMC4574984", "2", "High (≤ 18 pts.)", "High ( 18 pts.)"),
]


@cache
def tables_of(paper: str) -> list[PrintedTable]:
    return read_tables(Path(FOLDER) / "tables" / "jats" / f"{paper}.pdf")


def mended_cells(paper: str, number: str) -> dict[str, str]:
    """The text layer of each mended cell of a table, by the text of the cell, both without spaces."""
    (table,) = (table for table in tables_of(paper) if table.label.strip(".").endswith(f" {number}"))
    flagged = [(cell, flag) for row in table.rows for cell in row.cells for flag in cell.flags]
    return {spaceless(cell.text): spaceless(flag.reading) for cell, flag in flagged if flag.code == "RDR007"}


def spaceless(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("paper", "number", "text", "layer"), CELLS)
def test_cells_are_read_as_they_are_drawn(paper: str, number: str, text: str, layer: str) -> None:
    assert mended_cells(paper, number)[spaceless(text)] == spaceless(layer)


def test_the_flags_of_cells_are_those_of_their_table() -> None:
    for table in tables_of("PMC4215531"):
        flags = {(flag.row, flag.column, flag.code) for flag in table.flags}
        cells = [
            (r, c, flag.code) for r, row in enumerate(table.rows) for c, x in enumerate(row.cells) for flag in x.flags
        ]
        assert cells
        assert flags >= set(cells)


@pytest.mark.parametrize("paper", ["PMC4355974", "PMC4486927", "PMC4996097", "PMC5244530", "PMC5534041", "PMC5617873"])
def test_nothing_is_mended_in_honest_papers(paper: str) -> None:
    assert not [flag for table in tables_of(paper) for flag in table.flags if flag.code in ("RDR007", "RDR008")]
