"""The categories of a variable stand below one another, or beside one another in the row of an arm."""

import pandas as pd
import pytest

from validations.inference.sections import find_sections
from validations.inputs.curated import table_from_frame

BESIDE = ["1 2 Better 47.3", "1 3 Same 35.4", "1 4 Worse 16.3"]
BELOW = ["1 2 Better 47.3", "2 2 Same 35.4", "3 2 Worse 16.3"]
COUNT_BESIDE_PERCENT = ["1 2 Any 98.9", "1 3 Any 98.9"]
ROWS_OF_ARMS = [*BESIDE, "2 2 Better 50.0", "2 3 Same 30.0", "2 4 Worse 20.0"]


def sections_of(rows: list[str]) -> list[list[str]]:
    names = ("row", "cell", "outcome", "percent")
    records = [dict(zip(names, row.split(), strict=True)) | {"section": "CGI-I", "arm": "Drug"} for row in rows]
    frame = pd.DataFrame(records, dtype="str").assign(statistic="count")
    table = table_from_frame("table1", "results", frame)
    return [[record["percent"] for record in found.records] for found in find_sections(table)]


@pytest.mark.parametrize(
    ("rows", "sections"),
    [
        (BESIDE, [["47.3", "35.4", "16.3"]]),
        (BELOW, [["47.3", "35.4", "16.3"]]),
        (COUNT_BESIDE_PERCENT, []),
        (ROWS_OF_ARMS, [["47.3", "50.0"], ["35.4", "30.0"], ["16.3", "20.0"]]),
    ],
)
def test_categories_of_a_variable(rows: list[str], sections: list[list[str]]) -> None:
    assert sections_of(rows) == sections
