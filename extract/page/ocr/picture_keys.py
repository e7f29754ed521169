"""Keys of the pictures of a document: two pictures with one key look the same, so that one that is placed many times
is rendered once."""

from collections.abc import Iterator
from contextlib import suppress
from ctypes import c_float
from functools import cached_property
from hashlib import sha256
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import PdfImage, PdfiumError, PdfMatrix, PdfPage, raw

from extract.page.ocr.placed_images import PlacedImage, whole_matrix
from extract.page.ocr.rendering import PdfRect

TEXT_MARGIN_PT = 1.0  # around text and lines: the box of a line does not count its thickness
CUT_CORNERS_COUNT = 16  # of the paths that cut a picture, at most: a picture cut by more has no key
COLOURS_ELSEWHERE = (raw.FPDF_COLORSPACE_UNKNOWN, raw.FPDF_COLORSPACE_INDEXED)  # of masks, and in a palette


class PictureKey(NamedTuple):
    """What a picture shows: the hash of its data, its pixels and colours, and how it is scaled, turned and cut."""

    data: bytes
    kind: tuple[int, ...]
    scale: tuple[float, ...]
    cut: tuple[float, ...]


class PictureKeys:
    """The keys of the pictures of one page."""

    def __init__(self, page: PdfPage) -> None:
        self._page = page

    def key_of(self, placed: PlacedImage) -> PictureKey | None:
        """Return the key of a picture; None where the page shows more there than the data of one picture: strips, text
        or lines upon it, notes, transparency, colours that are not in the data."""
        image = placed.image
        if image is None or image.container is not None or raw.FPDFPageObj_HasTransparency(image):
            return None
        cut = _cut(image, placed.place)
        if cut is None or not self._stands_alone(placed.place):
            return None
        with suppress(PdfiumError):  # damaged data: the page shows what it can
            about = image.get_metadata()
            kind = (*image.get_px_size(), about.bits_per_pixel, about.colorspace, self._page.get_rotation())
            digest = sha256(image.get_data()).digest()
            if about.colorspace not in COLOURS_ELSEWHERE:
                return PictureKey(digest, kind, _scale(whole_matrix(image)), cut)
        return None

    def _stands_alone(self, place: PdfRect) -> bool:
        """Whether nothing on the page overlaps a picture but itself."""
        left, bottom, right, top = self._boxes.T
        inside = (left < place.right) & (right > place.left) & (bottom < place.top) & (top > place.bottom)
        return int(inside.sum()) == 1

    @cached_property
    def _boxes(self) -> NDArray[np.float64]:
        """Left, bottom, right and top of everything on the page, in points."""
        return np.array([*_object_boxes(self._page), *_note_boxes(self._page)], np.float64).reshape(-1, 4)


def _object_boxes(page: PdfPage) -> Iterator[tuple[float, ...]]:
    for thing in page.get_objects(max_depth=1):
        try:
            left, bottom, right, top = thing.get_bounds()
        except PdfiumError:  # nobody knows where it is
            left, bottom, right, top = -inf, -inf, inf, inf
        by = 0.0 if thing.type == raw.FPDF_PAGEOBJ_IMAGE else TEXT_MARGIN_PT
        yield left - by, bottom - by, right + by, top + by


def _note_boxes(page: PdfPage) -> Iterator[tuple[float, ...]]:
    """The boxes of links, stamps and other notes upon a page."""
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        note, box = raw.FPDFPage_GetAnnot(page, number), raw.FS_RECTF()
        known = raw.FPDFAnnot_GetRect(note, box)
        raw.FPDFPage_CloseAnnot(note)
        yield (box.left, box.bottom, box.right, box.top) if known else (-inf, -inf, inf, inf)


def _scale(matrix: PdfMatrix) -> tuple[float, ...]:
    return tuple(round(value, 3) for value in (matrix.a, matrix.b, matrix.c, matrix.d))


def _cut(image: PdfImage, place: PdfRect) -> tuple[float, ...] | None:
    """The corners of the paths that cut a picture, from its lower left corner; None where there are too many."""
    clip = raw.FPDFPageObj_GetClipPath(image)
    corners = [
        (clip, path, corner)
        for path in range(raw.FPDFClipPath_CountPaths(clip))
        for corner in range(min(CUT_CORNERS_COUNT + 1, raw.FPDFClipPath_CountPathSegments(clip, path)))
    ]
    if len(corners) > CUT_CORNERS_COUNT:
        return None
    return tuple(edge for corner in corners for edge in _corner(corner, place))


def _corner(where: tuple[raw.FPDF_CLIPPATH, int, int], place: PdfRect) -> tuple[float, float, int]:
    segment, x, y = raw.FPDFClipPath_GetPathSegment(*where), c_float(), c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    kind = raw.FPDFPathSegment_GetType(segment)
    return round(x.value - place.left, 2), round(y.value - place.bottom, 2), kind
