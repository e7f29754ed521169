"""Text that is drawn as outlines: filled curves in the shape of letters, which a page has instead of characters. The
part of the page that they cover is rendered as a picture, so that OCR can read it."""

import ctypes
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import islice
from typing import NamedTuple

from pypdfium2 import PdfMatrix, PdfObject, PdfPage, raw

from extract.forests.plot import Diamond, Drawing, Whisker
from extract.forests.raster.images import Picture
from extract.page.box import Box
from extract.page.ocr.placed_images import FORM_DEPTH_COUNT
from extract.page.ocr.rendering import PdfRect, displayed, frame_size, rendered
from extract.page.screening import paths_on
from extract.page.sheet import Sheet, turned
from extract.page.words import Word

SCREENED_PATHS_COUNT = 4000  # that are looked at on a page; maps in curves have many more
LETTER_PIECES_COUNT = 8  # lines and curves in the outline of a letter at least; plain shapes have fewer
OUTLINE_PIECES_COUNT = 1200  # in all letters of a plot at least: eighty letters of some fifteen; a logo has fewer
LEAST_LETTER_PT = 1.5  # of width and height: narrower paths are dashed lines, or letters such as i
HIGHEST_LETTER_PT = 24.0  # higher shapes are pictures
DISC_PIECES_COUNT = 14  # a start, four curves of three points each, and the end: a disc; an "o" has two circles
ROUND_SHARE = 0.95  # of the longer side of a disc: the shorter one, at least
OUTLINES_COUNT = 10  # sizes of letters at least; marks have few sizes
WHOLE_TEXTS_COUNT = 2  # of different widths, drawn as one path each: the labels of the pooled lines alone
WHOLE_TEXT_RATIO = 3.0  # of the width of such a text to its height
LOWEST_TEXT_PT = 4.0
SHORTEST_LINE_PT = 4.0  # of the lines that may be intervals; shorter ones are ticks
THICKEST_LINE_PT = 2.5
DRAWN_LINES_COUNT = 3  # of a plot at least
OUTLINES_GAP_PT = 90.0  # between two figures, which are rendered one by one; the panels of one figure are closer
OUTLINES_MARGIN_PT = 3.0  # of paper around the letters
OUTLINED_ROWS_COUNT = 2  # marks with letters beside them, at least
ROW_SLACK_PT = 1.0  # up and down from a letter to the interval of its row
RENDER_DENSITY = 220 / 72  # pixels a point: digits of 6 pt then have the height that OCR reads best


class OutlinedText(NamedTuple):
    """The place of an outlined text on its page (pdfium's coordinates), and the boxes of its letters, or whole words,
    on the page as displayed."""

    place: PdfRect
    letters: tuple[Box, ...]


def may_have_outlines(page: PdfPage) -> bool:
    """Whether a page has as many pieces of outlines as the text of a plot."""
    pieces = 0
    for path in islice(paths_on(page), SCREENED_PATHS_COUNT):
        count = raw.FPDFPath_CountSegments(ctypes.cast(path, raw.FPDF_PAGEOBJECT))
        pieces += count if count >= LETTER_PIECES_COUNT else 0
        if pieces >= OUTLINE_PIECES_COUNT:
            return True
    return False


def outlined_texts(page: PdfPage) -> list[OutlinedText]:
    """The outlined texts of a page with lines between them that may be intervals, from top to bottom."""
    if not may_have_outlines(page):
        return []
    paths = [(path, box_on_page(path)) for path in page.get_objects([raw.FPDF_PAGEOBJ_PATH], FORM_DEPTH_COUNT)]
    groups = grouped_by_height(box for path, box in paths if is_outline(path, box))
    lines = [box for _, box in paths if is_thin_line(box)]
    media = PdfRect(*page.get_mediabox())
    return [
        OutlinedText(place, tuple(displayed(page, letter, media) for letter in letters))
        for letters in groups
        if (place := reduce(PdfRect.union, letters).grown(OUTLINES_MARGIN_PT))
        and sum(place.overlaps(line) for line in lines) >= DRAWN_LINES_COUNT
    ]


def picture_of_text(text: OutlinedText, page: PdfPage, number: int) -> Picture:
    """The part of a page with an outlined text, as a picture."""
    media = PdfRect(*page.get_mediabox())
    pixels = rendered(page, text.place, (RENDER_DENSITY, RENDER_DENSITY))
    return Picture(pixels, number, *frame_size(page, media), displayed(page, text.place, media))


def letters_on(text: OutlinedText, sheet: Sheet) -> list[Box]:
    """The letters of an outlined text in the frame of a sheet."""
    size = (sheet.width, sheet.height) if sheet.turn in (0, 180) else (sheet.height, sheet.width)
    return [turned(letter, sheet.turn, *size) for letter in text.letters]


def stands_at_marks(letters: Sequence[Box], drawing: Drawing) -> bool:
    """Whether some of these letters stand beside intervals or diamonds of a drawing."""
    marks: tuple[Whisker | Diamond, ...] = (*drawing.whiskers, *drawing.diamonds)
    rows = {round(mark.y) for mark in marks if any(is_beside(letter, mark) for letter in letters)}
    return len(rows) >= OUTLINED_ROWS_COUNT


def is_outlined(word: Word, letters: Iterable[Box]) -> bool:
    """Whether some of these letters are in a word."""
    return any(word.overlap_x(letter) > 0 and word.overlap_y(letter) > 0 for letter in letters)


def is_beside(letter: Box, mark: Whisker | Diamond) -> bool:
    beside = letter.x1 < mark.x0 or letter.x0 > mark.x1
    return beside and letter.top - ROW_SLACK_PT < mark.y < letter.bottom + ROW_SLACK_PT


def box_on_page(thing: PdfObject) -> PdfRect:
    """The box of an object on its page, through the forms around it."""
    matrix, holder = PdfMatrix(), thing.container
    while holder is not None:
        matrix, holder = matrix.multiply(holder.get_matrix()), holder.container
    return PdfRect(*matrix.on_rect(*thing.get_bounds()))


def is_outline(path: PdfObject, box: PdfRect) -> bool:
    """Whether a path may be a letter, or several: it has many pieces, is as high as letters are, and is no disc."""
    pieces = raw.FPDFPath_CountSegments(path)
    low, high = sorted((box.top - box.bottom, box.right - box.left))
    is_disc = pieces <= DISC_PIECES_COUNT and low > ROUND_SHARE * high
    return pieces >= LETTER_PIECES_COUNT and LEAST_LETTER_PT <= low <= HIGHEST_LETTER_PT and not is_disc


def is_thin_line(box: PdfRect) -> bool:
    thickness, length = sorted((box.top - box.bottom, box.right - box.left))
    return thickness <= THICKEST_LINE_PT and length >= SHORTEST_LINE_PT


def grouped_by_height(letters: Iterable[PdfRect]) -> list[list[PdfRect]]:
    """The letters of each figure, from top to bottom. Shapes of few sizes are no letters."""
    groups: list[list[PdfRect]] = []
    for letter in sorted(letters, key=lambda box: -box.top):
        if groups and min(other.bottom for other in groups[-1]) - letter.top < OUTLINES_GAP_PT:
            groups[-1].append(letter)
        else:
            groups.append([letter])
    return [group for group in groups if is_text(group)]


def is_text(outlines: Sequence[PdfRect]) -> bool:
    """Whether shapes have as many sizes as letters, or are as wide as lines of text."""
    sizes = {size_of(outline) for outline in outlines}
    whole = [1 for width, height in sizes if height >= LOWEST_TEXT_PT and width > WHOLE_TEXT_RATIO * height]
    return len(sizes) >= OUTLINES_COUNT or len(whole) >= WHOLE_TEXTS_COUNT


def size_of(box: PdfRect) -> tuple[float, float]:
    return round(box.right - box.left, 1), round(box.top - box.bottom, 1)
