"""The drawing of a picture without its words, as a mask of dark pixels."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.page.ocr.pixels import Image
from extract.page.words import Word

Mask = NDArray[np.uint8]  # 0 and 1

DARK_LEVELS = 36  # of 255, darker than paper: the palest squares have 44; noise of JPEG and pale grounds stay below
PAPER_REACH_EM = 2.5  # from a pixel to the paper around it: the largest marks are smaller than this
THICKEST_LINE_EM = 0.34  # as thick as lines get
THICKEST_LINE_PX = 3  # the same in small pictures, where blur makes lines thicker
UNBROKEN_LINE_EM = 6.0  # no letter is as long: a dark run of this length is a rule, even over a word
WORD_MARGIN_EM = 0.06  # around a word, for the blurred edges of its letters


@dataclass(frozen=True)
class Ink:
    """`dark`: how much darker than the paper around it each pixel is (0 to 255); `mask`: the drawn pixels; `em`: the
    usual type size in pixels."""

    dark: NDArray[np.float32]
    mask: Mask
    em: float

    @cached_property
    def thin(self) -> int:
        """The thickness of the thickest line, in pixels."""
        return max(THICKEST_LINE_PX, round(THICKEST_LINE_EM * self.em))

    @cached_property
    def slim(self) -> Mask:
        """The pixels in runs from left to right that are no longer than lines are thick."""
        return mask_without(self.mask, opened(self.mask, self.thin + 1, 1))

    @cached_property
    def flat(self) -> Mask:
        """The pixels in runs from top to bottom that are no longer than lines are thick."""
        return mask_without(self.mask, opened(self.mask, 1, self.thin + 1))


def drawn_ink(image: Image, words: Iterable[Word], em: float) -> Ink:
    """The drawing of a picture; its words (in pixels) are wiped out. `em`: the usual type size in pixels."""
    pale = image.min(axis=2)
    side = 2 * round(PAPER_REACH_EM * em) + 1
    paper = cv2.blur(cv2.dilate(pale, np.ones((side, side), np.uint8)), (side, side))
    dark = np.clip(paper.astype(np.float32) - pale, 0, 255)
    mask = (dark > DARK_LEVELS).astype(np.uint8)
    lines = opened(mask, round(UNBROKEN_LINE_EM * em), 1)
    for word in words:
        wipe(mask, word, WORD_MARGIN_EM * em)
    mask |= lines
    return Ink(np.asarray(dark, np.float32), mask, em)


def wipe(mask: Mask, word: Word, margin: float) -> None:
    x0, x1 = max(0, round(word.x0 - margin)), round(word.x1 + margin)
    top, bottom = max(0, round(word.top - margin)), round(word.bottom + margin)
    mask[top:bottom, x0:x1] = 0


def opened(mask: Mask, width: int, height: int) -> Mask:
    """The pixels of a mask that lie in a full box of that size."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, box_kernel(width, height)), np.uint8)


def box_kernel(width: int, height: int) -> Mask:
    """A box with odd sides: with an even one OpenCV shifts the result by a pixel."""
    return np.ones((height | 1, width | 1), np.uint8)


def closed(mask: Mask, width: int, height: int) -> Mask:
    """A mask with the gaps filled that are smaller than a box of that size."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, box_kernel(width, height)), np.uint8)


def mask_without(mask: Mask, other: Mask) -> Mask:
    return np.asarray(mask & (1 - other), np.uint8)
