"""The picture of a page with its tables boxed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from extract.errors import UsageError
from extract.page.document import open_document
from extract.tables.overlay import PIXELS_PER_PT, TABLE_COLOUR, draw_page
from extract.tables.table import PrintedTable

PAGES = [1, 3]  # without a table, and with two


@pytest.mark.parametrize("page", PAGES)
def test_the_picture_is_the_page_with_a_frame_around_each_table(
    page: int, facsimile: Callable[..., tuple[Path, tuple[PrintedTable, ...]]], tmp_path: Path
) -> None:
    pdf, tables = facsimile("kokkali2025")
    boxes = [box for table in tables for box in table.boxes if box.page == page]
    with open_document(pdf) as document:
        assert draw_page(document, page, tmp_path / "page.png") == len(boxes)
    with Image.open(tmp_path / "page.png") as picture:
        assert (picture.format, picture.size) == ("PNG", (595 * PIXELS_PER_PT, 794 * PIXELS_PER_PT))
        for box in boxes:
            below = int((box.x0 + box.x1) / 2 * PIXELS_PER_PT), int((box.bottom + 3) * PIXELS_PER_PT) - 1
            assert picture.getpixel(below) == TABLE_COLOUR


def test_a_page_that_is_not_there(
    facsimile: Callable[..., tuple[Path, tuple[PrintedTable, ...]]], tmp_path: Path
) -> None:
    pdf, _ = facsimile("kokkali2025")
    with open_document(pdf) as document, pytest.raises(UsageError, match="no page 99; the PDF has pages 1-"):
        draw_page(document, 99, tmp_path / "page.png")
    assert list(tmp_path.glob("*.png")) == []
