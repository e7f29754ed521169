from collections.abc import Callable
from dataclasses import replace

import pytest

from extract.cards.card import ExhibitCard
from extract.cards.loading import parse_card
from extract.records.data_rows import data_rows
from extract.records.flags import flag_doubts
from extract.tables.table import Flag, PrintedTable

Make = Callable[..., PrintedTable]
CARD: ExhibitCard = parse_card(
    "smith2026",
    {
        "doi": "10.1000/example",
        "citation": "Smith et al., Example 2026",
        "licence": "open access",
        "exhibits": {
            "table4": {
                "label": "Table 4",
                "schema": "adverse_events",
                "rows": 2,
                "headings": "-",
                "columns": [
                    {"head": "Event", "reads": "event"},
                    {"head": "Any grade", "reads": "n (percent)", "grade": "any"},
                    {"head": "Comment", "reads": "-"},
                ],
            }
        },
    },
).exhibits[0]
HEADS = [["Event", "Any grade", "Comment"]]
BODY = [["Blood", "", ""], [">Anemia", "8 (15.7)", "x"], [">Fatigue", "7 (13.7)", "y"]]


@pytest.mark.parametrize(
    ("row", "column", "reading", "expected"),
    [
        (2, 1, "8 (16.7)", [("1", "percent", "15.7", "16.7")]),
        (2, 1, "9(16.7)", [("1", "n", "8", "9"), ("1", "percent", "15.7", "16.7")]),
        (3, 1, "7 13.7)", [("2", "n", "7", "7 13.7)")]),
        (3, 1, "7 (13.7)", [("2", "n", "7", "7 (13.7)")]),
        (1, 0, "B1ood", [("1", "event", "Blood", "B1ood")]),
        (0, 1, "Any grode", [("", "n", "Any grade", "Any grode")]),
        (2, 2, "z", []),
    ],
)
def test_a_flag_becomes_a_line_for_each_field_that_differs(
    row: int, column: int, reading: str, expected: list[tuple[str, ...]], table_of: Make
) -> None:
    flag = Flag(row, column, "RDR001", "camelot", reading, "why")
    table = replace(table_of("Table 4", HEADS, BODY), flags=(flag,))
    found = flag_doubts(CARD, table, (0, 1, 2), data_rows(table.body))
    assert [(doubt.row, doubt.column, doubt.published, doubt.reading) for doubt in found] == expected
    assert {(doubt.exhibit, doubt.reader, doubt.evidence, doubt.code) for doubt in found} <= {
        ("table4", "camelot", "why", "RDR001")
    }


def test_a_cell_that_the_card_repairs_is_settled(table_of: Make) -> None:
    flag = Flag(2, 1, "RDR001", "camelot", "9 (15.7)", "why")
    table = replace(table_of("Table 4", HEADS, BODY), flags=(flag,))
    assert flag_doubts(CARD, table, (0, 1, 2), data_rows(table.body), {("1", "Any grade")}) == []
    assert len(flag_doubts(CARD, table, (0, 1, 2), data_rows(table.body), {("2", "Any grade")})) == 1
