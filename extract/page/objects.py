"""The characters, lines, boxes and curves of a page.

They equal what pdfplumber gives in `page.objects`, in half the time: without paths, colour spaces and marked content,
which no module here reads.
"""

from collections.abc import Iterable, Iterator
from typing import TypedDict

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTItem, LTLine, LTRect
from pdfplumber.page import Page

_DRAWING_KINDS = ("line", "rect", "curve")

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
    for item in flat_items(page.layout):
        if isinstance(item, LTChar | LTCurve):
            edges = Edges(x0=item.x0 + x, top=height - item.y1 + top, x1=item.x1 + x, bottom=height - item.y0 + top)
            if isinstance(item, LTChar):
                chars.append(_character(item, edges))
            else:
                drawings.append(_drawing(item, edges))
    return chars, sorted(drawings, key=lambda drawing: _DRAWING_KINDS.index(drawing["object_type"]))


def flat_items(items: Iterable[LTItem]) -> Iterator[LTItem]:
    """Yield the items of a page, those inside its figures included."""
    for item in items:
        if isinstance(item, LTContainer):
            yield from flat_items(item)
        else:
            yield item


def _character(item: LTChar, edges: Edges) -> Character:
    return {
        **edges,
        "text": item.get_text(),
        "fontname": _font_name(item.fontname),
        "size": item.size,
        "matrix": item.matrix,
    }


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
