"""The pages that may hold a table. pdfium looks at all pages quickly, so that only these pages are parsed further."""

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator
from ctypes import c_float, c_int, c_ulong, c_void_p
from itertools import islice
from math import pi
from typing import Any

from pypdfium2 import PdfPage, raw

from extract.page.document import Document
from extract.page.labels import CONTINUED_LABEL, TABLE_CAPTION
from extract.page.sheet import RULE_THICKNESS_PT

_PATH_COUNT = 4000  # drawn paths that are looked at on a page; drawings have many more
_FORM_DEPTH_COUNT = 15  # form objects inside one another: deeper ones are not looked into
_GRID_RULE_COUNT = 3  # horizontal rules, and vertical ones, that the smallest grid has
_TURNED_RADIANS = 0.1  # text turned by less reads from left to right
_CAPTION_HINT = re.compile(r"(?i)tab|cont|exhibit|t a b l e|comparison")  # a page without this text has no caption
# fast to search for; TABLE_CAPTION is slow
_LABEL = re.compile(r"T(?:ab|AB|\sA\sB)|E(?:xhibit|XHIBIT)|e-?[Tt]able|Comparison\s\d")
_LINE_NUMBER = re.compile(r"^\s*(?:\d+\s)?\s*")  # manuscripts number their lines


def _address_function(function: Callable[..., Any], *types: Any) -> Callable[..., int]:  # noqa: ANN401 - ctypes' types
    """Return a function of pdfium that takes and returns addresses as numbers, in a third of the time. `types`: of its
    result, then of its arguments."""
    address: Any = ctypes.cast(function, c_void_p)  # type: ignore[arg-type]
    return ctypes.CFUNCTYPE(*types)(address.value)


_COUNT_ON_PAGE = _address_function(raw.FPDFPage_CountObjects, c_int, c_void_p)
_GET_ON_PAGE = _address_function(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
_COUNT_IN_FORM = _address_function(raw.FPDFFormObj_CountObjects, c_int, c_void_p)
_GET_IN_FORM = _address_function(raw.FPDFFormObj_GetObject, c_void_p, c_void_p, c_ulong)
_KIND = _address_function(raw.FPDFPageObj_GetType, c_int, c_void_p)


def pages_with_tables(document: Document, numbers: Iterable[int]) -> list[int]:
    """Return those of the pages (from 1) that show a grid or on which a line begins like the caption of a table."""
    return document.each(numbers, lambda number: [number] if may_hold_table(document, number) else [])


def may_hold_table(document: Document, number: int) -> bool:
    """Whether a page (from 1) shows a grid, or a line that begins like the caption of a table."""
    page = document.fast[number - 1]
    found = _may_hold_caption(document.text(number), page) or _may_hold_grid(page)
    page.close()
    return found


def _may_hold_caption(text: str, page: PdfPage) -> bool:
    """Whether a line begins like a caption. In turned text pdfium finds no lines: "Table 1" counts anywhere in it."""
    if not _CAPTION_HINT.search(text):
        return False
    lines = [_LINE_NUMBER.sub("", line) for line in text.splitlines()]
    if any(TABLE_CAPTION.match(line) or CONTINUED_LABEL.match(line) for line in lines):
        return True
    starts = [match.start() for match in _LABEL.finditer(text) if TABLE_CAPTION.match(text, match.start())]
    letters = page.get_textpage() if starts else None
    turned = (raw.FPDFText_GetCharAngle(letters, start) for start in starts)
    return any(_TURNED_RADIANS < angle < 2 * pi - _TURNED_RADIANS for angle in turned)


def _may_hold_grid(page: PdfPage) -> bool:
    """Whether a page shows horizontal and vertical rules, drawn one by one or as boxes."""
    across = down = 0
    left, bottom, right, top = edges = [c_float() for _ in range(4)]
    for path in islice(paths_on(page), _PATH_COUNT):
        thing = ctypes.cast(path, raw.FPDF_PAGEOBJECT)
        raw.FPDFPageObj_GetBounds(thing, *edges)
        wide, high = right.value - left.value > RULE_THICKNESS_PT, top.value - bottom.value > RULE_THICKNESS_PT
        sides = raw.FPDFPath_CountSegments(thing) // 2 if wide and high else 1
        across, down = across + wide * sides, down + high * sides
        if across >= _GRID_RULE_COUNT and down >= _GRID_RULE_COUNT:
            return True
    return False


def paths_on(page: PdfPage) -> Iterator[int]:
    """Yield the addresses of the drawn paths of a page. (Addresses, because a wrapper for each of thousands of letters
    takes longer than reading their text.)"""
    return _paths_in(ctypes.cast(page.raw, c_void_p).value, _COUNT_ON_PAGE, _GET_ON_PAGE, _FORM_DEPTH_COUNT)


def _paths_in(holder: int | None, count: Callable[..., int], get: Callable[..., int], depth: int) -> Iterator[int]:
    for index in range(count(holder)):
        thing = get(holder, index)
        kind = _KIND(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield thing
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
            yield from _paths_in(thing, _COUNT_IN_FORM, _GET_IN_FORM, depth - 1)
