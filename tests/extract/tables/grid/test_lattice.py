"""Tables drawn as grids, with and without captions."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.tables.reading import read_tables

PAGE = "#set page(width: 400pt, height: 300pt)\n#set text(size: 9pt)\n"
CAPTION = "*Table 1* Events of any grade\n"
CELLS = "[Event], [Any], [Severe], [Anemia], [8 (15.7)], [2 (3.9)], [Rash], [7 (13.7)], [0],"
ROWS = [["Event", "Any", "Severe"], ["Anemia", "8 (15.7)", "2 (3.9)"], ["Rash", "7 (13.7)", "0"]]


def rows(path: Path) -> list[list[str]]:
    (table,) = read_tables(path)
    return [list(row.texts) for row in table.rows]


@pytest.mark.parametrize("caption", [CAPTION, ""], ids=["with a caption", "without"])
def test_a_grid_is_read_as_it_is_drawn(caption: str, pdf: Callable[[str], Path]) -> None:
    assert rows(pdf(f"{PAGE}{caption}#table(columns: 3, stroke: 0.5pt, {CELLS})")) == ROWS


def test_a_grid_is_named_by_its_caption_if_it_has_one(pdf: Callable[[str], Path]) -> None:
    grid = f"#table(columns: 3, stroke: 0.5pt, {CELLS})"
    captioned, bare = read_tables(pdf(f"{PAGE}{CAPTION}{grid}\n#pagebreak()\n{grid}"))
    assert (captioned.label, captioned.caption, bare.label, bare.caption) == (
        "Table 1",
        "Events of any grade",
        "",
        "",
    )


def test_cells_that_span_stand_at_their_top_left(pdf: Callable[[str], Path]) -> None:
    source = f"""{PAGE}{CAPTION}#table(columns: 3, stroke: 0.5pt,
      table.cell(rowspan: 2)[Event], table.cell(colspan: 2, align: center)[Grade], [Any], [Severe],
      [Anemia], [8 (15.7)], [2 (3.9)], table.cell(colspan: 3)[Skin], [Rash], [7 (13.7)], [0])"""
    assert rows(pdf(source)) == [
        ["Event", "Grade", ""],
        ["", "Any", "Severe"],
        ["Anemia", "8 (15.7)", "2 (3.9)"],
        ["Skin", "", ""],
        ["Rash", "7 (13.7)", "0"],
    ]


def test_lines_of_a_cell_of_a_grid_are_joined_and_blank_cells_stay_blank(pdf: Callable[[str], Path]) -> None:
    source = f"""{PAGE}{CAPTION}#table(columns: 3, stroke: 0.5pt, [Event], [Any grade\\ n (%)], [Severe],
      [Hand-foot\\ syndrome], [8 (15.7)], [], [Rash], [], [0])"""
    assert rows(pdf(source)) == [
        ["Event", "Any grade n (%)", "Severe"],
        ["Hand-foot syndrome", "8 (15.7)", ""],
        ["Rash", "", "0"],
    ]


def test_a_grid_of_rules_between_columns_and_below_the_head_only(pdf: Callable[[str], Path]) -> None:
    source = f"{PAGE}{CAPTION}#table(columns: 3, stroke: (x, y) => (x: 0.5pt, top: if y < 2 {{ 0.5pt }}), {CELLS})"
    assert rows(pdf(source)) == ROWS


def test_a_frame_around_text_is_no_table(pdf: Callable[[str], Path]) -> None:
    assert read_tables(pdf(f"{PAGE}#rect(width: 200pt)[Key points: patients of all ages]")) == []
