from collections.abc import Callable

import pytest

from extract.errors import ExhibitError
from extract.records.data_rows import data_rows, plain_rows, sparse_rows
from extract.tables.table import PrintedTable

Make = Callable[..., PrintedTable]


def sections(table: PrintedTable, unsectioned: tuple[str, ...] = ()) -> list[tuple[int, str, str]]:
    return [(entry.number, entry.heading.text, entry.row.texts[0]) for entry in data_rows(table.body, unsectioned)]


def test_rows_stand_under_the_last_heading(table_of: Make) -> None:
    table = table_of("Table 1", [], [["Sex", ""], ["Male", "44"], ["Female", "28"], ["Stage", ""], ["IV", "63"]])
    assert sections(table) == [(1, "Sex", "Male"), (2, "Sex", "Female"), (3, "Stage", "IV")]


def test_a_row_that_is_not_set_in_ends_a_section_of_indented_rows(table_of: Make) -> None:
    table = table_of(
        "Table 1",
        [],
        [["Metastatic sites", ""], [">Lung", "39"], [">Other", "41"], ["Chemotherapy", "23"], ["Surgery", "57"]],
    )
    assert [section for _, section, _ in sections(table)] == ["Metastatic sites", "Metastatic sites", "", ""]


def test_rows_that_a_card_knows_to_stand_outside_of_sections(table_of: Make) -> None:
    table = table_of("Table 1", [], [["Sex", ""], ["Male", "44"], ["Age", "56 (16–94)"], ["Female", "28"]])
    assert [section for _, section, _ in sections(table, ("Age",))] == ["Sex", "", "Sex"]


def test_a_row_outside_of_sections_that_is_not_there(table_of: Make) -> None:
    with pytest.raises(ExhibitError, match="no row is labelled 'Age', which the card lists in unsectioned"):
        sections(table_of("Table 1", [], [["Male", "44"]]), ("Age",))


def test_a_label_without_rows_beneath_it_is_a_row(table_of: Make) -> None:
    table = table_of("Table 1", [], [["Sex", ""], ["Stage", ""], ["IV", "63"], ["Unknown", ""]])
    assert sections(table) == [(1, "", "Sex"), (2, "Stage", "IV"), (3, "Stage", "Unknown")]


def test_a_row_that_is_nearly_blank_is_noticed(table_of: Make) -> None:
    body = [["Kelly 2023", "II", "30", "54"], ["Dual", "checkpoint", "", ""], ["Xie 2023", "I", "6", "48"]]
    assert [entry.number for entry in sparse_rows(plain_rows(table_of("Table 1", [], body).body))] == []
    body[1][1] = ""
    assert [entry.number for entry in sparse_rows(plain_rows(table_of("Table 1", [], body).body))] == [2]
