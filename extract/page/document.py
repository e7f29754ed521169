"""A PDF that is opened once, and whose pages are read once: whoever needs its sheets or its text asks here."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pypdfium2 import PdfDocument

from extract.errors import UsageError
from extract.page.glyphs.mending import MendingFonts
from extract.page.glyphs.pictures import GlyphPictures, glyph_pictures
from extract.page.sheet import Sheet, read_sheets
from extract.pdf.opening import open_fast, open_thorough, refuse_fewer_pages


class Document:
    """An open PDF. `fast` is the document in pdfium, for a quick look at all pages. Pages count from 1."""

    def __init__(self, path: Path, password: str | None, fast: PdfDocument, stack: ExitStack) -> None:
        self.path, self.password, self.fast = path, password, fast
        self.page_count = len(fast)
        self._stack = stack
        self._texts: dict[int, str] = {}
        self._sheets: dict[int, tuple[Sheet, ...]] = {}
        self._printed: dict[int, tuple[Sheet, ...]] = {}

    def numbers(self, pages: range | None = None) -> list[int]:
        """The pages asked for that the PDF has (None asks for all); UsageError where it has none of them."""
        first, last = (pages[0], pages[-1]) if pages else (1, self.page_count)
        found = list(range(max(1, first), min(last, self.page_count) + 1))
        if pages is not None and not found:
            asked = f"page {pages[0]}" if len(pages) == 1 else f"pages {pages[0]}-{pages[-1]}"
            raise UsageError(f"{self.path}: no {asked}; the PDF has pages 1-{self.page_count}")
        return found

    def text(self, number: int) -> str:
        """The text of a page as pdfium gives it, in the order in which it is drawn."""
        if number not in self._texts:
            page = self.fast[number - 1]
            self._texts[number] = page.get_textpage().get_text_range()
            page.close()
        return self._texts[number]

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
                self._glyphs.look_on(number)
                self._sheets[number] = tuple(read_sheets(page))
            yield page
        finally:
            page.close()

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
def open_document(path: Path, password: str | None = None) -> Iterator[Document]:
    """Open a PDF; all that was read of it is freed at the end. UnreadableError where it cannot be opened or parsed."""
    with ExitStack() as stack:
        yield Document(path, password, stack.enter_context(open_fast(path, password)), stack)
