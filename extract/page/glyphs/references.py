"""The shapes of signs, digits and letters in pdfium's own substitutes for Helvetica, Times and Symbol. Signs are also
drawn with a pen, in the proportions of mathematical fonts."""

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import product

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from pypdfium2 import PdfDocument, raw

from extract.page.glyphs.pictures import font_program
from extract.page.glyphs.shapes import SHAPE_PIXELS, Shape, shape_of

_SIGNS = "+−±×÷=≠<>≤≥≈∼*•†‡§¶αβγδΔκχμσ®©™°∞√→←↑↓"
_FACES = (b"Helvetica", b"Helvetica-Bold", b"Times-Roman", b"Times-Bold", b"Times-Italic")
_SIGN_FACES = (b"Helvetica", b"Times-Roman", b"Symbol")
FACE_WIDTHS = (1.0, 0.8, 0.65)  # widths of faces, ordinary and condensed: 1 for the face as it is
_EM_PIXELS = 96  # type size of the references
_PEN_PIXELS = (4, 8, 13)  # widths of the pen that draws a sign

ShapeMatrix = NDArray[np.float32]
_NO_SHAPES: ShapeMatrix = np.zeros((0, SHAPE_PIXELS * SHAPE_PIXELS), np.float32)
_Stroke = tuple[tuple[float, float], ...]


@cache
def _face(name: bytes) -> ImageFont.FreeTypeFont:
    """One of the fourteen standard fonts, as pdfium draws it if a PDF does not embed it."""
    document = PdfDocument.new()
    font = raw.FPDFText_LoadStandardFont(document.raw, name)
    program = font_program(font)
    raw.FPDFFont_Close(font)
    document.close()
    return ImageFont.truetype(BytesIO(program), _EM_PIXELS)


@cache
def shapes_of(text: str, width: float = 1.0) -> tuple[Shape, ...]:
    """Return the shapes of a character, one for each face that has it and each way to draw it. `width`: of a condensed
    face, 1 for the face as it is."""
    printed = (_in_face(text, name, width) for name in (_SIGN_FACES if text in _SIGNS else _FACES))
    drawn = (shape for sign, shape in _pen_signs() if sign == text)
    return tuple(shape for shape in (*printed, *drawn) if shape)


def _in_face(text: str, name: bytes, width: float = 1.0) -> Shape | None:
    """The shape of a character in a face; None if the face does not have it."""
    mask = _face(name).getmask(text, mode="L")
    if not all(mask.size):
        return None
    picture = Image.frombytes("L", mask.size, bytes(mask))
    return shape_of(picture.resize((max(1, round(width * picture.width)), picture.height)), _EM_PIXELS, (0, 0))


def likeness(shape: Shape, text: str, widths: Sequence[float] = (1.0,)) -> float:
    """Return the likeness of a shape and a character, at most 1; 0 if no face has the character."""
    references = (reference for width in widths for reference in shapes_of(text, width))
    return max((float(shape.vector @ reference.vector) for reference in references), default=0.0)


@cache
def _sign_shapes(pieces: int) -> tuple[str, ShapeMatrix]:
    """The signs with a number of pieces, and their shapes, one a row of the matrix."""
    rows = [(sign, shape.vector) for sign in _SIGNS for shape in shapes_of(sign) if shape.pieces == pieces]
    return "".join(sign for sign, _ in rows), np.stack([vector for _, vector in rows]) if rows else _NO_SHAPES


def likest_signs(shape: Shape, least: float = 0.0) -> list[tuple[float, str]]:
    """Return the signs with as many pieces as a shape and their likeness to it, the likest first; no signs if no
    likeness reaches `least`."""
    signs, matrix = _sign_shapes(shape.pieces)
    values = matrix @ shape.vector
    best: dict[str, float] = {}
    if not signs or values.max() < least:
        return []
    for sign, value in zip(signs, values, strict=True):
        best[sign] = max(best.get(sign, 0.0), float(value))
    return sorted(((value, sign) for sign, value in best.items()), reverse=True)


@cache
def _pen_signs() -> tuple[tuple[str, Shape | None], ...]:
    strokes = [(sign, weight, strokes) for weight in _PEN_PIXELS for sign, strokes in _sign_strokes()]
    return tuple((sign, _draw(strokes, weight)) for sign, weight, strokes in strokes)


def _sign_strokes() -> Iterator[tuple[str, tuple[_Stroke, ...]]]:
    """Signs as strokes in a square of side 1, y downwards, with the gaps, heights and slants of mathematical fonts."""
    for gap in (0.3, 0.42):
        yield "=", (((0, 0), (1, 0)), ((0, gap), (1, gap)))
    for height in (0.85, 1.0, 1.2):
        plus = (((0.5, 0), (0.5, height)), ((0, height / 2), (1, height / 2)))
        yield "+", plus
        for gap in (0.0, 0.15):
            yield "±", (*plus, ((0, height + gap), (1, height + gap)))
    for height in (0.6, 0.75, 0.9, 1.05):
        yield "<", (((1, 0), (0, height / 2), (1, height)),)
        yield ">", (((0, 0), (1, height / 2), (0, height)),)
    for height, gap, slant in product((0.6, 0.75, 0.9), (0.18, 0.3), (False, True)):
        bar = height / 2 + gap if slant else height + gap
        yield "≤", (((1, 0), (0, height / 2), (1, height)), ((0, bar), (1, height + gap)))
        yield "≥", (((0, 0), (1, height / 2), (0, height)), ((1, bar), (0, height + gap)))


def _draw(strokes: tuple[_Stroke, ...], weight: int) -> Shape | None:
    picture = Image.new("L", (2 * _EM_PIXELS, 2 * _EM_PIXELS))
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        pen.line([(_EM_PIXELS / 2 + x * _EM_PIXELS, _EM_PIXELS / 2 + y * _EM_PIXELS) for x, y in stroke], 255, weight)
    return shape_of(picture, _EM_PIXELS, (0, 0))
