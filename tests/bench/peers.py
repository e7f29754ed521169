"""Runs another tool over all pages of a PDF: python peers.py TOOL FILE.pdf"""

import sys
from collections.abc import Callable

FLOOR = "floor"


def stream(path: str) -> int:
    return camelot_tables(path, "stream")


def hybrid(path: str) -> int:
    return camelot_tables(path, "hybrid")


def auto(path: str) -> int:
    return camelot_tables(path, "auto")


def camelot_tables(path: str, flavor: str) -> int:
    import camelot

    return len(camelot.read_pdf(path, pages="all", flavor=flavor, suppress_stdout=True))


def pdfplumber_tables(path: str) -> int:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return sum(len(page.extract_tables()) for page in pdf.pages)


def characters_with_boxes(path: str) -> int:
    """Read every character and its box with pdfium: no reader of tables can do with less."""
    from pypdfium2 import PdfDocument

    with PdfDocument(path) as document:
        return sum(len(boxes_on(page.get_textpage())) for page in document)


def boxes_on(text: "PdfTextPage") -> list[tuple[str, tuple[float, ...]]]:  # noqa: F821 - imported by those who call
    written = text.get_text_range()
    return [(written[i : i + 1], text.get_charbox(i)) for i in range(text.count_chars())]


TOOLS: dict[str, Callable[[str], int]] = {
    "camelot stream": stream,
    "camelot hybrid": hybrid,
    "camelot auto": auto,
    "pdfplumber": pdfplumber_tables,
    FLOOR: characters_with_boxes,
}

if __name__ == "__main__":
    tool, path = sys.argv[1:]
    print(TOOLS[tool](path))
