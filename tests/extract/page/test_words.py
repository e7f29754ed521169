"""Raised and lowered characters: some belong to a word, others are marks of a note."""

from collections.abc import Callable

import pytest

from extract.page.objects import Character
from extract.page.words import Word, make_words

Run = tuple[str, float, float]  # text, size, rise
UP, DOWN = 3.0, -2.0


def printed(words: list[Word]) -> list[tuple[str, tuple[str, ...]]]:
    return [(word.text, word.marks) for word in words]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([("kg/m", 8, 0), ("2", 5, UP)], "kg/m2"),
        ([("mg/m", 8, 0), ("2", 5, UP), ("/day", 8, 0)], "mg/m2/day"),
        ([("10", 8, 0), ("-9", 5, UP)], "10-9"),
        ([("×10", 8, 0), ("9", 5, UP), ("/L", 8, 0)], "×109/L"),
        ([("h", 8, 0), ("−1", 5, UP)], "h−1"),
        ([("χ", 8, 0), ("2", 5, UP)], "χ2"),
        ([("I", 8, 0), ("2", 5, UP)], "I2"),
        ([("1", 8, 0), ("st", 5, UP)], "1st"),
        ([("25", 8, 0), ("th", 5, UP)], "25th"),
        ([("kg/m²", 8, 0)], "kg/m²"),
        ([("×10⁹/L", 8, 0)], "×10⁹/L"),
        ([("HbA", 8, 0), ("1c", 5, DOWN)], "HbA1c"),
        ([("CO", 8, 0), ("2", 5, DOWN)], "CO2"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_exponents_ordinals_and_indices_stay(runs: list[Run], text: str, spell: Callable[..., list[Character]]) -> None:
    assert printed(make_words(spell(*runs))) == [(text, ())]


@pytest.mark.parametrize(
    ("runs", "text", "marks"),
    [
        ([("Other", 8, 0), ("1", 5, UP)], "Other", ("1",)),
        ([("12.5", 8, 0), ("a,b", 5, UP)], "12.5", ("a,b",)),
        ([("0.03", 8, 0), ("†", 5, UP)], "0.03", ("†",)),
        ([("34", 8, 0), ("2", 5, UP)], "34", ("2",)),
        ([("Arm", 8, 0), ("2", 5, UP)], "Arm", ("2",)),
        ([("kg/m", 8, 0), ("2a", 5, UP)], "kg/m2", ("a",)),
        ([("10", 8, 0), ("a", 5, UP)], "10", ("a",)),
        ([("Other¹", 8, 0)], "Other", ("¹",)),
        ([("(ORR", 8, 0), ("b", 5, UP), (")", 8, 0)], "(ORR)", ("b",)),
        ([("a", 5, UP), ("Three", 8, 0)], "Three", ("a",)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_raised_marks_are_kept_out_of_the_text(
    runs: list[Run], text: str, marks: tuple[str, ...], spell: Callable[..., list[Character]]
) -> None:
    assert printed(make_words(spell(*runs))) == [(text, marks)]


def test_a_mark_set_off_by_a_space_is_a_word_without_text(spell: Callable[..., list[Character]]) -> None:
    assert printed(make_words(spell(("51 ", 8, 0), ("a", 5, UP)))) == [("51", ()), ("", ("a",))]


def test_a_word_is_as_high_as_its_letters_whatever_stands_raised(
    spell: Callable[..., list[Character]],
) -> None:
    (word,) = make_words(spell(("Other", 8, 0), ("1", 5, UP)))
    assert (word.top, word.bottom, word.x1) == (92, 100, 22.5)


def test_small_type_of_its_own_is_no_mark(spell: Callable[..., list[Character]]) -> None:
    far = [char | {"x0": char["x0"] + 40, "x1": char["x1"] + 40} for char in spell(("25", 5, UP))]
    assert [word.marks for word in make_words([*spell(("Male", 8, 0)), *far])] == [(), ()]


@pytest.mark.parametrize(
    ("font", "bold"),
    [("ABCDEF+Helvetica-Bold", True), ("AdvOT1234.B", True), ("Frutiger-Black", True), ("Times-Roman", False)],
)
def test_bold_is_told_by_the_name_of_the_font(font: str, bold: bool, word: Callable[..., Word]) -> None:
    assert word("Sex", font=font).bold is bold


@pytest.mark.parametrize("apart", [0.0, 0.3])
def test_characters_that_are_drawn_twice_are_read_once(apart: float, spell: Callable[..., list[Character]]) -> None:
    once = spell(("4.02 11", 8, 0))
    twice = [char | {"x0": char["x0"] + apart, "x1": char["x1"] + apart} for char in once]
    assert [word.text for word in make_words([*once, *twice])] == ["4.02", "11"]


def test_a_number_stands_at_its_sign(spell: Callable[..., list[Character]]) -> None:
    sign, number = (
        spell(("−", 8, 0)),
        [char | {"x0": char["x0"] + 5.3, "x1": char["x1"] + 5.3} for char in spell(("0.9", 8, 0))],
    )
    assert [word.text for word in make_words([*sign, *number])] == ["−0.9"]


def test_a_dash_between_spaced_numbers_stays_apart(spell: Callable[..., list[Character]]) -> None:
    assert [word.text for word in make_words(spell(("3 – 5", 8, 0)))] == ["3", "–", "5"]


def test_fonts_of_different_height_on_one_baseline_make_one_word(
    spell: Callable[..., list[Character]],
) -> None:
    sign, number = (
        spell(("<", 8, 0))[0],
        [char | {"x0": char["x0"] + 4, "x1": char["x1"] + 4} for char in spell(("60", 8, 0))],
    )
    higher = sign | {"top": sign["top"] - 2, "bottom": sign["bottom"] - 2, "matrix": (1, 0, 0, 1, 0, -100.0)}
    assert [word.text for word in make_words([higher, *number])] == ["<60"]


def test_all_of_a_raised_exponent_belongs_to_its_unit(spell: Callable[..., list[Character]]) -> None:
    chars = spell(("m", 8, 0), ("−2", 5, UP), (")", 8, 0))
    apart = [*chars[:2], *(char | {"x0": char["x0"] + 1, "x1": char["x1"] + 1} for char in chars[2:])]
    assert printed(make_words(apart)) == [("m−2)", ())]


def test_narrow_digits_side_by_side_that_are_drawn_thrice_come_once(
    spell: Callable[..., list[Character]],
) -> None:
    narrow = [char | {"x0": x, "x1": x + 1.5} for char, x in zip(spell(("11", 4.6, 0)), (10.0, 11.5), strict=True)]
    assert printed(make_words(narrow * 3)) == [("11", ())]
