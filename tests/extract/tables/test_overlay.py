"""The picture of a page with what was found on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from extract.errors import UsageError
from extract.tables.overlay import SCALE, TABLE, draw_page
from extract.tables.table import Table

PAGES = [1, 3]  # without a table, and with two


@pytest.mark.parametrize("page", PAGES)
def test_the_picture_is_the_page_with_a_frame_around_each_table(
    page: int, facsimile: Callable[..., tuple[Path, tuple[Table, ...]]], tmp_path: Path
) -> None:
    pdf, tables = facsimile("kokkali2025")
    boxes = [box for table in tables for box in table.boxes if box.page == page]
    assert draw_page(pdf, page, tmp_path / "page.png") == len(boxes)
    with Image.open(tmp_path / "page.png") as picture:
        assert (picture.format, picture.size) == ("PNG", (595 * SCALE, 794 * SCALE))
        for box in boxes:
            below = int((box.x0 + box.x1) / 2 * SCALE), int((box.bottom + 3) * SCALE) - 1
            assert picture.getpixel(below) == TABLE


def test_a_page_that_is_not_there(facsimile: Callable[..., tuple[Path, tuple[Table, ...]]], tmp_path: Path) -> None:
    pdf, _ = facsimile("kokkali2025")
    with pytest.raises(UsageError, match="page 99 was asked for, the PDF has "):
        draw_page(pdf, 99, tmp_path / "page.png")
    assert list(tmp_path.glob("*.png")) == []
