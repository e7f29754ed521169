"""The shape of a glyph: its picture brought to one size, so that shapes of different fonts can be compared."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

SIDE = 24  # pixels of a shape, whose longer side fills it
BLUR = 1.5  # pixels: what strokes of different weight have in common
GREY = 96  # of 255: from here on a pixel is ink

Vector = NDArray[np.float32]
Box = tuple[float, float, float, float]


class Shape(NamedTuple):
    """`vector`: SIDE x SIDE blurred pixels of length 1, so that the product of two is 1 for equal ones; `pieces`: how
    many parts it has that do not touch; left, bottom, right and top in ems from the glyph's origin on its baseline."""

    vector: Vector
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
        """How many times wider than high."""
        return (self.right - self.left) / max(self.top - self.bottom, 1e-6)


def shape_of(picture: Image.Image, em: float, origin: tuple[float, float]) -> Shape | None:
    """The shape of what is bright in a grey picture, None where it is all black. `em`: pixels of the type size;
    `origin`: of the glyph, in pixels from the left and the top."""
    box = picture.getbbox()
    if box is None:
        return None
    x, y = origin
    left, top, right, bottom = box
    place = ((left - x) / em, (y - bottom) / em, (right - x) / em, (y - top) / em)
    ink = picture.crop(box)
    return Shape(vector_of(ink), pieces_of(ink), *place)


def pieces_of(ink: Image.Image) -> int:
    return cv2.connectedComponents((np.asarray(ink) > GREY).astype(np.uint8))[0] - 1


def vector_of(ink: Image.Image) -> Vector:
    scale = SIDE / max(ink.size)
    size = (max(1, round(ink.width * scale)), max(1, round(ink.height * scale)))
    square = Image.new("L", (SIDE, SIDE))
    small = ink.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR)
    square.paste(small, ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2))
    pixels = np.asarray(square.filter(ImageFilter.GaussianBlur(BLUR)), np.float32).ravel()
    return pixels / np.float32(np.linalg.norm(pixels) or 1)
