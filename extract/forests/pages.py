"""Which pages may show a forest plot, and those pages as canvases: pdfium looks at all of them quickly, only those with
columns of intervals are parsed further."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from pypdfium2 import PdfDocument, PdfPage

from extract.errors import UsageError
from extract.forests.intervals import DECIMAL_LIMITS, INTERVAL, plain
from extract.forests.plot import Canvas
from extract.forests.vector import read_drawing
from extract.readers.glyphs import mended
from extract.readers.opening import open_fast, open_thorough, refuse_fewer_pages
from extract.readers.pages import paths_on
from extract.readers.sheet import read_sheets

FEWEST = 2  # intervals that the text of a page with a plot has
UNTOLD = 40  # characters without a Unicode: what they say is found out later
DRAWN = 5  # lines and boxes that the smallest plot is drawn with


def asked_for(document: PdfDocument, path: Path, pages: range | None) -> list[int]:
    """The numbers of the pages to look at; UsageError where the PDF has none of those asked for."""
    wanted = range(1, len(document) + 1) if pages is None else pages
    found = [number for number in wanted if 1 <= number <= len(document)]
    if not found:
        told = f"pages {wanted.start}-{wanted.stop - 1} were asked for, the PDF has {len(document)}"
        raise UsageError(f"{path}: {told}")
    return found


def pages_with_plots(document: PdfDocument, numbers: Sequence[int]) -> list[int]:
    """Those of some pages whose text holds intervals and on which lines are drawn."""
    found = []
    for number in numbers:
        page = document[number - 1]
        if has_intervals(page.get_textpage().get_text_range()) and is_drawn(page):
            found.append(number)
        page.close()
    return found


def has_intervals(text: str) -> bool:
    untold = sum(1 for char in text if char < " " and char not in "\r\n\t")
    found = chain(DECIMAL_LIMITS.finditer(plain(text)), INTERVAL.finditer(plain(text)))
    return untold >= UNTOLD or sum(1 for _ in islice(found, FEWEST)) == FEWEST


def is_drawn(page: PdfPage) -> bool:
    """Whether enough is drawn on a page for intervals and marks."""
    return sum(1 for _ in islice(paths_on(page), DRAWN)) == DRAWN


def read_pages(path: Path, numbers: Sequence[int], password: str | None = None) -> Iterator[Canvas]:
    """These pages with their words and drawings, a canvas for each direction of text."""
    if not numbers:
        return
    with open_thorough(path, password) as pdf, mended(pdf, path, password, numbers):
        refuse_fewer_pages(pdf, max(numbers))
        for number in numbers:
            page = pdf.pages[number - 1]
            for sheet in read_sheets(page):
                drawing = read_drawing(page, sheet)
                yield Canvas(sheet, drawing, "pdfplumber", (0.0, 0.0, sheet.width, sheet.height))
            page.close()


def find_pages(path: Path, pages: range | None, password: str | None = None) -> list[int]:
    """The pages whose text may hold a plot."""
    with open_fast(path, password) as document:
        return pages_with_plots(document, asked_for(document, path, pages))
