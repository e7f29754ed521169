"""The geometry of boxes and of everything else with edges."""

import pytest

from extract.page.box import Box, bounding_box, boxes_by_page

BOX = Box(10, 20, 40, 30, page=2)


def test_a_box_has_size_and_middle() -> None:
    assert (BOX.width, BOX.height, BOX.center, BOX.middle, BOX.edges) == (30, 10, 25, 25, (10, 20, 40, 30))


@pytest.mark.parametrize(
    ("other", "across", "down"),
    [
        (Box(0, 0, 15, 25), 5, 5),
        (Box(20, 22, 30, 28), 10, 6),
        (Box(40, 30, 50, 40), 0, 0),
        (Box(43, 35, 50, 40), -3, -5),
    ],
    ids=["corner", "within", "touching", "apart"],
)
def test_overlaps_are_lengths_and_gaps_are_negative(other: Box, across: float, down: float) -> None:
    assert (BOX.overlap_x(other), BOX.overlap_y(other)) == (across, down)
    assert (other.overlap_x(BOX), other.overlap_y(BOX)) == (across, down)


def test_a_box_is_inside_a_box_up_to_a_margin() -> None:
    assert BOX.inside(BOX)
    assert BOX.inside(Box(11, 21, 39, 29), margin=1)
    assert not BOX.inside(Box(11, 20, 40, 30))


def test_a_grown_box_keeps_its_page() -> None:
    assert BOX.grown(1) == Box(9, 19, 41, 31, page=2)
    assert BOX.grown(4, 0) == Box(6, 20, 44, 30, page=2)


def test_transposed_twice_is_the_same_box() -> None:
    assert BOX.transposed == Box(20, 10, 30, 40, page=2)
    assert BOX.transposed.transposed == BOX


def test_a_union_holds_both_and_a_bounding_box_holds_all() -> None:
    other = Box(5, 25, 20, 50)
    assert BOX.union(other) == Box(5, 20, 40, 50, page=2)
    assert bounding_box([BOX, other]) == Box(5, 20, 40, 50)
    with pytest.raises(ValueError):
        bounding_box([])


def test_one_box_a_page_in_the_order_of_the_pages() -> None:
    assert boxes_by_page([BOX, Box(0, 0, 1, 1, page=1), Box(0, 20, 5, 30, page=2)]) == (
        Box(0, 20, 40, 30, page=2),
        Box(0, 0, 1, 1, page=1),
    )
