from collections.abc import Callable
from typing import Any

import pytest

from extract.cards.card import ExhibitCard
from extract.cards.loading import parse_card
from extract.page.box import Box
from extract.records.data_rows import DataRow, plain_rows
from extract.records.records import Doubt, TextRecord, read_row
from extract.tables.table import Cell, PrintedTable, Row
from schemas import SCHEMAS

Make = Callable[..., PrintedTable]


def exhibit(schema: str, *columns: dict[str, Any], **others: Any) -> ExhibitCard:  # noqa: ANN401
    entry = {"label": "Table 1", "schema": schema, "rows": 1, "columns": list(columns), **others}
    card = {"doi": "10.1000/x", "citation": "x", "licence": "x", "exhibits": {"table1": entry}}
    return parse_card("smith2026", card).exhibits[0]


def read(card: ExhibitCard, row: DataRow) -> tuple[list[TextRecord], list[Doubt]]:
    records, doubts = read_row(row, row.row.cells, card, SCHEMAS[card.schema].part())
    places = ("row", "page", "x0", "top", "x1", "bottom", "continued", "read_by")
    return [{key: text for key, text in record.items() if text and key not in places} for record in records], doubts


RESPONSES = exhibit(
    "responses",
    {"head": "Group", "reads": "group"},
    {"head": "N", "reads": "n_total"},
    {"head": "CR", "reads": "cr_n (cr_percent)"},
    {"head": "ORR", "reads": "orr_percent"},
)
CHARACTERISTICS = exhibit(
    "characteristics",
    {"head": "", "reads": "label"},
    {"head": "N (%)", "reads": ["n (percent)", "median (low–high)"], "statistic": ["count", "median_range"]},
    headings="section",
)


def only(table: PrintedTable) -> DataRow:
    return plain_rows(table.body)[0]


def test_a_composite_row_makes_a_record_of_each_part(table_of: Make) -> None:
    row = only(table_of("Table 2", [], [["LMS/of which uLMS", "12/5", "0", "33.3/20.0"]]))
    assert read(RESPONSES, row) == (
        [
            {"group": "LMS", "n_total": "12", "cr_n": "0", "orr_percent": "33.3"},
            {"group": "uLMS", "part_of": "LMS", "n_total": "5", "orr_percent": "20.0"},
        ],
        [],
    )


def test_a_slash_in_a_label_with_one_value_splits_nothing(table_of: Make) -> None:
    row = only(table_of("Table 1", [], [["Adjuvant/neoadjuvant chemotherapy", "23 (31.9)"]]))
    assert read(CHARACTERISTICS, row)[0] == [
        {"label": "Adjuvant/neoadjuvant chemotherapy", "statistic": "count", "n": "23", "percent": "31.9"}
    ]


def test_values_that_no_label_tells_apart_are_doubted(table_of: Make) -> None:
    records, doubts = read(RESPONSES, only(table_of("Table 2", [], [["LMS", "12/5", "0", "33.3"]])))
    assert records == [{"group": "LMS", "n_total": "12", "cr_n": "0", "orr_percent": "33.3"}]
    assert [(doubt.column, doubt.published, doubt.reading) for doubt in doubts] == [("n_total", "12", "12/5")]


def test_columns_with_another_second_key_make_records_of_their_own(table_of: Make) -> None:
    card = exhibit(
        "adverse_events",
        {"head": "Event", "reads": "event"},
        {"head": "Any", "reads": "n (percent)", "grade": "any"},
        {"head": "3-4", "reads": "n (percent)", "grade": "3-4"},
    )
    row = only(table_of("Table 4", [], [[("Anemia", "a"), "8 (15.7)", "NA"]]))
    assert read(card, row)[0] == [
        {"event": "Anemia", "grade": "any", "n": "8", "percent": "15.7", "notes": "event:a"},
        {"event": "Anemia", "grade": "3-4", "notes": "event:a;n:NA"},
    ]


@pytest.mark.parametrize(
    ("label", "printed", "values"),
    [
        ("Lines", "2 (0–8)", {"statistic": "median_range", "median": "2", "low": "0", "high": "8"}),
        ("Age, median", "56", {"statistic": "median_range", "median": "56"}),
        ("Male", "44", {"statistic": "count", "n": "44"}),
    ],
)
def test_the_format_that_fits_says_what_is_stated(
    label: str, printed: str, values: dict[str, str], table_of: Make
) -> None:
    ((record,), doubts) = read(CHARACTERISTICS, only(table_of("Table 1", [], [[label, printed]])))
    assert (record, doubts) == ({"label": label, **values}, [])


def test_a_cell_that_is_not_understood_is_doubted_and_left_blank(table_of: Make) -> None:
    records, doubts = read(CHARACTERISTICS, only(table_of("Table 1", [], [["Male", "l2 (23.5)"]])))
    assert records == [{"label": "Male", "statistic": "count"}]
    assert [(doubt.row, doubt.column, doubt.reading) for doubt in doubts] == [("1", "n", "l2 (23.5)")]


def test_a_list_makes_a_numbered_record_of_each_member(table_of: Make) -> None:
    card = exhibit("histology", {"head": "", "reads": "study"}, {"head": "H", "reads": "subtype (n/total) …"})
    row = only(table_of("Table 1", [], [["Kelly 2023", "LMS (5/30)UPS (4/30)"]]))
    assert read(card, row)[0] == [
        {"study": "Kelly 2023", "position": "1", "subtype": "LMS", "n": "5", "total": "30"},
        {"study": "Kelly 2023", "position": "2", "subtype": "UPS", "n": "4", "total": "30"},
    ]
    assert read(card, only(table_of("Table 1", [], [["Day 2023", "NA"]]))) == ([], [])


def test_a_row_has_its_heading_its_first_box_and_the_others() -> None:
    cells = (
        Cell("Male", (), (Box(40.04, 700.0, 90.0, 710.0, page=5), Box(40.1, 60.2, 90.0, 75.0, page=6))),
        Cell("44", (), (Box(100.0, 699.0, 120.0, 709.0, page=5),)),
    )
    (record,), _ = read_row(DataRow(1, Cell("Sex", ("b",)), Row(cells)), cells, CHARACTERISTICS, "label")
    assert [record[key] for key in ("page", "x0", "top", "x1", "bottom")] == ["5", "40.0", "699.0", "120.0", "710.0"]
    assert record["continued"] == "6:40.1:60.2:90.0:75.0"
    assert (record["section"], record["notes"]) == ("Sex", "section:b")
