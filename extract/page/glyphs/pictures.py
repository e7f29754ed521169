"""Pictures of single glyphs, drawn by pdfium from the fonts that a PDF holds, whatever its text layer says of them."""

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

EM = 64  # pixels
SIDE = 3 * EM
ORIGIN = (EM, 2 * EM)  # of the glyph, from the left and the top

Program = tuple[int, int]  # length and checksum
Font = Any  # pdfium's handle of a font


def checksum(program: bytes) -> Program:
    return len(program), crc32(program)


class GlyphPictures:
    """The fonts of the pages looked on, by the program that they hold."""

    def __init__(self, document: PdfDocument) -> None:
        self._document = document
        self._ahead: list[int] = []
        self._known: set[int] = set()
        self._pages: list[PdfPage] = []  # kept open: their fonts live as long as they do
        self._fonts: dict[Program, dict[int, Font]] = {}
        self._shapes: dict[tuple[int, int], Shape | None] = {}
        self._stage = raw.FPDFPage_New(document.raw, len(document), SIDE, SIDE)
        self._canvas = PdfBitmap.new_native(SIDE, SIDE, raw.FPDFBitmap_Gray)

    def look_on(self, number: int) -> None:
        """Look for fonts on this page, too (from 1), once a font is asked for."""
        if number not in self._known:
            self._known.add(number)
            self._ahead.append(number)

    def shapes(self, program: Program, code: int) -> Iterator[Shape | None]:
        """The shape of a character code, None where it draws nothing, in each font that holds the program (they may
        give their codes to it in different ways). None at all where no page has such a font."""
        return (self._seen(address, font, code) for address, font in self._find(program).items())

    def _seen(self, address: int, font: Font, code: int) -> Shape | None:
        if (address, code) not in self._shapes:
            self._shapes[address, code] = self._draw(font, code)
        return self._shapes[address, code]

    def _find(self, program: Program) -> dict[int, Font]:
        while program not in self._fonts and self._ahead:
            self._pages.append(self._document[self._ahead.pop(0) - 1])
            for address, font in fonts_of(self._pages[-1]).items():
                self._fonts.setdefault(checksum(program_of(font)), {})[address] = font
        return self._fonts.get(program, {})

    def _draw(self, font: Font, code: int) -> Shape | None:
        thing = raw.FPDFPageObj_CreateTextObj(self._document.raw, font, EM)
        raw.FPDFText_SetCharcodes(thing, (ctypes.c_uint32 * 1)(code), 1)
        raw.FPDFPageObj_Transform(thing, 1, 0, 0, 1, ORIGIN[0], SIDE - ORIGIN[1])
        raw.FPDFPage_InsertObject(self._stage, thing)
        self._canvas.fill_rect((255, 255, 255, 255), 0, 0, SIDE, SIDE)
        raw.FPDF_RenderPageBitmap(self._canvas, self._stage, 0, 0, SIDE, SIDE, 0, 0)
        raw.FPDFPage_RemoveObject(self._stage, thing)
        raw.FPDFPageObj_Destroy(thing)
        ink = 255 - self._canvas.to_numpy().reshape(SIDE, SIDE)
        return shape_of(Image.fromarray(ink), EM, ORIGIN)

    def close(self) -> None:
        raw.FPDF_ClosePage(self._stage)
        self._fonts.clear()
        for page in self._pages:
            page.close()


@contextmanager
def glyph_pictures(path: Path, password: str | None) -> Iterator[GlyphPictures]:
    """The pictures of a document, which is opened for them alone: they are drawn on a page that is added to it."""
    with open_fast(path, password) as document:
        pictures = GlyphPictures(document)
        try:
            yield pictures
        finally:
            pictures.close()


def fonts_of(page: PdfPage) -> dict[int, Font]:
    """The fonts of a page's text that the PDF holds, by the place in memory that tells one from another."""
    fonts = (raw.FPDFTextObj_GetFont(thing.raw) for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)))
    found = {ctypes.addressof(font.contents): font for font in fonts if font}
    return {address: font for address, font in found.items() if raw.FPDFFont_GetIsEmbedded(font) == 1}


def program_of(font: Font) -> bytes:
    size = ctypes.c_size_t()
    raw.FPDFFont_GetFontData(font, None, 0, size)
    program = (ctypes.c_uint8 * size.value)()
    raw.FPDFFont_GetFontData(font, program, size.value, size)
    return bytes(program)
