"""Forest plots drawn over their page."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from extract.forests.axis.calibration import Axis
from extract.forests.overlay import (
    AXIS,
    ESTIMATE,
    INTERVAL,
    LINE,
    PLOT,
    POOLED,
    ROW,
    draw_plots,
    forests_on,
    round_values,
)
from extract.forests.plot import Canvas, Diamond, Drawing, Plot, PlotRow, Square, Tick, Upright, Whisker
from extract.page.box import Box
from extract.page.document import open_document
from extract.page.sheet import Sheet
from extract.tables.overlay import draw_page

VECTOR = Path(__file__).parents[3] / "raw_pdfs" / "facsimiles" / "cao2025_vector.pdf"
NUMBERS = [("0.20", "0.10", "0.30"), ("0.40", "0.20", "0.60"), ("0.50", "0.30", "0.70"), ("0.30", "0.20", "0.40")]
DRAWING = Drawing(
    tuple(Square(float(estimate) * 100 + 100, 60 + 20 * i, 6) for i, (estimate, _, _) in enumerate(NUMBERS[:3])),
    tuple(
        Whisker(float(x0) * 100 + 100, float(x1) * 100 + 100, 60 + 20 * i) for i, (_, x0, x1) in enumerate(NUMBERS[:3])
    ),
    (Diamond(120, 130, 140, 120),),
    (Upright(105, 50, 130),),
    (Tick(100, 140, "0"),),
)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_each_mark_stands_where_it_was_found_however_the_text_is_turned(turn: int) -> None:
    sheet = Sheet(1, turn, 300.0, 160.0, (), (), (), ())
    rows = tuple(
        PlotRow(
            dict(zip(("estimate", "ci_low", "ci_high"), three, strict=True)),
            sheet.on_page(Box(10, 55 + 20 * i, 90, 65 + 20 * i)),
        )
        for i, three in enumerate(NUMBERS)
    )
    plot = Plot("Figure 1", "", sheet.on_page(Box(5, 20, 290, 150)), "", "linear", rows)
    size = (300, 160) if turn in (0, 180) else (160, 300)
    picture = Image.new("RGB", (2 * size[0], 2 * size[1]), "white")
    draw_plots(ImageDraw.Draw(picture), Canvas(sheet, DRAWING, "pdfplumber", Box(0, 0, 300, 160)), [plot], 2.0)

    def colour(x: float, y: float) -> object:
        left, top = sheet.on_page(Box(x, y, x, y))[:2]
        return picture.getpixel((round(left * 2), round(top * 2)))

    assert colour(50, 20) == PLOT
    assert colour(50, 55) == ROW
    assert colour(120, 61) == ESTIMATE
    assert colour(112, 60) == INTERVAL
    assert colour(105, 100) == LINE
    assert colour(125, 118.5) == POOLED
    assert colour(140, 51) == AXIS
    assert colour(100, 141) == AXIS


def test_the_axis_is_marked_with_round_values() -> None:
    assert round_values(Axis("linear", 0.0, 100.0), 0.0, 50.0) == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]
    assert round_values(Axis("linear", 0.0, 1.0), -30.0, 12.0) == [
        -30.0,
        -25.0,
        -20.0,
        -15.0,
        -10.0,
        -5.0,
        0.0,
        5.0,
        10.0,
    ]
    assert round_values(Axis("log", 0.0, 10.0), -8.0, 20.0) == [0.5, 1.0, 2.0, 5.0]
    assert round_values(Axis("log", 0.0, 1.0), -5.0, 5.0) == [0.01, 0.1, 1.0, 10.0, 100.0]


def page_with(text: str) -> int:
    with pypdfium2.PdfDocument(VECTOR) as document:
        return 1 + max(i for i, page in enumerate(document) if text in page.get_textpage().get_text_range())


def test_a_page_of_the_facsimile_with_its_plot(tmp_path: Path) -> None:
    page = page_with("Fig. 3. ")
    with open_document(VECTOR) as document:
        draw_page(document, page, tmp_path / "page.png", more=forests_on(document, page))
    with Image.open(tmp_path / "page.png") as picture:
        colours = {colour for _, colour in picture.getcolors(1 << 24) or []}
    assert {PLOT, ROW, ESTIMATE, INTERVAL, POOLED, LINE, AXIS} <= colours
