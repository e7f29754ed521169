"""White space between rows, where it is wider than that between the lines of a cell."""

from collections.abc import Callable

import pytest

from extract.tables.grid.cell_lines import CellLine
from extract.tables.grid.spacing import gap_steps, group_by_space, row_spacing, white_strips

Make = Callable[..., list[CellLine]]
APART = """
Gender              25 (49.0)

ECOG performance    14 (27.5)
status

Prior lines of      33 (64.7)
treatment

Age                 12 (23.5)
"""


def rows(lines: list[CellLine], height: float) -> list[str]:
    return [" ".join(word.text for line in row for word in line.words) for row in group_by_space(lines, height)]


def test_rows_set_apart_are_told_by_their_space(cell_lines: Make) -> None:
    lines = cell_lines(APART)
    height = row_spacing([lines])
    assert height is not None
    assert 1 < height < 10
    assert rows(lines, height) == [
        "Gender 25 (49.0)",
        "ECOG performance 14 (27.5) status",
        "Prior lines of 33 (64.7) treatment",
        "Age 12 (23.5)",
    ]


def test_space_is_told_by_all_pages_of_a_table(cell_lines: Make) -> None:
    one_row = cell_lines("Stage of the        12 (23.5)\ntumour")
    assert row_spacing([one_row]) is None
    assert row_spacing([one_row, cell_lines(APART)]) == row_spacing([cell_lines(APART)])


def test_strips_that_are_all_alike_tell_nothing(cell_lines: Make) -> None:
    assert row_spacing([cell_lines(APART.replace("\n\n", "\n"))]) is None


def test_space_that_sets_sections_apart_tells_no_rows(cell_lines: Make) -> None:
    picture = """
Gender
  Male              25 (49.0)

Age
  Below             33 (64.7)

Stage
  Local             12 (23.5)
"""
    assert row_spacing([cell_lines(picture)]) is None


@pytest.mark.parametrize(
    ("strips", "heights"),
    [([1, 1, 9, 9], [5]), ([1, 9, 1.2, 20], [14.5, 5.1]), ([1, 1.2, 1.4], []), ([-4, 2, -4, 6], [4]), ([], [])],
)
def test_steps_begin_with_the_widest(strips: list[float], heights: list[float]) -> None:
    assert gap_steps(strips, 0.96) == pytest.approx(heights)


def test_strips_are_white_from_the_lowest_line_so_far(cell_lines: Make) -> None:
    picture = """
Gender              25 (49.0)
status              33
Age                 12
"""
    assert white_strips(cell_lines(picture, pitch=6)) == [-2, -2]
    assert white_strips(cell_lines(picture)) == [1, 1]
    assert white_strips([]) == []
