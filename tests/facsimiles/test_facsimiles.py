"""The facsimiles are what their sources say, say what they are, and hold every printed cell in every layout."""

import csv
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
import typst

FACSIMILES = Path(__file__).parents[2] / "raw_pdfs" / "facsimiles"
LINE = "Facsimile typeset from published figures; not the publisher's page"
NOT_PRINTED = {"row", "row_kind", "section"}
typesetter = runpy.run_path(str(FACSIMILES / "typeset.py"))
PAPERS = typesetter["PAPERS"]


def page_texts(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def without_spaces(text: str) -> str:
    """Text without white space; pdfium writes U+FFFE for a hyphen at the end of a line."""
    return re.sub(r"\s", "", text.replace("\ufffe", "-"))


def printed_words(paper: str) -> set[str]:
    tables = [list(csv.DictReader(path.open(encoding="utf-8"))) for path in (FACSIMILES / paper).glob("table*.csv")]
    cells = [(name, text) for rows in tables for row in rows for name, text in row.items()]
    return {word for name, text in cells if name not in NOT_PRINTED for word in text.split()}


def test_sources_give_the_committed_bytes_wherever_they_lie(tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere"
    shutil.copytree(FACSIMILES, copy, ignore=shutil.ignore_patterns("*.pdf", "__pycache__"))
    subprocess.run([sys.executable, copy / "typeset.py"], check=True)
    for name in (*PAPERS, "cao2025_vector"):
        assert (copy / f"{name}.pdf").read_bytes() == (FACSIMILES / f"{name}.pdf").read_bytes(), name


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("variant", [None, *typesetter["VARIANTS"]])
def test_every_layout_prints_every_cell_and_says_what_it_is(paper: str, variant: str | None, tmp_path: Path) -> None:
    typesetter["typeset"](paper, tmp_path / "paper.pdf", variant)
    pages = page_texts(tmp_path / "paper.pdf")
    assert [number for number, text in enumerate(pages, 1) if LINE not in text] == []
    text = without_spaces("".join(pages).replace(LINE, ""))
    assert {word for word in printed_words(paper) if word not in text} == set()


def test_cao2025_table1_runs_over_six_pages() -> None:
    pages = page_texts(FACSIMILES / "cao2025.pdf")
    parts = [text for text in pages if "Median age (range)" in " ".join(text.split())]
    assert len(parts) == 6
    assert ["Table 1 (continued)" in text for text in parts] == [False] + [True] * 5
    assert ["(continued on next page)" in text for text in parts] == [True] * 5 + [False]


def test_an_unknown_variant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(typst.TypstError, match="no_such_variant"):
        typesetter["typeset"]("li2024", tmp_path / "paper.pdf", "no_such_variant")
