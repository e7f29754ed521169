"""What stands on a page: characters, lines, boxes, curves. It is what pdfplumber gives in `page.objects`, in half the
time: without paths, colour spaces and marked content, which nobody reads here."""

from collections.abc import Iterable, Iterator
from typing import Any

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTItem, LTLine, LTRect
from pdfplumber.page import Page

Thing = dict[str, Any]
_DRAWING_KINDS = ("line", "rect", "curve")


def characters_and_drawings(page: Page) -> tuple[list[Thing], list[Thing]]:
    """The characters of a page in the order in which they are drawn; its lines, then its boxes, then its curves.

    All have x0, top, x1, bottom in points from the top left; characters text, fontname, size and matrix; the others
    object_type (line, rect, curve), stroke, fill, stroking_color and non_stroking_color.
    """
    x, top, height = float(page.mediabox[0]), float(page.mediabox[1]), float(page.height)
    chars: list[Thing] = []
    drawings: list[Thing] = []
    for item in flat_items(page.layout):
        if isinstance(item, LTChar | LTCurve):
            place = {
                "x0": item.x0 + x,
                "top": height - item.y1 + top,
                "x1": item.x1 + x,
                "bottom": height - item.y0 + top,
            }
            if isinstance(item, LTChar):
                chars.append(place | character(item))
            else:
                drawings.append(place | drawing(item))
    return chars, sorted(drawings, key=lambda thing: _DRAWING_KINDS.index(thing["object_type"]))


def flat_items(items: Iterable[LTItem]) -> Iterator[LTItem]:
    """The things in figures are things of the page."""
    for item in items:
        if isinstance(item, LTContainer):
            yield from flat_items(item)
        else:
            yield item


def character(item: LTChar) -> Thing:
    return {"text": item.get_text(), "fontname": item.fontname, "size": item.size, "matrix": item.matrix}


def drawing(item: LTCurve) -> Thing:
    kind = "line" if isinstance(item, LTLine) else "rect" if isinstance(item, LTRect) else "curve"
    colours = {"stroking_color": item.stroking_color, "non_stroking_color": item.non_stroking_color}
    return {"object_type": kind, "stroke": item.stroke, "fill": item.fill, **colours}
