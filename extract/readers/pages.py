"""Which pages may hold a table: pdfium looks at all pages quickly, so that only those are parsed further."""

from itertools import islice
from math import pi

from pypdfium2 import PdfDocument, PdfPage, PdfTextPage, raw

from extract.readers.captions import CONTINUED, TABLE
from extract.readers.sheet import THIN

MOST = 4000  # drawn objects that are looked at on a page
LINES = 3  # horizontal, and vertical ones, that the smallest grid has


def pages_with_tables(document: PdfDocument) -> list[int]:
    """Numbers (from 1) of the pages on which a line begins like the caption of a table, or that show a grid."""
    found = []
    for index in range(len(document)):
        page = document[index]
        if may_hold_caption(page.get_textpage()) or may_hold_grid(page):
            found.append(index + 1)
        page.close()
    return found


def may_hold_caption(page: PdfTextPage) -> bool:
    """Where text is turned, pdfium does not find its lines, and "Table 1" anywhere in it will do."""
    text = page.get_text_range()
    if any(TABLE.match(line.strip()) or CONTINUED.match(line) for line in text.splitlines()):
        return True
    turned = (raw.FPDFText_GetCharAngle(page, match.start()) for match in TABLE.finditer(text))
    return any(0.1 < angle < 2 * pi - 0.1 for angle in turned)


def may_hold_grid(page: PdfPage) -> bool:
    """Whether a page shows horizontal and vertical lines, drawn one by one or as boxes."""
    across = down = 0
    for thing in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]), MOST):
        left, bottom, right, top = thing.get_bounds()
        across += top - bottom <= THIN < right - left
        down += right - left <= THIN < top - bottom
        if top - bottom > THIN and right - left > THIN:
            sides = raw.FPDFPath_CountSegments(thing.raw) // 2
            across, down = across + sides, down + sides
    return across >= LINES and down >= LINES
