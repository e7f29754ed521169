"""The shape of a glyph: its picture scaled to one size, so that shapes of different fonts can be compared."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

SHAPE_PIXELS = 24  # side of the square that the longer side of a glyph fills
_BLUR_PIXELS = 1.5  # makes strokes of different weight alike
_INK_LEVEL = 96  # of 255: a brighter pixel is ink

ShapeVector = NDArray[np.float32]


class Shape(NamedTuple):
    """A glyph at one size. `vector`: its blurred pixels, row by row, scaled to length 1, so that the product of two
    equal shapes is 1; `pieces`: the number of parts that do not touch; left, bottom, right and top: in ems from the
    glyph's origin on its baseline."""

    vector: ShapeVector
    pieces: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def flatness(self) -> float:
        """Width by height."""
        return (self.right - self.left) / max(self.top - self.bottom, 1e-6)


def shape_of(picture: Image.Image, em: float, origin: tuple[float, float]) -> Shape | None:
    """Return the shape of the bright pixels of a grey picture; None if all are black. `em`: pixels of the type size;
    `origin`: of the glyph, in pixels from the left and the top."""
    bounds = picture.getbbox()
    if bounds is None:
        return None
    x, y = origin
    left, top, right, bottom = bounds
    place = ((left - x) / em, (y - bottom) / em, (right - x) / em, (y - top) / em)
    ink = picture.crop(bounds)
    return Shape(_vector_of(ink), _count_pieces(ink), *place)


def _count_pieces(ink: Image.Image) -> int:
    return cv2.connectedComponents((np.asarray(ink) > _INK_LEVEL).astype(np.uint8))[0] - 1


def _vector_of(ink: Image.Image) -> ShapeVector:
    scale = SHAPE_PIXELS / max(ink.size)
    size = (max(1, round(ink.width * scale)), max(1, round(ink.height * scale)))
    square = Image.new("L", (SHAPE_PIXELS, SHAPE_PIXELS))
    small = ink.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR)
    square.paste(small, ((SHAPE_PIXELS - size[0]) // 2, (SHAPE_PIXELS - size[1]) // 2))
    pixels = np.asarray(square.filter(ImageFilter.GaussianBlur(_BLUR_PIXELS)), np.float32).ravel()
    return pixels / np.float32(np.linalg.norm(pixels) or 1)
