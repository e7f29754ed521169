"""Decimal points that OCR overlooks: beside a narrow 1, a point may fall between two places where the model looks."""

import re
from collections.abc import Sequence

import cv2
import numpy as np

from extract.page.ocr.pixels import Image, PixelBox, grey_of
from extract.page.ocr.reader import SAME_GLYPH_SHARE, Text, read_once

POINT_SHARE = 0.3  # of the height of a text: points are smaller
STRETCHES = (1.15, 1.3)  # of texts with numbers without a point, one after the other
NUMBER_WITHOUT_POINT = re.compile(r"(?<![\d.,])(?!(?:19|20)\d\d(?!\d))\d{3,5}(?![\d.,])")  # and no year
POINTED_NUMBER = re.compile(r"\d\.\d")


def with_points(image: Image, texts: Sequence[Text]) -> list[Text]:
    """The texts, with the points that are seen only where a text is stretched: beside a narrow 1 a point may fall
    between two places at which the model looks. All other glyphs must be seen alike."""
    found = list(texts)
    if not any(POINTED_NUMBER.search(text.string) for text in texts):
        return found
    for stretch in STRETCHES:
        places = [place for place, text in enumerate(found) if NUMBER_WITHOUT_POINT.search(text.string)]
        stretched = read_once(image, [found[place].box for place in places], cv2.INTER_CUBIC, stretch)
        for place, text in zip(places, stretched, strict=True):
            if text.string != found[place].string:
                found[place] = pointed(found[place], text, points_in(image, text.box))
    return found


def points_in(image: Image, box: PixelBox) -> list[float]:
    """The x of the middles of what is drawn like points in the box of a text: small, and no higher than the feet of the
    digits."""
    crop = grey_of(image[box.top : box.bottom + 1, box.x0 : box.x1 + 1])
    _, ink = cv2.threshold(crop, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, _, stats, middles = cv2.connectedComponentsWithStats(ink)
    parts = [tuple(map(int, part)) for part in stats[1:, : cv2.CC_STAT_AREA]]
    feet = [top + height for _, top, _, height in parts if height > crop.shape[0] / 2]
    if not feet:
        return []
    most, foot = POINT_SHARE * crop.shape[0], float(np.median(feet))
    return [
        box.x0 + float(middle[0])
        for (_, top, width, height), middle in zip(parts, middles[1:], strict=True)
        if max(width, height) <= most and abs(top + height - foot) <= most / 2
    ]


def pointed(text: Text, stretched: Text, drawn: Sequence[float]) -> Text:
    """The text with the points of its stretched reading, if that differs in nothing else. A point is sure where one is
    `drawn`."""
    points = [glyph for glyph in stretched.glyphs if glyph.text == "."]
    others = [glyph for glyph in stretched.glyphs if glyph.text != "."]
    own = [glyph for glyph in text.glyphs if glyph.text != "."]
    more = len(points) > sum(glyph.text == "." for glyph in text.glyphs)
    if not more or [glyph.text for glyph in own] != [glyph.text for glyph in others]:
        return text
    surer = (max(pair, key=lambda glyph: glyph.confidence) for pair in zip(own, others, strict=True))
    reach = SAME_GLYPH_SHARE * text.box.height
    seen = [
        glyph._replace(confidence=1.0) if any(abs(x - glyph.x) < reach for x in drawn) else glyph for glyph in points
    ]
    sure = iter(seen)
    return Text(text.box, tuple(next(sure) if glyph.text == "." else next(surer) for glyph in stretched.glyphs))
