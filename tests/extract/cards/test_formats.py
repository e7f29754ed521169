import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.cards.formats import (
    CellError,
    CellPart,
    compile_format,
    digits_conserved,
    parse_cell,
    split_slashes,
)
from extract.errors import CardError
from schemas.base.printed import BOUNDS

NUMERIC = {"n", "percent", "total", "low", "high", "estimate"}

AS_PRINTED = [
    ("12 (23.5)", "n (percent)", [{"n": "12", "percent": "23.5"}]),
    ("12(23.5)", "n (percent)", [{"n": "12", "percent": "23.5"}]),
    ("12 (23.5%)", "n (percent)", [{"n": "12", "percent": "23.5"}]),
    ("1,349 (45.10)", "n (percent)", [{"n": "1,349", "percent": "45.10"}]),
    ("0", "n (percent)", [{"n": "0", "percent": ""}]),
    ("0.31 (0.16–0.61)", "estimate (low–high)", [{"estimate": "0.31", "low": "0.16", "high": "0.61"}]),
    ("1.74 [0.58;  5.24]", "estimate (low–high)", [{"estimate": "1.74", "low": "0.58", "high": "5.24"}]),
    ("4.32 (1.27, 14.70)", "estimate (low–high)", [{"estimate": "4.32", "low": "1.27", "high": "14.70"}]),
    ("8·70 (–9·72 to –7·69)", "estimate (low–high)", [{"estimate": "8.70", "low": "-9.72", "high": "-7.69"}]),
    ("−0.5 (−0.7-−0.2)", "estimate (low–high)", [{"estimate": "-0.5", "low": "-0.7", "high": "-0.2"}]),
    ("54 (15–80)", "estimate (low–high)", [{"estimate": "54", "low": "15", "high": "80"}]),
    ("12 (16.7) /5 (6.9)", "n (percent)", [{"n": "12", "percent": "16.7"}, {"n": "5", "percent": "6.9"}]),
    ("4 (33.3)/1 (20)", "n (percent)", [{"n": "4", "percent": "33.3"}, {"n": "1", "percent": "20"}]),
    ("33.3/20.0", "percent", [{"percent": "33.3"}, {"percent": "20.0"}]),
    ("3/12", "n/total", [{"n": "3", "total": "12"}]),
    ("< 0.001", "estimate", [{"estimate": "<0.001"}]),
    ("P", "text", [{"text": "P"}]),
    ("", "n (percent)", [{"n": "", "percent": ""}]),
    (
        "SS (14/35)UPS (6/35) Rhabdomyosarcoma (3/35)Others(12/35)",
        "subtype (n/total) …",
        [
            {"subtype": "SS", "n": "14", "total": "35"},
            {"subtype": "UPS", "n": "6", "total": "35"},
            {"subtype": "Rhabdomyosarcoma", "n": "3", "total": "35"},
            {"subtype": "Others", "n": "12", "total": "35"},
        ],
    ),
    ("NA", "subtype (n/total) …", []),
]


@pytest.mark.parametrize(("printed", "form", "values"), AS_PRINTED)
def test_cells_as_printed(printed: str, form: str, values: Sequence[dict[str, str]]) -> None:
    assert [part.values for part in parse_cell(printed, compile_format(form, NUMERIC))] == list(values)


@pytest.mark.parametrize(
    ("printed", "values", "absent"),
    [
        ("NA (29–80)", {"estimate": "", "low": "29", "high": "80"}, {"estimate": "NA"}),
        ("59 (NA, NA)", {"estimate": "59", "low": "", "high": ""}, {"low": "NA", "high": "NA"}),
        ("Ν/Α", {"estimate": "", "low": "", "high": ""}, {"estimate": "Ν/Α"}),
        ("–", {"estimate": "", "low": "", "high": ""}, {"estimate": "–"}),
        ("12.1 (8.3–NR)", {"estimate": "12.1", "low": "8.3", "high": ""}, {"high": "NR"}),
    ],
)
def test_signs_of_absence_are_kept_apart(printed: str, values: dict[str, str], absent: dict[str, str]) -> None:
    assert parse_cell(printed, compile_format("estimate (low–high)", NUMERIC)) == (CellPart(values, absent),)


@pytest.mark.parametrize("printed", ["l2 (23.5)", "12 (23.5", "12 (23.5) 4", "12 (23,5)", "twelve", "12 (1 (2))"])
def test_what_is_not_understood_is_an_error(printed: str) -> None:
    with pytest.raises(CellError, match="does not read as 'n \\(percent\\)'"):
        parse_cell(printed, compile_format("n (percent)", NUMERIC))


def test_a_list_with_anything_else_in_it_is_an_error() -> None:
    with pytest.raises(CellError):
        parse_cell("SS (14/35) UPS", compile_format("subtype (n/total) …", NUMERIC))


@pytest.mark.parametrize("form", ["", "n (percent", "n + percent", "n (n)", "N"])
def test_what_is_no_format_is_an_error_of_the_card(form: str) -> None:
    with pytest.raises(CardError):
        compile_format(form, NUMERIC)


def test_labels_are_split_outside_of_brackets() -> None:
    assert split_slashes("LMS/of which uLMS") == ["LMS", "uLMS"]
    assert split_slashes("Bone (limb/trunk)") == ["Bone (limb/trunk)"]
    assert split_slashes("") == [""]


@given(st.text(alphabet="a/()[] ", max_size=20))
def test_a_slash_is_inside_where_a_bracket_closes_before_another_opens(text: str) -> None:
    outside = [piece.strip() for piece in re.split(r"/(?![^(\[]*[)\]])", text)]
    assert split_slashes(text) == outside


def test_digits_are_counted_in_their_order() -> None:
    assert digits_conserved("12 (23.5)", [CellPart({"n": "12", "percent": "23.5"})])
    assert not digits_conserved("12 (23.5)", [CellPart({"n": "12", "percent": ""})])
    assert not digits_conserved("12 (23.5)", [CellPart({"n": "23.5", "percent": "12"})])


numbers = st.tuples(st.integers(0, 9999), st.integers(0, 3)).map(lambda pair: f"{pair[0] / 10 ** pair[1]:.{pair[1]}f}")
signed = st.tuples(st.sampled_from(["", "-", "−", "–"]), numbers).map("".join)
brackets = st.sampled_from(["()", "[]"])
spaces = st.sampled_from(["", " ", "  "])


def digits(text: str) -> str:
    return "".join(char for char in text if char in "0123456789")


def plain(number: str) -> str:
    return number.replace("−", "-").replace("–", "-")


@given(numbers, numbers, brackets, spaces, spaces)
def test_count_and_percentage_come_back(n: str, percent: str, pair: str, before: str, inside: str) -> None:
    printed = f"{n}{before}{pair[0]}{inside}{percent}{inside}{pair[1]}"
    (part,) = parse_cell(printed, compile_format("n (percent)", NUMERIC))
    assert part == CellPart({"n": n, "percent": percent})


@given(signed, signed, signed, brackets, st.sampled_from([" to ", ", ", "; ", " – ", "–", " - "]))
def test_estimate_and_interval_come_back(estimate: str, low: str, high: str, pair: str, between: str) -> None:
    printed = f"{estimate} {pair[0]}{low}{between}{high}{pair[1]}"
    (part,) = parse_cell(printed, compile_format("estimate (low–high)", NUMERIC))
    assert part == CellPart({"estimate": plain(estimate), "low": plain(low), "high": plain(high)})


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=4), st.sampled_from(["/", " /", " / "]))
def test_several_values_of_a_row_come_back(values: list[tuple[str, str]], slash: str) -> None:
    printed = slash.join(f"{n} ({percent})" for n, percent in values)
    parts = parse_cell(printed, compile_format("n (percent)", NUMERIC))
    assert [(part.values["n"], part.values["percent"]) for part in parts] == values


names = st.from_regex(r"[A-Za-z][A-Za-z0-9 -]{0,12}[A-Za-z]", fullmatch=True).map(lambda text: " ".join(text.split()))


@given(st.lists(st.tuples(names, st.integers(0, 99), st.integers(1, 99)), min_size=1, max_size=6), spaces)
def test_lists_come_back(members: list[tuple[str, int, int]], space: str) -> None:
    printed = space.join(f"{name} ({n}/{total})" for name, n, total in members)
    parts = parse_cell(printed, compile_format("subtype (n/total) …", NUMERIC))
    assert [tuple(part.values.values()) for part in parts] == [(name, str(n), str(total)) for name, n, total in members]


@given(st.text(alphabet="0123456789 ()[]/–-,.;%<≥NA·", max_size=20))
def test_no_digit_is_ever_lost_or_doubled(printed: str) -> None:
    for form in ("n (percent)", "estimate (low–high)", "subtype (n/total) …", "percent"):
        try:
            parts = parse_cell(printed, compile_format(form, NUMERIC))
        except CellError:
            continue
        assert digits(printed) == "".join(digits(text) for part in parts for text in part.values.values())


@pytest.mark.parametrize("printed", ["1" * 32 + " (23.5)", "12 (0." + "5" * 40 + ")", "1" * 5000, "４ (7.8)"])
def test_a_number_that_nobody_prints_is_no_number(printed: str) -> None:
    with pytest.raises(CellError, match=rf"^'.*' read as 'n \(percent\)': expected {BOUNDS}, found"):
        parse_cell(printed, compile_format("n (percent)", NUMERIC))
