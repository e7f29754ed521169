"""Windows on pages: what a finding shows of them."""

from hypothesis import given
from hypothesis import strategies as st

from validations.report.pictures import PageRegion, Window, regions_by_page, windows

ROWS = [PageRegion(2, 50, 100 + 20 * place, 300, 110 + 20 * place) for place in range(20)]
HEAD = PageRegion(2, 50, 70, 300, 98)


def holds(outer: PageRegion, inner: PageRegion) -> bool:
    return (
        outer.page == inner.page
        and outer.x0 <= inner.x0
        and outer.top <= inner.top
        and outer.x1 >= inner.x1
        and outer.bottom >= inner.bottom
    )


def test_rows_near_one_another_share_a_window_and_others_have_their_own() -> None:
    seen = windows([ROWS[9]], [ROWS[6], ROWS[19]], ROWS)
    assert [(window.own, window.boxes) for window in seen] == [(1, (ROWS[9], ROWS[6])), (0, (ROWS[19],))]


def test_rows_of_two_columns_of_a_page_do_not_share_one() -> None:
    beside = ROWS[9]._replace(x0=320.0, x1=560.0)
    assert [window.boxes for window in windows([ROWS[9]], [beside], [*ROWS, beside])] == [(ROWS[9],), (beside,)]


def test_a_window_is_as_wide_as_its_exhibit() -> None:
    short = ROWS[9]._replace(x1=120.0)
    [window] = windows([short], [], [*ROWS, short])
    assert (window.region.x0, window.region.x1) == (44, 306)


def test_a_row_that_goes_on_has_a_window_on_each_page() -> None:
    assert [window.region.page for window in windows([ROWS[19], ROWS[0]._replace(page=3)], [], ROWS)] == [2, 3]


def test_a_sideways_row_is_shown_with_its_neighbours_left_and_right() -> None:
    rows = [PageRegion(1, 100 + 30 * place, 60, 128 + 30 * place, 736) for place in range(9)]
    [window] = windows([rows[4]], [], rows)
    assert window.region == PageRegion(1, 220 - 26, 54, 248 + 26, 742)


def test_the_head_is_shown_with_the_first_rows_and_by_itself_above_others() -> None:
    [near] = windows([ROWS[1]], [], ROWS, HEAD)
    assert (near.region.top, near.boxes) == (68, (ROWS[1],))
    head, far = windows([ROWS[15]], [], ROWS, HEAD)
    assert head == Window(HEAD.around(2, 2), (), 0)
    assert far.region.top > 300
    assert windows([], [], ROWS, HEAD) == []


regions = st.builds(
    lambda page, x, y, width, height: PageRegion(page, x, y, x + width, y + height),
    *(st.integers(1, 3), st.floats(0, 500), st.floats(0, 700), st.floats(1, 300), st.floats(1, 200)),
)


@given(st.lists(regions, min_size=1, max_size=3), st.lists(regions, max_size=8))
def test_every_box_is_within_its_window_and_every_window_within_its_page(
    own: list[PageRegion], others: list[PageRegion]
) -> None:
    seen = windows(own, others, [*own, *others])
    assert own[0] in seen[0].boxes
    assert all(holds(window.region, box) for window in seen for box in window.boxes)
    pages = regions_by_page(seen)
    assert all(holds(pages[window.region.page], window.region) for window in seen)
