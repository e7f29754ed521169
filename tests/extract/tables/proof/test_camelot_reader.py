"""The second reader by itself: the characters that camelot finds in a box of a page, however the page is turned."""

import csv
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from extract.page.box import Box
from extract.tables.proof.camelot_cells import glyph_text
from extract.tables.proof.camelot_reader import OUTSIDE_GRID, Area, read_again
from extract.tables.reading import read_tables

ROOT = Path(__file__).parents[4]
FACSIMILES = ROOT / "raw_pdfs" / "facsimiles"


def area_of(table: str, row: int, rows: int = 1) -> Area:
    """The place of some rows of a table of li2024."""
    with (ROOT / "curated" / "li2024" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        places = [line for line in csv.DictReader(file) if row <= int(line["row"]) < row + rows]
    x0, top, x1, bottom = (float(places[i][name]) for i, name in ((0, "x0"), (0, "top"), (0, "x1"), (-1, "bottom")))
    return Area(int(places[0]["page"]), 0, 791.0, Box(x0 - 2, top - 1, x1 + 2, bottom + 1), top - 1)


ROW = area_of("table4", 1)  # Hypertension

Typeset = Callable[[str], Path]


def test_characters_come_line_by_line_with_their_columns() -> None:
    row = area_of("table4", 1, rows=4)
    glyphs = read_again(FACSIMILES / "li2024.pdf", [row])[row]
    assert glyph_text(glyphs).startswith("Hypertension12(23.5)0Diarrhea9(17.6)")
    columns = {column: glyph_text([g for g in glyphs if g.column == column]) for column in {g.column for g in glyphs}}
    assert columns[0].startswith("HypertensionDiarrhea")
    assert columns[1].startswith("12(23.5)9(17.6)")


@pytest.mark.parametrize(("paper", "rotation"), [("li2024", 90), ("li2024", 270), ("cao2025", 90), ("cao2025", 180)])
def test_pages_turned_any_way_are_read_twice(paper: str, rotation: int, tmp_path: Path) -> None:
    with PdfDocument(FACSIMILES / f"{paper}.pdf") as document:
        for page in document:
            page.set_rotation(rotation)
        document.save(tmp_path / "turned.pdf")
    tables = read_tables(tmp_path / "turned.pdf")
    upright = read_tables(FACSIMILES / f"{paper}.pdf")
    assert [[row.texts for row in table.rows] for table in tables] == [
        [row.texts for row in table.rows] for table in upright
    ]
    assert {table.agreement for table in tables} == {1.0}


def test_the_columns_of_a_drawn_grid_are_its_own(pdf: Typeset) -> None:
    path = pdf("#table(columns: (9em, 3em, 3em), [Age, years], [54], [61], [Male], [8], [9], [Female], [7], [6])")
    (table,) = read_tables(path)
    assert [row.texts for row in table.rows] == [("Age, years", "54", "61"), ("Male", "8", "9"), ("Female", "7", "6")]
    assert table.agreement == 1.0
    area = Area(1, 0, 842.0, Box(0.0, 0.0, 595.0, 842.0), 0.0)
    glyphs = read_again(path, [area])[area]
    found = {
        (g.row, g.column): glyph_text([o for o in glyphs if (o.row, o.column) == (g.row, g.column)]) for g in glyphs
    }
    assert list(found.values()) == ["Age,years", "54", "61", "Male", "8", "9", "Female", "7", "6"]
    assert OUTSIDE_GRID not in {place for address in found for place in address}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 and nothing more"])
def test_what_it_cannot_read_is_logged_and_left_out(
    content: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.pdf").write_bytes(content)
    with caplog.at_level(logging.DEBUG, "extract.tables.proof.camelot_reader"):
        assert read_again(tmp_path / "broken.pdf", [ROW]) == {}
    assert len(caplog.records) == 1
    assert capfd.readouterr() == ("", "")


def test_an_area_without_text_and_a_page_that_is_not_there() -> None:
    blank = ROW._replace(page=3, box=Box(1.0, 1.0, 2.0, 2.0))
    beyond = ROW._replace(page=99)
    assert read_again(FACSIMILES / "li2024.pdf", [blank]) == {blank: []}
    assert read_again(FACSIMILES / "li2024.pdf", [beyond]) == {}


def test_no_one_pays_for_it_who_does_not_read() -> None:
    heavy = {"camelot", "playa", "pandas", "pydantic", "cv2"}
    code = f"import sys, extract.commands.cli; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert read_again(Path("none.pdf"), []) == {}


def test_camelot_is_loaded_without_matplotlib() -> None:
    code = (
        "import sys; from extract.tables.proof.camelot_reader import camelot_module; camelot_module('parsers');"
        "print('camelot.plotting' in sys.modules, 'matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "True False\n"
