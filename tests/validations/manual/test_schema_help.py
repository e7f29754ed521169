"""What is told of the columns of a schema, and that the small CSVs that are shown pass."""

import csv
import io
from pathlib import Path

import pytest

from schemas import SCHEMAS
from schemas.base.exhibit import PROVENANCE
from validations.manual.schema_help import explain_schema
from validations.run import check_file


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_column_is_told_in_its_order(name: str) -> None:
    lines = explain_schema(name).split("\n\n")[1].splitlines()
    told = [line.split()[0] for line in lines if not line.startswith("   ")]
    assert told == [column for column in SCHEMAS[name].columns() if column not in PROVENANCE]
    assert {line.split()[0] for line in lines if line.split()[1:2] == ["needed"]} == set(SCHEMAS[name].needed())


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_sample_passes(name: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(SCHEMAS[name].sample_csv(), encoding="utf-8")
    found = check_file(path, name, {"n_total": "51"}).findings
    assert [finding.message for finding in found if finding.severity != "note"] == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_needed_is_in_the_sample(name: str) -> None:
    head = next(csv.reader(io.StringIO(SCHEMAS[name].sample_csv())))
    assert set(SCHEMAS[name].needed()) <= set(head) < set(SCHEMAS[name].columns())


def test_allowed_values_are_told() -> None:
    text = explain_schema("adverse_events")
    assert "Holds any, or grades such as 3-4." in text
    assert "records of one event that differ in grade are one printed row" in " ".join(text.split())
