"""Scanned pages: a picture of the page, with a hidden text layer that other OCR software wrote, or without text.

What the picture shows is printed, and the hidden text is only somebody's reading of it. So the picture is read, and its
words take the place of the hidden ones.
"""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from pypdfium2 import PdfPage, raw

from extract.page.box import Box
from extract.page.ocr.picture_texts import read_picture
from extract.page.ocr.picture_words import make_picture_words
from extract.page.ocr.pixels import Image, grey_of
from extract.page.ocr.placed_images import FORM_DEPTH_COUNT, joined_strips, placed_images
from extract.page.ocr.reader import turned_image
from extract.page.ocr.rendering import PdfRect, displayed, frame_size, rendered
from extract.page.sheet import Sheet, turned
from extract.page.words import Word

OCR_READER = "rapidocr"
_LEAST_PAGE_SHARE = 0.08  # of the page: smaller pictures are logos and figures without tables
_HIDDEN_SHARE = 0.9  # of the length of the texts upon a picture: what is not hidden is a stamp or a page number
_DENSITY = 220 / 72  # pixels a point: digits of 6 pt then have the height that OCR reads best
_RULE_LENGTH_PT = 20.0  # shorter lines are strokes of letters and dashes
_RULE_THICKNESS_PT = 2.0
_INK_LEVEL = 128  # of 255: a darker pixel is ink
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


def scanned_places(page: PdfPage, number: int) -> list[PdfRect]:
    """Return the places of pictures on a page (from 1) upon which text is hidden, or which a page without text has."""
    whole = PdfRect(*page.get_mediabox())
    places = [image.place for image in joined_strips(placed_images(page, number))]
    large = [place for place in places if _area(place) >= _LEAST_PAGE_SHARE * _area(whole)]
    if not large:
        return []
    texts = _texts_on(page)
    if not texts:
        return _without_inner(large)
    return [
        place for place in _without_inner(large) if _is_scan([hidden for box, hidden in texts if _holds(place, box)])
    ]


def _is_scan(hidden: Sequence[tuple[bool, float]]) -> bool:
    length = sum(each for _, each in hidden)
    return bool(hidden) and sum(each for unseen, each in hidden if unseen) >= _HIDDEN_SHARE * length


def has_only_picture(page: PdfPage, number: int) -> bool:
    """Whether a page (from 1) has a picture on most of it and no text."""
    whole = PdfRect(*page.get_mediabox())
    images = joined_strips(placed_images(page, number))
    return any(_area(image.place) > _area(whole) / 2 for image in images) and not _texts_on(page)


def _texts_on(page: PdfPage) -> list[tuple[PdfRect, tuple[bool, float]]]:
    """Return the box of each text of a page, whether it is hidden (invisible, or drawn before an opaque picture that
    covers it), and its length."""
    kinds = (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE)
    covers: list[PdfRect] = []
    found: list[tuple[PdfRect, tuple[bool, float]]] = []
    for thing in reversed(list(page.get_objects(filter=kinds, max_depth=FORM_DEPTH_COUNT))):
        box = PdfRect(*thing.get_bounds())
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            covers += [] if raw.FPDFPageObj_HasTransparency(thing) else [box]
        elif thing.container is None:
            invisible = raw.FPDFTextObj_GetTextRenderMode(thing) in _INVISIBLE
            found.append((box, (invisible or any(_holds(cover, box) for cover in covers), box.right - box.left)))
    return found


def _area(place: PdfRect) -> float:
    return (place.right - place.left) * (place.top - place.bottom)


def _holds(place: PdfRect, box: PdfRect) -> bool:
    """Whether the middle of a box lies in a place."""
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    return place.left <= x <= place.right and place.bottom <= y <= place.top


def _without_inner(places: Sequence[PdfRect]) -> list[PdfRect]:
    """The places without those inside a larger one: some scans have a layer for the paper and one for the letters."""
    kept: list[PdfRect] = []
    for place in sorted(places, key=_area, reverse=True):
        if not any(_holds(other, place) for other in kept):
            kept.append(place)
    return kept


def read_scans(page: PdfPage, number: int, sheets: Sequence[Sheet], places: Sequence[PdfRect]) -> tuple[Sheet, ...]:
    """Return the sheets of a page with the words and rules of its pictures at `places` in place of the text there."""
    media = PdfRect(*page.get_mediabox())
    size = frame_size(page, media)
    read = list(sheets)
    for place in places:
        shown = displayed(page, place, media)
        read = [without_words(sheet, turned(shown, sheet.turn, *size)) for sheet in read]
        scan = read_scan(rendered(page, place, (_DENSITY, _DENSITY)), number, shown, size)
        same = next((sheet for sheet in read if sheet.turn == scan.turn), None)
        read = [joined_sheets(sheet, scan) if sheet is same else sheet for sheet in read]
        read += [] if same else [scan]
    return tuple(sheet for sheet in read if sheet.words)


def without_words(sheet: Sheet, box: Box) -> Sheet:
    """Return the sheet without the words in a box."""
    kept = [w for w in sheet.words if not (box.x0 <= w.center <= box.x1 and box.top <= w.middle <= box.bottom)]
    return replace(sheet, words=tuple(kept))


def joined_sheets(sheet: Sheet, scan: Sheet) -> Sheet:
    return replace(
        sheet,
        words=(*sheet.words, *scan.words),
        across=(*sheet.across, *scan.across),
        down=(*sheet.down, *scan.down),
        reader=scan.reader,
    )


def read_scan(pixels: Image, number: int, place: Box, size: tuple[float, float]) -> Sheet:
    """Return the words and rules of a picture at a place of a page of `size` as displayed."""
    turn, texts = read_picture(pixels)
    image = turned_image(pixels, turn)
    area = turned(place, turn, *size)
    across, down = area.width / image.shape[1], area.height / image.shape[0]

    def in_points(box: Box | Word) -> Box:
        return Box(
            area.x0 + across * box.x0,
            area.top + down * box.top,
            area.x0 + across * box.x1,
            area.top + down * box.bottom,
        )

    words = tuple(
        replace(word, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom, size=word.size * down)
        for word in make_picture_words(texts, image)
        for box in (in_points(word),)
    )
    ink = np.asarray(grey_of(image) < _INK_LEVEL, np.uint8)
    level = tuple(in_points(rule) for rule in level_rules(ink, 1 / across, 1 / down))
    upright = tuple(in_points(rule.transposed) for rule in level_rules(ink.T, 1 / down, 1 / across))
    width, height = size if turn in (0, 180) else size[::-1]
    return Sheet(number, turn, width, height, words, level, upright, (), OCR_READER)


def level_rules(ink: NDArray[np.uint8], along: float, through: float) -> list[Box]:
    """Return the level lines of a picture in pixels, from top to bottom. `along`, `through`: pixels a point."""
    kernel = np.ones((1, max(2, round(_RULE_LENGTH_PT * along))), np.uint8)
    lines = cv2.morphologyEx(np.ascontiguousarray(ink), cv2.MORPH_OPEN, kernel)
    _, _, stats, _ = cv2.connectedComponentsWithStats(lines)
    boxes = ((int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:])
    found = (Box(x, y, x + w, y + h) for x, y, w, h in boxes if h <= _RULE_THICKNESS_PT * through)
    return sorted(found, key=lambda rule: rule.top)
