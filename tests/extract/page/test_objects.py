"""The characters and drawings of a page are those that pdfplumber gives."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from pdfminer.layout import LTChar

from extract.page.objects import Character, DrawnObject, characters_and_drawings, flat_items

FACSIMILES = sorted((Path(__file__).parents[3] / "raw_pdfs" / "facsimiles").glob("*.pdf"))
DRAWN = """#set page(width: 200pt, height: 100pt, margin: 9pt)
Events #line(length: 90pt) #rect(fill: gray, stroke: red)[8] #circle(radius: 4pt)
#polygon((0pt, 0pt), (9pt, 9pt), (0pt, 9pt))
"""


def assert_as_pdfplumber(path: Path) -> list[str]:
    """Compare all pages; return the kinds of their drawings."""
    kinds = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            chars, drawings = characters_and_drawings(page)
            same(chars, page.chars)
            same(drawings, [*page.lines, *page.rects, *page.curves])
            kinds += [thing["object_type"] for thing in drawings]
    return kinds


def same(found: Sequence[Character | DrawnObject], wanted: list[dict[str, Any]]) -> None:
    assert found == [{key: thing[key] for key in own} for own, thing in zip(found, wanted, strict=True)]


@pytest.mark.parametrize("path", FACSIMILES, ids=lambda path: path.stem)
def test_facsimiles(path: Path) -> None:
    assert "line" in assert_as_pdfplumber(path)


def test_lines_boxes_and_curves(pdf: Callable[[str], Path]) -> None:
    assert set(assert_as_pdfplumber(pdf(DRAWN))) == {"line", "rect", "curve"}


def test_a_page_that_does_not_begin_at_the_origin(pdf: Callable[[str], Path]) -> None:
    path = pdf(DRAWN)
    moved = path.read_bytes().replace(b"[0 0 200 100]", b"[9 7 99  99] ")
    assert moved != path.read_bytes()
    path.write_bytes(moved)
    assert_as_pdfplumber(path)


def test_a_font_name_of_bytes(pdf: Callable[[str], Path]) -> None:
    """A font whose name is a string of bytes, or no UTF-8, has a name of text."""
    names = set()
    with pdfplumber.open(pdf(DRAWN)) as document:
        page = document.pages[0]
        for item in flat_items(page.layout):
            if isinstance(item, LTChar):
                item.fontname = b"Arial\xe9"
        chars, _ = characters_and_drawings(page)
        names = {char["fontname"] for char in chars}
    assert names == {"Arial\xe9"}
