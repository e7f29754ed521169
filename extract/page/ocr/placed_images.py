"""The pictures placed on a page. The strips into which some programs cut a picture are joined."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import floor, hypot
from typing import NamedTuple

from pypdfium2 import PdfImage, PdfMatrix, PdfObject, PdfPage, raw

from extract.page.ocr.rendering import Density, PdfRect

STRIP_GAP_PT = 3.0  # between two strips of one picture, and between their sides
FORM_DEPTH_COUNT = 15  # of forms within forms in which pictures are searched for: PDFs may nest them without end
SLANT_RATIO = 0.02  # of a picture's tilt to its side: more is a slanting picture, which pixel boxes cannot hold
DECODED_PIXELS_COUNT = 60_000_000  # at most in a picture, decoded: 180 MB
_log = logging.getLogger(__name__)


class PlacedImage(NamedTuple):
    """The place of a picture on its page, and its pixels per point. `image`: the picture itself; None for strips that
    are joined to one."""

    place: PdfRect
    density: Density
    image: PdfImage | None = None


def placed_images(page: PdfPage, number: int) -> Iterator[PlacedImage]:
    """The pictures of a page with their places. A picture with more than DECODED_PIXELS_COUNT is left out with a
    warning."""
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=FORM_DEPTH_COUNT):
        matrix = whole_matrix(image)
        width, height = image.get_px_size()
        across, up = hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d)
        if not across or not up or is_slanting(matrix):
            continue
        if width * height > DECODED_PIXELS_COUNT:
            _log.warning("page %d: a picture of %d x %d pixels is too large and not read", number, width, height)
            continue
        density = width / across, height / up
        place = PdfRect(*matrix.on_rect(0, 0, 1, 1))
        yield PlacedImage(place, density if abs(matrix.a) > abs(matrix.b) else density[::-1], image)


def whole_matrix(image: PdfObject) -> PdfMatrix:
    """The matrix from the unit square of a picture to its page, through the forms around the picture."""
    matrix, holder = image.get_matrix(), image.container
    while holder is not None:
        matrix, holder = matrix.multiply(holder.get_matrix()), holder.container
    return matrix


def is_slanting(matrix: PdfMatrix) -> bool:
    straight, turned_ = abs(matrix.a) + abs(matrix.d), abs(matrix.b) + abs(matrix.c)
    return bool(min(straight, turned_) > SLANT_RATIO * max(straight, turned_))


def joined_strips(images: Iterable[PlacedImage]) -> list[PlacedImage]:
    """The pictures from top to bottom, with those that touch and share a side as one, in the finer resolution. One that
    is placed twice in one place is there once."""
    found: list[PlacedImage] = []
    ending = defaultdict[tuple[int, int], list[int]](list)  # the pictures with a lower corner there, by _cell
    once = {(image.place, image.density): image for image in images}.values()
    for image in sorted(once, key=lambda image: (-image.place.top, image.place.left)):
        left, bottom, _, top = image.place
        near = {
            at
            for corner in ((left, top), (left, bottom))
            for cell in _cells_near(*corner)
            for at in ending.get(cell, ())
        }
        at = min((at for at in near if is_strip(found[at].place, image.place)), default=len(found))
        if at == len(found):
            found.append(image)
        else:
            found[at] = joined(found[at], image)
        place = found[at].place
        for corner in ((place.left, place.bottom), (place.right, place.bottom)):
            ending[_cell(*corner)].append(at)
    return found


def joined(first: PlacedImage, second: PlacedImage) -> PlacedImage:
    across, up = (max(pair) for pair in zip(first.density, second.density, strict=True))
    return PlacedImage(first.place.union(second.place), (across, up))


def _cell(x: float, y: float) -> tuple[int, int]:
    """The square of STRIP_GAP_PT in which a point lies."""
    return floor(x / STRIP_GAP_PT), floor(y / STRIP_GAP_PT)


def _cells_near(x: float, y: float) -> list[tuple[int, int]]:
    """The squares that may hold a point as near as STRIP_GAP_PT."""
    column, row = _cell(x, y)
    return [(column + across, row + up) for across in (-1, 0, 1) for up in (-1, 0, 1)]


def is_strip(first: PdfRect, second: PdfRect) -> bool:
    """Whether the second picture continues the first one downwards or to the right."""
    same_width = abs(first.left - second.left) + abs(first.right - second.right) < STRIP_GAP_PT
    same_height = abs(first.bottom - second.bottom) + abs(first.top - second.top) < STRIP_GAP_PT
    below = abs(first.bottom - second.top) < STRIP_GAP_PT
    beside = abs(first.right - second.left) < STRIP_GAP_PT
    return (same_width and below) or (same_height and beside)
