"""Doubtful cells, as lost signs, overlooked columns and wrongly joined rows leave them behind."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extract.tables.proof.doubts import count_values, find_doubts
from extract.tables.table import Cell, Flag, PrintedTable, Row
from schemas.base.printed import BOUNDS


def table(*rows: Sequence[str], header_rows: int = 0) -> PrintedTable:
    return PrintedTable("Table 1", "", (), header_rows, tuple(Row(tuple(map(Cell, texts))) for texts in rows))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("24", 1),
        ("24 (47.1)", 1),
        ("35.9 ± 10.6", 1),
        ("12/5", 1),
        ("0.31 to 0.61", 1),
        ("−0.28 (−0.50, −0.06)", 1),
        ("1 649 692", 1),
        ("0. 0001", 1),
        ("8·70", 1),
        ("24 31", 2),
        ("35.4 6 7.1", 3),
        ("3.9 (0 to 8.9) 0.75 (-1.6 to 2.3)", 2),
        ("F2,54 = 1.04", 1),
        ("Yes", 0),
    ],
)
def test_values_side_by_side(text: str, count: int) -> None:
    assert count_values(text) == count


@pytest.mark.parametrize(
    "text",
    [
        "High ((cid:3) 18 pts.)",
        "35.4.7.1",
        "o0.0001",
        "b 12",
        "Total (n 45)",
        "BMI (kg m−)",
        "24 (47.1",
        "0.31 (0.16–",
        "12 \x01 3",
        "19.1 18.2",
    ],
)
def test_cells_that_cannot_be_printed_so(text: str) -> None:
    assert [(f.row, f.column, f.code) for f in find_doubts(table(("Label", text)))] == [(0, 1, "RDR003")]


@pytest.mark.parametrize(
    "text",
    [
        *("24 (47.1)", "−0.02", "–", "N/A", "<0.001", "1.2.2019", "T1", "p53 (wild type)", "IL-6", "m2", "(n = 45)"),
        *("N2O", "12 mo", "1 000", "10 (5, 20)", "12 x 3", "anti-PD-1 (n = 7)", "TC < 1%, IC = 1%", "7/14 (50 %)"),
    ],
)
def test_cells_that_are_well(text: str) -> None:
    assert find_doubts(table(("Label", text))) == []


NUMBERS = [("Male", "24 (47.1)"), ("Female", "27 (52.9)"), ("Other", "3 (5.9)"), ("Old", "11 (21.6)")]


@pytest.mark.parametrize(
    "text", ["24 (47.1) 31 (60.8)", "eating skills? 0 (0)", "4.16 (2.398) Intervention 4-12 months M (SD)", "±1.7"]
)
def test_a_cell_that_is_not_as_its_column_casts_doubt_on_its_row(text: str) -> None:
    found = find_doubts(table(*((*row, "0.5") for row in NUMBERS), ("Young", text, "0.3")))
    assert [(f.row, f.column, f.code) for f in found] == [(4, 1, "RDR003"), (4, 2, "RDR004")]


def test_a_column_of_its_own_shape_is_well() -> None:
    assert (
        find_doubts(table(*[("Age", f"{n} ± 1 (n = {n})", f"±{n}", f"grade {n}, week {n + 1}") for n in range(9)]))
        == []
    )


def test_heads_of_columns_further_down_are_no_oddities() -> None:
    second_head = ("", "Intervention 0-12 months", "Control 0-12 months")
    assert find_doubts(table(*[("A", str(n), str(n)) for n in range(6)], second_head)) == []


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("The feedback posted to the", "the row's label breaks off"),
        ("Surgery or", "the row's label breaks off"),
        ("Low ((cid:1) 24", "elsewhere in the row: unmapped character"),
        ("BMI (kg", "elsewhere in the row: unclosed bracket"),
        ("(continued label)", "the row's label continues the row above"),
        ("", "the row has no label"),
    ],
)
def test_values_of_a_row_whose_label_is_in_doubt(label: str, why: str) -> None:
    rows = [*((*row, "x") for row in NUMBERS), (label, "13 (25.5)", "7")]
    found = {(f.row, f.column): (f.code, f.evidence) for f in find_doubts(table(*rows))}
    assert found[4, 1] == ("RDR004", why)
    assert found[4, 2] == ("RDR004", why)
    assert all(row == 4 for row, _ in found)


def test_rows_without_labels_where_many_have_none_are_well() -> None:
    assert find_doubts(table(("A", "1"), ("", "2"), ("B", "3"), ("", "4"))) == []


def test_rows_above_the_first_label_are_the_rest_of_a_head() -> None:
    assert find_doubts(table(("", "1996", "1997"), *[(f"Row {n}", str(n), "1") for n in range(9)])) == []


@pytest.mark.parametrize(("code", "doubted"), [("RDR008", True), ("RDR001", True), ("RDR007", False)])
def test_a_label_that_another_step_doubts_casts_doubt_on_its_row(code: str, doubted: bool) -> None:
    flagged = replace(table(*NUMBERS), flags=(Flag(1, 0, code, "camelot", "Femole", "why"),))
    assert [(f.row, f.column, f.code) for f in find_doubts(flagged)] == [(1, 1, "RDR004")] * doubted


def test_labels_of_a_second_column_may_be_numbers() -> None:
    rows = [("Any", "", "22", "4.0"), *[("", place, "5", "2.1") for place in ("Europe", "Asia", "Africa", "America")]]
    labelled = table(*rows, ("", "2011-", "13", "3.6"), *[(name, "", "9", "1.2") for name in ("16", "18", "33", "45")])
    assert not [flag for flag in find_doubts(labelled) if flag.code == "RDR004"]


@pytest.mark.parametrize(
    ("above", "below"), [("0.80 (0.22,", "1.23)"), ("0.80", "(0.22,"), ("74.4 ±", "4.0"), ("0.61 [0.40 to", "0.92]")]
)
def test_a_value_broken_over_two_rows_puts_both_in_doubt(above: str, below: str) -> None:
    rows = [("Age", "0.91 (0.80, 1.02)", "24"), ("Sex", above, "31"), ("Stage", below, "17"), ("Grade", "1.2", "9")]
    assert {(1, 1), (1, 2), (2, 1), (2, 2)} <= {(flag.row, flag.column) for flag in find_doubts(table(*rows))}


def test_standard_errors_in_rows_of_their_own_are_no_doubt() -> None:
    rows = [("Age", "0.45", "0.31"), ("", "(0.12)", "(0.20)"), ("Sex", "1.20", "1.31"), ("", "(0.33)", "(0.45)")]
    assert not find_doubts(table(*rows))


def test_two_numbers_in_a_head_may_be_of_the_row_below() -> None:
    crowded = table(("Country", "1997 42.3", "1995* 29"), ("France", "18.2", "16"), header_rows=1)
    assert [(flag.row, flag.column, flag.code) for flag in find_doubts(crowded)] == [(0, 1, "RDR003"), (0, 2, "RDR003")]


@pytest.mark.parametrize(
    ("text", "in_doubt"), [("1" * 16, 1), ("0." + "1" * 21, 1), ("1" * 15, 0), ("1,2,3,4,5,6,7,8,9", 0)]
)
def test_a_number_that_nobody_prints(text: str, in_doubt: int) -> None:
    flags = find_doubts(table(["Age", text], ["Weight", "51"]))
    assert [(flag.row, flag.column, flag.evidence) for flag in flags] == [(0, 1, f"expected {BOUNDS}")] * in_doubt
