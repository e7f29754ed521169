"""Pages turned so that their text reads from left to right, and boxes turned back to the page."""

from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.page.box import Box
from extract.page.sheet import Sheet, is_white, join_rules, read_sheets, turned

WIDTH, HEIGHT = 595.0, 842.0
TURNS = (0, 90, 180, 270)
numbers = st.floats(0, 500, allow_nan=False).map(lambda x: round(x, 2))
places = st.builds(lambda x0, y0, w, h: Box(x0, y0, x0 + w, y0 + h), numbers, numbers, numbers, numbers)
WORD = '#set page(width: 300pt, height: 200pt, margin: 0pt)\n#set text(size: 10pt, font: "Libertinus Serif")\n'
SAID = "Forty characters at least, so that it is a sheet"


@settings(derandomize=True)
@given(place=places, turn=st.sampled_from(TURNS))
def test_a_box_that_is_turned_comes_back_to_its_place(place: Box, turn: int) -> None:
    size = (WIDTH, HEIGHT) if turn in (0, 180) else (HEIGHT, WIDTH)
    sheet = Sheet(3, turn, *size, (), (), (), ())
    assert sheet.on_page(turned(place, turn, WIDTH, HEIGHT)) == pytest.approx(Box(*place.edges, page=3))


@pytest.mark.parametrize("turn", TURNS)
def test_turned_text_reads_from_left_to_right_and_its_box_holds_it(turn: int, pdf: Callable[[str], Path]) -> None:
    source = f"{WORD}#place(center + horizon, rotate({-turn}deg, reflow: true)[{SAID}])"
    with pdfplumber.open(pdf(source)) as document:
        (sheet,) = read_sheets(document.pages[0])
        chars = document.pages[0].chars
    assert (sheet.turn, " ".join(word.text for word in sheet.words)) == (turn, SAID)
    boxes = [sheet.on_page(word) for word in sheet.words]
    around = [
        min(b.x0 for b in boxes),
        min(b.top for b in boxes),
        max(b.x1 for b in boxes),
        max(b.bottom for b in boxes),
    ]
    edges = [(min, "x0"), (min, "top"), (max, "x1"), (max, "bottom")]
    assert around == pytest.approx([choose(char[name] for char in chars) for choose, name in edges], abs=0.1)


def test_a_page_with_text_in_two_directions_has_two_sheets_the_fuller_one_first(pdf: Callable[[str], Path]) -> None:
    source = f"{WORD}{SAID}\n#place(right, rotate(-90deg, reflow: true)[{SAID}, and more of it])"
    with pdfplumber.open(pdf(source)) as document:
        sheets = read_sheets(document.pages[0])
    assert [(sheet.turn, sheet.width, sheet.height) for sheet in sheets] == [(90, 200, 300), (0, 300, 200)]


def test_a_title_of_an_axis_is_no_sheet(pdf: Callable[[str], Path]) -> None:
    with pdfplumber.open(pdf(f"{WORD}{SAID}\n#place(right, rotate(-90deg, reflow: true)[Survival])")) as document:
        assert [sheet.turn for sheet in read_sheets(document.pages[0])] == [0]


def test_lines_thin_boxes_and_the_sides_of_frames_are_rules_and_white_ones_are_none(pdf: Callable[[str], Path]) -> None:
    source = f"""{WORD}{SAID}
#place(top + left, dx: 10pt, dy: 30pt, line(length: 100pt))
#place(top + left, dx: 10pt, dy: 40pt, rect(width: 100pt, height: 1pt, fill: black))
#place(top + left, dx: 10pt, dy: 50pt, rect(width: 100pt, height: 20pt, stroke: 0.5pt))
#place(top + left, dx: 10pt, dy: 80pt, rect(width: 100pt, height: 20pt, fill: luma(220)))
#place(top + left, dx: 10pt, dy: 110pt, rect(width: 100pt, height: 20pt, fill: white))
#place(top + left, dx: 150pt, dy: 30pt, line(length: 60pt, angle: 90deg))
"""
    with pdfplumber.open(pdf(source)) as document:
        (sheet,) = read_sheets(document.pages[0])
    assert [round(rule.top) for rule in sheet.across] == [30, 40, 50, 70]
    assert [(round(rule.x0), round(rule.height)) for rule in sheet.down] == [(10, 20), (110, 20), (150, 60)]
    assert [tuple(map(round, fill.edges)) for fill in sheet.fills] == [(10, 80, 110, 100)]


def test_pieces_of_a_rule_are_one_and_two_heights_are_two() -> None:
    pieces = [Box(50, 10, 99, 10), Box(0, 10.4, 50, 10.4), Box(100, 10, 150, 10), Box(0, 20, 50, 20)]
    assert join_rules(pieces) == [Box(0, 10, 150, 10.4), Box(0, 20, 50, 20)]


@pytest.mark.parametrize(
    ("colour", "white"),
    [
        ((1,), True),
        (1.0, True),
        ((1, 1, 1), True),
        ((0, 0, 0, 0), True),
        ((0.86,), False),
        ((0, 0, 0), False),
        ((0, 0, 0, 0.1), False),
        (("P1",), False),
        (None, False),
    ],
)
def test_white_is_white_in_every_colour_space(colour: object, white: bool) -> None:
    assert is_white(colour) is white
