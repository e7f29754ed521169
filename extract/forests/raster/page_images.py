"""Drawings that are pictures beside the text of a page: a journal set the words of a plot anew and left its marks."""

from collections.abc import Iterable
from dataclasses import replace

from pypdfium2 import PdfPage

from extract.forests.plot import Drawing
from extract.forests.raster.canvas import Frame
from extract.forests.raster.drawing import find_marks
from extract.forests.raster.images import Picture, may_hold_plot, pictures_on
from extract.page.sheet import Sheet
from extract.page.words import Word

BELOW = 30.0  # points: so far below a picture the numbers of its axis may stand


def read_pictured(page: PdfPage, sheet: Sheet) -> Drawing:
    """The marks of the pictures of a page, in the frame of its sheet; none where its text is turned."""
    if sheet.turn:
        return Drawing()
    pictures = [picture for picture in pictures_on(page, sheet.page) if may_hold_plot(picture.pixels)]
    return together(marks_in(picture, sheet.words) for picture in pictures)


def marks_in(picture: Picture, words: Iterable[Word]) -> Drawing:
    """What is drawn in a picture. The words beside it tell how large type is, those below it are at its axis."""
    frame = Frame(picture.place, picture.pixels.shape[1], picture.pixels.shape[0])
    place = picture.place
    near = [word for word in words if place.top < word.middle < place.bottom + BELOW]
    return frame.drawing(find_marks(picture.pixels, [in_pixels(word, frame) for word in near]).drawing)


def in_pixels(word: Word, frame: Frame) -> Word:
    """A word in the pixels of a picture; one that stands left of it or above is brought to its edge."""
    x0, x1 = (max(0.0, (x - frame.x0) / frame.across) for x in (word.x0, word.x1))
    top, bottom = (max(0.0, (y - frame.top) / frame.down) for y in (word.top, word.bottom))
    return replace(word, x0=x0, top=top, x1=x1, bottom=bottom, size=word.size / frame.down)


def together(drawings: Iterable[Drawing]) -> Drawing:
    """The marks of several drawings as one."""
    each = list(drawings)
    return Drawing(
        tuple(mark for drawing in each for mark in drawing.squares),
        tuple(mark for drawing in each for mark in drawing.whiskers),
        tuple(mark for drawing in each for mark in drawing.diamonds),
        tuple(line for drawing in each for line in drawing.uprights),
        tuple(tick for drawing in each for tick in drawing.ticks),
    )
