"""Regions of pages as pictures, for the report."""

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
from validations.report.pictures import Picture, Region

SCALE = 2.0  # pixels a point: 144 dpi
SAMPLE = 2000  # characters that tell in which direction the text of a region runs


def cut(path: Path, regions: Sequence[Region], password: str | None = None) -> Mapping[Region, Picture]:
    """Region -> its picture; a region that is no part of a page of the PDF is left out."""
    with open_fast(path, password) as document:
        pages = {
            number: document[number - 1] for number in {region.page for region in regions} if number <= len(document)
        }
        whole = {number: page.render(scale=SCALE).to_pil().convert("RGB") for number, page in pages.items()}
        cuts = {
            region: picture(pages[region.page], whole[region.page], region)
            for region in regions
            if region.page in pages
        }
    return {region: made for region, made in cuts.items() if made is not None}


def picture(page: PdfPage, whole: Image.Image, region: Region) -> Picture | None:
    """The part of the region that is on the page; None where there is none."""
    wide, high = whole.width / SCALE, whole.height / SCALE
    x0, top, x1, bottom = max(region.x0, 0), max(region.top, 0), min(region.x1, wide), min(region.bottom, high)
    if x1 <= x0 or bottom <= top:
        return None
    data = io.BytesIO()
    corners = (round(x0 * SCALE), round(top * SCALE), round(x1 * SCALE), round(bottom * SCALE))
    whole.crop(corners).save(data, "WEBP", lossless=True, method=3)
    seen = Region(region.page, x0, top, x1, bottom)
    return Picture(seen, data.getvalue(), "image/webp", direction(page, seen, high))


def direction(page: PdfPage, region: Region, high: float) -> int:
    """By how many degrees clockwise a region must be turned for most of its text to read from left to right. (Of a page
    that is displayed turned all text is asked: its characters know where they are before it is turned.)"""
    text, turned = page.get_textpage(), page.get_rotation()
    turns = Counter[int]()
    for index in range(text.count_chars()):
        if turned or _is_in(region, text, index, high):
            turns[round(degrees(pdfium.FPDFText_GetCharAngle(text, index)) / 90) * 90] += 1
        if turns.total() >= SAMPLE:
            break
    return -(max(turns, key=turns.__getitem__, default=0) + int(turned)) % 360


def _is_in(region: Region, text: PdfTextPage, index: int, high: float) -> bool:
    left, right, lower, upper = (c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, lower, upper)
    return region.x0 <= left.value <= region.x1 and region.top <= high - upper.value <= region.bottom
