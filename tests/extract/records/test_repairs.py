from dataclasses import replace

import pytest

from extract.cards.card import CardColumn, Misread
from extract.cards.formats import compile_format
from extract.errors import ExhibitError
from extract.records.repairs import repair, repair_doubt
from extract.tables.table import Cell

COLUMNS = [CardColumn("Event", (), ()), CardColumn("n (%)", (compile_format("n (percent)", {"n", "percent"}),), ({},))]
MISREAD = Misread("table4", 2, "n (%)", "l2 (23.5)", "12 (23.5)", "the font draws 1 and l alike")
GRID = [[Cell("Anemia"), Cell("8 (15.7)")], [Cell("Fatigue"), Cell("l2 (23.5)", ("a",))]]


def test_a_misread_cell_is_repaired_and_keeps_its_marks() -> None:
    assert repair(GRID, COLUMNS, [MISREAD]) == [GRID[0], [Cell("Fatigue"), Cell("12 (23.5)", ("a",))]]


@pytest.mark.parametrize(
    ("misread", "message"),
    [
        (replace(MISREAD, row=1), "row 1 'n (%)': expected to read 'l2 (23.5)', read '8 (15.7)'"),
        (replace(MISREAD, row=3), "names row 3; there are 2 rows"),
    ],
)
def test_a_repair_that_no_longer_matches_is_an_error(misread: Misread, message: str) -> None:
    with pytest.raises(ExhibitError) as error:
        repair(GRID, COLUMNS, [misread])
    assert message in str(error.value)


def test_a_repair_is_a_line_of_the_readings() -> None:
    doubt = repair_doubt("n", MISREAD)
    assert (doubt.row, doubt.column, doubt.published, doubt.reading) == ("2", "n", "12 (23.5)", "l2 (23.5)")
    assert doubt.evidence == "repaired by the card: the font draws 1 and l alike"
