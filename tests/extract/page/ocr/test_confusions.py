"""Corrections of words whose glyphs look alike."""

import pytest

from extract.page.ocr.confusions import CERTAIN_CONFIDENCE, spell
from extract.page.ocr.reader import Glyph


def glyphs(text: str, confidence: float = 1.0, **rivals: str) -> list[Glyph]:
    return [Glyph(char, 10.0 * i, confidence, rivals.get(char, "")) for i, char in enumerate(text)]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("O", "0"),
        ("O.51", "0.51"),
        ("(O.2l,", "(0.21,"),
        ("-1.O3]", "-1.03]"),
        ("2O11", "2011"),
        ("ICl", "ICI"),
        ("lV.", "IV."),
        ("(l-squared", "(I-squared"),
        ("Subtotal(1^2", "Subtotal(I^2"),
    ],
)
def test_look_alikes_become_numbers_and_terms_of_plots(read: str, printed: str) -> None:
    spelling = spell(glyphs(read))
    assert (spelling.text, spelling.first) == (printed, read)


@pytest.mark.parametrize(
    "read", ["Li", "SS", "D'Angelo", "T-VEC", "B7-H3", "TQB2858", "0.51", "Olson", "al", "S1", "l"]
)
def test_words_that_a_plot_can_print_stay(read: str) -> None:
    assert spell(glyphs(read))[::2] == (read, "")


def test_a_letter_that_only_resembles_a_digit_is_one_if_the_digit_is_its_rival() -> None:
    assert spell(glyphs("0.S1")).text == "0.S1"
    assert spell(glyphs("0.S1", S="5")).text == "0.51"


def test_a_shape_that_is_zero_and_letter_is_no_doubt_in_a_number() -> None:
    assert spell(glyphs("0", 0.55, **{"0": "O"})).confidence == CERTAIN_CONFIDENCE
    assert spell(glyphs("8", 0.55, **{"8": "B"})).confidence == 0.55


def test_neighbours_show_heterogeneity_and_level() -> None:
    assert spell(glyphs("12"), after="=").text == "I2"
    assert spell(glyphs("12"), after="9").text == "12"
    assert spell(glyphs("Cl)"), before="(95%").text == "CI)"
    assert spell(glyphs("|2", **{"2": "²"})).text == "I²"
