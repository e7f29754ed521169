"""What is expected of an exhibit follows from its schema, also from those that come later."""

import pandas as pd
import pytest

from schemas import SCHEMAS
from validations.release.exhibits import Declared, of_exhibit
from validations.release.gate import expectation_columns
from validations.release.own import is_in_order, is_share, number_of


def printed(schema: str) -> pd.DataFrame:
    """A row in which each column of numbers holds one, as a stranger reads it."""
    return pd.DataFrame({item.name: ["x"] if item.type == "string" else [1] for item in SCHEMAS[schema].fields()})


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_schema_is_covered(schema: str) -> None:
    model = SCHEMAS[schema]
    found = list(of_exhibit(printed(schema), Declared(schema, "Table 1", 7, 51)))
    kinds = {item.kind for item in found}
    assert {"ExpectTableColumnsToMatchOrderedList", "ExpectColumnUniqueValueCountToBeBetween"} <= kinds
    assert set().union(*map(expectation_columns, found)) <= set(model.columns())
    filled = {item.given["column"] for item in found if item.kind == "ExpectColumnValuesToNotBeNull"}
    assert filled == {*model.key(), "page", "x0", "top", "x1", "bottom", "read_by"}
    in_percent = {item.name for item in model.fields() if item.unit == "%"}
    limits = {(item.given["column"], item.given["max_value"]) for item in found if "min_value" in item.given}
    assert {(name, 100) for name in in_percent} <= limits
    formed = {item.name for item in model.fields() if "pattern" in item.constraints}
    checked = {item.given["column"] for item in found if {"regex", "value_set"} & item.given.keys()}
    assert formed <= checked


def test_rows_that_are_left_out_are_not_expected_and_leave_their_numbers() -> None:
    found = list(of_exhibit(printed("adverse_events"), Declared("adverse_events", "Table 1", 7, left_out=2)))
    limits = [
        (item.given["min_value"], item.given["max_value"])
        for item in found
        if "max_value" in item.given and item.given["column"] == "row"
    ]
    assert limits[:2] == [(5, 5), (1, 7)]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_of_an_empty_column_nothing_is_expected_but_that_it_is_there(schema: str) -> None:
    frame = pd.DataFrame({name: [None] for name in SCHEMAS[schema].columns()})
    assert [item.kind for item in of_exhibit(frame, Declared(schema, published=False))] == []


@pytest.mark.parametrize(
    ("n", "percent", "totals", "may_be"),
    [
        ("24", "45.1", ["51"], False),
        ("24", "47.1", ["51"], True),
        ("24", "47", ["51"], True),
        ("24", "47.0", ["51"], False),
        ("1", "12.5", [None, "8"], True),
        ("1", "12.5", [None, None], True),
        ("9", "22.5", ["40", "72"], True),
        ("x", "22.5", ["40"], True),
        ("2", "<5", ["51"], True),
        ("0", "0", ["0"], False),
    ],
)
def test_a_percentage_is_of_one_of_its_totals(n: str, percent: str, totals: list[str | None], may_be: bool) -> None:
    assert is_share(number_of(n), number_of(percent), *map(number_of, totals)) == may_be


@pytest.mark.parametrize(
    ("less", "greater", "may_be"),
    [
        ("1.2", "1.1", False),
        ("0.5", "1", True),
        ("1.54", "1.5", True),
        ("1.2", "1.2", True),
        ("<0.1", "0.02", True),
        ("", "1", True),
    ],
)
def test_limits_are_in_order(less: str, greater: str, may_be: bool) -> None:
    assert is_in_order(number_of(less), number_of(greater)) == may_be
