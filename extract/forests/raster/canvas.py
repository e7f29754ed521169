"""A picture as a canvas: its words, which are read once and kept in the cache, and its drawing, in the frame of its
sheet."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from extract.forests.plot import PICTURE_READER, Canvas, Diamond, Drawing, Square, Tick, Upright
from extract.forests.raster import ocr, pixels
from extract.forests.raster.cache import cached_reading, version_of
from extract.forests.raster.drawing import find_marks
from extract.forests.raster.images import Picture
from extract.forests.raster.ocr import Glyph, Text, find_texts, read_texts, turn_of, turned_image
from extract.forests.raster.ocr_words import make_picture_words
from extract.forests.raster.pixels import Image, PixelBox
from extract.page.box import Box
from extract.page.sheet import Sheet, turned
from extract.page.words import Word

OCR_MARGIN_PX = 16  # of paper around a picture: a letter at its very edge is misread
_READING_CODE = (ocr.__file__, pixels.__file__, __file__)  # a change of these files makes all readings anew


def canvas_of(picture: Picture, cache: Path | None = None) -> Canvas:
    """The words and the drawing of a picture. `cache`: the folder of readings, if it is not `.cache/`."""
    turn, texts = read_picture(picture.pixels, cache)
    image = turned_image(picture.pixels, turn)
    marks = find_marks(image, make_picture_words(texts, image))
    size = (picture.page_width, picture.page_height)
    area = turned(picture.place, turn, *size)
    width, height = size if turn in (0, 180) else size[::-1]
    frame = PixelFrame(area, image.shape[1], image.shape[0])
    words = tuple(frame.word(word) for word in marks.words)
    sheet = Sheet(picture.page, turn, width, height, words, tuple(map(frame.rule, marks.rules)), (), ())
    return Canvas(sheet, frame.drawing(marks.drawing), PICTURE_READER, area)


def read_picture(pixels: Image, cache: Path | None = None) -> tuple[int, list[Text]]:
    """The turn of the text of a picture in degrees, and its texts in the pixels of the upright picture; from the cache
    if the picture was read before."""
    content = repr(pixels.shape).encode() + np.ascontiguousarray(pixels).tobytes()
    version = f"{ocr.reader_version()} {version_of(*_READING_CODE)}"
    turn, texts = cached_reading(content, version, lambda: as_lists(*read_anew(pixels)), cache)
    return turn, [Text(PixelBox(*box), tuple(Glyph(*glyph) for glyph in glyphs)) for box, glyphs in texts]


def as_lists(turn: int, texts: Iterable[Text]) -> list[object]:
    """The reading of a picture as the cache keeps it."""
    rounded = (
        (text.box, [(g.text, round(g.x, 1), round(g.confidence, 3), g.rival) for g in text.glyphs]) for text in texts
    )
    return [turn, list(rounded)]


def read_anew(pixels: Image) -> tuple[int, list[Text]]:
    """The reading of a picture without the cache. Turned text is searched for again once the picture is upright: the
    first search cuts its lines apart."""
    image = with_margin(pixels)
    boxes = find_texts(image)
    turn = turn_of(image, boxes)
    upright = turned_image(image, turn)
    return turn, [shifted(text, -OCR_MARGIN_PX) for text in read_texts(upright, find_texts(upright) if turn else boxes)]


def with_margin(pixels: Image) -> Image:
    """The picture with a margin of its paper around it."""
    sides = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    paper = [float(value) for value in np.median(sides, axis=0)]
    around = cv2.copyMakeBorder(
        pixels, OCR_MARGIN_PX, OCR_MARGIN_PX, OCR_MARGIN_PX, OCR_MARGIN_PX, cv2.BORDER_CONSTANT, value=paper
    )
    return np.asarray(around, np.uint8)


def shifted(text: Text, by: int) -> Text:
    x0, top, x1, bottom = text.box
    box = PixelBox(max(0, x0 + by), max(0, top + by), x1 + by, bottom + by)
    return Text(box, tuple(glyph._replace(x=glyph.x + by) for glyph in text.glyphs))


class PixelFrame:
    """The place of an upright picture in the frame of its sheet: turns its pixels into the points of the sheet."""

    def __init__(self, area: Box, columns: int, rows: int) -> None:
        self.x0, self.top = area.x0, area.top
        self.across, self.down = area.width / columns, area.height / rows

    def x(self, pixel: float) -> float:
        return self.x0 + self.across * pixel

    def y(self, pixel: float) -> float:
        return self.top + self.down * pixel

    def word(self, word: Word) -> Word:
        x0, x1, top, bottom = self.x(word.x0), self.x(word.x1), self.y(word.top), self.y(word.bottom)
        return replace(word, x0=x0, top=top, x1=x1, bottom=bottom, size=word.size * self.down)

    def rule(self, rule: Box) -> Box:
        return Box(self.x(rule.x0), self.y(rule.top), self.x(rule.x1), self.y(rule.bottom))

    def drawing(self, drawing: Drawing) -> Drawing:
        side = (self.across * self.down) ** 0.5
        return Drawing(
            tuple(Square(self.x(s.x), self.y(s.y), side * s.side) for s in drawing.squares),
            tuple(w._replace(x0=self.x(w.x0), x1=self.x(w.x1), y=self.y(w.y)) for w in drawing.whiskers),
            tuple(Diamond(self.x(d.x0), self.x(d.x), self.x(d.x1), self.y(d.y)) for d in drawing.diamonds),
            tuple(Upright(self.x(u.x), self.y(u.top), self.y(u.bottom), u.dashed) for u in drawing.uprights),
            tuple(Tick(self.x(t.x), self.y(t.y), t.text) for t in drawing.ticks),
            drawing.from_pixels,
        )
