"""What the data package says of columns."""

import pytest

from extract.publishing.datapackage import csv_resource, field_of, table_schema
from schemas import SCHEMAS
from schemas.base.exhibit import Field


@pytest.mark.parametrize(
    ("schema", "column", "codes"),
    [
        ("characteristics", "statistic", ["count", "median_range"]),
        ("hazard_ratios", "model", ["univariate", "multivariate"]),
        ("claims", "comparator", ["=", "<", ">", "~", "≤", "≥"]),
        ("adverse_events", "grade", None),  # any number of grades
        ("adverse_events", "event", None),
        ("results", "cell", None),
    ],
)
def test_the_codes_of_a_column_are_its_categories(schema: str, column: str, codes: list[str] | None) -> None:
    [item] = [item for item in SCHEMAS[schema].fields() if item.name == column]
    assert field_of(item).get("categories") == codes


def test_codes_are_no_constraint_twice() -> None:
    field = field_of(Field("scale", "Scale", "Which.", "string", "", {"enum": ("log", "linear"), "required": True}))
    assert field["categories"] == ["log", "linear"]
    assert field["constraints"] == {"required": True}


def test_a_table_is_of_version_2() -> None:
    resource = csv_resource("table1", "Table 1")
    assert (resource["type"], resource["path"]) == ("table", "table1.csv")
    schema = table_schema([{"name": "row"}], ["row"])
    assert (schema["fieldsMatch"], schema["primaryKey"], schema["missingValues"]) == ("exact", ["row"], [""])
    assert "primaryKey" not in table_schema([])
