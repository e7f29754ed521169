"""The texts of a picture, which are read once and kept in the cache."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import cv2
import numpy as np

from extract.page.ocr import pixels, points, reader
from extract.page.ocr.cache import LastReadings, cached_reading, version_of
from extract.page.ocr.pixels import Image, PixelBox
from extract.page.ocr.points import with_points
from extract.page.ocr.reader import Glyph, Text, find_texts, read_texts, turn_of, turned_image

_LAST = LastReadings[tuple[int, list[Text]]](100)  # a reading takes a MB at most
OCR_MARGIN_PX = 16  # of paper around a picture: a letter at its very edge is misread
_READING_CODE = (
    reader.__file__,
    points.__file__,
    pixels.__file__,
    __file__,
)  # a change of these files makes all readings anew


def read_picture(picture: Image, cache: Path | None = None) -> tuple[int, list[Text]]:
    """The turn of the text of a picture in degrees, and its texts in the pixels of the upright picture; from the cache
    if the picture was read before."""
    content = repr(picture.shape).encode() + np.ascontiguousarray(picture).tobytes()
    key = sha256(content + repr(cache).encode()).digest()
    turn, texts = _LAST.get(key, lambda: _from_cache(picture, content, cache))
    return turn, list(texts)


def _from_cache(picture: Image, content: bytes, cache: Path | None) -> tuple[int, list[Text]]:
    version = f"{reader.reader_version()} {version_of(*_READING_CODE)}"
    turn, texts = cached_reading(content, version, lambda: as_lists(*read_anew(picture)), cache)
    return turn, [Text(PixelBox(*box), tuple(Glyph(*glyph) for glyph in glyphs)) for box, glyphs in texts]


def as_lists(turn: int, texts: Iterable[Text]) -> list[object]:
    """The reading of a picture as the cache keeps it."""
    rounded = (
        (text.box, [(g.text, round(g.x, 1), round(g.confidence, 3), g.rival) for g in text.glyphs]) for text in texts
    )
    return [turn, list(rounded)]


def read_anew(picture: Image) -> tuple[int, list[Text]]:
    """The reading of a picture without the cache. Turned text is searched for again once the picture is upright: the
    first search cuts its lines apart."""
    image = with_margin(picture)
    boxes = find_texts(image)
    turn = turn_of(image, boxes)
    upright = turned_image(image, turn)
    texts = with_points(upright, read_texts(upright, find_texts(upright) if turn else boxes))
    return turn, [shifted(text, -OCR_MARGIN_PX) for text in texts]


def with_margin(picture: Image) -> Image:
    """The picture with a margin of its paper around it."""
    sides = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    paper = [float(value) for value in np.median(sides, axis=0)]
    around = cv2.copyMakeBorder(
        picture, OCR_MARGIN_PX, OCR_MARGIN_PX, OCR_MARGIN_PX, OCR_MARGIN_PX, cv2.BORDER_CONSTANT, value=paper
    )
    return np.asarray(around, np.uint8)


def shifted(text: Text, by: int) -> Text:
    x0, top, x1, bottom = text.box
    box = PixelBox(max(0, x0 + by), max(0, top + by), x1 + by, bottom + by)
    return Text(box, tuple(glyph._replace(x=glyph.x + by) for glyph in text.glyphs))
