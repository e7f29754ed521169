"""A PDF that is opened once, and whose pages are read once: whoever needs its sheets or its text asks here."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pypdfium2 import PdfDocument

from extract.errors import PartFaults, UsageError, place_of_part
from extract.page.box import Box
from extract.page.glyphs.mending import MendingFonts
from extract.page.glyphs.pictures import GlyphPictures, glyph_pictures
from extract.page.sheet import Sheet, read_sheets
from extract.pdf.opening import library_errors_as_unreadable, open_fast, open_thorough, refuse_fewer_pages

_T = TypeVar("_T")


class Document:
    """An open PDF. `fast` is the document in pdfium, for a quick look at all pages. `faults`: the errors of its pages
    and exhibits, which cost no more than these. Pages count from 1."""

    def __init__(
        self, path: Path, password: str | None, fast: PdfDocument, stack: ExitStack, faults: PartFaults | None = None
    ) -> None:
        self.path, self.password, self.fast = path, password, fast
        self.faults = faults or PartFaults(path)
        self.page_count = len(fast)
        self._stack = stack
        self._texts: dict[int, str] = {}
        self._sheets: dict[int, tuple[Sheet, ...]] = {}
        self._printed: dict[int, tuple[Sheet, ...]] = {}
        self._failed: dict[int, Exception] = {}

    def numbers(self, pages: range | None = None) -> list[int]:
        """The pages asked for that the PDF has (None asks for all); UsageError where it has none of them."""
        first, last = (pages[0], pages[-1]) if pages else (1, self.page_count)
        found = list(range(max(1, first), min(last, self.page_count) + 1))
        if pages is not None and not found:
            asked = f"page {pages[0]}" if len(pages) == 1 else f"pages {pages[0]}-{pages[-1]}"
            raise UsageError(f"{self.path}: no {asked}; the PDF has pages 1-{self.page_count}")
        return found

    @contextmanager
    def part(self, page: int, label: str = "", what: str = "") -> Iterator[None]:
        """Leave the block where it fails: this page (0: the file), or the exhibit of this label on it, is not read.
        `what`: which part of it, in words."""
        part = place_of_part(page, what or label)
        with self.faults.within(part, label, page), library_errors_as_unreadable(self.path):
            yield

    def each(self, numbers: Iterable[int], look: Callable[[int], Iterable[_T]]) -> list[_T]:
        """What `look` gives for each of these pages, in one list; nothing of a page that cannot be read."""
        found: list[_T] = []
        for number in numbers:
            with self.part(number):
                found += look(number)
        return found

    def sound(self, sheets: Iterable[Sheet], look: Callable[[Sheet], object]) -> list[Sheet]:
        """The sheets that `look` can look at; the pages of the others are not read."""
        found: list[Sheet] = []
        for sheet in sheets:
            with self.part(sheet.page):
                look(sheet)
                found.append(sheet)
        return found

    def text(self, number: int) -> str:
        """The text of a page as pdfium gives it, in the order in which it is drawn."""
        if number not in self._texts:
            page = self.fast[number - 1]
            self._texts[number] = page.get_textpage().get_text_range()
            page.close()
        return self._texts[number]

    def shown(self, number: int) -> Box:
        """The part of a page that viewers show, its crop box, in the frame of all boxes on the page."""
        from extract.page.ocr.rendering import PdfRect, displayed, frame_size

        page = self.fast[number - 1]
        media, crop = PdfRect(*page.get_mediabox()), PdfRect(*page.get_cropbox())
        width, height = frame_size(page, media)
        left, top, right, bottom = displayed(page, crop, media).edges
        page.close()
        return Box(max(left, 0), max(top, 0), min(right, width), min(bottom, height), number)

    def sheets(self, number: int) -> tuple[Sheet, ...]:
        """The sheets of a page; none behind the last page. UnreadableError where the page is damaged."""
        if number > self.page_count:
            return ()
        if number not in self._sheets:
            with self.parsed(number):
                pass
        return self._sheets[number]

    def printed_sheets(self, number: int) -> tuple[Sheet, ...]:
        """The sheets of a page as printed: where the text is hidden upon a scan, or a page is nothing but a picture,
        the picture is read by OCR, which takes seconds."""
        if number > self.page_count:
            return ()
        if number not in self._printed:
            from extract.page.ocr.scans import read_scans, scanned_places

            page, sheets = self.fast[number - 1], self.sheets(number)
            places = scanned_places(page, number)
            self._printed[number] = read_scans(page, number, sheets, places) if places else sheets
            page.close()
        return self._printed[number]

    @contextmanager
    def parsed(self, number: int) -> Iterator[Page]:
        """A page in pdfplumber. Whoever needs what is drawn on a page asks before others ask for its sheets: the page
        is parsed once for both, and its drawings are not kept."""
        refuse_fewer_pages(self._thorough, number)
        page = self._thorough.pages[number - 1]
        try:
            if number not in self._sheets:
                self._sheets[number] = self._read(page, number)
            yield page
        finally:
            page.close()

    def _read(self, page: Page, number: int) -> tuple[Sheet, ...]:
        if number in self._failed:  # to parse it again would take time, and fail again
            raise self._failed[number]
        try:
            self._glyphs.look_on(number)
            return tuple(read_sheets(page))
        except Exception as error:
            self._failed[number] = error
            raise

    @cached_property
    def _thorough(self) -> PDF:
        """The document in pdfplumber; its characters come as their glyphs show them."""
        pdf = self._stack.enter_context(open_thorough(self.path, self.password))
        pdf.rsrcmgr = MendingFonts(self._glyphs)
        return pdf

    @cached_property
    def _glyphs(self) -> GlyphPictures:
        return self._stack.enter_context(glyph_pictures(self.path, self.password))


@contextmanager
def open_document(path: Path, password: str | None = None, faults: PartFaults | None = None) -> Iterator[Document]:
    """Open a PDF; all that was read of it is freed at the end. UnreadableError where it cannot be opened or parsed.
    `faults`: keeps the errors of its parts."""
    with ExitStack() as stack:
        yield Document(path, password, stack.enter_context(open_fast(path, password)), stack, faults)
