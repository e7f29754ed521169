"""Whole pages: the tables of the facsimiles with their places, in their journals' layouts and the hardest ones."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from extract.tables.table import PrintedTable

Facsimile = Callable[..., tuple[Path, tuple[PrintedTable, ...]]]
SOURCES = Path(__file__).parents[3] / "raw_pdfs" / "facsimiles"
LAYOUTS = [None, "ruled", "hard"]
HAZARD = [
    ("Characteristic", "Category", "PFS", "", "OS", ""),
    ("", "", "HR (95% CI)", "P", "HR (95% CI)", "P"),
]
STUDIES = (
    *("Study", "Study design", "Patients", "Sample size", "Median age (range)", "Female percentage (%)"),
    *("Histologic subtype", "Treatment line", "Treatment", "Primary endpoint", "ORR (%)", "DCR (%)"),
)
HEADS = {
    "li2024": {
        "Table 1": [("Characteristics and previous therapeutic strategies", "n (%)")],
        "Table 2": HAZARD,
        "Table 3": HAZARD,
        "Table 4": [("TRADEs", "Any grade n (%)", "3/4 grade n (%)")],
    },
    "kokkali2025": {
        "Table 1": [("Characteristic", "N (%)")],
        "Table 2": [("Histological subtype", "N", "CR N (%)", "PR N (%)", "Response rate %")],
        "Table 3": [("No.r", "Best response", "PD-L1 value", "TMB value", "MSI", "Histological subtype")],
        "Table 4": [
            ("", "Best response to ICI – N (%)", "", "", "", "", "", "", ""),
            ("", "CR", "PR", "ORR", "SD", "PD", "N/A", "Evaluable", "Total"),
        ],
    },
    "cao2025": {"Table 1": [STUDIES]},
}
CAPTIONS = {
    "li2024": "Adverse events related to treatment (TRADEs), all patients",
    "kokkali2025": "Best response by the kind of regimen.",
    "cao2025": "Characteristics and results of the trials that were included.",
}
MARKS = {
    "li2024": [],
    "kokkali2025": [("Table 1", "Other", ("1",))],
    "cao2025": [
        ("Table 1", "ORR (%)", ("b",)),
        ("Table 1", "advanced ASPS", ("a",)),
        ("Table 1", "0.00", ("c",)),
        ("Table 1", "3.33", ("d",)),
        ("Table 1", "12.28", ("e",)),
        ("Table 1", "2.30", ("c",)),
    ],
}


def everywhere(papers: Sequence[str] = tuple(HEADS)) -> pytest.MarkDecorator:
    """Every paper in every layout."""
    cases = [(paper, layout) for paper in papers for layout in LAYOUTS]
    return pytest.mark.parametrize(
        ("paper", "layout"), cases, ids=[f"{paper}-{layout or 'journal'}" for paper, layout in cases]
    )


def spaceless(text: str) -> str:
    return re.sub(r"\s", "", text)


@everywhere()
def test_labels_captions_heads_and_marks(paper: str, layout: str | None, facsimile: Facsimile) -> None:
    _, tables = facsimile(paper, layout)
    assert {table.label: [row.texts for row in table.head] for table in tables} == HEADS[paper]
    assert max(tables, key=lambda table: table.label).caption == CAPTIONS[paper]
    found = [(t.label, cell.text, cell.marks) for t in tables for row in t.rows for cell in row.cells if cell.marks]
    assert found == MARKS[paper]


@everywhere(papers=["li2024", "kokkali2025"])
def test_rows_below_a_section_are_set_in(paper: str, layout: str | None, facsimile: Facsimile) -> None:
    _, tables = facsimile(paper, layout)
    table = next(table for table in tables if table.label == "Table 1")
    indents = {row.texts[0]: row.indent for row in table.body}
    section, (male, female) = ("Gender" if paper == "li2024" else "Sex"), (indents["Male"], indents["Female"])
    assert indents[section] == 0.0
    assert male == female
    assert 5 < male < 9


@everywhere()
def test_notes_are_those_that_are_printed(paper: str, layout: str | None, facsimile: Facsimile) -> None:
    _, tables = facsimile(paper, layout)
    for table in tables:
        source = SOURCES / paper / f"{table.label.lower().replace(' ', '')}_notes.txt"
        printed = source.read_text(encoding="utf-8").strip().split("\n") if source.exists() else []
        assert list(map(spaceless, table.footnotes)) == list(map(spaceless, printed))


def letters(path: Path) -> dict[int, list[tuple[float, float, str]]]:
    """The letters of each page with their middles, from the top left of the page, as a library has them that the reader
    does not use."""
    found = defaultdict(list)
    with PdfDocument(path) as document:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            for i in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(i)
                middle = (left + right) / 2, page.get_height() - (bottom + top) / 2
                found[number].append((*middle, text.get_text_range(i, 1).replace("\ufffe", "-")))
    return found


@everywhere()
def test_the_boxes_of_a_cell_hold_its_letters_and_no_others(
    paper: str, layout: str | None, facsimile: Facsimile
) -> None:
    path, tables = facsimile(paper, layout)
    on_page = letters(path)
    for cell in [cell for table in tables for row in table.rows for cell in row.cells]:
        inside = [
            letter
            for x0, top, x1, bottom, page in cell.boxes
            for x, y, letter in on_page[page]
            if x0 <= x <= x1 and top <= y <= bottom
        ]
        assert Counter(spaceless("".join(inside))) == Counter(spaceless(cell.text + "".join(cell.marks))), cell


def test_rows_that_break_across_pages_have_a_box_on_both(facsimile: Facsimile) -> None:
    _, (table,) = facsimile("cao2025")
    assert [box.page for box in table.boxes] == [2, 3, 4, 5, 6, 7]
    broken = [[box.page for box in row.boxes] for row in table.body if len(row.boxes) > 1]
    assert broken == [[page, page + 1] for page in range(2, 7)]


@everywhere(papers=["cao2025"])
def test_group_headings_over_all_columns_are_rows_of_one_cell(
    paper: str, layout: str | None, facsimile: Facsimile
) -> None:
    _, (table,) = facsimile(paper, layout)
    headings = [row.texts[0] for row in table.body if row.is_heading]
    assert (len(headings), headings[0]) == (5, "ICI monotherapy")
