"""Columns, separated by gutters that no cell covers."""

from collections.abc import Callable

import pytest

from extract.page.lines import Line, make_lines
from extract.page.words import Word
from extract.tables.grid.columns import column_at, columns_under, find_columns

Draw = Callable[..., list[Line]]
COUNTS = """
Hypertension    12 (23.5)    0
Diarrhea        9 (17.6)     1 (2.0)
Anemia          8 (15.7)     2 (3.9)
Fatigue         31 (60.8)    9 (17.6)
Rash            7 (13.7)     0
"""
SPANS = [(0, 48), (64, 100), (116, 148)]


def test_columns_end_where_their_widest_cells_end(draw: Draw) -> None:
    assert find_columns(draw(COUNTS)) == SPANS


def test_a_body_without_words_has_no_columns() -> None:
    assert find_columns([]) == []


@pytest.mark.parametrize(
    "row",
    [
        "Events of the immune system in all",  # a spanning cell
        "Events of the immune sys-    2 (3.9)",  # a label that is too long for its column
        "Nausea          9 (17.6) of 38",  # a value that is
    ],
)
def test_one_row_that_keeps_to_no_column_hides_no_gutter(row: str, draw: Draw) -> None:
    assert find_columns(draw(f"{COUNTS}{row}\nFever           1 (2.0)      0")) == SPANS


def test_a_number_and_its_percentage_are_one_column_however_they_are_aligned(draw: Draw) -> None:
    picture = """
Male      25 (49.0)
Female    26 (51.0)
Lung       3  (5.9)
Bone       9 (17.6)
"""
    assert find_columns(draw(picture)) == [(0, 24), (40, 76)]


def test_labels_of_two_lines_around_the_middle_of_their_values(draw: Draw) -> None:
    picture = """
Performance
               12 (23.5)    0
status

Prior lines of
               9 (17.6)     1
treatment
"""
    assert find_columns(draw(picture, 4.5)) == [(0, 56), (60, 96), (112, 116)]


def test_gutters_hardly_wider_than_a_space_where_values_begin_behind_values(word: Callable[..., Word]) -> None:
    """Spaces of 2 points, a gutter of 2.4 points between the second column and the third."""
    rows = [("Grade", "12", "(23.5)", "41"), ("Lung", "31", "(60.8)", "5"), ("Bone", "10", "(19.6)", "43")]
    places = [0.0, 40.0, 50.0, 76.4]
    words = [word(text, x, 9.0 * i) for i, row in enumerate(rows) for text, x in zip(row, places, strict=True)]
    assert find_columns(make_lines(words)) == [(0, 20), (40, 74), (76.4, 84.4)]


def test_a_phrase_is_under_the_columns_that_it_covers_by_a_third() -> None:
    spans = [(0.0, 50.0), (60.0, 100.0), (110.0, 150.0)]
    assert columns_under(spans, 55, 155) == [1, 2]
    assert columns_under(spans, 0, 70) == [0]
    assert columns_under(spans, 0, 75) == [0, 1]


def test_what_stands_in_a_gutter_belongs_to_the_nearer_column() -> None:
    spans = [(0.0, 50.0), (60.0, 100.0)]
    assert [column_at(spans, x) for x in (-5, 25, 54, 57, 400)] == [0, 0, 0, 1, 1]
    assert columns_under(spans, 51, 53) == [0]
