"""The denominator of a column that prints none: the number that explains nearly all percentages, or the sum of its
counts where that explains most."""

import pandas as pd
import pytest

from validations.inference.denominators import find_shares, infer_total
from validations.inputs.curated import table_from_frame

MESSAGES = ["235 38.7", "4 7.0", "100 16.5", "216 35.6", "36 5.9", "12 2.0", "4 7.0"]  # of 607; 4 is 0.7 %
OVERLAPPING = ["235 39.4", "40 7.0", "100 16.4", "216 37.6", "36 6.4", "12 2.1"]  # each of its own total


def total_of(rows: list[str]) -> int | None:
    names = ("n", "percent")
    records = [dict(zip(names, row.split(), strict=True)) | {"label": f"x{row}"} for row in rows]
    numbered = [{"row": str(place), **record} for place, record in enumerate(records, start=1)]
    table = table_from_frame("table1", "characteristics", pd.DataFrame(numbered, dtype="str").fillna(""))
    return infer_total(find_shares(table)[0])


@pytest.mark.parametrize(
    ("rows", "total"),
    [(MESSAGES, 607), (MESSAGES[:3], None), ([*MESSAGES[:-1], "99 50.0"], None), (OVERLAPPING, None)],
)
def test_the_sum_of_the_counts_needs_only_most_of_the_rows(rows: list[str], total: int | None) -> None:
    assert total_of(rows) == total
