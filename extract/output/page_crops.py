"""Cuts pictures of regions out of the pages of a PDF, for the report."""

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from ctypes import c_double
from math import degrees
from pathlib import Path

import pypdfium2.raw as pdfium
from PIL import Image
from pypdfium2 import PdfPage, PdfTextPage

from extract.pdf.opening import open_fast
from extract.pdf.pictures import whole_page
from validations.report.pictures import PagePicture, PageRegion

PIXELS_PER_POINT = 2.0  # 144 dpi
DIRECTION_CHARACTERS = 2000  # so many show in which direction the text of a region runs


def crop_regions(
    path: Path, regions: Sequence[PageRegion], password: str | None = None
) -> Mapping[PageRegion, PagePicture]:
    """Return the picture of each region; regions outside the pages of the PDF are left out."""
    with open_fast(path, password) as document:
        pages = {
            number: document[number - 1] for number in {region.page for region in regions} if number <= len(document)
        }
        whole = {number: whole_page(page, PIXELS_PER_POINT) for number, page in pages.items()}
        cuts = {
            region: _crop(pages[region.page], whole[region.page], region) for region in regions if region.page in pages
        }
    return {region: made for region, made in cuts.items() if made is not None}


def _crop(page: PdfPage, whole: Image.Image, region: PageRegion) -> PagePicture | None:
    """Return the picture of the part of the region that lies on the page; None if no part does."""
    wide, high = whole.width / PIXELS_PER_POINT, whole.height / PIXELS_PER_POINT
    x0, top, x1, bottom = max(region.x0, 0), max(region.top, 0), min(region.x1, wide), min(region.bottom, high)
    if x1 <= x0 or bottom <= top:
        return None
    data = io.BytesIO()
    left, upper, right, lower = (round(edge * PIXELS_PER_POINT) for edge in (x0, top, x1, bottom))
    whole.crop((left, upper, right, lower)).save(data, "WEBP", lossless=True, method=3)
    seen = PageRegion(region.page, x0, top, x1, bottom)
    return PagePicture(seen, data.getvalue(), "image/webp", _clockwise_turn(page, seen))


def _clockwise_turn(page: PdfPage, region: PageRegion) -> int:
    """Return the degrees by which to turn a region clockwise so that most of its text reads from left to right.

    On a page that is displayed rotated, all text of the page counts: pdfium gives the boxes of characters before the
    rotation, so that they cannot be compared with the region.
    """
    text, turned = page.get_textpage(), page.get_rotation()
    turns = Counter[int]()
    for index in range(text.count_chars()):
        if turned or _is_in(region, text, index, page.get_mediabox()):
            turns[round(degrees(pdfium.FPDFText_GetCharAngle(text, index)) / 90) * 90] += 1
        if turns.total() >= DIRECTION_CHARACTERS:
            break
    return -(max(turns, key=turns.__getitem__, default=0) + int(turned)) % 360


def _is_in(region: PageRegion, text: PdfTextPage, index: int, media: tuple[float, float, float, float]) -> bool:
    left, right, lower, upper = (c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, lower, upper)
    beside, below = left.value - media[0], media[3] - upper.value
    return region.x0 <= beside <= region.x1 and region.top <= below <= region.bottom
