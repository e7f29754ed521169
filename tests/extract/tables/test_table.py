"""Boxes and rows of tables."""

from extract.page.box import Box, boxes_by_page
from extract.tables.table import Cell, Row

LEFT, RIGHT, NEXT = Box(10, 20, 50, 28, page=1), Box(60, 18, 90, 29, page=1), Box(10, 5, 50, 13, page=2)


def test_one_box_a_page_in_reading_order() -> None:
    assert boxes_by_page([LEFT, RIGHT, NEXT]) == (Box(10, 18, 90, 29, page=1), NEXT)
    assert boxes_by_page([]) == ()


def test_a_row_stands_where_its_cells_stand() -> None:
    row = Row((Cell("Chen", (), (LEFT, NEXT)), Cell(), Cell("0", (), (RIGHT,))))
    assert row.boxes == (Box(10, 18, 90, 29, page=1), NEXT)


def test_a_heading_is_a_row_of_one_cell_wherever_it_stands() -> None:
    assert Row((Cell(), Cell("ICI monotherapy"))).is_heading
    assert not Row((Cell("Male"), Cell("25"))).is_heading
    assert not Row((Cell(), Cell())).is_heading


def test_a_row_is_padded_on_the_right() -> None:
    assert Row((Cell("Male"),), 7.5).padded(3) == Row((Cell("Male"), Cell(), Cell()), 7.5)
