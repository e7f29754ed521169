"""Numbers of printed rows where a table has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validations.inputs.row_numbers import printed_row_numbers


@pytest.mark.parametrize(
    ("records", "rows"),
    [
        ("A/any A/3-4 B/any B/3-4", [1, 1, 2, 2]),
        ("A/any B/any A/3-4 B/3-4", [1, 2, 1, 2]),  # grade by grade
        ("A/any A/any", [1, 2]),
        ("A/any B/any A/any A/3-4", [1, 2, 3, 3]),  # the second A has the grade that stands behind it
        ("A/any A/any A/3-4 A/3-4", [1, 2, 2, 1]),
        ("/any /3-4", [1, 2]),
        ("", []),
    ],
)
def test_records_of_one_printed_row(records: str, rows: list[int]) -> None:
    names = [record.partition("/") for record in records.split(" ") if record]
    assert printed_row_numbers([(name,) for name, _, _ in names], [part for _, _, part in names]) == rows


@given(st.lists(st.tuples(st.sampled_from(["A", "B", ""]), st.sampled_from(["any", "3-4", "5"]))))
def test_a_row_holds_a_part_once_and_of_one_name(records: list[tuple[str, str]]) -> None:
    rows = printed_row_numbers([(name,) for name, _ in records], [part for _, part in records])
    held = list(zip(rows, (part for _, part in records), strict=True))
    assert len(set(held)) == len(held)
    assert len(set(zip(rows, (name for name, _ in records), strict=True))) == len(set(rows))
    assert sorted(set(rows)) == list(range(1, len(set(rows)) + 1))


def test_many_records_of_one_name_and_part_are_counted_in_one_pass() -> None:
    assert printed_row_numbers([("A",)] * 200_000, ["any"] * 200_000)[-1] == 200_000
