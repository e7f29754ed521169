import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.cards.card import Card
from extract.cards.loading import parse_card
from extract.drafting.draft import draft
from extract.records.tables import read_exhibit
from extract.tables.table import PrintedTable

Make = Callable[..., PrintedTable]

EXPECTED = """
[exhibits.table2]  # page 1: Caption
label = "Table 2"
schema = "hazard_ratios"  # a guess
rows = 1
unread = true  # remove this line when you have compared rows and columns with the page
columns = [
  { head = "Characteristic", reads = "characteristic" },
  { head = "PFS / HR (95% CI)", reads = "hazard_ratio (ci_low–ci_high)", outcome = "PFS" },
  { head = "PFS / P", reads = "p", outcome = "PFS" },
]
"""
TWO_ARMS = [["", "3 h group", "20 h group", "P"]]
COUNTS = [["Patients, (n)", "74", "60", ""], ["Births, n (%)", "32(43.2)", "22 (36.7)", "0.40"]]


def drafted(*tables: PrintedTable) -> Card:
    """The card that a draft is, as it stands."""
    return parse_card("smith2026", tomllib.loads(draft("", "", tables)))


def reads(card: Card) -> dict[str, list[str]]:
    return {
        each.name: ["|".join(form.text for form in c.formats) or "-" for c in each.columns] for each in card.exhibits
    }


def test_a_draft_says_what_was_found_out(table_of: Make) -> None:
    heads = [["Characteristic", "PFS", ""], ["", "HR (95% CI)", "P"]]
    text = draft("A title", "10.1000/x", [table_of("Table 2", heads, [["Sex", "1.31 (0.69–2.50)", "0.412"]])])
    assert text.endswith(EXPECTED)
    assert (tomllib.loads(text)["doi"], tomllib.loads(text)["citation"]) == ("10.1000/x", "A title")
    assert "extract/papers/README.md says what the keys mean" in text.splitlines()[0]


@pytest.mark.parametrize(
    ("heads", "body", "schema"),
    [
        ([["Characteristic", "N (%)"]], [["Sex", ""], ["Male", "44 (61.1)"]], "characteristics"),
        ([["TRAEs", "Any grade n (%)", "3/4 grade n (%)"]], [["Anemia", "8 (15.7)", "2 (3.9)"]], "adverse_events"),
        ([["Regimen", "CR", "PR", "Total"]], [["Mono", "2 (4.9)", "10 (24.4)", "41"]], "responses"),
    ],
)
def test_a_draft_is_a_card_as_it_stands(
    heads: list[list[str]], body: list[list[str]], schema: str, table_of: Make
) -> None:
    (exhibit,) = drafted(table_of("Table 1", heads, body)).exhibits
    assert (exhibit.schema, exhibit.rows, len(exhibit.columns)) == (schema, 1, len(heads[0]))


def test_each_arm_of_a_table_is_an_exhibit(table_of: Make) -> None:
    table = table_of("Table 3", TWO_ARMS, COUNTS)
    card = drafted(table)
    assert reads(card) == {
        "table3_3_h_group": ["label", "n (percent)", "-", "-"],
        "table3_20_h_group": ["label", "-", "n (percent)", "-"],
    }
    read = [read_exhibit(card, each, [table], Path("smith2026.pdf")).frame["n"].tolist() for each in card.exhibits]
    assert read == [["74", "32"], ["60", "22"]]


def test_columns_of_an_arm_stay_together(table_of: Make) -> None:
    heads = [["TRAEs", "Drug (n = 50)", "", "Placebo (n = 49)", ""], ["", "Any", "Grade ≥3", "Any", "Grade ≥3"]]
    table = table_of("Table 2", heads, [["Anemia", "8 (16)", "2 (4)", "5 (10)", "1 (2)"]])
    other = [["TRAEs", "Any grade", "", "Grade 3-4", ""], ["", "Drug", "Placebo", "Drug", "Placebo"]]
    crossed = table_of("Table 3", other, [["Anemia", "8 (16)", "2 (4)", "5 (10)", "1 (2)"]])
    card = drafted(table, crossed)
    count = "n (percent)"
    assert reads(card) == {
        "table2_drug": ["event", count, count, "-", "-"],
        "table2_placebo": ["event", "-", "-", count, count],
        "table3_drug": ["event", count, "-", count, "-"],
        "table3_placebo": ["event", "-", count, "-", count],
    }
    assert [each.cohort for each in card.exhibits] == [50, 49, None, None]
    assert [column.constants[0]["grade"] for column in card.exhibits[0].columns[1:3]] == ["any", "3-5"]


@pytest.mark.parametrize(
    ("head", "cells", "expected"),
    [
        ("RR (95% CI)", ["0.897 (0.739–1.088)", "1 (0–2)"], "-"),
        ("OR (95% CI)", ["12 (8)", "3 (2)"], "-"),
        ("I2 (%)", ["29.9", "0.0"], "-"),
        ("Studies, n", ["8", "7"], "-"),
        ("Mean (SD)", ["63 (11)", "64 (12)"], "-"),
        ("P value", ["0.06", "0.20"], "-"),
        ("n/N (%)", ["86/94 (91.5)", "83/94 (88.3)"], "-"),
        ("No.", ["12", "5"], "n"),
        ("Group (n = 17)", ["12 (71)", "5 (29)"], "n (percent)"),
    ],
)
def test_only_counts_are_read_as_counts(head: str, cells: list[str], expected: str, table_of: Make) -> None:
    rows = [[name, cell] for name, cell in zip(("Male", "Female"), cells, strict=True)]
    assert reads(drafted(table_of("Table 1", [["", head]], rows))) == {"table1": ["label", expected]}


def test_rows_that_are_no_counts_are_left_out_by_label_or_number(table_of: Make) -> None:
    body = [
        ["Male", "44 (61.1)"],
        ["Mean number, (n)", "2.0"],
        ["Age", "63 (11)"],
        ["Mean", "5 (2)"],
        ["Mean", "4 (1)"],
    ]
    (exhibit,) = drafted(table_of("Table 1", [["", "N (%)"]], body)).exhibits
    assert exhibit.left_out == ("Mean number, (n)", 4, 5)


def test_labels_may_stand_in_the_second_column(table_of: Make) -> None:
    body = [["Sex", "Male", "24 (49%)"], ["", "Female", "25 (51%)"], ["Age", "median (range)", "12 (11–13)"]]
    (exhibit,) = drafted(table_of("Table 1", [["Variable", "Subgroup", "N"]], body)).exhibits
    assert [column.field for column in exhibit.columns] == ["section", "label", "n"]
    assert [form.text for form in exhibit.columns[2].formats] == ["n (percent)", "median (low–high)"]


def test_a_table_of_which_nothing_is_read_is_a_comment_beside_others(table_of: Make) -> None:
    table, other = table_of("Table 1", TWO_ARMS, COUNTS), table_of("Table 2", [["", "Mean"]], [["Age", "63 (11)"]])
    assert [each.label for each in drafted(table, other).exhibits] == ["Table 1", "Table 1"]
    assert "\n# [exhibits.table2]" in draft("", "", [table, other])
    assert [each.label for each in drafted(other).exhibits] == ["Table 2"]
    figure = '\n[exhibits.fig2]\nlabel = "Fig. 2"'
    assert list(tomllib.loads(draft("", "", [other], [figure]))["exhibits"]) == ["fig2"]


def test_two_tables_of_one_label_are_both_drafted(table_of: Make) -> None:
    table = table_of("Table 1", [["", "N (%)"]], [["Male", "44 (61.1)"]])
    assert list(reads(drafted(table, table))) == ["table1", "table1_page1"]


def test_what_toml_refuses_is_no_part_of_a_draft(table_of: Make) -> None:
    table = table_of("Table 1", [["", 'N\x7f "(%)"']], [["Male", "44 (61.1)"]])
    assert drafted(table).exhibits[0].columns[1].head == 'N\x7f "(%)"'
