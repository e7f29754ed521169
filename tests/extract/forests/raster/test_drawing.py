"""Marks drawn with OpenCV are found at their places."""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.forests.plot import Drawing
from extract.forests.raster.drawing import find_marks
from extract.page.ocr.pixels import Image
from extract.page.words import Word

EM = 22
ROW = 34
LEFT, RIGHT = 300, 700
AXIS = 500
GREY, BLACK, BLUE = (170, 170, 170), (0, 0, 0), (40, 60, 160)


def label(row: int) -> Word:
    top = y_of(row) - EM / 2
    return Word("Study", 10, top, 90, top + EM, EM, "")


def y_of(row: int) -> int:
    return 60 + ROW * row


def canvas(rows: int) -> Image:
    return np.full((y_of(rows) + 80, 900, 3), 255, np.uint8)


def interval(image: Image, row: int, x0: int, x: int, x1: int, side: int = 14, colour: Sequence[int] = GREY) -> None:
    y = y_of(row)
    cv2.rectangle(image, (x - side // 2, y - side // 2), (x + side // 2, y + side // 2), colour, -1)
    cv2.line(image, (x0, y), (x1, y), BLACK, 2)


def dashed(image: Image, x: int, bottom: int) -> None:
    for top in range(30, bottom, 16):
        cv2.line(image, (x, top), (x, min(top + 9, bottom)), BLACK, 2)


def marks(image: Image, rows: int) -> Drawing:
    return find_marks(image, [label(row) for row in range(rows)]).drawing


def near(end: int) -> object:
    """The end of a line, as exactly as it can be found: a line that nearly touches an upright seems to end on it."""
    return pytest.approx(end, abs=5 if abs(end - AXIS) < 5 else 2.5)


@given(
    st.lists(
        st.tuples(st.integers(LEFT, 440), st.integers(24, 60), st.integers(24, 120), st.integers(8, 26)),
        min_size=2,
        max_size=6,
    ),
    st.sampled_from([GREY, BLACK, BLUE]),
)
@settings(max_examples=30)
def test_intervals_are_found_at_their_places(drawn: list[tuple[int, int, int, int]], colour: tuple[int, ...]) -> None:
    image = canvas(len(drawn))
    cv2.line(image, (AXIS, 30), (AXIS, y_of(len(drawn))), BLACK, 2)
    for row, (x0, low, high, side) in enumerate(drawn):
        interval(image, row, x0, x0 + low, x0 + low + high, side, colour)
    found = marks(image, len(drawn))
    assert len(found.squares) == len(found.whiskers) == len(drawn)
    for row, (x0, low, high, side) in enumerate(drawn):
        square, whisker = found.squares[row], found.whiskers[row]
        assert whisker.y == pytest.approx(y_of(row) + 0.5, abs=1.5)
        assert square.x == pytest.approx(x0 + low + 0.5, abs=1.5)
        assert square.side == pytest.approx(side, abs=2.5)
        assert (whisker.x0, whisker.x1) == (near(x0), near(x0 + low + high))
        assert not whisker.cut_low
        assert not whisker.cut_high


def test_lines_from_top_to_bottom() -> None:
    image = canvas(6)
    cv2.line(image, (AXIS, 30), (AXIS, y_of(6)), BLACK, 2)
    dashed(image, 460, y_of(6))
    for row in range(6):
        interval(image, row, 380, 440 + 9 * row, 560)
    found = sorted(marks(image, 6).uprights)
    assert [round(line.x) for line in found] == [pytest.approx(460, abs=1), pytest.approx(AXIS, abs=1)]
    assert [line.dashed for line in found] == [True, False]


def test_marks_below_one_another_are_no_dashed_line() -> None:
    image = canvas(8)
    for row in range(8):
        interval(image, row, 380, 460, 560, 12, BLACK)
    found = marks(image, 8)
    assert (len(found.squares), len(found.uprights)) == (8, 0)


@pytest.mark.filterwarnings("error")
def test_a_mark_that_an_upright_hides_leaves_its_line() -> None:
    """Three intervals, the last with a small mark on the line of no effect."""
    image = canvas(3)
    cv2.line(image, (AXIS, 30), (AXIS, y_of(3)), BLACK, 3)
    for row, x in enumerate((460, 470, AXIS)):
        interval(image, row, 380, x, 560, 14 if x < AXIS else 8)
    found = marks(image, 3)
    assert [round(square.x) for square in found.squares] == [460, 470]
    assert [(whisker.x0, whisker.x1) for whisker in found.whiskers] == [(near(380), near(560))] * 3


def test_arrows() -> None:
    image = canvas(4)
    for row in range(3):
        interval(image, row, 380, 460, 560)
    cv2.line(image, (380, y_of(3)), (560, y_of(3)), BLACK, 2)
    open_, filled = y_of(1), y_of(2)
    for side in (-1, 1):
        cv2.line(image, (380, open_), (390, open_ + 9 * side), BLACK, 2)
    cv2.fillPoly(image, [np.array([[560, filled], [548, filled - 7], [548, filled + 7]])], BLACK)
    near_tip = y_of(3)  # the mark of this one is close to its arrow
    cv2.fillPoly(image, [np.array([[380, near_tip], [392, near_tip - 7], [392, near_tip + 7]])], BLACK)
    cv2.rectangle(image, (402, near_tip - 5), (412, near_tip + 5), GREY, -1)
    found = marks(image, 4)
    cuts = [(whisker.cut_low, whisker.cut_high) for whisker in found.whiskers]
    assert [square.x for square in found.squares][-1] == pytest.approx(407.5, abs=1)
    assert cuts == [(False, False), (True, False), (False, True), (True, False)]


@pytest.mark.parametrize("thick", [-1, 2])
def test_diamonds_filled_and_hollow(thick: int) -> None:
    image = canvas(4)
    dashed(image, 452, y_of(4))
    for row in range(3):
        interval(image, row, 380, 470, 560)
    corners = np.array([[400, y_of(3)], [450, y_of(3) - 10], [500, y_of(3)], [450, y_of(3) + 10]])
    if thick < 0:
        cv2.fillPoly(image, [corners], BLACK)
    else:
        cv2.polylines(image, [corners], True, BLACK, thick, cv2.LINE_AA)
    found = marks(image, 4)
    assert len(found.whiskers) == 3
    [diamond] = found.diamonds
    assert (diamond.x0, diamond.x, diamond.x1, diamond.y) == pytest.approx((400, 450, 500, y_of(3)), abs=3)


def test_an_axis_with_its_numbers() -> None:
    image = canvas(4)
    for row in range(3):
        interval(image, row, 380, 460, 560)
    y = y_of(3) + 10
    cv2.line(image, (300, y), (700, y), BLACK, 2)
    for x in (300, 433, 567, 700):
        cv2.line(image, (x, y - 5), (x, y + 8), BLACK, 2)
    numbers = [
        Word(text, x - 12, y + 16, x + 12, y + 16 + EM, EM, "")
        for x, text in ((300, "0.1"), (433, "1"), (567, "10"), (700, "100"))
    ]
    found = find_marks(image, [*(label(row) for row in range(3)), *numbers])
    assert [tick.text for tick in found.drawing.ticks] == ["0.1", "1", "10", "100"]
    assert [tick.x for tick in found.drawing.ticks] == pytest.approx([300, 433, 567, 700], abs=2)
    assert len(found.drawing.whiskers) == 3
    assert len(found.rules) == 1


def test_rules_are_no_intervals_and_marks_no_words() -> None:
    image = canvas(3)
    cv2.line(image, (0, 25), (899, 25), BLACK, 2)
    for row in range(3):
        interval(image, row, 380, 460, 560)
    square = Word("0", 453, y_of(1) - 7, 467, y_of(1) + 7, 14, "", confidence=0.4)
    found = find_marks(image, [*(label(row) for row in range(3)), square])
    assert len(found.drawing.whiskers) == len(found.drawing.squares) == 3
    assert square not in found.words
    assert [round(rule.width) for rule in found.rules] == [900]


def test_a_page_without_words_or_marks_has_no_drawing() -> None:
    assert find_marks(canvas(3), []).drawing == Drawing()
    assert marks(canvas(3), 3) == Drawing(from_pixels=True)


@pytest.mark.parametrize("confidence", [0.5, 1.0])
def test_a_picture_without_words(confidence: float) -> None:
    """A picture in which OCR reads nothing, or only what may be marks, such as the letters of panels."""
    image = canvas(3)
    interval(image, 1, LEFT, AXIS, RIGHT)
    find_marks(image, [])
    find_marks(image, [replace(label(0), text="A", confidence=confidence)])
