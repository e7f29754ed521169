"""The independent count of rows and columns: what the second reader's characters say by themselves."""

from collections.abc import Sequence

import pytest

from extract.page.box import Box
from extract.tables.proof.baselines import is_whole_number, number_baselines
from extract.tables.proof.camelot_cells import CellPlace, PartCells
from extract.tables.proof.camelot_reader import OUTSIDE_GRID, Area, CamelotGlyph
from extract.tables.proof.counting import area_below, count_again
from extract.tables.table import Cell, PrintedTable, Row

SIZE, ADVANCE, PITCH, COLUMN = 10.0, 5.0, 12.0, 100.0
HEAD = 100.0  # height of the head's baseline

Line = Sequence[str]


def glyphs_of(lines: Sequence[Line], first: float = HEAD) -> list[CamelotGlyph]:
    """The characters of lines with a cell at each multiple of COLUMN."""
    return [
        CamelotGlyph(
            char,
            column * COLUMN + at * ADVANCE,
            column * COLUMN + (at + 1) * ADVANCE,
            first + number * PITCH,
            SIZE,
            OUTSIDE_GRID,
            OUTSIDE_GRID,
        )
        for number, line in enumerate(lines)
        for column, text in enumerate(line)
        for at, char in enumerate(text)
        if char != " "
    ]


def counted(rows: Sequence[Sequence[Line]], below: Sequence[Line] = ()) -> set[tuple[int, int, str]]:
    """The flags of a table; each of its rows is read from the lines given for it."""
    places, texts, lines = [], [], list[Line]()
    for number, own in enumerate(rows):
        top = HEAD + len(lines) * PITCH - SIZE
        lines += own
        bottom = HEAD + (len(lines) - 1) * PITCH + 1
        joined = [" ".join(filter(None, cells)) for cells in zip(*own, strict=True)]
        texts.append(Row(tuple(map(Cell, joined))))
        places += [
            CellPlace((number, c), Box(c * COLUMN, top, (c + 1) * COLUMN - 5, bottom)) for c in range(len(joined))
        ]
    area = Area(
        1, 0, 800.0, Box(0, HEAD - SIZE, 400, HEAD + (len(lines) - 1) * PITCH + 2), HEAD + len(rows[0]) * PITCH - SIZE
    )
    piece = PartCells(None, area, places)  # type: ignore[arg-type]  # the count asks for the area alone
    under = glyphs_of(below, HEAD + len(lines) * PITCH)
    table = PrintedTable("Table 1", "", (), 1, tuple(texts))
    flags = count_again(table, [piece], {area: glyphs_of(lines), area_below(area): under}, [piece])
    return {(flag.row, flag.column, flag.code) for flag in flags}


TITLE = [("Event", "Drug", "Placebo", "P")]
FATIGUE, NAUSEA = ("Fatigue", "14 (28.0)", "9 (18.4)", "0.26"), ("Nausea", "22 (44.0)", "17 (34.7)", "0.34")


def test_the_same_count_is_no_doubt() -> None:
    assert not counted([TITLE, [FATIGUE], [NAUSEA]])


def test_two_rows_read_as_one() -> None:
    found = counted([TITLE, [FATIGUE, NAUSEA]])
    assert found == {(-1, -1, "RDR015"), (1, 1, "RDR003"), (1, 2, "RDR003"), (1, 3, "RDR003")}


def test_lines_that_continue_a_cell_are_no_rows() -> None:
    assert not counted([TITLE, [("Fatigue", "14", "9", "0.26"), ("of any kind", "(28.0)", "(18.4)", "")]])
    assert not counted([TITLE, [("OR (95% CI)", "0.61–", "0.73–", ""), ("", "0.85", "0.99", "")]])


def test_years_of_a_head_on_two_lines_are_no_row() -> None:
    assert not counted([[("", "Survey", "Survey", "Survey"), ("", "1996", "1997", "1999")], [FATIGUE], [NAUSEA]])


def test_numbers_of_groups_in_a_head_are_no_row() -> None:
    assert not counted([[("", "Group", "Group", "P"), ("", "1", "2", "")], [FATIGUE], [NAUSEA]])


def test_two_columns_in_one_cell() -> None:
    merged = ("Fatigue", "14        9", "0.26", "")
    assert counted([TITLE, [merged], [("Nausea", "22", "0.34", "")]]) == {(1, 1, "RDR003")}


@pytest.mark.parametrize(
    ("below", "doubted"),
    [
        ([("Rash", "6 (12.0)", "5 (10.2)", "0.78")], True),
        ([("Skin", "", "", ""), ("Rash", "6 (12.0)", "5 (10.2)", "0.78")], True),
        ([("Data are n (%). P values by chi-square tests, see Methods for all of them",)], False),
        ([("Source: survey of 1997",), ("", "", "", "12")], False),
    ],
)
def test_rows_below_the_table(below: Sequence[Line], doubted: bool) -> None:
    assert counted([TITLE, [FATIGUE], [NAUSEA]], below) == ({(-1, -1, "RDR015")} if doubted else set())


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("12(3.4)", True),
        ("−0.28(−0.50,−0.06)", True),
        ("p<0.0001", True),
        ("3(0to8)(n=15)", True),
        ("8·70", True),
        ("0.8*", True),
        ("12m(n=592)", False),
        ("(3.4)", False),
        ("0.61–", False),
        ("51.34)", False),
        ("Yes", False),
        ("week12", False),
    ],
)
def test_whole_numbers(text: str, whole: bool) -> None:
    assert is_whole_number(text) == whole


def test_raised_characters_stand_on_their_line() -> None:
    raised = CamelotGlyph("a", 146.0, 149.0, HEAD - 4, 6.0, OUTSIDE_GRID, OUTSIDE_GRID)
    (line,) = number_baselines([*glyphs_of([FATIGUE]), raised])
    assert [run.text for run in line.numbers] == ["14(28.0)", "9(18.4)", "0.26"]
