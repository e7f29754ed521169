"""Pictures as arrays of pixels, and boxes in them."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]  # height x width x 3 (RGB, 8 bits); height x width in grey


class PixelBox(NamedTuple):
    """A box of whole pixels, from the top left of a picture."""

    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def slices(self) -> tuple[slice, slice]:
        """The rows and columns of the box in an array, without its right and lower edges."""
        return slice(self.top, self.bottom), slice(self.x0, self.x1)


def grey_of(image: Image) -> Image:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)
