"""The pages of a PDF that may show a forest plot, as canvases: pdfium screens all pages quickly, and only those with
intervals and a drawing, or with pictures, are parsed further."""

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_float
from dataclasses import replace
from itertools import islice

from pdfplumber.page import Page
from pypdfium2 import PdfPage, raw

from extract.forests.plot import TEXT_READER, Canvas, Drawing
from extract.forests.raster.canvas import canvas_of
from extract.forests.raster.drawing import stands_on_drawing
from extract.forests.raster.images import A_PICTURE, KnownPictures, Picture, is_bare, pictures_on
from extract.forests.raster.merging import with_read_words
from extract.forests.raster.outlines import (
    SCREENED_PATHS_COUNT,
    SHORTEST_LINE_PT,
    THICKEST_LINE_PT,
    OutlinedText,
    is_outlined,
    letters_on,
    outlined_texts,
    picture_of_text,
    stands_at_marks,
)
from extract.forests.raster.page_images import read_pictured
from extract.forests.text.captions import FigureCaption, caption_above, caption_below, captions_on_sheet
from extract.forests.text.intervals import BARE_RANGE, DECIMAL_LIMITS, ESTIMATE_WITH_LIMITS, ascii_signs
from extract.forests.text.labels import CONFIDENCE_LEVEL
from extract.forests.vector.drawing import read_drawing
from extract.page.box import Box, bounding_box
from extract.page.document import Document
from extract.page.lines import make_lines
from extract.page.ocr.placed_images import FORM_DEPTH_COUNT
from extract.page.screening import paths_on
from extract.page.sheet import Sheet
from extract.page.words import Word

PAGE_INTERVALS_COUNT = 3  # intervals in the text of a page with a plot: those of two studies and of their pooled line
SMALL_PLOT_INTERVALS_COUNT = 1  # interval in the text of a page that names the sides of an axis: that of a single row
AXIS_SIDES = re.compile(r"\bfavou?rs\b", re.IGNORECASE)
PLOT_WORDS = re.compile(r"\bfavou?rs\b|\bforest\b|heterogeneity|\bI\s?[2²]|random[\s-]effects?", re.IGNORECASE)
LIMIT_HEADS = re.compile(r"\b(?:lower|LCL|LL)\b[^.]{0,60}?\b(?:upper|UCL|UL)\b", re.IGNORECASE)
DECIMALS_IN_ROW = re.compile(r"(?:-?\d*\.\d+\s+){2}-?\d*\.\d+")  # an estimate and its limits, in columns
UNMAPPED_CHARACTERS_COUNT = 40  # characters without Unicode that may hide intervals: their glyphs are identified later
OUTLINE_TURNS = (0, 90)  # in which outlined text is searched for; level at 90 degrees is level at 270, too
FIGURE_WORD = re.compile(r"\bfig(?:\.|ure)", re.IGNORECASE)
DRAWN_PLOT_WORDS = re.compile(
    r"\bforest|\b(?:hazards?|odds|risk|rate)\s+ratio|\brelative risk|\bmean difference"
    r"|\beffect size|\bsubgroup|\b(?:HR|OR|RR)\b",
    re.IGNORECASE,
)
MOST_TEXT_ON_PICTURE_COUNT = 600  # characters: with more, the picture is a scanned page under its text
DRAWN_STARTS_COUNT = 3  # left ends of level lines; the rules of a table have one or two
DRAWN_PATHS_COUNT = 2  # paths of a drawn plot at least: some programs draw all its lines as one
DRAWN_WHISKERS_COUNT = 2  # lines of intervals of a drawn plot at least: with fewer, the plot may be a picture
OTHER_FIGURES = re.compile(  # words in the captions of figures that are no forest plots
    r"\b(?:PRISMA|CONSORT|CT|MRI)\b|(?i:\bflow|funnel|kaplan|risk of bias|study (?:selection|design|schema)|photo"
    r"|microgra|diagram|scatter|\bbox[\s-]?plot|histogram|\bbar (?:chart|graph|plot)|\bcurves?\b|time course|\bnetwork)"
)


def pages_with_plots(document: Document, numbers: Iterable[int]) -> list[int]:
    """Those of these pages that have intervals in their text, and a drawing."""
    return document.each(numbers, lambda number: [number] if may_show_plot(document, number) else [])


def may_show_plot(document: Document, number: int) -> bool:
    """Whether a page has intervals in its text, and a drawing; or a figure that may show intervals."""
    text = document.text(number)
    page = document.fast[number - 1]
    found = (has_intervals(text) and (has_paths(page) or has_picture(page))) or may_show_drawn(text, page)
    page.close()
    return found


def may_show_drawn(text: str, page: PdfPage) -> bool:
    """Whether a page may show a plot whose numbers are drawn and not printed: its text names a figure and a forest plot
    or an effect, and level lines begin at different places."""
    if not names_plot(text):
        return False
    return len(line_starts(page)) >= DRAWN_STARTS_COUNT or ("forest" in text.casefold() and has_paths(page))


def line_starts(page: PdfPage) -> set[int]:
    """The different left ends of the level lines of a page, in points."""
    starts = set()
    left, bottom, right, top = edges = [c_float() for _ in range(4)]
    for path in islice(paths_on(page), SCREENED_PATHS_COUNT):
        raw.FPDFPageObj_GetBounds(ctypes.cast(path, raw.FPDF_PAGEOBJECT), *edges)
        if top.value - bottom.value <= THICKEST_LINE_PT and right.value - left.value >= SHORTEST_LINE_PT:
            starts.add(round(left.value))
    return starts


def has_intervals(text: str) -> bool:
    """Whether the text of a page has as many intervals as a plot, or so many unmapped characters that it may. Fewer
    intervals are enough beside words of a plot, and so are limits without brackets under their heads."""
    unmapped = sum(1 for char in text if char < " " and char not in "\r\n\t")
    text = ascii_signs(text)
    if unmapped >= UNMAPPED_CHARACTERS_COUNT or occurs_often(DECIMAL_LIMITS, text):
        return True
    if occurs_often(ESTIMATE_WITH_LIMITS, text, SMALL_PLOT_INTERVALS_COUNT if AXIS_SIDES.search(text) else None):
        return True
    if LIMIT_HEADS.search(text) and occurs_often(DECIMALS_IN_ROW, text):
        return True
    return bool(CONFIDENCE_LEVEL.search(text) and PLOT_WORDS.search(text)) and occurs_often(BARE_RANGE, text)


def occurs_often(pattern: re.Pattern[str], text: str, count: int | None = None) -> bool:
    """Whether a text has as many matches of a pattern as a plot has intervals, or at least `count`."""
    fewest = PAGE_INTERVALS_COUNT if count is None else count
    return sum(1 for _ in islice(pattern.finditer(text), fewest)) == fewest


def has_paths(page: PdfPage) -> bool:
    """Whether a page has enough drawn paths for intervals and marks."""
    return sum(1 for _ in islice(paths_on(page), DRAWN_PATHS_COUNT)) == DRAWN_PATHS_COUNT


def pages_with_outlines(document: Document, numbers: Iterable[int]) -> list[int]:
    """Those of these pages that have text drawn as outlines, with lines between it."""

    def outlined(number: int) -> list[int]:
        page = document.fast[number - 1]
        found = [number] if outlined_texts(page) else []
        page.close()
        return found

    return document.each(numbers, outlined)


def has_picture(page: PdfPage) -> bool:
    """Whether a page has a picture, of whatever size."""
    return next(page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], FORM_DEPTH_COUNT), None) is not None


def read_pages(document: Document, numbers: Iterable[int], known: KnownPictures) -> list[Canvas]:
    """These pages with their words and drawings, a canvas for each direction of text."""

    def read(number: int) -> list[Canvas]:
        with document.parsed(number) as page:
            fast = document.fast[number - 1]
            canvases = [page_canvas(page, fast, sheet, known) for sheet in document.sheets(number)]
            found = with_outlines(canvases, page, fast)
            fast.close()
            return found

    return document.each(numbers, read)


def page_canvas(page: Page, fast: PdfPage, sheet: Sheet, known: KnownPictures) -> Canvas:
    """A sheet of a page with its drawing."""
    return Canvas(sheet, drawing_of(page, fast, sheet, known), TEXT_READER, Box(0.0, 0.0, sheet.width, sheet.height))


def with_outlines(canvases: Sequence[Canvas], page: Page, fast: PdfPage) -> list[Canvas]:
    """The canvases of a page, with its outlined texts among their words, as OCR reads them. Outlined text that does not
    stand beside the intervals of a drawing is not read, which takes seconds."""
    found = list(canvases)
    for text in outlined_texts(fast):
        for turn in OUTLINE_TURNS:
            canvas = canvas_with_turn(found, turn, page)
            letters = letters_on(text, canvas.sheet)
            if stands_at_marks(letters, read_drawing(page, canvas.sheet, letters)):
                read = canvas_of(picture_of_text(text, fast, page.page_number)).sheet
                canvas = canvas_with_turn(found, read.turn, page)
                found = [
                    *(other for other in found if other is not canvas),
                    with_outlined_text(canvas, text, read, page),
                ]
                break
    return found


def with_outlined_text(canvas: Canvas, text: OutlinedText, read: Sheet, page: Page) -> Canvas:
    """A canvas of a page with the words that OCR read in an outlined text, and with the drawing without its letters."""
    letters = letters_on(text, canvas.sheet)
    drawing = read_drawing(page, canvas.sheet, letters)
    words = [
        word for word in read.words if is_outlined(word, letters) or not stands_on_drawing(word, drawing, word.size)
    ]
    merged = with_read_words(canvas, words)
    return replace(merged, drawing=read_drawing(page, merged.sheet, places_of_text(words)))


def places_of_text(words: Sequence[Word]) -> list[Box]:
    """The boxes of words, and of their phrases: programs draw single letters or whole texts."""
    phrases = [phrase for line in make_lines(words) for phrase in line.phrases]
    return [bounding_box([word]) for word in words] + [bounding_box(phrase.words) for phrase in phrases]


def canvas_with_turn(canvases: Iterable[Canvas], turn: int, page: Page) -> Canvas:
    """The canvas with text of this direction; one without words if the page has no such text."""
    known = next((canvas for canvas in canvases if canvas.sheet.turn == turn), None)
    if known is not None:
        return known
    width, height = float(page.width), float(page.height)
    width, height = (width, height) if turn in (0, 180) else (height, width)
    sheet = Sheet(page.page_number, turn, width, height, (), (), (), ())
    return Canvas(sheet, Drawing(), TEXT_READER, Box(0.0, 0.0, width, height))


def drawing_of(page: Page, fast: PdfPage, sheet: Sheet, known: KnownPictures) -> Drawing:
    """The drawing of a page or, where the page prints intervals, or names a plot, and draws none, of its pictures."""
    drawing = read_drawing(page, sheet)
    text = " ".join(word.text for word in sheet.words)
    if len(drawing.whiskers) < DRAWN_WHISKERS_COUNT and (has_intervals(text) or names_plot(text)):
        pictured = read_pictured(fast, sheet, known)
        return pictured if len(pictured.whiskers) > len(drawing.whiskers) else drawing
    return drawing


def pages_with_pictures(document: Document, numbers: Iterable[int], known: KnownPictures) -> list[int]:
    """Those of these pages that have pictures that may show a plot."""
    return list(dict.fromkeys(picture.page for picture in pictures_in(document, numbers, known)))


def read_pictures(document: Document, numbers: Iterable[int], known: KnownPictures) -> Iterator[Picture]:
    """The pictures of some pages that may show a plot, without those whose captions name another kind of figure."""
    captions: dict[int, list[FigureCaption]] = {}
    for picture in pictures_in(document, numbers, known):
        if picture.page not in captions:
            captions[picture.page] = document.each([picture.page], lambda number: captions_on(document.sheets(number)))
        caption = caption_of(picture.place, captions[picture.page])
        if not caption or "forest" in caption.text.casefold() or not OTHER_FIGURES.search(caption.text):
            yield picture


def pictures_in(document: Document, numbers: Iterable[int], known: KnownPictures) -> Iterator[Picture]:
    """The pictures of these pages that may show a plot. Text upon a picture is read with the picture, if the page names
    a plot and the text has no intervals; else the text is the plot's own."""
    for number in numbers:
        with document.part(number):
            page = document.fast[number - 1]
            takes = is_bare_or_vague if names_plot(document.text(number)) else is_bare
            yield from pictures_on(page, number, takes, known, lambda number: document.part(number, A_PICTURE))
            page.close()


def is_bare_or_vague(text: str) -> bool:
    """Whether the text upon a picture is none of its own, or so little that the numbers are in the picture."""
    return is_bare(text) or (len(text) < MOST_TEXT_ON_PICTURE_COUNT and not has_intervals(text))


def names_plot(text: str) -> bool:
    """Whether the text of a page names a figure and a forest plot or an effect."""
    return bool(FIGURE_WORD.search(text) and DRAWN_PLOT_WORDS.search(text))


def captions_on(sheets: Iterable[Sheet]) -> list[FigureCaption]:
    """The captions of figures on the sheets of a page, with their places on the page as displayed."""
    found = []
    for sheet in sheets:
        found += [FigureCaption(c.label, c.text, *sheet.on_page(c).edges, c.is_table) for c in captions_on_sheet(sheet)]
    return [caption for caption in found if not caption.is_table]


def caption_of(place: Box, captions: Sequence[FigureCaption]) -> FigureCaption | None:
    """The caption below a place of a page, or else the one above it, or else the only caption of the page."""
    only = captions[0] if len(captions) == 1 else None
    return caption_below(place, captions) or caption_above(place, captions) or only
