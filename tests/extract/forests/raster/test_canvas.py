"""A small plot as a picture: its words and its drawing on its page. (The only OCR of this module: one picture, read
once upright and once sideways.)"""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from extract.forests.plot import Canvas
from extract.forests.raster.canvas import canvas_of
from extract.forests.raster.images import Picture
from extract.page.box import Box
from extract.page.ocr import picture_texts
from extract.page.ocr.cache import LastReadings
from extract.page.ocr.pixels import Image

FONT = Path(__file__).parents[4] / "raw_pdfs" / "facsimiles" / "fonts" / "LiberationSans-Regular.ttf"
ROWS = [
    ("Chawla 2022", "0", "0.08 (0.02, 0.21)", "8.54"),
    ("Tian 2024", "7", "0.25 (0.11, 0.43)", "20.34"),
    ("Overall", "", "0.16 (0.12, 0.21)", "100.00"),
]
COLUMNS = (10, 160, 560, 760)


def small_plot() -> Image:
    page = Pillow.new("RGB", (860, 150), "white")
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), 22)
    for row, texts in enumerate(ROWS):
        for x, text in zip(COLUMNS, texts, strict=True):
            draw.text((x, 15 + 40 * row), text, font=font, fill="black")
    image = np.array(page)
    for row, (x0, x, x1) in enumerate([(260, 300, 380), (310, 400, 500)]):
        cv2.line(image, (x0, 28 + 40 * row), (x1, 28 + 40 * row), (0, 0, 0), 2)
        cv2.rectangle(image, (x - 8, 20 + 40 * row), (x + 8, 36 + 40 * row), (170, 170, 170), -1)
    cv2.fillPoly(image, [np.array([[300, 108], [340, 98], [380, 108], [340, 118]])], (0, 0, 0))
    return np.asarray(image, np.uint8)


@pytest.fixture(scope="module")
def canvases(tmp_path_factory: pytest.TempPathFactory) -> list[Canvas]:
    """The plot on the upper half of a page of 430 x 150 points, and sideways on a page."""
    cache, image = tmp_path_factory.mktemp("cache"), small_plot()
    upright = Picture(image, 3, 430.0, 150.0, Box(0.0, 0.0, 430.0, 75.0))
    turned = np.ascontiguousarray(np.rot90(image))
    sideways = Picture(turned, 4, 150.0, 430.0, Box(0.0, 0.0, 75.0, 430.0))
    return [canvas_of(picture, cache) for picture in (upright, sideways)]


def test_words_are_read_at_their_place(canvases: list[Canvas]) -> None:
    for canvas in canvases:
        texts = sorted(word.text for word in canvas.sheet.words)
        assert texts == sorted(" ".join(" ".join(row) for row in ROWS).split())
        words = {word.text: word for word in canvas.sheet.words}
        assert words["0.25"].x0 == pytest.approx(280, abs=2)
        assert words["0.25"].middle == pytest.approx(33.5, abs=2)
        assert words["Chawla"].size == pytest.approx(11, abs=1.5)
        assert min(word.confidence for word in canvas.sheet.words) > 0.5


def test_the_drawing_is_in_the_same_frame(canvases: list[Canvas]) -> None:
    for canvas in canvases:
        assert [square.x for square in canvas.drawing.squares] == pytest.approx([150, 200], abs=1)
        assert [(w.x0, w.x1) for w in canvas.drawing.whiskers] == [
            pytest.approx((130, 190), abs=1.5),
            pytest.approx((155, 250), abs=1.5),
        ]
        assert [(d.x0, d.x1) for d in canvas.drawing.diamonds] == [pytest.approx((150, 190), abs=1.5)]


def test_a_sideways_picture_is_turned_and_leads_back_to_its_page(canvases: list[Canvas]) -> None:
    upright, sideways = canvases
    assert (upright.sheet.turn, sideways.sheet.turn) == (0, 90)
    word = next(word for word in sideways.sheet.words if word.text == "Overall")
    box = sideways.sheet.on_page(word)
    assert box.page == 4
    assert box.bottom - box.top > box.x1 - box.x0
    assert box.bottom == pytest.approx(430 - word.x0, abs=0.01)


def test_a_picture_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blank = Picture(np.full((80, 200, 3), 255, np.uint8), 1, 200.0, 80.0, Box(0.0, 0.0, 200.0, 80.0))
    first = canvas_of(blank, tmp_path)

    def fail(image: Image) -> None:
        raise AssertionError

    monkeypatch.setattr(picture_texts, "_LAST", LastReadings(1))
    monkeypatch.setattr(picture_texts, "find_texts", fail)
    assert canvas_of(blank, tmp_path) == first
