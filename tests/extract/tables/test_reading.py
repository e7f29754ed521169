"""The tables of a document: by page, by caption, on pages of their own or among text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.tables.reading import read_tables
from extract.tables.table import PrintedTable

Pdf = Callable[[str], Path]
Facsimile = Callable[..., tuple[Path, tuple[PrintedTable, ...]]]
LI2024 = Path(__file__).parents[3] / "raw_pdfs" / "facsimiles" / "li2024.pdf"
PAGE = """#set page(width: 420pt, height: 560pt, margin: 40pt)
#set text(size: 9pt)
#set par(justify: true)
#show table: set par(justify: false)
#let made(..cells) = block(table(columns: 3, stroke: none, column-gutter: 20pt, ..cells))
#let head = ([Event], [Any], [Severe])
#let ruled(..cells) = block(width: 100%, {
  set table.hline(stroke: 0.6pt)
  table(columns: (1fr,) * 3, stroke: none, table.hline(), ..head, table.hline(), ..cells, table.hline())
})
"""
ANEMIA, RASH = "[Anemia], [8 (15.7)], [2 (3.9)]", "[Rash], [7 (13.7)], [0]"
EVENTS = f"#ruled({ANEMIA}, {RASH})"
ROWS = [("Event", "Any", "Severe"), ("Anemia", "8 (15.7)", "2 (3.9)"), ("Rash", "7 (13.7)", "0")]


def rows(table: PrintedTable) -> list[tuple[str, ...]]:
    return [row.texts for row in table.rows]


def test_only_the_pages_that_are_asked_for() -> None:
    assert [table.label for table in read_tables(LI2024, range(2, 3))] == ["Table 1"]
    assert read_tables(LI2024, range(1, 2)) == []


def test_a_range_may_end_behind_the_last_page() -> None:
    assert sorted(table.label for table in read_tables(LI2024, range(3, 100))) == ["Table 2", "Table 3", "Table 4"]


def test_a_page_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="no pages 90-91; the PDF has pages 1-"):
        read_tables(LI2024, range(90, 92))


def test_a_document_without_tables(pdf: Pdf) -> None:
    assert read_tables(pdf(f"{PAGE}#lorem(200)")) == []


def test_a_table_among_running_text_begins_and_ends_with_its_rows(pdf: Pdf) -> None:
    source = f"{PAGE}#lorem(120)\n\n*Table 1* Events of any grade\n{EVENTS}\nNA: not available\n\n#lorem(120)"
    (table,) = read_tables(pdf(source))
    assert (table.label, table.caption, table.header_rows, rows(table)) == ("Table 1", "Events of any grade", 1, ROWS)


def test_a_table_without_rules_ends_where_running_text_begins(pdf: Pdf) -> None:
    cells = f"#made(..head, {ANEMIA}, {RASH})"
    source = f"{PAGE}#lorem(120)\n\n*Table 1* Events of any grade\n{cells}\n#v(8pt)\n#lorem(120)"
    (table,) = read_tables(pdf(source))
    assert rows(table) == ROWS


def test_captions_below_their_tables(pdf: Pdf) -> None:
    below = f"{EVENTS}\n*Table 1* Events of any grade\n\n#lorem(120)\n\n{EVENTS}\n*Table 2* Events of high grade"
    tables = read_tables(pdf(f"{PAGE}#lorem(120)\n\n{below}\n\n#lorem(60)"))
    assert [(table.label, rows(table)) for table in tables] == [("Table 1", ROWS), ("Table 2", ROWS)]


def test_a_sentence_that_begins_with_the_label_is_not_the_table(pdf: Pdf) -> None:
    mention = "Table 1 Events were seldom severe. " + "Most of them were mild. " * 12
    source = f"{PAGE}#lorem(90)\n\n*Table 1* Events of any grade\n{EVENTS}\n#lorem(60)\n#pagebreak()\n{mention}"
    (table,) = read_tables(pdf(source))
    assert (table.caption, rows(table)) == ("Events of any grade", ROWS)


@pytest.mark.parametrize("caption", ["*Table 1* (continued)", "*Table 1* Events of any grade"])
def test_a_table_that_goes_on_on_the_next_page(caption: str, pdf: Pdf) -> None:
    first = f"*Table 1* Events of any grade\n#ruled({ANEMIA}, {RASH})"
    second = f"{caption}\n#ruled([Fever], [1 (2.0)], [0], [Cough], [3 (5.9)], [0])"
    (table,) = read_tables(pdf(f"{PAGE}{first}\n#pagebreak()\n{second}"))
    assert rows(table) == [*ROWS, ("Fever", "1 (2.0)", "0"), ("Cough", "3 (5.9)", "0")]
    assert [box.page for box in table.boxes] == [1, 2]


def test_a_sideways_table_is_boxed_where_it_stands_on_the_page(pdf: Pdf) -> None:
    block = f"block(width: 400pt)[*Table 1* Events of any grade in all patients of the trial\n{EVENTS}]"
    (table,) = read_tables(pdf(f"{PAGE}#rotate(-90deg, reflow: true, {block})"))
    assert rows(table) == ROWS
    (box,) = table.boxes
    assert box.x1 - box.x0 < 60 < 200 < box.bottom - box.top
    anemia, rash = (row.boxes[0] for row in table.body)
    assert anemia.x1 <= rash.x0


def test_tables_of_two_columns_of_a_page_come_column_by_column(facsimile: Facsimile) -> None:
    _, tables = facsimile("kokkali2025", "hard")
    assert [table.label for table in tables][:2] == ["Table 1", "Table 2"]


BESIDE = """#lorem(40)

#grid(columns: (80pt, 1fr), column-gutter: 10pt, [{}], {})

#lorem(60)"""


@pytest.mark.parametrize("title", ["Events", "Events of any grade"])
def test_a_caption_in_a_block_beside_its_table(title: str, pdf: Pdf) -> None:
    (table,) = read_tables(pdf(PAGE + BESIDE.format(f"*Table 1* {title}", EVENTS.lstrip("#"))))
    assert (table.caption, rows(table)) == (title, ROWS)


RULES = ["above the head", "below the head", "at the end"]


@pytest.mark.parametrize(
    "drawn",
    [
        RULES,
        RULES[:2],
        RULES[:1],
        [RULES[0], RULES[2]],
        RULES[1:],
        RULES[1:2],
        RULES[2:],
        [],
    ],
    ids=lambda drawn: ", ".join(drawn) or "none",
)
def test_whatever_rules_are_drawn(drawn: list[str], pdf: Pdf) -> None:
    above, below, end = ("table.hline(stroke: 0.6pt)," * (rule in drawn) for rule in RULES)
    cells = f"{above} ..head, {below} {ANEMIA}, {RASH}, {end}"
    source = f"""{PAGE}#lorem(60)

*Table 1* Events of any grade
#block(width: 100%, table(columns: (1fr,) * 3, stroke: none, {cells}))
#text(size: 7pt)[Abbreviations: NA, not available]

#lorem(60)"""
    (table,) = read_tables(pdf(source))
    assert (rows(table), table.footnotes) == (ROWS, ("Abbreviations: NA, not available",))


def test_a_second_head_with_columns_of_its_own_is_stacked_below(pdf: Pdf) -> None:
    source = f"""{PAGE}#set table.hline(stroke: 0.6pt)
*Table 1* Events and responses
#block(table(columns: (80pt,) + (30pt,) * 8, stroke: none, align: left,
  table.hline(),
  [Event], table.cell(colspan: 4)[Any grade], table.cell(colspan: 4)[Severe], table.hline(),
  [Anemia], table.cell(colspan: 4)[8 (15.7)], table.cell(colspan: 4)[2 (3.9)],
  [Rash], table.cell(colspan: 4)[7 (13.7)], table.cell(colspan: 4)[0], table.hline(),
  [Response], table.cell(colspan: 2)[CR], table.cell(colspan: 2)[PR], table.cell(colspan: 2)[SD],
  table.cell(colspan: 2)[PD], table.hline(),
  [Day], table.cell(colspan: 2)[1], table.cell(colspan: 2)[2], table.cell(colspan: 2)[3], table.cell(colspan: 2)[4],
  [Blay], table.cell(colspan: 2)[5], table.cell(colspan: 2)[6], table.cell(colspan: 2)[7], table.cell(colspan: 2)[8],
  table.hline()))"""
    (table,) = read_tables(pdf(source))
    assert rows(table) == [
        ("Event", "Any grade", "Severe", "", ""),
        ("Anemia", "8 (15.7)", "2 (3.9)", "", ""),
        ("Rash", "7 (13.7)", "0", "", ""),
        ("Response", "CR", "PR", "SD", "PD"),
        ("Day", "1", "2", "3", "4"),
        ("Blay", "5", "6", "7", "8"),
    ]


@pytest.mark.parametrize(
    "between",
    [
        pytest.param("stroke: (x, y) => (y: 0.4pt)", id="rules above and below each"),
        pytest.param("stroke: (x, y) => (bottom: 0.4pt)", id="a rule below each"),
        pytest.param(
            "stroke: (x, y) => (top: 0.4pt)",
            id="a rule above each",
            marks=pytest.mark.xfail(strict=True, reason="the last rule is taken for the end: a row below it is lost"),
        ),
        pytest.param("stroke: none, fill: (x, y) => if calc.odd(y) { luma(220) }", id="every other one shaded"),
    ],
)
def test_rows_of_wrapped_text_are_told_by_what_is_drawn(between: str, pdf: Pdf) -> None:
    source = f"""{PAGE}*Table 1* Studies
#block(table(columns: (50pt, 90pt, 90pt), {between}, inset: (x: 4pt, y: 2pt), [*Study*], [*Patients*], [*Drug*],
  [Day], [Advanced Sarcoma of any kind], [Nofazinlimab], [Blay], [Chordoma], [Pembrolizumab Every third week],
  [Chen], [Advanced Angiosarcoma and others], [Atezolizumab]))"""
    (table,) = read_tables(pdf(source))
    assert rows(table) == [
        ("Study", "Patients", "Drug"),
        ("Day", "Advanced Sarcoma of any kind", "Nofazinlimab"),
        ("Blay", "Chordoma", "Pembrolizumab Every third week"),
        ("Chen", "Advanced Angiosarcoma and others", "Atezolizumab"),
    ]


TYPE_SIZES = """#set text(size: {size}pt)
#set page(width: 60em, height: 90em, margin: 5em)
#set par(justify: true)
#show table: set par(justify: false)
#lorem(60)

#v(1em)
*Table 1* Events of any grade

#v(0.4em)
Patients who took one dose or more

#table(columns: (11em, 5em, 5em, 5em, 5em), column-gutter: 0.6em, inset: (x: 0.1em, y: 0.3em), stroke: none,
  align: (left, center, center, center, center),
  table.hline(stroke: 0.5pt), [], table.cell(colspan: 2)[Drug], table.cell(colspan: 2)[Placebo],
  table.hline(stroke: 0.5pt, start: 1, end: 3), table.hline(stroke: 0.5pt, start: 3, end: 5),
  [Event], [Any], [Severe], [Any], [Severe], table.hline(stroke: 0.5pt),
  [Events that were treated], [], [], [], [],
  [Blood], [], [], [], [],
  pad(left: 0.5em)[Anemia], [8 (15.7)], [2 (3.9)], [7 (13.7)], [1 (2.0)],
  pad(left: 0.5em)[Neutrophils], [9 (17.6)], [3 (5.9)], [6 (11.8)], [0],
  [Skin], [], [], [], [],
  pad(left: 0.5em)[Rash of the face, hands or feet], [6 (11.8)], [0], [5 (9.8)], [0],
  pad(left: 0.5em)[Itching], [4 (7.8)], [1 (2.0)], [2 (3.9)], [0], table.hline(stroke: 0.5pt))
Abbreviations: NA, not available.

#v(3em)
#lorem(60)"""


@pytest.mark.parametrize("size", [5, 8, 16])
def test_the_size_of_the_type_changes_no_cell(size: int, pdf: Pdf) -> None:
    (table,) = read_tables(pdf(TYPE_SIZES.format(size=size)))
    assert (table.caption, table.header_rows, table.footnotes) == (
        "Events of any grade",
        2,
        ("Abbreviations: NA, not available.",),
    )
    assert rows(table) == [
        ("", "Drug", "", "Placebo", ""),
        ("Event", "Any", "Severe", "Any", "Severe"),
        ("Events that were treated", "", "", "", ""),
        ("Blood", "", "", "", ""),
        ("Anemia", "8 (15.7)", "2 (3.9)", "7 (13.7)", "1 (2.0)"),
        ("Neutrophils", "9 (17.6)", "3 (5.9)", "6 (11.8)", "0"),
        ("Skin", "", "", "", ""),
        ("Rash of the face, hands or feet", "6 (11.8)", "0", "5 (9.8)", "0"),
        ("Itching", "4 (7.8)", "1 (2.0)", "2 (3.9)", "0"),
    ]
