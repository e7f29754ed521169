"""What is drawn in a picture apart from its words, as pixels that are dark or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.forests.raster.ocr import Image
from extract.page.words import Word

Mask = NDArray[np.uint8]  # 0 and 1

DARKER = 36  # of 255 than paper: the palest squares have 44; noise of JPEG and pale grounds stay below
THIN = 0.34  # of the type size: as thick as the thickest line
REACH = 2.5  # of the type size: how far paper may be from what is drawn on it
LINKED = 1.2  # of the type size: the widest gap in a dashed line
TALL = 3.0  # of the type size: the shortest upright
UNBROKEN = 6.0  # of the type size: no letter is so long, a rule below it is
SPARE = 0.06  # of the type size, around a word


@dataclass(frozen=True)
class Ink:
    """`dark`: how much darker than the paper around it each pixel is (0 to 255); `mask`: what is drawn; `em`: the usual
    type size in pixels."""

    dark: NDArray[np.float32]
    mask: Mask
    em: float

    @cached_property
    def thin(self) -> int:
        """Pixels that the thickest line has across."""
        return max(3, round(THIN * self.em))

    @cached_property
    def slim(self) -> Mask:
        """Pixels in runs from left to right that are no longer than lines are thick."""
        return without(self.mask, opened(self.mask, self.thin + 1, 1))

    @cached_property
    def flat(self) -> Mask:
        """The same from top to bottom."""
        return without(self.mask, opened(self.mask, 1, self.thin + 1))


def ink_of(image: Image, words: Iterable[Word]) -> Ink:
    """The drawing of a picture, with its words (in pixels) wiped out."""
    words = list(words)
    em = median(word.size for word in words)
    pale = image.min(axis=2)
    side = 2 * round(REACH * em) + 1
    paper = cv2.blur(cv2.dilate(pale, np.ones((side, side), np.uint8)), (side, side))
    dark = np.clip(paper.astype(np.float32) - pale, 0, 255)
    mask = (dark > DARKER).astype(np.uint8)
    lines = opened(mask, round(UNBROKEN * em), 1)
    for word in words:
        wipe(mask, word, SPARE * em)
    mask |= lines
    return Ink(np.asarray(dark, np.float32), mask, em)


def wipe(mask: Mask, word: Word, spare: float) -> None:
    x0, x1 = max(0, round(word.x0 - spare)), round(word.x1 + spare)
    top, bottom = max(0, round(word.top - spare)), round(word.bottom + spare)
    mask[top:bottom, x0:x1] = 0


def opened(mask: Mask, width: int, height: int) -> Mask:
    """What is left of a mask where it holds a box of that size."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, box_of(width, height)), np.uint8)


def box_of(width: int, height: int) -> Mask:
    """A box of odd sides: of an even one OpenCV leaves what it opens shifted by a pixel."""
    return np.ones((height | 1, width | 1), np.uint8)


def closed(mask: Mask, width: int, height: int) -> Mask:
    """A mask with its smaller gaps filled."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, box_of(width, height)), np.uint8)


def without(mask: Mask, other: Mask) -> Mask:
    return np.asarray(mask & (1 - other), np.uint8)
