"""Lines of a body joined to rows, however their cells are aligned."""

from collections.abc import Callable, Sequence

import pytest

from extract.page.lines import Line
from extract.tables.grid.cell_lines import CellLine
from extract.tables.grid.cell_split import split_by_columns
from extract.tables.grid.columns import find_columns
from extract.tables.grid.rows import group_rows
from extract.tables.grid.spacing import row_spacing

Rows = Callable[..., list[str]]


@pytest.fixture
def rows(draw: Callable[..., list[Line]]) -> Rows:
    """rows(picture, pitch, separators): the rows of a drawn body, the cells of each joined by bars."""

    def make(picture: str, pitch: float = 9.0, separators: Sequence[float] = ()) -> list[str]:
        lines = draw(picture, pitch)
        spans = find_columns(lines)
        cells = [CellLine({c: tuple(w) for c, w in split_by_columns(line.words, spans).items()}) for line in lines]
        found = group_rows(cells, separators, row_spacing([cells]), spans)
        return ["|".join(cell(row, column) for column in range(len(spans))) for row in found]

    def cell(row: list[CellLine], column: int) -> str:
        return " ".join(line.phrase(column).text for line in row if column in line.cells)

    return make


def test_wrapped_labels_go_on_below_their_numbers(rows: Rows) -> None:
    picture = """
Gender               25 (49.0)
ECOG performance     14 (27.5)
status
Prior lines of       33 (64.7)
treatment
Age                  12 (23.5)
"""
    assert rows(picture) == [
        "Gender|25 (49.0)",
        "ECOG performance status|14 (27.5)",
        "Prior lines of treatment|33 (64.7)",
        "Age|12 (23.5)",
    ]


def test_labels_aligned_at_the_bottom_end_on_the_line_of_their_numbers(rows: Rows) -> None:
    picture = """
Gender               25 (49.0)
ECOG performance
status               14 (27.5)
Prior lines of
treatment            33 (64.7)
Age                  12 (23.5)
"""
    assert rows(picture) == [
        "Gender|25 (49.0)",
        "ECOG performance status|14 (27.5)",
        "Prior lines of treatment|33 (64.7)",
        "Age|12 (23.5)",
    ]


def test_numbers_beside_the_middle_of_two_lines(rows: Rows) -> None:
    picture = """
Gender               25 (49.0)

ECOG performance
                     14 (27.5)
status

Prior lines of
                     33 (64.7)
treatment
"""
    assert rows(picture, pitch=4.5) == [
        "Gender|25 (49.0)",
        "ECOG performance status|14 (27.5)",
        "Prior lines of treatment|33 (64.7)",
    ]


def test_a_section_is_no_wrapped_label(rows: Rows) -> None:
    picture = """
Gender
  Male               25 (49.0)
  Female             26 (51.0)
Performance status
  0 or 1             33 (64.7)
  2                  18 (35.3)
"""
    assert rows(picture) == [
        "Gender|",
        "Male|25 (49.0)",
        "Female|26 (51.0)",
        "Performance status|",
        "0 or 1|33 (64.7)",
        "2|18 (35.3)",
    ]


def test_a_bold_section_needs_no_indent(rows: Rows) -> None:
    picture = """
*Gender *of *patient
Male                 25 (49.0)
Female patients      26 (51.0)
*Performance *status
None yet             33 (64.7)
Unknown              18 (35.3)
"""
    assert [row for row in rows(picture) if row.endswith("|")] == ["Gender of patient|", "Performance status|"]


def test_a_wrapped_label_that_is_set_in_below_a_section(rows: Rows) -> None:
    picture = """
Gender
  Male               25 (49.0)
Histology
  Undifferentiated   33 (64.7)
  pleomorphic one
  Other              18 (35.3)
"""
    assert rows(picture)[3:] == ["Undifferentiated pleomorphic one|33 (64.7)", "Other|18 (35.3)"]


def test_an_interval_below_its_ratio_is_the_same_cell(rows: Rows) -> None:
    picture = """
Gender    Male vs. female    1.31             0.412
                             (0.69–2.50)
Age       Below vs. above    0.53             0.071
                             (0.26–1.06)
"""
    assert rows(picture) == [
        "Gender|Male vs. female|1.31 (0.69–2.50)|0.412",
        "Age|Below vs. above|0.53 (0.26–1.06)|0.071",
    ]


P_BELOW = """
Gender    1.31 (0.69–2.50)    0.74 (0.27–2.04)
          0.412               {}

Age       0.53 (0.26–1.06)    0.72 (0.26–2.04)
          0.071

Stage     0.59 (0.31–1.12)    0.68 (0.25–1.89)
          0.108
"""


def test_a_p_value_below_its_interval_in_rows_set_apart(rows: Rows) -> None:
    assert rows(P_BELOW.format("")) == [
        "Gender|1.31 (0.69–2.50) 0.412|0.74 (0.27–2.04)",
        "Age|0.53 (0.26–1.06) 0.071|0.72 (0.26–2.04)",
        "Stage|0.59 (0.31–1.12) 0.108|0.68 (0.25–1.89)",
    ]


@pytest.mark.xfail(strict=True, reason="two numbers below two others count as a row, though white space joins them")
def test_two_p_values_below_their_intervals_in_rows_set_apart(rows: Rows) -> None:
    assert rows(P_BELOW.format("0.554"))[0] == "Gender|1.31 (0.69–2.50) 0.412|0.74 (0.27–2.04) 0.554"


def test_two_numbers_in_a_column_are_two_rows_whatever_the_label_says(rows: Rows) -> None:
    picture = """
Objective response, with    12 (23.5)
and without surgery         14 (27.5)
Disease control             33 (64.7)
"""
    assert rows(picture) == [
        "Objective response, with|12 (23.5)",
        "and without surgery|14 (27.5)",
        "Disease control|33 (64.7)",
    ]


def test_cells_of_words_wrap_beside_one_another(rows: Rows) -> None:
    picture = """
1    Undifferentiated    TC < 1%,    PR
     sarcoma             IC = 1%
2    Leiomyosarcoma      N/A         CR
"""
    assert rows(picture) == ["1|Undifferentiated sarcoma|TC < 1%, IC = 1%|PR", "2|Leiomyosarcoma|N/A|CR"]


def test_rules_between_all_rows_tell_them(rows: Rows) -> None:
    picture = """
Any               Of which
event of grade    none were
Serious           Of which
ones              some were
Fatal             None
"""
    assert rows(picture, separators=[17.5, 35.5]) == [
        "Any event of grade|Of which none were",
        "Serious ones|Of which some were",
        "Fatal|None",
    ]


def test_a_rule_that_parts_blocks_of_rows_joins_none(rows: Rows) -> None:
    picture = """
Male      25 (49.0)
Female    26 (51.0)
Below     33 (64.7)
Above     18 (35.3)
"""
    assert rows(picture, separators=[17.5]) == [
        "Male|25 (49.0)",
        "Female|26 (51.0)",
        "Below|33 (64.7)",
        "Above|18 (35.3)",
    ]
