"""A printed number and the values that round to it."""

from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.base.printed import BOUNDS, MOST_DECIMALS, MOST_DIGITS, is_printed, is_too_long, parse_printed

TRUE_VALUES = st.decimals(min_value=-10_000, max_value=10_000, places=6)


@given(TRUE_VALUES, st.integers(0, 4), st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN]))
def test_the_interval_holds_what_was_rounded(true: Decimal, decimals: int, rule: str) -> None:
    assert parse_printed(f"{true.quantize(Decimal(1).scaleb(-decimals), rule):f}").holds(true)


@given(st.integers(-10_000, 10_000), st.integers(0, 4))
def test_the_interval_is_one_unit_of_the_last_digit_wide(digits: int, decimals: int) -> None:
    printed = parse_printed(f"{Decimal(digits).scaleb(-decimals):.{decimals}f}")
    assert printed.high - printed.low == Decimal(1).scaleb(-decimals)
    assert printed.decimals == decimals


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("45.1", "45.05", "45.15"),
        ("20", "19.5", "20.5"),
        ("20.0", "19.95", "20.05"),
        ("-0.02", "-0.025", "-0.015"),
        ("1,349", "1348.5", "1349.5"),
        ("<0.001", "-Infinity", "0.001"),
        (".05", "0.045", "0.055"),
        ("-.5", "-0.55", "-0.45"),
        ("<.001", "-Infinity", "0.001"),
        ("≤ 0.05", "-Infinity", "0.05"),
        (">=95", "95", "Infinity"),
    ],
)
def test_intervals(text: str, low: str, high: str) -> None:
    printed = parse_printed(text)
    assert (printed.low, printed.high, printed.text) == (Decimal(low), Decimal(high), text)


@pytest.mark.parametrize(
    "text", ["", ".", "NA", "12.", ".5.", "-.", "0·31", "−0.02", "–9", "12,5", "1e5", "４", "45.1%", "1 349"]
)
def test_other_spellings_are_errors(text: str) -> None:
    assert not is_printed(text)
    with pytest.raises(ValueError, match="expected a printed number"):
        parse_printed(text)


def test_an_exact_half_may_have_been_rounded_either_way() -> None:
    assert parse_printed("34.4").holds(Fraction(2200, 64))
    assert parse_printed("34.3").holds(Fraction(2200, 64) - Fraction(1, 40))
    assert not parse_printed("34.3").holds(Fraction(2200, 64))


def test_the_bounds_of_the_longest_number_are_exact() -> None:
    digits = "1" * MOST_DIGITS + "." + "5" * MOST_DECIMALS
    assert str(parse_printed(digits).low) == "1" * MOST_DIGITS + "." + "5" * (MOST_DECIMALS - 1) + "45"
    assert parse_printed("999,999,999,999,999").count == 10**15 - 1


@pytest.mark.parametrize(
    "text", ["1" * 16, "1" * 32, "-" + "9" * 5000, "<0." + "0" * 21, "1,000,000,000,000,000", "." + "3" * 21]
)
def test_what_has_more_digits_than_anyone_prints_is_no_number(text: str) -> None:
    assert is_too_long(text) and not is_printed(text)
    with pytest.raises(ValueError, match=f"expected {BOUNDS}, found"):
        parse_printed(text)


def test_other_texts_are_not_too_long() -> None:
    assert not any(map(is_too_long, ["1" * 15, "0." + "1" * 20, "1" * 40 + "x", "1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7", ""]))


def test_what_can_be_a_count() -> None:
    texts = ("12", "1,349", "12.0", "<5", "-3", "-0")
    assert [text for text in texts if parse_printed(text).is_whole] == ["12", "1,349"]
    assert parse_printed("1,349").count == 1349


def test_the_number_without_a_padded_zero() -> None:
    coarser = [parse_printed(text).coarser for text in ("33.30", "46.0", "33.33", "20", "<0.10")]
    assert [number and number.text for number in coarser] == ["33.3", "46", None, None, None]
