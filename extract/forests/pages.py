"""The pages of a PDF that may show a forest plot, as canvases: pdfium looks at all pages quickly, only those with
columns of intervals or with pictures are parsed further."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pdfplumber.page import Page
from pypdfium2 import PdfPage

from extract.forests.plot import Canvas, Drawing
from extract.forests.raster.images import Picture, may_hold_plot, pictures_on
from extract.forests.raster.page_images import read_pictured
from extract.forests.text.captions import FigureCaption, caption_above, caption_below, captions_on_sheet
from extract.forests.text.intervals import DECIMAL_LIMITS, ESTIMATE_WITH_LIMITS, ascii_signs
from extract.forests.vector.drawing import read_drawing
from extract.page.box import Box
from extract.page.document import Document
from extract.page.screening import paths_on
from extract.page.sheet import Sheet

FEWEST = 3  # intervals that the text of a page with a plot has: two studies and what they give together
UNTOLD = 40  # characters without a Unicode: what they say is found out later
DRAWN = 2  # things that a plot is drawn with at least: some programs make one of all its lines
OTHER = re.compile(  # what the captions of other pictures speak of
    r"\b(?:PRISMA|CONSORT|CT|MRI)\b|(?i:\bflow|funnel|kaplan|risk of bias|study (?:selection|design|schema)|photo"
    r"|microgra|diagram|scatter|\bbox[\s-]?plot|histogram|\bbar (?:chart|graph|plot)|\bcurves?\b|time course|\bnetwork)"
)


def pages_with_plots(document: Document, numbers: Iterable[int]) -> list[int]:
    """Those of some pages whose text holds intervals and on which something is drawn."""
    return [number for number in numbers if may_show_plot(document, number)]


def may_show_plot(document: Document, number: int) -> bool:
    if not has_intervals(document.text(number)):
        return False
    page = document.fast[number - 1]
    found = is_drawn(page)
    page.close()
    return found


def has_intervals(text: str) -> bool:
    untold = sum(1 for char in text if char < " " and char not in "\r\n\t")
    return untold >= UNTOLD or any(
        occurs(pattern, ascii_signs(text)) for pattern in (DECIMAL_LIMITS, ESTIMATE_WITH_LIMITS)
    )


def occurs(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a pattern is found as often as in a plot."""
    return sum(1 for _ in islice(pattern.finditer(text), FEWEST)) == FEWEST


def is_drawn(page: PdfPage) -> bool:
    """Whether enough is drawn on a page for intervals and marks."""
    return sum(1 for _ in islice(paths_on(page), DRAWN)) == DRAWN


def read_pages(document: Document, numbers: Iterable[int]) -> list[Canvas]:
    """These pages with their words and drawings, a canvas for each direction of text."""
    found = []
    for number in numbers:
        with document.parsed(number) as page:
            for sheet in document.sheets(number):
                area = Box(0.0, 0.0, sheet.width, sheet.height)
                drawing = drawing_of(page, document.fast[number - 1], sheet)
                found.append(Canvas(sheet, drawing, "pdfplumber", area))
    return found


def drawing_of(page: Page, fast: PdfPage, sheet: Sheet) -> Drawing:
    """What is drawn on a page, or where that is no plot although intervals are printed, in the pictures beside them."""
    drawing = read_drawing(page, sheet)
    if len(drawing.whiskers) < DRAWN and has_intervals(" ".join(word.text for word in sheet.words)):
        return read_pictured(fast, sheet)
    return drawing


def pages_with_pictures(document: Document, numbers: Iterable[int]) -> list[int]:
    """Those of some pages that have pictures which may show a plot."""
    return list(dict.fromkeys(picture.page for picture in pictures_in(document, numbers)))


def read_pictures(document: Document, numbers: Iterable[int]) -> Iterator[Picture]:
    """The pictures of some pages that may show a plot, and whose captions name nothing else."""
    for picture in pictures_in(document, numbers):
        caption = caption_of(picture.place, captions_on(document.sheets(picture.page)))
        if not caption or "forest" in caption.text.casefold() or not OTHER.search(caption.text):
            yield picture


def pictures_in(document: Document, numbers: Iterable[int]) -> Iterator[Picture]:
    for number in numbers:
        page = document.fast[number - 1]
        yield from (picture for picture in pictures_on(page, number) if may_hold_plot(picture.pixels))
        page.close()


def captions_on(sheets: Iterable[Sheet]) -> list[FigureCaption]:
    """The captions of figures on the sheets of a page, placed on the page as displayed."""
    found = []
    for sheet in sheets:
        found += [FigureCaption(c.label, c.text, *sheet.on_page(c).edges, c.is_table) for c in captions_on_sheet(sheet)]
    return [caption for caption in found if not caption.is_table]


def caption_of(place: Box, captions: Sequence[FigureCaption]) -> FigureCaption | None:
    """The caption below a place of a page, or else that above it; of a lone one on the page, wherever it stands."""
    lone = captions[0] if len(captions) == 1 else None
    return caption_below(place, captions) or caption_above(place, captions) or lone
