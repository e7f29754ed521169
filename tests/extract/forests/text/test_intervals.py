"""Estimates with intervals in the styles in which plots print them, and texts that merely look like one."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.forests.text.intervals import bare_limits_in, curated_number, intervals_in
from extract.page.lines import Line

LineOf = Callable[[str], Line]


def found(line: Line) -> list[tuple[str, str, str]]:
    return [(interval.estimate, interval.low, interval.high) for interval in intervals_in(line)]


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("1.89 [0.13 , 1.85]", ("1.89", "0.13", "1.85")),
        ("1.75  [0.58;  5.24]", ("1.75", "0.58", "5.24")),
        ("4.32 (1.27, 14.70)", ("4.32", "1.27", "14.70")),
        ("1.89 (0.66–5.39)", ("1.89", "0.66", "5.39")),
        ("8·70 (–9·72 to –7·69)", ("8.70", "-9.72", "-7.69")),
        ("−0.20 [−0.45, 0.05]", ("-0.20", "-0.45", "0.05")),
        ("−0.20 (−0.45–−0.05)", ("-0.20", "-0.45", "-0.05")),
        (".11 (.05, .20)", ("0.11", "0.05", "0.20")),
        ("23% (12%; 34%)", ("23", "12", "34")),
        ("0.61[0.42,0.87]", ("0.61", "0.42", "0.87")),
        ("0,61 (0,42; 0,87)", ("0.61", "0.42", "0.87")),
        ("67.76 (4.00, 1146.62)", ("67.76", "4.00", "1146.62")),
        ("71.87 (4.23–1,219.68)", ("71.87", "4.23", "1,219.68")),
        ("1,605.80 [1,036.58; 10,032.69]", ("1,605.80", "1,036.58", "10,032.69")),
        ("18.79 (1.13,312.64)", ("18.79", "1.13", "312.64")),
    ],
)
def test_styles(text: str, triple: tuple[str, str, str], line_of: LineOf) -> None:
    assert found(line_of(f"Zhao 2015  {text}  6.81")) == [triple]


@pytest.mark.parametrize(
    "text",
    [
        "Total (95% CI)",
        "Greve(1) et al (2008)",
        "I-squared = 82.5% (p = 0.000)",
        "2.05 (1.51–2.77)/<0.001",
        "(0.81; 5.67)",
    ],
)
def test_texts_that_are_not_an_estimate_with_an_interval(text: str, line_of: LineOf) -> None:
    assert found(line_of(text)) == []


def test_an_interval_without_estimate(line_of: LineOf) -> None:
    [interval] = bare_limits_in(line_of("Prediction interval   [0.81;  5.67]"))
    assert (interval.estimate, interval.low, interval.high) == ("", "0.81", "5.67")


def test_two_intervals_in_a_line_have_their_places(line_of: LineOf) -> None:
    first, second = intervals_in(line_of("A  1.00 (0.50, 2.00)   1.10 (0.60, 2.10)"))
    assert (first.x0, round(first.bracket)) == (12, 32)
    assert second.x0 == 92
    assert [word.text for word in second.parts[1]] == ["(0.60,"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,476", "1,476"), ("4.7%", "4.7"), ("−0.2", "-0.2"), (".534", "0.534"), ("<0.001", "<0.001"), ("8·70", "8.70")],
)
def test_numbers(text: str, value: str) -> None:
    assert curated_number(text) == value


@pytest.mark.parametrize("text", ["--", "2015a", "NA", "12/42", "", "."])
def test_texts_that_are_not_numbers(text: str) -> None:
    assert curated_number(text) == ""


DECIMALS = st.decimals(-999, 999, allow_nan=False, allow_infinity=False, places=2)
SIGNS = st.sampled_from(["-", "−", "–"])
BRACKETS = st.sampled_from([("(", ")"), ("[", "]")])
BETWEEN = st.sampled_from([", ", ",", " , ", "; ", " to ", " - ", ";"])


@given(
    values=st.tuples(DECIMALS, DECIMALS, DECIMALS),
    sign=SIGNS,
    brackets=BRACKETS,
    between=BETWEEN,
    point=st.sampled_from([".", "·"]),
)
def test_the_numbers_come_back_in_every_style(
    line_of: LineOf,
    values: tuple[object, object, object],
    sign: str,
    brackets: tuple[str, str],
    between: str,
    point: str,
) -> None:
    printed = [str(value).replace("-", sign).replace(".", point) for value in values]
    text = f"{printed[0]} {brackets[0]}{printed[1]}{between}{printed[2]}{brackets[1]}"
    assert found(line_of(text)) == [tuple(map(str, values))]


@pytest.mark.parametrize("long", ["1" * 16, "1" * 5000, "0." + "3" * 21, "４.２"])
def test_numbers_that_nobody_prints_make_no_interval(long: str, line_of: LineOf) -> None:
    assert curated_number(long) == ""
    for text in (f"{long} (0.66–5.39)", f"1.89 ({long}–5.39)", f"1.89 (0.66–{long})"):
        assert found(line_of(f"Zhao 2015 {text} 6.81")) == []
