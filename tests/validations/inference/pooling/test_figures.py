"""Forest plots of published papers: every printed digit is explained, and an altered one is found.

cao2025: Figures 2, 3 and 5 (Stata's metaprop), Figure 4 (pooled of counts that are not printed). luo2017: Figures 4
and 5 of Medicine 2017;96:27 and otts101858: Figure 2 of doi 10.2147/OTT.S101858 (both Review Manager). r_meta: the
haloperidol example of R's meta, once with the weights of each of its two models.
"""

import pytest

from tests.validations.inference.pooling.conftest import changed, frame_of, run, table_of
from validations.inference.interval_methods import find_method
from validations.inference.pooling.best_method import explain_plot

STATA = "Freeman-Tukey, DerSimonian-Laird, from the counts"
HARMONIC = "back-transformed at the harmonic mean"
BELOW = "fixed effect below 3 studies"
ABOUT_MH = "OR, DerSimonian-Laird about Mantel-Haenszel with empty cells corrected, from the arms"
MH_META = "RR (half an event added), Mantel-Haenszel with empty cells corrected, from the arms"
WAYS = {
    "cao2025_fig2": [f"{STATA}, {HARMONIC} (69 of 69 printed numbers)"],
    "cao2025_fig3": [f"{STATA}, {BELOW}, {HARMONIC} (40 of 40 printed numbers)"],
    "cao2025_fig5": [f"{STATA}, {BELOW}, {HARMONIC} (43 of 43 printed numbers; 1 other method gives as many)"],
    "luo2017_fig4": ["OR, Mantel-Haenszel, from the arms (47 of 47 printed numbers; 1 other method gives as many)"],
    "luo2017_fig5": ["OR, Mantel-Haenszel, from the arms (31 of 31 printed numbers; 1 other method gives as many)"],
    "otts101858_fig2": [f"{ABOUT_MH} (40 of 40 printed numbers)"],
    "r_meta_common_weights": [
        f"{MH_META} (74 of 74 printed numbers)",
        "RR (half an event added), Paule-Mandel, from the arms (5 of 5 printed numbers)",
    ],
    "r_meta_random_weights": [
        f"{MH_META} (57 of 57 printed numbers)",
        "RR (half an event added), Paule-Mandel, from the arms (22 of 22 printed numbers)",
    ],
}


@pytest.mark.parametrize(("name", "ways"), WAYS.items())
def test_every_printed_number_is_given_by_the_named_method(name: str, ways: list[str]) -> None:
    explained = explain_plot(table_of(frame_of(name)))
    assert [str(each) for each in explained] == ways
    assert all(item.given for each in explained for item in each.items)


@pytest.mark.parametrize("name", WAYS)
def test_a_true_plot_has_no_finding(name: str) -> None:
    findings, _ = run(table_of(frame_of(name)))
    assert findings == []


def test_the_subtypes_of_cao2025_were_pooled_of_fewer_groups_than_studies() -> None:
    findings, _ = run(table_of(frame_of("cao2025_fig4")))
    assert [code for code, *_ in findings] == ["MET016"]


def test_nothing_that_is_printed_of_lines_weights_and_heterogeneity_is_left_out() -> None:
    for name in ("cao2025_fig2", "cao2025_fig3", "cao2025_fig5"):
        frame = frame_of(name)
        asked = {(item.record.row, item.column) for each in explain_plot(table_of(frame)) for item in each.items}
        studies = frame["kind"] == "study"
        printed = {(str(row + 1), "weight") for row in frame.index[studies]}
        for column in ("estimate", "ci_low", "ci_high", "i2", "p"):
            printed |= {(str(row + 1), column) for row in frame.index[~studies & (frame[column] != "")]}
        assert asked == printed


@pytest.mark.parametrize("name", ["cao2025_fig2", "cao2025_fig3", "cao2025_fig4", "cao2025_fig5"])
def test_intervals_are_exact(name: str) -> None:
    assert str(find_method(table_of(frame_of(name)))) == "Clopper-Pearson"


def test_of_figure_4_what_can_be_checked_is_and_the_rest_is_said() -> None:
    _, tallies = run(table_of(frame_of("cao2025_fig4")))
    assert tallies["CIN001"].checked == 4  # pooled of a single study
    assert (tallies["CIN005"].checked, tallies["CIN006"].checked) == (24, 24)
    assert tallies["MET010"].checked == 2  # several studies without an event
    assert tallies["MET010"].why_not == "the counts of the studies that were pooled are not printed (18)"
    assert tallies["MET013"].checked == 19  # I² against P


MISPRINTS = [
    ("cao2025_fig2", 8, {"ci_high": "0.38"}, ("CIN001", "8", "ci_high")),
    ("cao2025_fig2", 8, {"estimate": "0.27"}, ("CIN004", "8", "estimate")),
    ("cao2025_fig2", 8, {"weight": "8.16"}, ("MET003", "8", "weight")),
    ("cao2025_fig2", 14, {"estimate": "0.12"}, ("MET002", "14", "estimate")),
    ("cao2025_fig2", 14, {"i2": "80.56"}, ("MET004", "14", "i2")),
    ("cao2025_fig2", 20, {"p": "0.31"}, ("MET004", "20", "p")),
    ("cao2025_fig2", 44, {"p": "0.101"}, ("MET005", "44", "p")),
    ("cao2025_fig2", 45, {"ci_high": "0.22"}, ("MET002", "45", "ci_high")),
    ("cao2025_fig3", 28, {"ci_low": "0.21"}, ("MET002", "28", "ci_low")),
    ("cao2025_fig4", 1, {"ci_high": "0.18"}, ("MET010", "1", "ci_high")),
    ("cao2025_fig4", 2, {"ci_high": "0.48"}, ("CIN001", "2", "ci_high")),
    ("cao2025_fig4", 13, {"p": "0.20"}, ("MET013", "13", "p")),
    ("cao2025_fig4", 9, {"ci_low": "0.30"}, ("CIN005", "9", "estimate")),
    ("luo2017_fig4", 6, {"arm1_events": "71"}, ("MET015", "6", "arm1_events")),
    ("luo2017_fig4", 6, {"arm1_events": "27"}, ("MET008", "6", "estimate")),
    ("luo2017_fig4", 6, {"ci_low": "0.03"}, ("MET008", "6", "ci_low")),
    ("luo2017_fig4", 6, {"weight": "24.3"}, ("MET001", "1", "weight")),
    ("luo2017_fig4", 11, {"arm1_total": "1086"}, ("MET014", "11", "arm1_total")),
    ("luo2017_fig4", 11, {"z": "2.07"}, ("MET002", "11", "z")),
    ("luo2017_fig4", 12, {"df": "8"}, ("MET011", "12", "df")),
    ("luo2017_fig4", 12, {"q": "16.41"}, ("MET007", "12", "p")),
    ("r_meta_random_weights", 19, {"prediction_low": "0.18"}, ("MET002", "19", "prediction_low")),
    ("r_meta_random_weights", 20, {"tau2": "0.1745"}, ("MET004", "20", "tau2")),
]


@pytest.mark.parametrize(("name", "row", "cells", "expected"), MISPRINTS)
def test_a_misprint_is_found(name: str, row: int, cells: dict[str, str], expected: tuple[str, str, str]) -> None:
    findings, _ = run(changed(frame_of(name), row, **cells))
    assert expected in findings


def test_a_plot_without_counts_is_told_to_be_out_of_reach() -> None:
    frame = frame_of("cao2025_fig5").drop(columns=["total", "events"])
    findings, tallies = run(table_of(frame))
    assert findings == []
    assert tallies["MET009"].undecided


def test_estimates_with_intervals_are_pooled_where_counts_are_not_printed() -> None:
    frame = frame_of("r_meta_random_weights")
    arms = [column for column in frame.columns if column.startswith("arm")]
    frame = frame.drop(columns=arms).drop(index=17)  # and the line of the other model
    way, *others = explain_plot(table_of(frame))
    assert way.method.source == "ratios" and way.holds and not others


def test_what_is_no_plot_is_left_alone() -> None:
    empty = frame_of("cao2025_fig5").head(0)
    assert run(table_of(empty))[0] == []
    lines = frame_of("cao2025_fig5").query("kind != 'study'").reset_index(drop=True)
    assert run(table_of(lines))[0] == []
