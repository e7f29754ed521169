"""Marks without a row are rows with a flag, and rows without a mark among rows with marks are flagged."""

from collections.abc import Callable, Collection

import pytest

from extract.forests.axis.drawn_values import read_drawn
from extract.forests.finding import find_panels
from extract.forests.plot import Canvas, Diamond, Drawing, PlotRow, Square, Tick, Whisker
from extract.forests.text.rows import read_rows

Draw = Callable[..., Canvas]
FIRST, PITCH = 50 + 4.0, 12.0  # the middle of the first line, in points, and the distance of lines

PLOT = """
Study                 OR (95% CI)

Mok 2009              0.66 (0.27, 1.65)
{third}
Zhou 2011             0.47 (0.10, 2.21)
Wang 2012             0.71 (0.33, 1.53)
Lee 2013              0.80 (0.40, 1.60)
Overall               0.60 (0.28, 1.30)

                                                      0    1    2    3
"""


def mark(line: int, low: float = 0.4, value: float = 0.8, high: float = 1.6) -> tuple[Square, Whisker]:
    y = FIRST + line * PITCH
    return Square(x_of(value), y, 4), Whisker(x_of(low), x_of(high), y)


def x_of(value: float) -> float:
    """The place of a value: the axis of the plot has a unit in 20 points."""
    return 216 + 20 * value + 2


def drawing(lines: Collection[int], from_pixels: bool = False) -> Drawing:
    values = {2: (0.27, 0.66, 1.65), 4: (0.10, 0.47, 2.21), 5: (0.33, 0.71, 1.53), 6: (0.40, 0.80, 1.60)}
    marks = [mark(line, *values.get(line, (0.4, 0.8, 1.6))) for line in lines]
    pooled = Diamond(x_of(0.28), x_of(0.60), x_of(1.30), FIRST + 7 * PITCH)
    ticks = tuple(Tick(x_of(value), FIRST + 8.4 * PITCH, str(value)) for value in range(4))
    return Drawing(tuple(m[0] for m in marks), tuple(m[1] for m in marks), (pooled,), (), ticks, from_pixels)


def rows_in(canvas: Canvas) -> tuple[PlotRow, ...]:
    [panel] = find_panels(canvas)
    return read_drawn(panel, read_rows(panel), "linear")[0]


def doubts(rows: tuple[PlotRow, ...]) -> list[tuple[str, str]]:
    return [(row.values["label"], flag.code) for row in rows for flag in row.flags if flag.code == "RDR012"]


@pytest.mark.parametrize("third", ["Li 2010", ""])
def test_a_mark_without_numbers_is_a_row(third: str, draw: Draw) -> None:
    rows = rows_in(draw(PLOT.format(third=third), drawing(range(2, 7))))
    assert [row.values["label"] for row in rows] == ["Mok 2009", third, "Zhou 2011", "Wang 2012", "Lee 2013", "Overall"]
    assert doubts(rows) == [(third, "RDR012")]
    assert [row.values["group"] for row in rows] == [""] * 6
    drawn = rows[1]
    assert "estimate" not in drawn.values
    assert [drawn.values[f"drawn_{name}"] for name in ("estimate", "ci_low", "ci_high")] == ["0.800", "0.400", "1.600"]
    assert drawn.read_by == ("drawing",)


def test_a_heading_without_a_mark_stays_a_heading(draw: Draw) -> None:
    rows = rows_in(draw(PLOT.format(third="Children"), drawing([2, 4, 5, 6])))
    assert [row.values["group"] for row in rows] == ["", *["Children"] * 3, ""]
    assert doubts(rows) == []


def test_a_rule_that_looks_like_a_mark_is_none(draw: Draw) -> None:
    usual = drawing([2, 4, 5, 6])
    rule = mark(3, -8, 0.8, 12)
    odd = Drawing((*usual.squares, rule[0]), (*usual.whiskers, rule[1]), usual.diamonds, (), usual.ticks)
    assert doubts(rows_in(draw(PLOT.format(third=""), odd))) == []


@pytest.mark.parametrize(("from_pixels", "expected"), [(False, [("Wang 2012", "RDR012")]), (True, [])])
def test_a_row_without_mark_between_rows_with_marks(
    from_pixels: bool, expected: list[tuple[str, str]], draw: Draw
) -> None:
    row = "Li 2010               0.80 (0.40, 1.60)"
    rows = rows_in(draw(PLOT.format(third=row), drawing([2, 3, 4, 6], from_pixels)))
    assert doubts(rows) == expected
