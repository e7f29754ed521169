"""Which pages may hold a table: pdfium looks at all pages quickly, so that only those are parsed further."""

import re
from collections.abc import Callable, Iterator
from ctypes import c_float
from itertools import islice
from math import pi
from typing import Any

from pypdfium2 import PdfDocument, PdfPage, PdfTextPage, raw

from extract.readers.captions import CONTINUED, TABLE
from extract.readers.sheet import THIN

MOST = 4000  # drawn objects that are looked at on a page
LABEL = re.compile(r"T(?:able|ABLE|ab\.)")  # quickly found, which TABLE with its words before is not
FORMS_IN_FORMS = 15  # how deep they are looked into
LINES = 3  # horizontal, and vertical ones, that the smallest grid has


def pages_with_tables(document: PdfDocument, pages: range | None = None) -> list[int]:
    """Numbers (from 1) of the pages, of all or of some, on which a line begins like the caption of a table, or that
    show a grid."""
    found = []
    for number in range(1, len(document) + 1) if pages is None else pages:
        if number > len(document):
            break
        page = document[number - 1]
        if may_hold_caption(page.get_textpage()) or may_hold_grid(page):
            found.append(number)
        page.close()
    return found


def may_hold_caption(page: PdfTextPage) -> bool:
    """Where text is turned, pdfium does not find its lines, and "Table 1" anywhere in it will do."""
    text = page.get_text_range()
    if any(TABLE.match(line.strip()) or CONTINUED.match(line) for line in text.splitlines()):
        return True
    starts = (match.start() for match in LABEL.finditer(text) if TABLE.match(text, match.start()))
    turned = (raw.FPDFText_GetCharAngle(page, start) for start in starts)
    return any(0.1 < angle < 2 * pi - 0.1 for angle in turned)


def may_hold_grid(page: PdfPage) -> bool:
    """Whether a page shows horizontal and vertical lines, drawn one by one or as boxes."""
    across = down = 0
    for path in islice(paths_on(page), MOST):
        left, bottom, right, top = bounds_of(path)
        across += top - bottom <= THIN < right - left
        down += right - left <= THIN < top - bottom
        if top - bottom > THIN and right - left > THIN:
            sides = raw.FPDFPath_CountSegments(path) // 2
            across, down = across + sides, down + sides
        if across >= LINES and down >= LINES:
            return True
    return False


def paths_on(page: PdfPage) -> Iterator[Any]:
    """pdfium's own objects, since a wrapper for each of thousands of letters takes longer than reading their text."""
    return paths_in(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, FORMS_IN_FORMS)


def paths_in(holder: Any, count: Callable[..., int], get: Callable[..., Any], depth: int) -> Iterator[Any]:  # noqa: ANN401
    for index in range(count(holder)):
        thing = get(holder, index)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield thing
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
            yield from paths_in(thing, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth - 1)


def bounds_of(path: Any) -> tuple[float, float, float, float]:  # noqa: ANN401
    left, bottom, right, top = (c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(path, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value
