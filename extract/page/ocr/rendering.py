"""Parts of a page as pictures, pixel for pixel as the page shows them."""

from typing import NamedTuple

import numpy as np
from pypdfium2 import PdfBitmap, PdfMatrix, PdfPage, raw

from extract.page.box import Box
from extract.page.ocr.pixels import Image
from extract.page.sheet import turned

READ_PIXELS_COUNT = 6_000_000  # at most in a picture, read: a larger one is scaled down, which saves time and memory
RENDER_INSET_PX = 0.02  # from the edge of a pixel: on the edge pdfium may render a pixel more, and blurs all
Density = tuple[float, float]  # pixels per point, across and up the page


class PdfRect(NamedTuple):
    """A rectangle in pdfium's own coordinates: y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float

    def union(self, other: "PdfRect") -> "PdfRect":
        """The smallest rectangle around both."""
        return PdfRect(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def grown(self, by: float) -> "PdfRect":
        """The rectangle widened on all sides."""
        return PdfRect(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def overlaps(self, other: "PdfRect") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across >= 0 and min(self.top, other.top) - max(self.bottom, other.bottom) >= 0


def fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size of a picture after scaling it down to READ_PIXELS_COUNT; the same size if it has no more."""
    scale = min(1.0, (READ_PIXELS_COUNT / max(1, size[0] * size[1])) ** 0.5)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def rendered(page: PdfPage, place: PdfRect, density: Density) -> Image:
    """A part of a page as displayed, with `density` or, if that gives more than READ_PIXELS_COUNT, fewer pixels."""
    x0, top, x1, bottom = displayed(page, place, PdfRect(*page.get_cropbox())).edges
    across, down = density if page.get_rotation() in (0, 180) else density[::-1]
    width, height = fitting((max(1, round((x1 - x0) * across)), max(1, round((bottom - top) * down))))
    across, down = (width - 2 * RENDER_INSET_PX) / (x1 - x0), (height - 2 * RENDER_INSET_PX) / (bottom - top)
    bitmap = PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR, rev_byteorder=True)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    matrix = PdfMatrix(across, 0, 0, down, RENDER_INSET_PX - x0 * across, RENDER_INSET_PX - top * down)
    clip = raw.FS_RECTF(0, 0, width, height)
    flags = raw.FPDF_REVERSE_BYTE_ORDER | raw.FPDF_ANNOT
    raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, flags)
    pixels = np.array(bitmap.to_numpy(), np.uint8)
    bitmap.close()
    return pixels


def displayed(page: PdfPage, place: PdfRect, frame: PdfRect) -> Box:
    """A place of the page as displayed, in points from the top left of `frame` (media box or crop box)."""
    box = Box(place.left - frame.left, frame.top - place.top, place.right - frame.left, frame.top - place.bottom)
    return turned(box, page.get_rotation(), frame.right - frame.left, frame.top - frame.bottom)


def frame_size(page: PdfPage, frame: PdfRect) -> tuple[float, float]:
    width, height = frame.right - frame.left, frame.top - frame.bottom
    return (width, height) if page.get_rotation() in (0, 180) else (height, width)
