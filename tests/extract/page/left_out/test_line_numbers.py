"""Line numbers of manuscripts are no words of the page; the numbers of rows are."""

from collections.abc import Callable

import pytest

from extract.page.box import Box
from extract.page.left_out.line_numbers import without_line_numbers
from extract.page.lines import Line

TEXT = """
 8  The cohort was enrolled at four centres and followed
 9  until the data cut-off and the records of all patients
10  were reviewed by two readers who did not know which
11  Table 2. Best response of all patients by arm
12  treatment had been given to them at any time
"""
ROWS = """
1  Anaemia    12 (3.4)   9 (2.2)
2  Nausea     11 (3.1)   8 (2.0)
3  Vomiting   10 (2.9)   7 (1.8)
4  Rash        9 (2.6)   6 (1.5)
"""


def test_numbers_that_count_the_lines_of_a_text(draw: Callable[..., list[Line]]) -> None:
    words = [word for line in draw(TEXT) for word in line.words]
    kept = without_line_numbers(words, [])
    assert [word.text for word in words if word not in kept] == ["8", "9", "10", "11", "12"]


@pytest.mark.parametrize(
    ("picture", "rules"),
    [
        (ROWS, []),
        (TEXT, [Box(0, 20, 200, 20)]),
        (f"No  Statement\n{TEXT}".replace("\n\n", "\n"), []),
        (TEXT.replace("10", "70"), []),
        (TEXT.replace("10", "1²"), []),
        (TEXT.replace("10", "①"), []),
    ],
    ids=["rows of cells", "rules across", "a head above", "no count", "a raised digit", "a digit in a circle"],
)
def test_numbers_that_stay(picture: str, rules: list[Box], draw: Callable[..., list[Line]]) -> None:
    words = [word for line in draw(picture) for word in line.words]
    assert without_line_numbers(words, rules) == words
