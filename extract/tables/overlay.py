"""A picture of a page with its tables, rows and cells boxed, to see what a reader found."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from PIL import ImageDraw

from extract.page.box import Box
from extract.page.document import Document
from extract.pdf.pictures import whole_page
from extract.tables.reading import tables_in
from extract.tables.table import PrintedTable

PIXELS_PER_PT = 2.0
_CELL_LINE_PIXELS, _ROW_LINE_PIXELS, _TABLE_LINE_PIXELS = 1, 2, 3
_ROW_MARGIN_PT, _TABLE_MARGIN_PT = 1.0, 3.0  # so that the boxes of cells, rows and tables do not hide one another
_LABEL_SIZE_PIXELS, _LABEL_GAP_PIXELS = 16, 8
Overlay = Callable[[ImageDraw.ImageDraw, float], None]  # takes the pixels per point
TABLE_COLOUR, _ROW_COLOUR, _HEAD_COLOUR, _CELL_COLOUR = (200, 30, 30), (40, 90, 200), (20, 140, 60), (235, 160, 40)


def draw_page(document: Document, page: int, png: Path | BinaryIO, more: Overlay | None = None) -> int:
    """Write a picture of a page (from 1) to `png`: its tables boxed red, head rows green, body rows blue, cells orange.
    `more` draws over it.

    Returns the number of tables on the page. Raises UnreadableError if the PDF cannot be read, UsageError if it has no
    such page.
    """
    document.numbers(range(page, page + 1))
    tables = [table for table in tables_in(document) if any(box.page == page for box in table.boxes)]
    picture = whole_page(document.fast[page - 1], PIXELS_PER_PT)
    draw = ImageDraw.Draw(picture)
    for table in tables:
        draw_table(draw, table, page)
    if more:
        more(draw, PIXELS_PER_PT)
    picture.save(png, format="PNG")
    return len(tables)


def draw_table(draw: ImageDraw.ImageDraw, table: PrintedTable, page: int) -> None:
    for i, row in enumerate(table.rows):
        _outline(draw, [box for cell in row.cells for box in cell.boxes], page, _CELL_COLOUR, _CELL_LINE_PIXELS)
        colour = _HEAD_COLOUR if i < table.header_rows else _ROW_COLOUR
        _outline(draw, row.boxes, page, colour, _ROW_LINE_PIXELS, _ROW_MARGIN_PT)
    _outline(draw, table.boxes, page, TABLE_COLOUR, _TABLE_LINE_PIXELS, _TABLE_MARGIN_PT)
    for box in table.boxes:
        if box.page == page:
            draw.text(
                (box.x1 * PIXELS_PER_PT, box.top * PIXELS_PER_PT - _LABEL_GAP_PIXELS),
                table.label,
                TABLE_COLOUR,
                font_size=_LABEL_SIZE_PIXELS,
                anchor="rb",
            )


def _outline(
    draw: ImageDraw.ImageDraw,
    boxes: Sequence[Box],
    page: int,
    colour: tuple[int, int, int],
    width: int,
    margin: float = 0.0,
) -> None:
    for box in (box for box in boxes if box.page == page):
        corners = [edge * PIXELS_PER_PT for edge in box.grown(margin).edges]
        draw.rectangle(corners, outline=colour, width=width)
