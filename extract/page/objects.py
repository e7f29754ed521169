"""The characters, lines, boxes and curves of a page.

They equal what pdfplumber gives in `page.objects`, in half the time: without paths, colour spaces and marked content,
which no module here reads. What no page prints, such as a place that is no number, ends here: the other modules get
finite edges, left before right and top before bottom, and text that can be saved.
"""

import re
from collections.abc import Iterable, Iterator
from math import isfinite, isnan
from typing import TypedDict

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTItem, LTLine, LTRect
from pdfplumber.page import Page

_DRAWING_KINDS = ("line", "rect", "curve")
_FARTHEST_PT = 1e6  # from the page: a page has up to 14,400 pt
_LEAST_HEIGHT_PT = 0.01  # of a character: gaps are measured in type sizes
_UNSAVABLE = re.compile("[\0\ud800-\udfff]")  # NUL, and halves of characters: of broken maps to Unicode
_UNMAPPED = "\ufffd"

Matrix = tuple[float, float, float, float, float, float]


class Edges(TypedDict):
    """The box of an object: points from the top left of the page."""

    x0: float
    top: float
    x1: float
    bottom: float


class Character(Edges):
    """A character of the text layer. A dict, because pdfplumber's `extract_words` takes dicts."""

    text: str  # one character; several for a ligature; `Mended` where the glyph shows something else
    fontname: str  # with the prefix of a subset ("ABCDEF+Helvetica-Bold")
    size: float  # points
    matrix: Matrix  # turn, scale and origin of the glyph, as PDF defines them


class DrawnObject(Edges):
    """A line, box or curve that is stroked, filled or both."""

    object_type: str  # "line", "rect" or "curve"
    stroke: bool
    fill: bool
    stroking_color: object  # a number, a tuple of numbers (grey, RGB, CMYK) or a pattern
    non_stroking_color: object  # the colour of the fill, in the same forms


def characters_and_drawings(page: Page) -> tuple[list[Character], list[DrawnObject]]:
    """Return the characters of a page in the order in which they are drawn; and its lines, then its boxes, then its
    curves."""
    x, top, height = float(page.mediabox[0]), float(page.mediabox[1]), float(page.height)
    chars: list[Character] = []
    drawings: list[DrawnObject] = []
    for item in flat_items(page.layout) if has_size(page) else ():
        if isinstance(item, LTChar):
            edges = _edges(item.x0 + x, height - item.y1 + top, item.x1 + x, height - item.y0 + top)
            chars += [_character(item, edges)] if edges and _is_near(edges) else []
        elif isinstance(item, LTCurve):
            edges = _edges(item.x0 + x, height - item.y1 + top, item.x1 + x, height - item.y0 + top)
            drawings += [_drawing(item, edges)] if edges else []
    return chars, sorted(drawings, key=lambda drawing: _DRAWING_KINDS.index(drawing["object_type"]))


def has_size(page: Page) -> bool:
    """Whether a page is wide and high: on another one nothing can be printed."""
    return all(isfinite(side) and side > 0 for side in (float(page.width), float(page.height)))


def _edges(*sides: float) -> Edges | None:
    """The left, upper, right and lower edge of an object, no farther from the page than anything is; None where one is
    no number."""
    if any(map(isnan, sides)):
        return None
    x0, top, x1, bottom = (min(max(side, -_FARTHEST_PT), _FARTHEST_PT) for side in sides)
    return Edges(x0=min(x0, x1), top=min(top, bottom), x1=max(x0, x1), bottom=max(top, bottom))


def _is_near(edges: Edges) -> bool:
    return all(abs(side) < _FARTHEST_PT for side in (edges["x0"], edges["top"], edges["x1"], edges["bottom"]))


def flat_items(items: Iterable[LTItem]) -> Iterator[LTItem]:
    """Yield the items of a page, those inside its figures included."""
    for item in items:
        if isinstance(item, LTContainer):
            yield from flat_items(item)
        else:
            yield item


def _character(item: LTChar, edges: Edges) -> Character:
    edges["bottom"] = max(edges["bottom"], edges["top"] + _LEAST_HEIGHT_PT)
    return {
        **edges,
        "text": savable(item.get_text()),
        "fontname": _font_name(item.fontname),
        "size": item.size if isfinite(item.size) else edges["bottom"] - edges["top"],
        "matrix": item.matrix if _is_matrix(item.matrix) else (1.0, 0.0, 0.0, 1.0, edges["x0"], item.y0),
    }


def savable(text: str) -> str:
    """The text, with the sign for an unmapped character in place of what no file of text can hold."""
    return _UNSAVABLE.sub(_UNMAPPED, text) if _UNSAVABLE.search(text) else text


def _is_matrix(matrix: Matrix) -> bool:
    """Whether a matrix turns and places a glyph: its numbers are finite, and its first column is not zero."""
    return all(abs(number) < _FARTHEST_PT for number in matrix) and (matrix[0] != 0 or matrix[1] != 0)


def _font_name(name: str | bytes) -> str:
    """The name of a font as text: pdfminer gives bytes where the PDF has a string for the name, or no UTF-8."""
    return name.decode("latin-1") if isinstance(name, bytes) else str(name)


def _drawing(item: LTCurve, edges: Edges) -> DrawnObject:
    return {
        **edges,
        "object_type": "line" if isinstance(item, LTLine) else "rect" if isinstance(item, LTRect) else "curve",
        "stroke": item.stroke,
        "fill": item.fill,
        "stroking_color": item.stroking_color,
        "non_stroking_color": item.non_stroking_color,
    }
