"""Every digit in a table's box is read once: dropped, doubled or moved digits are flagged at their cells."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.page.document import open_document
from extract.tables.finding.grouping import parts_by_table
from extract.tables.proof.camelot_cells import PartCells, cells_by_part
from extract.tables.proof.conservation import flag_digits
from extract.tables.reading import make_table, read_parts
from extract.tables.table import Cell, Flag, PrintedTable

FACSIMILES = Path(__file__).parents[4] / "raw_pdfs" / "facsimiles"
Read = tuple[PrintedTable, list[PartCells]]


@cache
def read(paper: str) -> tuple[Read, ...]:
    with open_document(FACSIMILES / f"{paper}.pdf") as document:
        parts = parts_by_table(read_parts(document))
    tables = [(make_table(own), own) for own in parts]
    return tuple((table, cells_by_part(table, own)) for table, own in tables)


def edited(table: PrintedTable, row: int, column: int, change: Callable[[Cell], Cell]) -> PrintedTable:
    rows = [list(entry.cells) for entry in table.rows]
    rows[row][column] = change(rows[row][column])
    return replace(table, rows=tuple(replace(r, cells=tuple(cells)) for r, cells in zip(table.rows, rows, strict=True)))


def told(flags: list[Flag]) -> list[tuple[int, int, str, str]]:
    return [(flag.row, flag.column, flag.code, flag.evidence) for flag in flags]


@pytest.mark.parametrize("paper", ["li2024", "kokkali2025", "cao2025"])
def test_the_facsimiles_keep_every_digit_on_all_their_pages(paper: str) -> None:
    assert [flag_digits(table, pieces) for table, pieces in read(paper)] == [[] for _ in read(paper)]


def adverse_events() -> Read:
    return next(own for own in read("li2024") if own[0].label == "Table 4")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda cell: replace(cell, text="9(17.)"), [("RDR005", "printed here but not read: 6")]),
        (lambda cell: replace(cell, text="9(17.66)"), [("RDR006", "read but not printed here: 6")]),
        (
            lambda cell: replace(cell, text="9(17.5)"),
            [("RDR005", "printed here but not read: 6"), ("RDR006", "read but not printed here: 5")],
        ),
        (lambda cell: replace(cell, text="9(17.)", marks=("6",)), []),
        (lambda cell: replace(cell, text="9(17.⁶)"), []),
    ],
)
def test_a_digit_lost_or_invented_is_told_at_its_cell(
    change: Callable[[Cell], Cell], expected: list[tuple[str, str]]
) -> None:
    table, pieces = adverse_events()
    row = next(n for n, row in enumerate(table.rows) if row.texts[1] == "9(17.6)")
    flags = flag_digits(edited(table, row, 1, change), pieces)
    assert told(flags) == [(row, 1, code, evidence) for code, evidence in expected]


def test_a_row_that_is_dropped_is_lost_at_the_nearest_cells() -> None:
    table, pieces = adverse_events()
    without = replace(table, rows=table.rows[:-1])
    places = [place for place in pieces[0].places if place.address[0] < len(without.rows)]
    flags = flag_digits(without, [pieces[0]._replace(places=places)])
    assert {(flag.row, flag.code) for flag in flags} == {(len(without.rows) - 1, "RDR005")}
    lost = "".join(char for flag in flags for char in flag.evidence if char.isdigit())
    assert sorted(lost) == sorted(char for text in table.rows[-1].texts for char in text if char.isdigit())


def test_digits_moved_to_another_cell_are_conserved_but_not_a_row_read_twice() -> None:
    table, pieces = adverse_events()
    twice = replace(table, rows=(*table.rows, table.rows[-1]))
    assert {flag.code for flag in flag_digits(twice, pieces)} == {"RDR006"}


@pytest.mark.parametrize(
    ("changes", "name"), [({"label": "Table", "caption": ""}, "caption"), ({"footnotes": ()}, "notes")]
)
def test_digits_of_caption_and_notes_are_kept(changes: dict[str, Any], name: str) -> None:
    ((table, pieces),) = read("cao2025")
    (flag,) = flag_digits(replace(table, **changes), pieces)
    assert (flag.row, flag.column, flag.code) == (0, 0, "RDR005")
    assert flag.evidence.startswith(f"printed in the {name} but not read: ")


def test_a_head_that_is_repeated_on_each_page_is_no_loss_but_rows_of_a_page_are() -> None:
    ((table, pieces),) = read("cao2025")
    assert len(pieces) > 1
    first_page = {address[0] for address in (place.address for place in pieces[0].places)}
    rest = replace(table, rows=tuple(row for n, row in enumerate(table.rows) if n in first_page))
    flags = flag_digits(rest, [piece._replace(places=pieces[0].places) for piece in pieces])
    assert "RDR005" in {flag.code for flag in flags}
