"""Pictures of single glyphs: pdfium draws them from the fonts embedded in a PDF, whatever its text layer says."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

from PIL import Image
from pypdfium2 import PdfBitmap, PdfDocument, PdfPage, raw

from extract.page.glyphs.shapes import Shape, shape_of
from extract.pdf.opening import open_fast

_EM_PIXELS = 64  # type size of the pictures
_SIDE_PIXELS = 3 * _EM_PIXELS
_ORIGIN_PIXELS = (_EM_PIXELS, 2 * _EM_PIXELS)  # of the glyph on its baseline, from the left and the top

ProgramKey = tuple[int, int]  # length and checksum of a font program
Font = Any  # pdfium's handle of a font


def program_key(program: bytes) -> ProgramKey:
    """Return a key that identifies a font program in pdfminer and in pdfium."""
    return len(program), crc32(program)


class GlyphPictures:
    """The shapes of glyphs in the embedded fonts of pages, by font program."""

    def __init__(self, document: PdfDocument) -> None:
        self._document = document
        self._ahead: list[int] = []
        self._known: set[int] = set()
        self._pages: list[PdfPage] = []  # kept open: their fonts live as long as they do
        self._fonts: dict[ProgramKey, dict[int, Font]] = {}
        self._shapes: dict[tuple[int, int], Shape | None] = {}
        self._stage = raw.FPDFPage_New(document.raw, len(document), _SIDE_PIXELS, _SIDE_PIXELS)
        self._canvas = PdfBitmap.new_native(_SIDE_PIXELS, _SIDE_PIXELS, raw.FPDFBitmap_Gray)

    def look_on(self, number: int) -> None:
        """Add a page (from 1) to the pages that are searched once an unknown font is asked for."""
        if number not in self._known:
            self._known.add(number)
            self._ahead.append(number)

    def shapes(self, program: ProgramKey, code: int) -> Iterator[Shape | None]:
        """Yield the shape of a character code in each font with the program, None if it draws nothing. (Fonts may give
        different codes to the glyphs of one program.) Yields nothing if no page has such a font."""
        return (self._seen(address, font, code) for address, font in self._find(program).items())

    def _seen(self, address: int, font: Font, code: int) -> Shape | None:
        if (address, code) not in self._shapes:
            self._shapes[address, code] = self._draw(font, code)
        return self._shapes[address, code]

    def _find(self, program: ProgramKey) -> dict[int, Font]:
        while program not in self._fonts and self._ahead:
            self._pages.append(self._document[self._ahead.pop(0) - 1])
            for address, font in _embedded_fonts(self._pages[-1]).items():
                self._fonts.setdefault(program_key(font_program(font)), {})[address] = font
        return self._fonts.get(program, {})

    def _draw(self, font: Font, code: int) -> Shape | None:
        text = raw.FPDFPageObj_CreateTextObj(self._document.raw, font, _EM_PIXELS)
        raw.FPDFText_SetCharcodes(text, (ctypes.c_uint32 * 1)(code), 1)
        raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, _ORIGIN_PIXELS[0], _SIDE_PIXELS - _ORIGIN_PIXELS[1])
        raw.FPDFPage_InsertObject(self._stage, text)
        self._canvas.fill_rect((255, 255, 255, 255), 0, 0, _SIDE_PIXELS, _SIDE_PIXELS)
        raw.FPDF_RenderPageBitmap(self._canvas, self._stage, 0, 0, _SIDE_PIXELS, _SIDE_PIXELS, 0, 0)
        raw.FPDFPage_RemoveObject(self._stage, text)
        raw.FPDFPageObj_Destroy(text)
        ink = 255 - self._canvas.to_numpy().reshape(_SIDE_PIXELS, _SIDE_PIXELS)
        return shape_of(Image.fromarray(ink), _EM_PIXELS, _ORIGIN_PIXELS)

    def close(self) -> None:
        raw.FPDF_ClosePage(self._stage)
        self._fonts.clear()
        for page in self._pages:
            page.close()


@contextmanager
def glyph_pictures(path: Path, password: str | None) -> Iterator[GlyphPictures]:
    """Open a document for the pictures of its glyphs alone: they are drawn on a page that is added to it."""
    with open_fast(path, password) as document:
        pictures = GlyphPictures(document)
        try:
            yield pictures
        finally:
            pictures.close()


def _embedded_fonts(page: PdfPage) -> dict[int, Font]:
    """The embedded fonts of a page's text, by their address in memory."""
    fonts = (raw.FPDFTextObj_GetFont(text.raw) for text in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)))
    found = {ctypes.addressof(font.contents): font for font in fonts if font}
    return {address: font for address, font in found.items() if raw.FPDFFont_GetIsEmbedded(font) == 1}


def font_program(font: Font) -> bytes:
    """Return the program of a font of pdfium: the content of its font file."""
    size = ctypes.c_size_t()
    raw.FPDFFont_GetFontData(font, None, 0, size)
    program = (ctypes.c_uint8 * size.value)()
    raw.FPDFFont_GetFontData(font, program, size.value, size)
    return bytes(program)
