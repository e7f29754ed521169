"""What signs, digits and letters look like: in pdfium's own substitutes for Helvetica, Times and Symbol, and signs also
as a pen draws them in the proportions that mathematical fonts give them."""

import ctypes
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import product

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from pypdfium2 import PdfDocument, raw

from extract.page.glyphs.shapes import SIDE, Shape, shape_of

SIGNS = "+−±×÷=≠<>≤≥≈∼*•†‡§¶αβγδΔκχμσ®©™°∞√→←↑↓"
FACES = (b"Helvetica", b"Helvetica-Bold", b"Times-Roman", b"Times-Bold", b"Times-Italic")
SIGN_FACES = (b"Helvetica", b"Times-Roman", b"Symbol")
NARROW = (1.0, 0.8, 0.65)  # widths of ordinary and condensed faces
EM = 96  # pixels
WEIGHTS = (4, 8, 13)  # pixels of a pen that draws a sign of EM pixels

Matrix = NDArray[np.float32]
NONE: Matrix = np.zeros((0, SIDE * SIDE), np.float32)
Stroke = tuple[tuple[float, float], ...]


@cache
def face(name: bytes) -> ImageFont.FreeTypeFont:
    """One of the fourteen standard fonts, as pdfium draws it where a PDF does not hold it."""
    document = PdfDocument.new()
    font = raw.FPDFText_LoadStandardFont(document.raw, name)
    size = ctypes.c_size_t()
    raw.FPDFFont_GetFontData(font, None, 0, size)
    program = (ctypes.c_uint8 * size.value)()
    raw.FPDFFont_GetFontData(font, program, size.value, size)
    raw.FPDFFont_Close(font)
    document.close()
    return ImageFont.truetype(BytesIO(bytes(program)), EM)


@cache
def shapes_of(text: str, width: float = 1.0) -> tuple[Shape, ...]:
    """The shapes of a character, one for each face that has it and each way to draw it. `width`: as for `in_face`."""
    printed = (in_face(text, name, width) for name in (SIGN_FACES if text in SIGNS else FACES))
    drawn = (shape for sign, shape in pen_signs() if sign == text)
    return tuple(shape for shape in (*printed, *drawn) if shape)


def in_face(text: str, name: bytes, width: float = 1.0) -> Shape | None:
    """`width`: of a condensed face, 1 for the face as it is."""
    mask = face(name).getmask(text, mode="L")
    if not all(mask.size):
        return None
    picture = Image.frombytes("L", mask.size, bytes(mask))
    return shape_of(picture.resize((max(1, round(width * picture.width)), picture.height)), EM, (0, 0))


def likeness(shape: Shape, text: str, widths: Sequence[float] = (1.0,)) -> float:
    """How much a shape is like a character, at most 1; 0 for one that no face has."""
    references = (reference for width in widths for reference in shapes_of(text, width))
    return max((float(shape.vector @ reference.vector) for reference in references), default=0.0)


@cache
def sign_shapes(pieces: int) -> tuple[str, Matrix]:
    """The signs of so many pieces, one a row, and their shapes as a matrix."""
    rows = [(sign, shape.vector) for sign in SIGNS for shape in shapes_of(sign) if shape.pieces == pieces]
    return "".join(sign for sign, _ in rows), np.stack([vector for _, vector in rows]) if rows else NONE


def likest_signs(shape: Shape, least: float = 0.0) -> list[tuple[float, str]]:
    """The signs of as many pieces with how much the shape is like each, the likest first; none where it is not so much
    as `least` like any."""
    signs, matrix = sign_shapes(shape.pieces)
    values = matrix @ shape.vector
    best: dict[str, float] = {}
    if not signs or values.max() < least:
        return []
    for sign, value in zip(signs, values, strict=True):
        best[sign] = max(best.get(sign, 0.0), float(value))
    return sorted(((value, sign) for sign, value in best.items()), reverse=True)


@cache
def pen_signs() -> tuple[tuple[str, Shape | None], ...]:
    strokes = [(sign, weight, strokes) for weight in WEIGHTS for sign, strokes in sign_strokes()]
    return tuple((sign, draw(strokes, weight)) for sign, weight, strokes in strokes)


def sign_strokes() -> Iterator[tuple[str, tuple[Stroke, ...]]]:
    """Signs as strokes in a square of side 1, y downwards, with the spaces and slants that occur."""
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


def draw(strokes: tuple[Stroke, ...], weight: int) -> Shape | None:
    picture = Image.new("L", (2 * EM, 2 * EM))
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        pen.line([(EM / 2 + x * EM, EM / 2 + y * EM) for x, y in stroke], 255, weight)
    return shape_of(picture, EM, (0, 0))
