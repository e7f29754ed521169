"""The shapes of cells as journals print them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.meaning.cells.shapes import cell_shape, csv_number, decimal_comma_in
from schemas.base.printed import is_printed


@pytest.mark.parametrize(
    ("text", "shape", "numbers"),
    [
        ("12 (23.5)", "N(N)", "12 23.5"),
        ("12/51 (23.5%)", "N/N(N%)", "12 51 23.5"),
        ("42/402 (10.5)", "N/N(N)", "42 402 10.5"),
        ("12 [23.5]", "N(N)", "12 23.5"),
        ("12 of 51 (23.5%)", "N/N(N%)", "12 51 23.5"),
        ("23.5% (12/51)", "N%(N/N)", "23.5 12 51"),
        ("54.2 ± 11.3", "N±N", "54.2 11.3"),
        ("54.2 (±11.3)", "N(±N)", "54.2 11.3"),
        ("54.2 +/- 11.3", "N±N", "54.2 11.3"),
        ("54.2 (9.1 to 61.0)", "N(N~N)", "54.2 9.1 61.0"),
        ("54 [48–60]", "N(N~N)", "54 48 60"),
        ("2 (2; 4)", "N(N~N)", "2 2 4"),
        ("4 (4-5)", "N(N~N)", "4 4 5"),
        ("-7.6 (-13.9, -1.3)", "N(N~N)", "-7.6 -13.9 -1.3"),
        ("–4·26 (–5·13 to –3·38)", "N(N~N)", "-4.26 -5.13 -3.38"),
        ("3.3 (− 5.3 to 12.0)", "N(N~N)", "3.3 -5.3 12.0"),
        ("12,202 (10,022–13,489)", "N(N~N)", "12,202 10,022 13,489"),
        ("6,551.06 (277.83)", "N(N)", "6,551.06 277.83"),
        ("HR 2.05 (1.51–2.77)/<0.001", "wN(N~N)/N", "2.05 1.51 2.77 <0.001"),
        ("−3.94 (−7.77, −0.12) 0.044", "N(N~N)N", "-3.94 -7.77 -0.12 0.044"),
        ("−0.11 to 0.46", "N~N", "-0.11 0.46"),
        ("+0.31", "N", "0.31"),
        ("0.118^", "N", "0.118"),
        ("< .001", "N", "<.001"),
        ("P = .04", "pN", ".04"),
        ("≥ 5", "N", ">=5"),
        ("0,42", "N", "0.42"),
        ("2. 54 (2.337)", "N(N)", "2.54 2.337"),
        ("1944 (1793) [5]", "N(N)(N)", "1944 1793 5"),
        ("3 (0 to 8) [n = 21]", "N(N~N)(wN)", "3 0 8 21"),
        ("1.00 (Ref.)", "N(w)", "1.00"),
        ("62.4% (25.0%)", "N%(N%)", "62.4 25.0"),
    ],
)
def test_shapes(text: str, shape: str, numbers: str) -> None:
    found = cell_shape(text)
    assert (found.shape, " ".join(found.numbers)) == (shape, numbers)


@pytest.mark.parametrize("text", ["NS", "n.s.", "—", "-", "NA", "N/A", "NR", "Ref.", "not reached", "...", ""])
def test_a_sign_of_absence_has_no_shape(text: str) -> None:
    assert cell_shape(text).absent == text
    assert cell_shape(text).shape == ""


def test_decimal_commas_belong_to_a_column() -> None:
    assert decimal_comma_in(["12,5", "7,25 (1,1)"])
    assert not decimal_comma_in(["1,234", "12,500"])
    assert not decimal_comma_in(["12,5", "3.4"])
    assert cell_shape("7,25 (1,1)", True).numbers == ("7.25", "1.1")


@given(st.text(alphabet="0123456789.,·-–−+±()[]/% <>=≤toPnN*", max_size=24))
def test_every_digit_is_in_one_number_or_word(text: str) -> None:
    found = cell_shape(text)
    if not found.absent:
        assert sorted(re.findall(r"\d", text)) == sorted(re.findall(r"\d", "".join([*found.numbers, *found.words])))
    assert all(is_printed(number) for number in found.numbers)


def test_numbers_lose_no_sign() -> None:
    assert csv_number("−0·5") == "-0.5"
    assert csv_number("≤ 3") == "<=3"


@pytest.mark.parametrize("long", ["1" * 16, "1" * 5000, "0." + "3" * 21, "1,000,000,000,000,000", "４"])
def test_a_number_that_nobody_prints_is_a_word(long: str) -> None:
    cell = cell_shape(f"{long} (23.5)")
    assert (cell.shape, cell.numbers, cell.words, cell.count) == ("w(N)", ("23.5",), (long,), None)
