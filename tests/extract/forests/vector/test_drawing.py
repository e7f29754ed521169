"""Marks as statistics packages and journals draw them, on pages made by Typst."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pdfplumber
import pytest
import typst

from extract.forests.plot import Drawing
from extract.forests.vector.drawing import read_drawing
from extract.page.sheet import read_sheets

Draw = Callable[..., Drawing]
PAGE = "#set page(width: 400pt, height: 300pt, margin: 0pt)\n#set text(size: 8pt)\n"
TEXT = "#place(dx: 5pt, dy: 280pt)[A page without text has no sheet, so that this one says something.]\n"


def line(x0: float, y0: float, x1: float, y1: float, stroke: str = "0.7pt") -> str:
    return f"#place(line(start: ({x0}pt, {y0}pt), end: ({x1}pt, {y1}pt), stroke: {stroke}))\n"


def square(x: float, y: float, side: float, look: str = "fill: gray") -> str:
    return f"#place(dx: {x - side / 2}pt, dy: {y - side / 2}pt, rect(width: {side}pt, height: {side}pt, {look}))\n"


def disc(x: float, y: float, side: float) -> str:
    return f"#place(dx: {x - side / 2}pt, dy: {y - side / 2}pt, circle(radius: {side / 2}pt, fill: black))\n"


def polygon(*points: tuple[float, float], look: str = "fill: black") -> str:
    return f"#place(polygon({look}, {', '.join(f'({x}pt, {y}pt)' for x, y in points)}))\n"


def diamond(x0: float, x: float, x1: float, y: float, half: float = 4.0, look: str = "fill: black") -> str:
    return polygon((x0, y), (x, y - half), (x1, y), (x, y + half), look=look)


def strokes(*points: tuple[float, float]) -> str:
    """A closed shape of single lines."""
    return "".join(line(*a, *b) for a, b in zip(points, [*points[1:], points[0]], strict=True))


def word(text: str, x: float, y: float) -> str:
    return f"#place(dx: {x - 10}pt, dy: {y}pt, box(width: 20pt, align(center)[{text}]))\n"


def axis(x0: float, x1: float, y: float, ticks: Iterable[tuple[float, str]], above: float = 0.0) -> str:
    marks = "".join(line(x, y - above, x, y + 3) + word(text, x, y + 5) for x, text in ticks)
    return line(x0, y, x1, y) + marks


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    """draw(markup, turn): the drawing read from a page; `turn` turns its drawing and text."""

    def make(markup: str, turn: int = 0) -> Drawing:
        path = tmp_path / "made.pdf"
        body = (
            f"#rotate({turn}deg, reflow: true, box(width: 400pt, height: 300pt)[{TEXT}{markup}])"
            if turn
            else TEXT + markup
        )
        page = PAGE.replace("400pt, height: 300pt", "300pt, height: 400pt") if turn else PAGE
        path.write_bytes(typst.compile((page + body).encode(), timestamp=0))
        with pdfplumber.open(path) as document:
            (sheet,) = read_sheets(document.pages[0])
            return read_drawing(document.pages[0], sheet)

    return make


STATA = (
    "".join(square(x, y, side) + line(x - 30, y, x + 30, y) + diamond(x - 1, x, x + 1, y, 1) for x, y, side in [
        (180, 50, 9), (210, 62, 4), (195, 74, 6),
    ])
    + strokes((185, 86), (195, 82), (207, 86), (195, 90))
    + "".join(line(195, y, 195, y + 2.4, "0.7pt + red") for y in range(40, 100, 4))
    + line(170, 40, 170, 100)
    + axis(20, 380, 100, [(150, ".1"), (170, "1"), (230, "8.76")])
)  # fmt: skip
REVMAN = (
    "".join(square(x, y, side, "fill: blue, stroke: none") + line(x - 30, y, x + 30, y) for x, y, side in [
        (180, 50, 9), (210, 62, 4), (195, 74, 6),
    ])
    + diamond(185, 195, 207, 86)
    + line(170, 40, 170, 103)
    + axis(120, 260, 100, [(120, "0.01"), (170, "1"), (260, "100")], above=3)
)  # fmt: skip


@pytest.mark.parametrize("turn", [0, 90, -90])
@pytest.mark.parametrize(("style", "ticks"), [(STATA, [".1", "1", "8.76"]), (REVMAN, ["0.01", "1", "100"])])
def test_a_plot_in_the_style_of_a_package(style: str, ticks: list[str], turn: int, draw: Draw) -> None:
    found = draw(style, turn)
    assert [(round(s.x), round(s.y), round(s.side)) for s in found.squares] == [
        (180, 50, 9),
        (210, 62, 4),
        (195, 74, 6),
    ]
    assert [(round(w.x0), round(w.x1), round(w.y)) for w in found.whiskers] == [
        (150, 210, 50),
        (180, 240, 62),
        (165, 225, 74),
    ]
    assert not any(w.cut_low or w.cut_high for w in found.whiskers)
    assert [tuple(round(place) for place in d) for d in found.diamonds] == [(185, 195, 207, 86)]
    assert [tick.text for tick in found.ticks] == ticks
    assert (170, False) in [(round(u.x), u.dashed) for u in found.uprights]


def test_a_line_made_of_dashes_is_one_and_so_is_a_dashed_one(draw: Draw) -> None:
    dashed = REVMAN + line(195, 40, 195, 96, '(thickness: 0.7pt, dash: "dashed")')
    for style in (STATA, dashed):
        (upright,) = [u for u in draw(style).uprights if u.dashed]
        assert round(upright.x) == 195 and upright.bottom - upright.top > 50


def test_arrows_of_two_strokes_and_of_triangles(draw: Draw) -> None:
    open_head = line(146, 47, 150, 50) + line(146, 53, 150, 50)
    found = draw(
        square(120, 50, 5) + line(90, 50, 150, 50) + open_head
        + square(120, 62, 5) + line(94, 62, 150, 62) + polygon((90, 62), (94, 60), (94, 64))
    )  # fmt: skip
    ends = [(round(w.x0), w.cut_low, round(w.x1), w.cut_high) for w in found.whiskers]
    assert ends == [(90, False, 150, True), (90, True, 150, False)]


def test_marks_of_other_shapes(draw: Draw) -> None:
    """A disc, an empty square, an upright stroke, lines on both sides of a mark, a thin box."""
    thin = "#place(dx: 100pt, dy: 109.6pt, rect(width: 60pt, height: 0.8pt, fill: black))\n"
    found = draw(
        disc(130, 50, 6) + line(100, 50, 160, 50)
        + square(130, 62, 6, "stroke: 0.5pt") + line(100, 62, 160, 62)
        + line(130, 84, 130, 88) + line(100, 86, 160, 86)
        + square(130, 98, 6) + line(100, 98, 127, 98) + line(133, 98, 160, 98)
        + square(130, 110, 6) + thin
    )  # fmt: skip
    assert [(round(s.x), round(s.y)) for s in found.squares] == [(130, y) for y in (50, 62, 86, 98, 110)]
    assert [(round(w.x0), round(w.x1)) for w in found.whiskers] == [(100, 160)] * 5
    assert found.diamonds == ()


def test_rhombi_are_marks_if_all_studies_have_one_and_else_pooled_lines(draw: Draw) -> None:
    """A pooled line may have a line through it, for its prediction interval."""
    lines = "".join(line(100, y, 160, y) for y in (50, 62, 74))
    predicted = diamond(125, 130, 135, 86) + line(100, 86, 160, 86)
    rhombi = draw("".join(diamond(127, 130, 133, y) for y in (50, 62, 74)) + lines + diamond(120, 130, 140, 86))
    assert ([round(s.y) for s in rhombi.squares], [round(d.y) for d in rhombi.diamonds]) == ([50, 62, 74], [86])
    squares = draw("".join(square(130, y, 6) for y in (50, 62, 74)) + lines + predicted)
    assert ([round(w.y) for w in squares.whiskers], [round(d.y) for d in squares.diamonds]) == ([50, 62, 74], [86])


def test_an_interval_shorter_than_its_square(draw: Draw) -> None:
    """It is drawn white upon the square, or does not show."""
    white = square(130, 150, 12) + line(126, 150, 134, 150, "0.7pt + white")
    found = draw(REVMAN + white + square(190, 162, 8))
    assert [round(w.x0) for w in found.whiskers if round(w.y) == 150] == [126]
    assert [(round(s.x), round(s.y)) for s in found.squares[-2:]] == [(130, 150), (190, 162)]


def test_tables_frames_and_funnels_are_no_forest_plots(draw: Draw) -> None:
    rules = "".join(line(20, y, 380, y) for y in (20, 40, 60, 200)) + line(20, 20, 20, 200) + line(380, 20, 380, 200)
    boxes = square(100, 30, 8) + square(100, 50, 8)
    funnel = "".join(disc(100 + 13 * i, 110 + 7 * (i % 5), 3) for i in range(9)) + axis(
        80, 300, 190, [(90, "-1"), (190, "0"), (290, "1")]
    )
    found = draw(rules + boxes + funnel)
    assert (found.squares, found.whiskers, found.diamonds) == ((), (), ())


def test_a_page_of_text_has_no_marks(draw: Draw) -> None:
    assert draw("") == Drawing()
