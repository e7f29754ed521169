"""Doubtful numbers of a picture: confirmed or repaired by their row, or left in doubt."""

from collections.abc import Mapping

import pytest

from extract.forests.plot import PlotRow
from extract.forests.proof.repair import repair_rows
from extract.page.box import Box
from extract.page.words import Word

Flags = list[tuple[str, str, str]]


def row(values: Mapping[str, str], unsure: Mapping[str, float] | None = None, **layer: str) -> PlotRow:
    confidence = unsure or {}
    words = {
        name: (Word(text, 0, 0, 9, 9, 9, "", layer=layer.get(name, ""), confidence=confidence.get(name, 1.0)),)
        for name, text in values.items()
    }
    return PlotRow({"kind": "study", **values}, Box(0, 0, 9, 9, page=1), words=words)


def flags(repaired: PlotRow) -> Flags:
    return [(flag.column, flag.code, flag.reading) for flag in repaired.flags]


def one(values: Mapping[str, str], scale: str, unsure: Mapping[str, float] | None = None, **layer: str) -> PlotRow:
    return repair_rows([row(values, unsure, **layer)], scale)[0]


RESPONSE = {"total": "40", "cr": "1", "pr": "6", "estimate": "0.17", "ci_low": "0.07", "ci_high": "0.33"}
RATIO = {"estimate": "0.40", "ci_low": "0.17", "ci_high": "0.95"}
DIFFERENCE = {"estimate": "-5.19", "ci_low": "-11.19", "ci_high": "0.81"}


def test_a_doubtful_number_that_its_row_confirms_is_not_flagged() -> None:
    assert flags(one(RESPONSE, "linear", dict.fromkeys(RESPONSE, 0.4))) == []
    assert flags(one(RATIO, "log", {"ci_high": 0.4})) == []


def test_a_digit_is_repaired_where_one_reading_fits() -> None:
    for column, read in (("pr", "8"), ("total", "10"), ("ci_high", "0.38")):
        repaired = one({**RESPONSE, column: read}, "linear", {column: 0.6})
        assert repaired.values[column] == RESPONSE[column]
        assert flags(repaired) == [(column, "RDR011", read)]


def test_a_lost_minus_is_repaired() -> None:
    repaired = one({**DIFFERENCE, "estimate": "5.19"}, "linear", {"estimate": 0.7})
    assert repaired.values["estimate"] == "-5.19"


def test_a_lost_point_is_repaired_where_its_column_has_decimals() -> None:
    rows = [row(RATIO) for _ in range(5)] + [row({**RATIO, "ci_low": "017"})]
    repaired = repair_rows(rows, "log")[-1]
    assert repaired.values["ci_low"] == "0.17"
    assert flags(repaired) == [("ci_low", "RDR011", "017")]


def test_an_error_of_the_paper_survives() -> None:
    wrong = {**RESPONSE, "ci_high": "0.38"}
    repaired = one(wrong, "linear")
    assert {name: repaired.values[name] for name in wrong} == wrong
    assert flags(repaired) == []


def test_a_doubtful_number_without_proof_is_flagged_and_kept() -> None:
    repaired = one({**RATIO, "estimate": "0.77"}, "log", {"estimate": 0.5})
    assert repaired.values["estimate"] == "0.77"
    assert flags(repaired) == [("estimate", "RDR010", "0.77")]


def test_a_number_with_several_possible_readings_is_not_guessed() -> None:
    wide = {"estimate": "2", "ci_low": "1", "ci_high": "8", "drawn_estimate": "2.1"}
    repaired = one({**wide, "weight": "3"}, "log", {"weight": 0.4})
    assert flags(repaired) == [("weight", "RDR010", "3")]


@pytest.mark.parametrize("values", [("0.85", "-0.72", "-0.99"), ("0.85", "0.72", "-0.99"), ("-0.85", "0.72", "0.99")])
def test_a_negative_limit_of_a_ratio_proves_nothing(values: tuple[str, str, str]) -> None:
    """OCR reads a dash as a minus: the limits have no logarithm."""
    ratio = dict(zip(RATIO, values, strict=True))
    assert {flag[0] for flag in flags(one(ratio, "log", dict.fromkeys(RATIO, 0.4)))} <= set(RATIO)


def test_weights_that_give_a_hundred_confirm_each_other() -> None:
    rows = [row({"label": "A", "weight": "40.5"}, {"weight": 0.3}), row({"label": "B", "weight": "59.5"})]
    assert [flags(repaired) for repaired in repair_rows(rows, "log")] == [[], []]


def test_heterogeneity_confirms_itself() -> None:
    values = {"q": "20.24", "df": "8", "p": "0.009", "i2": "60"}
    assert flags(one(values, "linear", dict.fromkeys(values, 0.5))) == []
    assert [flag[0] for flag in flags(one({**values, "p": "0.004"}, "linear", {"p": 0.5}))] == ["p"]


def test_a_letter_in_a_number_is_flagged() -> None:
    assert flags(one(RESPONSE, "linear", None, cr="I")) == [("cr", "RDR011", "I")]


def test_a_doubtful_label_is_flagged_only_below_its_own_threshold() -> None:
    assert flags(one({"label": "Yiimaz"}, "log", {"label": 0.3})) == [("label", "RDR010", "Yiimaz")]
    assert flags(one({"label": "Yilmaz"}, "log", {"label": 0.7})) == []


WEIGHTS = ("0.67", "1.67", "1.48", "2.37", "1.40")


def test_a_weight_above_100_has_lost_its_point() -> None:
    rows = [row({"label": "A", "weight": text}) for text in (*WEIGHTS, "237", "118")]
    found = repair_rows(rows, "log")
    assert [repaired.values["weight"] for repaired in found] == [*WEIGHTS, "2.37", "1.18"]
    assert [flags(repaired) for repaired in found[5:]] == [[("weight", "RDR011", "237")], [("weight", "RDR011", "118")]]


def test_weights_that_are_no_percentages_keep_their_digits() -> None:
    rows = [row({"label": "A", "weight": text}) for text in ("237", "118", "45", "512")]
    assert [repaired.values["weight"] for repaired in repair_rows(rows, "log")] == ["237", "118", "45", "512"]


def test_points_that_several_numbers_of_a_row_lost() -> None:
    usual = {"estimate": "1.47", "ci_low": "1.20", "ci_high": "1.80"}
    damaged = {"estimate": "116", "ci_low": "0.32", "ci_high": "424"}
    found = repair_rows([row(usual), row(usual), row(usual), row(damaged)], "log")[3]
    assert [found.values[name] for name in damaged] == ["1.16", "0.32", "4.24"]
    assert [flag[:2] for flag in flags(found)] == [("estimate", "RDR011"), ("ci_high", "RDR011")]
