"""The glyphs that OCR reads, cut into words."""

import pytest

from extract.page.ocr.picture_words import unglued
from extract.page.ocr.reader import Glyph


def cut(text: str) -> list[str]:
    glyphs = tuple(Glyph(letter, float(place), 1.0) for place, letter in enumerate(text))
    return ["".join(glyph.text for glyph in word) for word in unglued(glyphs)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("312.640.38", ["312.64", "0.38"]),
        ("22.95(1.40,376.600.39", ["22.95(1.40,376.60", "0.39"]),
        ("1.0050.125", ["1.005", "0.125"]),
    ],
)
def test_two_numbers_with_as_many_decimals_are_two_words(text: str, words: list[str]) -> None:
    assert cut(text) == words


@pytest.mark.parametrize("text", ["312.64", "10.11.12", "1.2.3", "0.76.3.52", "v1.20.3", "(0.72,4.16)", "2015.5.12"])
def test_other_texts_stay_whole(text: str) -> None:
    assert cut(text) == [text]
