"""A picture as a canvas: its words, which are read once and kept in the cache, and its drawing, in the frame of its
sheet."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from extract.forests.plot import PICTURE_READER, Canvas, Diamond, Drawing, Square, Tick, Upright
from extract.forests.raster.drawing import find_marks
from extract.forests.raster.images import Picture
from extract.page.box import Box
from extract.page.ocr.picture_texts import read_picture
from extract.page.ocr.picture_words import make_picture_words
from extract.page.ocr.reader import turned_image
from extract.page.sheet import Sheet, turned
from extract.page.words import Word

TALL_BOX_RATIO = 1.1  # of a word's box to the usual one: a taller one reaches into other rows (PMC6221679: 1.2)


def canvas_of(picture: Picture, cache: Path | None = None) -> Canvas:
    """The words and the drawing of a picture. `cache`: the folder of readings, if it is not `.cache/`."""
    turn, texts = read_picture(picture.pixels, cache)
    image = turned_image(picture.pixels, turn)
    marks = find_marks(image, make_picture_words(texts, image))
    size = (picture.page_width, picture.page_height)
    area = turned(picture.place, turn, *size)
    width, height = size if turn in (0, 180) else size[::-1]
    frame = PixelFrame(area, image.shape[1], image.shape[0])
    words = tuple(level_heights([frame.word(word) for word in marks.words]))
    sheet = Sheet(picture.page, turn, width, height, words, tuple(map(frame.rule, marks.rules)), (), ())
    return Canvas(sheet, frame.drawing(marks.drawing), PICTURE_READER, area)


def level_heights(words: Sequence[Word]) -> list[Word]:
    """The words, with the boxes that are taller than usual cut to the usual height: where rows stand close, OCR draws
    boxes that reach into the rows above and below."""
    if not words:
        return []
    usual = median(word.height for word in words)
    return [
        replace(word, top=word.middle - usual / 2, bottom=word.middle + usual / 2)
        if word.height > TALL_BOX_RATIO * usual
        else word
        for word in words
    ]


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
            self.across,
        )
