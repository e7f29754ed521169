"""Plots without printed numbers: all are found, and their drawn numbers are within the errors that the flags state."""

from collections.abc import Callable

from extract.forests.finding import find_panels
from extract.forests.plot import Canvas, Drawing, Square, Tick, Upright, Whisker
from tests.bench.digitising import measure_digitising

SURE_SHARE = 0.95
FIRST, PITCH = 54.0, 12.0  # the middle of the first line, in points, and the distance of lines

PLOT = """

Adults
Children
Women
Men

                  0    1    2    3
"""


def test_drawn_numbers_are_within_their_stated_errors() -> None:
    read = measure_digitising(6, ("drawing",))["drawing"]
    assert len(read.offs) == read.total
    assert read.within >= SURE_SHARE * read.total


def drawing(starts: tuple[float, ...], reference: bool = True) -> Drawing:
    heights = [FIRST + PITCH * row for row in range(1, 5)]
    lines = tuple(Whisker(start, start + 30 + 3 * i, heights[i]) for i, start in enumerate(starts))
    marks = tuple(Square(line.x0 + 10, line.y, 4.0) for line in lines)
    uprights = (Upright(94.6, FIRST, heights[-1] + 10),) if reference else ()
    ticks = tuple(Tick(74.6 + 20 * value, heights[-1] + 12, str(value)) for value in range(4))
    return Drawing(marks, lines, (), uprights, ticks)


def test_marks_beside_labels_over_an_axis_are_a_plot(draw: Callable[..., Canvas]) -> None:
    [panel] = find_panels(draw(PLOT, drawing((80, 90, 85, 95))))
    assert panel.is_drawn and panel.estimates == (80, 134)


def test_bars_that_begin_at_one_place_are_no_intervals(draw: Callable[..., Canvas]) -> None:
    assert find_panels(draw(PLOT, drawing((80, 80, 80, 80)))) == []


def test_marks_without_other_signs_are_no_plot(draw: Callable[..., Canvas]) -> None:
    assert find_panels(draw(PLOT.replace("0    1    2    3", ""), drawing((80, 90, 85, 95)))) == []
