from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.cards.card import Card
from extract.cards.loading import parse_card
from extract.errors import ExhibitError
from extract.publishing.publish import csv_text
from extract.records.exhibits import ExtractedExhibit
from extract.records.tables import read_exhibit
from extract.tables.table import Flag, PrintedTable

Make = Callable[..., PrintedTable]
DATA: dict[str, Any] = {
    "doi": "10.1000/example",
    "citation": "Smith et al., Example 2026",
    "licence": "open access",
    "exhibits": {
        "table4": {
            "label": "Table 4",
            "schema": "adverse_events",
            "rows": 3,
            "columns": [
                {"head": "Event", "reads": "event"},
                {"head": "Any grade", "reads": "n (percent)", "grade": "any"},
            ],
        }
    },
}
HEADS = [["Event", "Any grade"]]
BODY = [["Anemia", "8 (15.7)"], ["Fatigue", "7 (13.7)"], ["Nausea", "0"]]


def card(**changes: Any) -> Card:  # noqa: ANN401
    data = deepcopy(DATA)
    data["exhibits"]["table4"] |= {key: value for key, value in changes.items() if key != "misread"}
    return parse_card("smith2026", data | ({"misread": changes["misread"]} if "misread" in changes else {}))


def read(tables: Sequence[PrintedTable], of: Card) -> ExtractedExhibit:
    return read_exhibit(of, of.exhibits[0], tables, Path("smith2026.pdf"))


def test_an_exhibit_has_all_columns_of_its_schema_in_order(table_of: Make) -> None:
    frame = read([table_of("Table 4.", HEADS, BODY)], card()).frame
    header, first, *_ = csv_text(frame).splitlines()
    assert header == "row,grade,event,n,percent,notes,page,x0,top,x1,bottom,continued,read_by"
    assert first == "1,any,Anemia,8,15.7,,1,50.0,110.0,240.0,118.0,,pdfplumber"


@pytest.mark.parametrize(
    ("heads", "body", "message"),
    [
        (
            HEADS,
            BODY[:2],
            "smith2026 exhibits.table4 (Table 4, smith2026.pdf page 1): read 2 rows, the card says 3: see 'd",
        ),
        (
            [["Event", "Age"]],
            [["A", "54.2 ± 1"], ["B", "61.0 ± 2"], ["C", "0"]],
            "column 2 is headed 'Age', the card says 'Any grade', and 2 of its 3 cells do not fit, such as '54.2 ± 1'",
        ),
        (
            [["Event", "Age"]],
            [["A", "54.2"], *BODY[1:]],
            "column 2 is headed 'Age', the card says 'Any grade'; adverse_events: row 1, column n: expected a whole",
        ),
        ([["Event", "Any grade", "P"]], BODY, "read 3 columns (Event | Any grade | P), the card maps 2"),
        (
            HEADS,
            [["A", "x"], ["B", "y"], ["C", "0"]],
            "2 cells in 3 rows do not follow the formats of the card: 'x' does not read",
        ),
    ],
)
def test_a_table_that_is_not_as_the_card_says(
    heads: list[list[str]], body: list[list[str]], message: str, table_of: Make
) -> None:
    with pytest.raises(ExhibitError) as error:
        read([table_of("Table 4", heads, [row + [""] * (len(heads[0]) - 2) for row in body])], card())
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_table_that_is_not_there(table_of: Make) -> None:
    with pytest.raises(ExhibitError) as error:
        read([table_of("Table 1", HEADS, BODY)], card())
    expected = (
        "smith2026 exhibits.table4 (smith2026.pdf): expected a table under 'Table 4', found Table 1 (page 1); check"
    )
    assert str(error.value).startswith(expected)


def test_of_two_tables_with_one_label_the_one_with_the_heads_is_read(table_of: Make) -> None:
    other = table_of("Table 4", [["we", "saw", "that"]], [["x", "y", "z"]])
    assert len(read([other, table_of("Table 4", HEADS, BODY)], card()).frame) == 3
    with pytest.raises(ExhibitError, match="expected one table with the card's heads under 'Table 4', found Table 4"):
        read([other, other], card())


def test_what_breaks_the_schema_is_said_in_one_line(table_of: Make) -> None:
    body = [["", "8 (15.7)"], *BODY[1:]]
    with pytest.raises(ExhibitError, match="adverse_events: row 1, column event: expected some text") as error:
        read([table_of("Table 4", HEADS, body)], card())
    assert "\n" not in str(error.value)


def test_heads_and_number_of_rows_that_differ_are_told_together(table_of: Make) -> None:
    with pytest.raises(ExhibitError) as error:
        read([table_of("Table 4", [["Age", "P"]], BODY[:2])], card())
    heads = "column 1 is headed 'Age', the card says 'Event'; column 2 is headed 'P', the card says 'Any grade': see"
    assert f"read 2 rows, the card says 3; {heads}" in str(error.value)
    with pytest.raises(ExhibitError) as error:
        read([table_of("Table 4", [["Event", "Any grades"]], BODY[:2])], card())
    assert "says 3; column 2 is headed 'Any grades', the card says 'Any grade': see" in str(error.value)


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        (["Event", "Patients"], ["n"]),
        (["Toxicity", "Patients"], ["event", "n"]),
        (["Nebenwirkung", ""], ["event", "n"]),
    ],
)
def test_heads_in_other_words_over_cells_that_fit_are_doubts(
    heads: list[str], columns: list[str], table_of: Make
) -> None:
    exhibit = read([table_of("Table 4", [heads], BODY)], card())
    assert exhibit.frame["n"].tolist() == ["8", "7", "0"]
    assert [(doubt.row, doubt.column, doubt.code) for doubt in exhibit.doubts] == [("", n, "RDR001") for n in columns]
    assert {doubt.reading for doubt in exhibit.doubts} <= set(heads)


def test_a_misread_cell_under_a_head_in_other_words_is_a_doubt_too(table_of: Make) -> None:
    body = [*BODY, *([f"Event {number}", str(number)] for number in range(3)), ["Rash", "l2"]]
    exhibit = read([table_of("Table 4", [["Event", "Patients"]], body)], card(rows=7))
    assert [(doubt.row, doubt.reading) for doubt in exhibit.doubts] == [("", "Patients"), ("7", "l2")]


def test_a_head_in_other_words_of_a_column_that_is_not_published(table_of: Make) -> None:
    columns = [*DATA["exhibits"]["table4"]["columns"], {"head": "P", "reads": "-"}]
    table = table_of("Table 4", [[*HEADS[0], "Signal"]], [[*row, "x"] for row in BODY])
    [doubt] = read([table], card(columns=columns)).doubts
    assert (doubt.row, doubt.column, doubt.published, doubt.reading) == ("", "", "P", "Signal")


def test_of_two_tables_with_one_label_and_other_heads_the_one_with_as_many_columns_is_read(table_of: Make) -> None:
    other = table_of("Table 4", [["we", "saw", "that"]], [["x", "y", "z"]])
    assert len(read([other, table_of("Table 4", [["Toxicity", "Patients"]], BODY)], card()).frame) == 3


def test_a_flag_on_the_whole_table_is_a_doubt_of_the_exhibit(table_of: Make) -> None:
    table = replace(table_of("Table 4", HEADS, BODY), flags=(Flag(-1, -1, "RDR003", "pdfplumber", "", "no caption"),))
    [doubt] = read([table], card()).doubts
    assert (doubt.row, doubt.column, doubt.evidence, doubt.code) == ("", "", "no caption", "RDR003")


WITH_MEAN = [BODY[0], ["Mean number", "2.0"], ["Nausea", "0"]]


@pytest.mark.parametrize("entry", ["Mean number", "mean  number", 2])
def test_rows_that_are_left_out_keep_their_number(entry: str | int, table_of: Make) -> None:
    exhibit = read([table_of("Table 4", HEADS, WITH_MEAN)], card(left_out=[entry]))
    assert exhibit.frame[["row", "event"]].to_numpy().tolist() == [["1", "Anemia"], ["3", "Nausea"]]
    assert (exhibit.left_out, exhibit.doubts) == ((2,), ())


def test_nothing_is_doubted_in_a_row_that_is_left_out(table_of: Make) -> None:
    flags = tuple(Flag(row, 1, "RDR005", "pdfplumber", "2.0", "9 stands there and is lost") for row in (2, 3))
    table = replace(table_of("Table 4", HEADS, WITH_MEAN), flags=flags)
    assert [doubt.row for doubt in read([table], card(left_out=["Mean number"])).doubts] == ["3"]


@pytest.mark.parametrize(
    ("left_out", "misread", "message"),
    [
        (["Means"], [], "no row is labelled 'Means', which the card lists in left_out"),
        ([4], [], "left_out names row 4; the table has 3 rows"),
        (["Anemia"], [], "left_out 'Anemia' is the label of rows 1, 3; give the row's number instead"),
        ([2], [2], "row 2 is in both misread and left_out"),
        ([], [], "row 2, column n: expected a whole number or nothing, found '2.0'"),
        ([], [], "; list rows that are not to be published in left_out"),
    ],
)
def test_a_row_to_leave_out_that_is_none(
    left_out: list[str | int], misread: list[int], message: str, table_of: Make
) -> None:
    why = {"exhibit": "table4", "column": "Any grade", "read": "2.0", "published": "2", "why": "the font"}
    changed = card(left_out=left_out, misread=[why | {"row": row} for row in misread])
    with pytest.raises(ExhibitError) as error:
        read([table_of("Table 4", HEADS, [*WITH_MEAN[:2], ["Anemia", "1"]])], changed)
    assert message in str(error.value)


def test_of_many_failures_the_first_are_told(table_of: Make) -> None:
    with pytest.raises(ExhibitError, match=r"row 3, column n: [^;]*; and 2 more: see"):
        read([table_of("Table 4", HEADS, [[f"Event {n}", "2.5"] for n in range(5)])], card(rows=5))


def test_repairs_and_doubts_are_listed(table_of: Make) -> None:
    misread = {"exhibit": "table4", "row": 2, "column": "Any grade", "read": "7 (l3.7)"}
    body = [BODY[0], ["Fatigue", "7 (l3.7)"], ["Nausea", "O"]]
    mended = card(misread=[misread | {"published": "7 (13.7)", "why": "1 and l are drawn alike"}])
    exhibit = read([table_of("Table 4", [["Event", "Any grade, n"]], body)], mended)
    assert exhibit.frame[["n", "percent"]].to_numpy().tolist() == [["8", "15.7"], ["7", "13.7"], ["", ""]]
    assert [(doubt.row, doubt.column, doubt.published, doubt.reading) for doubt in exhibit.doubts] == [
        ("", "n", "Any grade", "Any grade, n"),
        ("3", "n", "", "O"),
        ("2", "n", "7 (13.7)", "7 (l3.7)"),
    ]
