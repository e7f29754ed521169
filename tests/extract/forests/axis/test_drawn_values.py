"""The drawn values of each row: estimates, limits, weights, and whether they agree with the print."""

from collections.abc import Sequence

import pytest

from extract.forests.axis.calibration import Axis
from extract.forests.axis.drawn_values import read_drawn, with_drawn
from extract.forests.axis.row_marks import bind_marks, drawing_within
from extract.forests.panel import Panel
from extract.forests.plot import Canvas, Diamond, Drawing, PlotRow, Square, Tick, Upright, Whisker
from extract.page.box import Box
from extract.page.sheet import Sheet
from extract.page.words import Word

AXIS = Axis("linear", 300.0, 160.0, 0.1)
PITCH = 12.0
DRAWN = ("drawn_estimate", "drawn_ci_low", "drawn_ci_high")


def row(number: int, estimate: str, low: str, high: str, **values: str) -> PlotRow:
    y = 100 + PITCH * number
    printed = {"kind": "study", "estimate": estimate, "ci_low": low, "ci_high": high} | values
    return PlotRow(printed, Box(0, y - 4, 500, y + 4, page=1), read_by=("pdfplumber",), place=Box(0, y - 4, 500, y + 4))


def marks(numbers: Sequence[tuple[float, float, float]], shift: float = 0.0, axis: Axis = AXIS) -> Drawing:
    """A square and a whisker for each row; a diamond for the last row."""
    places = [tuple(axis.place(number) for number in three) for three in numbers]
    *studies, pooled = [(*xs, 100 + PITCH * i + shift) for i, xs in enumerate(places)]
    return Drawing(
        tuple(Square(x, y, 4.0 + i) for i, (x, _, _, y) in enumerate(studies)),
        tuple(Whisker(x0, x1, y) for _, x0, x1, y in studies),
        (Diamond(pooled[1], pooled[0], pooled[2], pooled[3]),),
    )


NUMBERS = [(0.2, 0.1, 0.3), (0.313, 0.2042, 0.5), (0.05, 0.01, 0.151), (0.4, 0.251, 0.55), (0.17, 0.11, 0.234)]
ROWS = [
    row(0, "0.20", "0.10", "0.30"),
    row(1, "0.31", "0.20", "0.50"),
    row(2, "0.05", "0.01", "0.15"),
    row(3, "0.40", "0.25", "0.55"),
    row(4, "0.17", "0.11", "0.23", kind="overall"),
]


def drawn_in(rows: Sequence[PlotRow]) -> list[tuple[str, ...]]:
    return [tuple(row.values.get(name, "") for name in DRAWN) for row in rows]


@pytest.mark.parametrize("shift", [0.0, 3.0, -3.0])
def test_values_have_one_decimal_more_than_print_wherever_text_stands_to_marks(shift: float) -> None:
    rows = with_drawn(ROWS, marks(NUMBERS, shift), AXIS)
    assert drawn_in(rows)[1:3] == [("0.313", "0.204", "0.500"), ("0.050", "0.010", "0.151")]
    assert drawn_in(rows)[4] == ("0.170", "0.110", "0.234")
    assert {row.read_by for row in rows} == {("pdfplumber", "drawing")}


def test_a_misprint_is_seen_although_the_axis_is_taken_from_the_print() -> None:
    misprinted = [*ROWS[:1], row(1, "0.31", "0.02", "0.50"), *ROWS[2:]]
    drawing = marks(NUMBERS)
    rows, axis = read_drawn(panel(drawing), misprinted)
    assert axis is not None and axis.source == "rows"
    assert drawn_in(rows)[1][1] == "0.204"
    assert ["drawing" in row.read_by for row in rows] == [True, False, True, True, True]


def panel(drawing: Drawing) -> Panel:
    sheet = Sheet(1, 0, 600.0, 800.0, (), (), (), ())
    beside = Whisker(900.0, 950.0, 112.0)
    canvas = Canvas(
        sheet, Drawing(drawing.squares, (*drawing.whiskers, beside), drawing.diamonds), "pdfplumber", Box(0, 0, 0, 0)
    )
    return Panel(canvas, Box(0.0, 90.0, 600.0, 200.0), ())


def test_a_cut_interval_has_no_limit_and_may_still_agree() -> None:
    drawing = marks(NUMBERS)
    cut = drawing.whiskers[1]._replace(x1=360.0, cut_high=True)
    rows = with_drawn(ROWS, Drawing(drawing.squares, (drawing.whiskers[0], cut, *drawing.whiskers[2:])), AXIS)
    assert drawn_in(rows)[1] == ("0.313", "0.204", "")
    assert "drawing" in rows[1].read_by


def test_a_row_without_numbers_gets_drawn_values_and_agrees_with_nothing() -> None:
    rows = with_drawn([ROWS[0], row(1, "", "", ""), *ROWS[2:]], marks(NUMBERS), AXIS)
    assert (drawn_in(rows)[1], rows[1].read_by) == (("0.313", "0.204", "0.500"), ("pdfplumber",))


def test_zero_has_no_sign() -> None:
    rows = with_drawn(ROWS, marks([(-0.0001, -0.0002, 0.1), *NUMBERS[1:]]), AXIS)
    assert drawn_in(rows)[0][:2] == ("0.000", "0.000")


# ---- weights ----


def weighed(texts: Sequence[str], **values: str) -> list[PlotRow]:
    return [row(i, "0.20", "0.10", "0.30", weight=text, **values) for i, text in enumerate(texts)]


def test_weights_are_areas_if_the_printed_ones_fit() -> None:
    rows = with_drawn(weighed(["8.0", "12.5", "18.0", "99.0"]), marks(NUMBERS), AXIS)
    assert [row.values.get("drawn_weight") for row in rows] == ["8.00", "12.50", "18.00", "24.50"]


def test_squares_of_one_size_say_nothing_of_weights() -> None:
    drawing = marks(NUMBERS)
    alike = tuple(square._replace(side=5.0) for square in drawing.squares)
    rows = with_drawn(weighed(["8.0", "22.5", "48.0", "2.1"]), Drawing(alike, drawing.whiskers), AXIS)
    assert all("drawn_weight" not in row.values for row in rows)


def test_squares_whose_sides_follow_the_weights_give_their_areas() -> None:
    rows = with_drawn(weighed(["40", "50", "60", "70"]), marks(NUMBERS), AXIS)
    areas = [float(row.values["drawn_weight"]) for row in rows[:4]]
    assert [area / areas[0] for area in areas] == pytest.approx([1, 25 / 16, 36 / 16, 49 / 16], rel=0.01)


def test_weights_that_add_to_a_hundred_in_each_group() -> None:
    first, second = weighed(["16", "25", "36"], group="a"), weighed(["0", "0", "0", "4.9", "6.4", "8.1"], group="b")[3:]
    squares = tuple(Square(330.0, 100 + PITCH * i, 4.0 + i) for i in range(6))
    rows = with_drawn([*first, *second], Drawing(squares), AXIS)
    assert [row.values["drawn_weight"] for row in rows] == ["16.0", "25.0", "36.0", "4.90", "6.40", "8.10"]


# ---- binding ----


def test_lines_of_heterogeneity_and_headings_take_no_marks() -> None:
    between = [row(2, "", "", "", kind="heterogeneity")]
    bound = bind_marks([*ROWS[:2], *between, *ROWS[3:]], marks(NUMBERS))
    assert [marks is not None for marks in bound] == [True, True, False, True, True]


def test_a_row_with_a_label_of_several_lines_has_the_height_of_its_estimate() -> None:
    tall = PlotRow(ROWS[1].values, Box(0, 0, 0, 0, page=1), place=Box(0, 108, 500, 136))
    placed = PlotRow(
        ROWS[1].values, tall.box, place=tall.place, words={"estimate": (Word("0.31", 0, 108, 9, 116, 8, ""),)}
    )
    assert bind_marks([ROWS[0], placed, *ROWS[2:]], marks(NUMBERS)) == bind_marks(ROWS, marks(NUMBERS))


def test_rows_without_marks_stay_without_them() -> None:
    assert bind_marks(ROWS, Drawing()) == [None] * 5
    assert bind_marks([], marks(NUMBERS)) == []
    few = bind_marks(ROWS, Drawing((Square(330, 124, 5),), (Whisker(320, 340, 124),)))
    assert [bool(marks) for marks in few] == [False, False, True, False, False]


def test_marks_elsewhere_on_the_page_are_left_out() -> None:
    drawing = Drawing(
        (Square(330, 124, 5), Square(330, 700, 5)),
        (Whisker(320, 340, 124), Whisker(700, 720, 124)),
        (Diamond(320, 330, 340, 136), Diamond(320, 330, 340, 20)),
        (Upright(300, 90, 200), Upright(300, 500, 600), Upright(30, 90, 200)),
        (Tick(300, 190, "0"), Tick(300, 690, "0")),
    )
    kept = drawing_within(drawing, Box(200, 80, 600, 210))
    assert [len(several) for several in vars(kept).values() if isinstance(several, tuple)] == [1, 1, 1, 1, 1]
