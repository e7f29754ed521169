"""Drawings that are pictures in the text of a page: a journal set the words of a plot anew and left its marks."""

from collections.abc import Iterable
from dataclasses import replace

from pypdfium2 import PdfPage

from extract.forests.plot import Drawing
from extract.forests.raster.canvas import PixelFrame
from extract.forests.raster.drawing import find_marks
from extract.forests.raster.images import KnownPictures, Picture, pictures_on
from extract.page.sheet import Sheet
from extract.page.words import Word

BELOW_PICTURE_PT = 30.0  # from a picture down to the numbers of its axis, and their title


def read_pictured(page: PdfPage, sheet: Sheet, known: KnownPictures) -> Drawing:
    """The marks of the pictures of a page, in the frame of its sheet; an empty drawing for a turned sheet."""
    if sheet.turn:
        return Drawing()
    return joined_drawings(marks_in(picture, sheet.words) for picture in pictures_on(page, sheet.page, any_text, known))


def any_text(_: str) -> bool:
    """Whatever text stands upon a picture, its marks may be those of the rows of the page."""
    return True


def marks_in(picture: Picture, words: Iterable[Word]) -> Drawing:
    """The drawing of a picture. Words beside the picture show the type size, words below it are the numbers of its
    axis."""
    frame = PixelFrame(picture.place, picture.pixels.shape[1], picture.pixels.shape[0])
    place = picture.place
    near = [word for word in words if place.top < word.middle < place.bottom + BELOW_PICTURE_PT]
    return frame.drawing(find_marks(picture.pixels, [in_pixels(word, frame) for word in near]).drawing)


def in_pixels(word: Word, frame: PixelFrame) -> Word:
    """A word in the pixels of a picture. A word to the left of the picture or above is moved to its edge."""
    x0, x1 = (max(0.0, (x - frame.x0) / frame.across) for x in (word.x0, word.x1))
    top, bottom = (max(0.0, (y - frame.top) / frame.down) for y in (word.top, word.bottom))
    return replace(word, x0=x0, top=top, x1=x1, bottom=bottom, size=word.size / frame.down)


def joined_drawings(drawings: Iterable[Drawing]) -> Drawing:
    """The marks of several drawings as one drawing."""
    each = list(drawings)
    return Drawing(
        tuple(mark for drawing in each for mark in drawing.squares),
        tuple(mark for drawing in each for mark in drawing.whiskers),
        tuple(mark for drawing in each for mark in drawing.diamonds),
        tuple(line for drawing in each for line in drawing.uprights),
        tuple(tick for drawing in each for tick in drawing.ticks),
        from_pixels=any(drawing.from_pixels for drawing in each),
        grain=max((drawing.grain for drawing in each), default=0.0),
    )
