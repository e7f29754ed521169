"""Tables that go on over pages: they have one head, and rows that break across pages are joined."""

from collections.abc import Callable

from extract.tables.finding.over_pages.stacking import stack_rows
from extract.tables.grid.grid import read_grids
from extract.tables.region import Region

Regard = Callable[[str], Region]
HEAD = """
Study      Patients                 Treatment            ORR
----------------------------------------------------------------
"""
FIRST = """
Day        advanced sarcoma         nofazinlimab         25.0
Blay       unresectable             pembrolizumab        17.5
           sarcomas or any          at 200 mg
Chen       advanced ASPS            atezolizumab         36.5
"""
NEXT = """
Zhou       chordoma of bone         toripalimab          40.7
Wang       metastatic               camrelizumab         20.0
           angiosarcoma
"""


def together(regard: Regard, *pictures: str) -> list[list[str]]:
    """The rows of drawn pages, with the head."""
    return [list(row.texts) for row in stack_rows(read_grids([regard(picture) for picture in pictures]))]


def page(*blocks: str) -> str:
    return "\n".join(block.strip("\n") for block in blocks)


ROWS = [
    ["Study", "Patients", "Treatment", "ORR"],
    ["Day", "advanced sarcoma", "nofazinlimab", "25.0"],
    ["Blay", "unresectable sarcomas or any", "pembrolizumab at 200 mg", "17.5"],
    ["Chen", "advanced ASPS", "atezolizumab", "36.5"],
    ["Zhou", "chordoma of bone", "toripalimab", "40.7"],
    ["Wang", "metastatic angiosarcoma", "camrelizumab", "20.0"],
]


def test_a_head_that_is_repeated_stands_once(regard: Regard) -> None:
    assert together(regard, page(HEAD, FIRST), page(HEAD, NEXT)) == ROWS


def test_a_repeated_head_may_say_that_the_table_goes_on(regard: Regard) -> None:
    said = HEAD.replace("Study     ", "STUDY     ")
    assert together(regard, page(HEAD, FIRST), page(said, NEXT)) == ROWS


def test_a_page_without_a_head_goes_on_with_rows(regard: Regard) -> None:
    assert together(regard, page(HEAD, FIRST), page(NEXT)) == ROWS


def test_a_row_that_breaks_across_pages_is_one(regard: Regard) -> None:
    broken = "           metastasised or not      every 3 weeks"
    rows = together(regard, page(HEAD, FIRST), page(HEAD, broken, NEXT))
    assert rows[3] == ["Chen", "advanced ASPS metastasised or not", "atezolizumab every 3 weeks", "36.5"]
    assert rows[4:] == ROWS[4:]


def test_a_mended_row_has_a_box_on_each_page(regard: Regard) -> None:
    first, second = regard(page(HEAD, FIRST)), regard(page(HEAD, "           metastasised or not", NEXT))
    object.__setattr__(second.sheet, "page", 2)
    rows = stack_rows(read_grids([first, second]))
    assert [box.page for box in rows[3].boxes] == [1, 2]
    assert [[box.page for box in cell.boxes] for cell in rows[3].cells] == [[1], [1, 2], [1], [1]]


def test_pages_that_lie_side_by_side_on_paper_share_their_columns(regard: Regard) -> None:
    moved = "\n".join(f"     {line}" for line in page(HEAD, NEXT).split("\n"))
    assert together(regard, page(HEAD, FIRST), moved) == ROWS
