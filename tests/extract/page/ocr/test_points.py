"""Decimal points that the first look of OCR overlooks."""

import numpy as np
import pytest
from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont

from extract.page.ocr.pixels import PixelBox
from extract.page.ocr.points import pointed, points_in
from extract.page.ocr.reader import Glyph, Text

BOX = PixelBox(0, 0, 39, 19)


def text(string: str, confidence: float = 0.9) -> Text:
    return Text(BOX, tuple(Glyph(letter, 10.0 * place, confidence) for place, letter in enumerate(string)))


def test_a_point_of_the_stretched_reading_is_taken() -> None:
    found = pointed(text("191", 0.7), text("1.91", 0.8), ())
    assert (found.string, [glyph.confidence for glyph in found.glyphs]) == ("1.91", [0.8] * 4)


def test_a_drawn_point_is_sure() -> None:
    assert pointed(text("191"), text("1.91", 0.6), (11.0,)).confidence == 0.9


@pytest.mark.parametrize("stretched", ["191", "1.97", "11.91", "1,91", "1.9l"])
def test_other_differences_leave_the_text(stretched: str) -> None:
    assert pointed(text("191"), text(stretched), (11.0,)).string == "191"


def test_points_are_small_and_stand_at_the_feet_of_digits() -> None:
    picture = Pictures.new("L", (120, 40), 255)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(28)
    pen.text((8, 2), "1", fill=0, font=font)
    pen.text((48, 2), "9", fill=0, font=font)
    feet = max(y for y, row in enumerate(np.asarray(picture)) if (row < 128).any())
    pen.rectangle((30, feet - 3, 33, feet), fill=0)
    pen.rectangle((80, feet - 16, 83, feet - 13), fill=0)
    image = np.asarray(picture.convert("RGB"), np.uint8)
    assert [round(x) for x in points_in(image, PixelBox(0, feet - 23, 119, feet + 4))] == [32]
