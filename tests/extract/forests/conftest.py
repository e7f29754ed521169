"""Canvases made of drawings of letters: each letter of a drawing has its place on the sheet."""

import re
from collections.abc import Callable

import pytest

from extract.forests.plot import Canvas, Drawing
from extract.page.box import Box
from extract.page.lines import Line, make_lines
from extract.page.sheet import Sheet
from extract.page.words import Word

SIZE = 8.0
LETTER = 4.0  # points from letter to letter
PITCH = 12.0  # points from line to line


def words_of(picture: str, pitch: float = PITCH) -> list[Word]:
    """The words of a drawing of letters: spaces are as wide as letters; "^^67" behind a word is its raised mark."""
    words = []
    for number, line in enumerate(picture.strip("\n").split("\n")):
        for match in re.finditer(r"\S+", line):
            text, _, mark = match[0].partition("^^")
            x0, top = match.start() * LETTER, 50 + number * pitch
            x1 = x0 + len(text) * LETTER + 0.6
            words.append(Word(text, x0, top, x1, top + SIZE, SIZE, "Sans", (mark,) if mark else ()))
    return words


def canvas_of(picture: str, drawing: Drawing | None = None, pitch: float = PITCH) -> Canvas:
    words = words_of(picture, pitch)
    width, height = max(word.x1 for word in words) + 50, max(word.bottom for word in words) + 50
    sheet = Sheet(1, 0, width, height, tuple(words), (), (), ())
    return Canvas(sheet, drawing or Drawing(), "pdfplumber", Box(0.0, 0.0, width, height))


@pytest.fixture
def draw() -> Callable[..., Canvas]:
    """A canvas out of a drawing of letters."""
    return canvas_of


@pytest.fixture(scope="session")
def line_of() -> Callable[[str], Line]:
    """A line out of a drawing of letters."""
    return lambda text: make_lines(words_of(text))[0]
