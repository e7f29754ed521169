"""The lines of a body, column by column, and lines that cannot be one row."""

from collections.abc import Callable

import pytest

from extract.tables.grid.cell_lines import CellLine, crowded

Make = Callable[..., list[CellLine]]


def test_a_line_knows_its_values_and_whether_it_is_a_label_alone(cell_lines: Make) -> None:
    picture = """
Sex
Male      25 (49.0)    NA      yes
Female    26 (51.0)    0.5     no
"""
    section, male, female = cell_lines(picture)
    assert (section.label_only, section.values) == (True, set())
    assert (male.label_only, male.values) == (False, {1, 2})
    assert (female.phrase(1).text, female.top, female.bottom, female.middle) == ("26 (51.0)", 18, 26, 22)


@pytest.mark.parametrize(
    ("picture", "two_rows"),
    [
        ("Male      25 (49.0)    0.5\nFemale    26 (51.0)    0.7", True),
        ("Male      25 (49.0)    0.5\nor not    known        no", False),
        ("Male      0.53         0.5\nor not    (0.26–1.06)     ", False),
        ("Male      0.53         0.5\n                       0.7", True),
    ],
    ids=["two numbers", "words", "an interval under its ratio", "two P values"],
)
def test_two_numbers_in_a_column_are_two_rows(picture: str, two_rows: bool, cell_lines: Make) -> None:
    assert crowded(cell_lines(picture)) is two_rows


def test_a_p_value_below_its_interval_does_not_count_where_it_is_alone(cell_lines: Make) -> None:
    picture = """
Age     0.53 (0.26–1.06)    0.72 (0.26–2.04)
        0.071
Stage   0.32 (0.16–0.63)    0.32 (0.11–0.94)
"""
    age, p, stage = cell_lines(picture)
    assert (crowded([age, p]), crowded([age, p], lone=True)) == (True, False)
    assert crowded([age, stage], lone=True)
