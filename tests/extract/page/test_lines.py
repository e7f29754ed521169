"""Words joined to phrases and lines, and wrapped lines joined to one text."""

from collections.abc import Callable

import pytest

from extract.page.lines import Line, Phrase, join_wrapped, make_lines
from extract.page.words import Word


def texts(lines: list[Line]) -> list[list[str]]:
    return [[phrase.text for phrase in line.phrases] for line in lines]


def test_cells_and_rows_are_told_by_white_space(draw: Callable[..., list[Line]]) -> None:
    picture = """
    Sex                 n (%)    P value
      Not yet known     12 (23)  0.5
    """
    assert texts(draw(picture)) == [["Sex", "n (%)", "P value"], ["Not yet known", "12 (23)", "0.5"]]


def test_words_of_other_sizes_and_baselines_share_a_line(word: Callable[..., Word]) -> None:
    words = [word("Age", 0, 0), word("small", 40, 3, size=5), word("large", 80, -2, size=11), word("below", 0, 9)]
    assert texts(make_lines(words)) == [["Age", "small", "large"], ["below"]]


def test_lines_of_two_columns_set_off_by_half_a_line_stay_apart(word: Callable[..., Word]) -> None:
    words = [word("left", 0, 0), word("right", 100, 4.5), word("left", 0, 9), word("right", 100, 13.5)]
    assert texts(make_lines(words)) == [["left"], ["right"], ["left"], ["right"]]


def test_a_line_of_a_slanted_scan_does_not_break(word: Callable[..., Word]) -> None:
    slanted = [word("word", 40 * i, 0.9 * i) for i in range(12)]
    assert [line.text for line in make_lines(slanted)] == [" ".join(["word"] * 12)]


def test_a_phrase_has_the_type_of_most_of_its_characters(word: Callable[..., Word]) -> None:
    words = (word("Table", 0, font="Sans-Bold"), word("Characteristics", 24), word("*", 90, font="Sans-Bold"))
    phrase = Phrase(words)
    assert (phrase.style, phrase.bold, phrase.text) == (("Sans", 8.0), False, "Table Characteristics *")


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Pleomorphic dermal", "sarcoma"], "Pleomorphic dermal sarcoma"),
        (["phase II single-", "arm"], "phase II single-arm"),
        (["0.53 (0.26–", "1.06)"], "0.53 (0.26–1.06)"),
        (["LPS/", "DDLPS"], "LPS/DDLPS"),
        (["12 (16.7) /", "5 (6.9)"], "12 (16.7) / 5 (6.9)"),
        (["mean ±", "SD"], "mean ± SD"),
        (["not stated –", "unknown"], "not stated – unknown"),
        (["pre-", "(and post-)"], "pre- (and post-)"),
        (["soft\u00ad", "ware"], "soft\u00adware"),
        (["", "Male", ""], "Male"),
        ([], ""),
    ],
)
def test_wrapped_lines_are_joined_as_they_were_broken(lines: list[str], joined: str) -> None:
    assert join_wrapped(lines) == joined
