"""Tables as records."""

from validations.manual.examples import Sheet, example_table


def test_of_no_columns_there_is_nothing_of_each_record() -> None:
    table = example_table(Sheet("table1: adverse_events", ("event", "n"), (("Rash", "1"), ("Fever", "2"))))
    assert list(table.cells([])) == [(), ()]
    assert list(table.cells(["event", "n"])) == [("Rash", "1"), ("Fever", "2")]


def test_a_table_without_its_key_column_is_told_so() -> None:
    table = example_table(Sheet("table1: adverse_events", ("event", "n"), (("Rash", "1"), ("Rash", "1"))))
    assert [failure.column for failure in table.broken if failure.expected == "this column, which is missing"] == [
        "grade",
        "percent",
    ]
