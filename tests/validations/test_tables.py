"""Tables as records."""

from dataclasses import replace

from validations.manual.examples import ExampleSheet, example_table
from validations.tables import Paper, Table, once


def test_without_columns_each_record_gives_an_empty_tuple() -> None:
    table = example_table(ExampleSheet("table1: adverse_events", ("event", "n"), (("Rash", "1"), ("Fever", "2"))))
    assert list(table.cells([])) == [(), ()]
    assert list(table.cells(["event", "n"])) == [("Rash", "1"), ("Fever", "2")]


def test_missing_columns_are_failures_of_the_schema() -> None:
    table = example_table(ExampleSheet("table1: adverse_events", ("event", "n"), (("Rash", "1"), ("Rash", "1"))))
    assert [failure.column for failure in table.broken if failure.expected == "this column, which is missing"] == [
        "grade",
        "percent",
    ]


def test_a_result_is_computed_once_for_a_table_and_kept_with_it() -> None:
    asked: list[str] = []

    @once
    def length(table: Table) -> int:
        asked.append(table.name)
        return len(table.frame)

    table = example_table(ExampleSheet("table1: adverse_events", ("event", "n"), (("Rash", "1"), ("Fever", "2"))))
    assert [length(table), length(table), length(replace(table, name="table2"))] == [2, 2, 2]
    assert asked == ["table1", "table2"]


def test_a_result_of_none_is_kept_with_a_paper_too() -> None:
    asked: list[int] = []

    @once
    def nothing(paper: Paper) -> None:
        asked.append(len(paper.tables))

    paper = Paper({})
    assert [nothing(paper), nothing(paper)] == [None, None]
    assert asked == [0]
