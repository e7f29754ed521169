"""Lines cut into the cells of known columns, which the first line of a picture shows as runs of equal signs."""

from collections.abc import Callable

import pytest

from extract.page.lines import Line
from extract.tables.grid.cell_split import split_by_columns


@pytest.fixture
def cut(draw: Callable[..., list[Line]]) -> Callable[[str], dict[int, str]]:
    """cut(picture): the texts of its line by column."""

    def make(picture: str) -> dict[int, str]:
        ruler, line = draw(picture)
        spans = [(word.x0, word.x1) for word in ruler.words]
        cells = split_by_columns(line.words, spans)
        return {column: " ".join(word.text for word in words) for column, words in cells.items()}

    return make


def test_cells_within_their_columns(cut: Callable[[str], dict[int, str]]) -> None:
    picture = """
============  =========  =======
Anemia        8 (15.7)   2 (3.9)
"""
    assert cut(picture) == {0: "Anemia", 1: "8 (15.7)", 2: "2 (3.9)"}


def test_a_label_that_comes_close_to_its_value(cut: Callable[[str], dict[int, str]]) -> None:
    picture = """
============  =========  =======
Hand-foot skin 8 (15.7)  2 (3.9)
"""
    assert cut(picture) == {0: "Hand-foot skin", 1: "8 (15.7)", 2: "2 (3.9)"}


def test_a_lone_phrase_of_a_label_and_values_is_a_row(cut: Callable[[str], dict[int, str]]) -> None:
    picture = """
============  =========  =======
Hand-foot skin 8 (15.7) 2 (3.9)
"""
    assert cut(picture) == {0: "Hand-foot skin", 1: "8 (15.7)", 2: "2 (3.9)"}


def test_a_lone_phrase_of_words_over_all_columns_is_a_heading(cut: Callable[[str], dict[int, str]]) -> None:
    picture = """
============  =========  =======
Events of the immune system in all
"""
    assert cut(picture) == {0: "Events of the immune system in all"}


def test_words_that_keep_within_their_columns_are_cells_though_no_value_is_among_them(
    cut: Callable[[str], dict[int, str]],
) -> None:
    picture = """
============ ======= ===========
Day phase    unknown nofazinlimab
"""
    assert cut(picture) == {0: "Day phase", 1: "unknown", 2: "nofazinlimab"}


@pytest.mark.parametrize(
    ("picture", "cells"),
    [
        (
            """
==========  ===============  =====
Age         0.53 (0.26–1.06)  0.07
""",
            {0: "Age", 1: "0.53 (0.26–1.06)", 2: "0.07"},
        ),
        (
            """
======  =======            ====
Age     0.53 (0.26 – 1.06) 0.07
""",
            {0: "Age", 1: "0.53 (0.26 – 1.06)", 2: "0.07"},
        ),
        (
            """
=========  ========  =====
Dose (mg per kg)  a  33 12
""",
            {0: "Dose (mg per kg)", 1: "a", 2: "33 12"},
        ),
        (
            """
========    =====
Age below < 54
""",
            {0: "Age below", 1: "< 54"},
        ),
    ],
    ids=["interval", "interval over a gutter", "brackets over a gutter", "sign"],
)
def test_brackets_signs_and_intervals_are_never_cut(
    picture: str, cells: dict[int, str], cut: Callable[[str], dict[int, str]]
) -> None:
    assert cut(picture) == cells
