"""Counts of patients: which numbers become xi and ni, and which never do."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extract.publishing.analysis.sources.shares import share_of
from schemas.base.printed import parse_printed
from tests.extract.publishing.analysis.conftest import Exhibit, Make, picked, rows_of
from validations.inference.denominators import count_gives, in_percent


@given(st.integers(1, 900), st.integers(0, 900), st.integers(0, 60), st.integers(0, 2))
def test_the_true_count_and_the_true_total_lie_in_the_bounds(total: int, n: int, missing: int, decimals: int) -> None:
    assume(n <= total)
    percent = parse_printed(in_percent(n, total, decimals))
    events = share_of(None, percent, total, "arm_n").xi
    assert int(events.low) <= n <= int(events.high)
    patients = share_of(parse_printed(str(n)), percent, total + missing, "arm_n").ni
    if patients.source:
        assert int(patients.low) <= total <= int(patients.high)
        assert patients.text in ("", patients.low)
    else:
        assert count_gives(n, int(patients.text), percent)


ARMS = """\
row,cell,section,outcome,level,arm,arm_n,statistic,n,total,percent
1,2,,Male,,Placebo,51,count,24,,47.1
1,3,,Male,,Drug,53,count,25,,47.2
2,2,,Smoker,,Placebo,51,count,12,,25.0
2,3,,Smoker,,Drug,53,count,,,20.8
3,2,,Number of falls,,Placebo,51,count,80,,
3,3,,Number of falls,,Drug,53,count,70,,
4,2,,Cured,,Placebo,51,count,3,40,7.5
4,3,,Cured,,Drug,53,count,60,,
5,2,,Grade 3,,Placebo,,count,3,,
"""


@pytest.mark.parametrize(
    ("n", "percent", "whole", "xi", "ni"),
    [
        ("24", "47.1", 51, ("24", "", "", ""), ("51", "", "", "")),
        ("12", "25.0", 51, ("12", "", "", ""), ("48", "n_percent", "48", "48")),
        ("30", "6.3", 505, ("30", "", "", ""), ("", "n_percent", "473", "480")),
        ("24", "45.1", 51, ("24", "", "", ""), ("51", "", "", "")),  # no total up to 51 gives it: the paper's error
        ("", "20.8", 53, ("11", "percent", "11", "11"), ("53", "", "", "")),
        ("", "20.8", 5300, ("", "percent", "1100", "1105"), ("5300", "", "", "")),
        ("0", "0", 51, ("0", "", "", ""), ("51", "", "", "")),
        ("24", "<50", 51, ("24", "", "", ""), ("51", "", "", "")),
    ],
)
def test_events_and_patients(n: str, percent: str, whole: int, xi: tuple[str, ...], ni: tuple[str, ...]) -> None:
    numbers = [parse_printed(text) if text else None for text in (n, percent)]
    share = share_of(*numbers, whole, "arm_n")
    assert (share.xi.text, share.xi.source, share.xi.low, share.xi.high) == xi
    assert (share.ni.text, share.ni.source, share.ni.low, share.ni.high) == ni
    assert share.reason == ""


@pytest.mark.parametrize(
    ("n", "percent", "whole", "reason"),
    [
        ("", "47.1", None, "a percentage without a number of patients"),
        ("", "47.0", 51, "no count of 51 (arm_n) gives 47.0 %"),
        ("", "<1", 51, "neither a count nor a percentage is printed"),
        ("24", "", None, "the number of patients is not printed"),
        ("60", "", 53, "the count exceeds the number of patients: 60 of 53"),
        ("<5", "", 53, "the count is not a whole number"),
    ],
)
def test_what_is_not_known_is_left_out_with_the_reason(n: str, percent: str, whole: int | None, reason: str) -> None:
    numbers = [parse_printed(text) if text else None for text in (n, percent)]
    share = share_of(*numbers, whole, "arm_n")
    assert (share.reason, share.xi.text) == (reason, "")


def test_counts_of_arms(make_paper: Make) -> None:
    paper = make_paper(table1=Exhibit("results", ARMS, "Baseline"))
    assert picked(rows_of(paper, "one_arm"), "id", "outcome", "arm", "xi", "ni", "xi_from", "ni_from", "printed") == [
        ("smith2026.table1.1.2", "Male", "Placebo", "24", "51", "", "", "n=24 | percent=47.1 | arm_n=51"),
        ("smith2026.table1.1.3", "Male", "Drug", "25", "53", "", "", "n=25 | percent=47.2 | arm_n=53"),
        ("smith2026.table1.2.2", "Smoker", "Placebo", "12", "48", "", "n_percent", "n=12 | percent=25.0 | arm_n=51"),
        ("smith2026.table1.2.3", "Smoker", "Drug", "11", "53", "percent", "", "percent=20.8 | arm_n=53"),
        ("smith2026.table1.4.2", "Cured", "Placebo", "3", "40", "", "", "n=3 | percent=7.5 | total=40"),
    ]
    assert picked(rows_of(paper, "left_out"), "id", "reason") == [
        ("smith2026.table1.3.2", "it counts events, of which a patient may have several"),
        ("smith2026.table1.3.3", "it counts events, of which a patient may have several"),
        ("smith2026.table1.4.3", "the count exceeds the number of patients: 60 of 53"),
        ("smith2026.table1.5.2", "the number of patients is not printed"),
    ]


def test_counts_of_a_cohort_and_of_adverse_events(make_paper: Make) -> None:
    events = "row,event,grade,n,percent\n1,Fatigue,any,20,39.2\n1,Fatigue,3-4,,3.9\n"
    traits = "row,label,section,part_of,statistic,n,percent,median,low,high\n1,Male,Sex,,count,25,49.0,,,\n"
    traits += "2,Age,,,median_range,,,54,19,78\n"
    paper = make_paper(
        table1=Exhibit("characteristics", traits, cohort_n="51"),
        table4=Exhibit("adverse_events", events, cohort_n="51"),
    )
    assert picked(rows_of(paper, "adverse_events"), "id", "event", "grade", "xi", "ni", "xi_from") == [
        ("smith2026.table4.1.any", "Fatigue", "any", "20", "51", ""),
        ("smith2026.table4.1.3-4", "Fatigue", "3-4", "2", "51", "percent"),
    ]
    assert picked(rows_of(paper, "one_arm"), "id", "outcome", "section", "xi") == [
        ("smith2026.table1.1.Male", "Male", "Sex", "25"),
        ("smith2026.table4.1.any", "Fatigue", "", "20"),
        ("smith2026.table4.1.3-4", "Fatigue", "", "2"),
    ]


def test_rows_of_results_are_adverse_events_where_caption_or_heading_says_so(make_paper: Make) -> None:
    text = ARMS.replace("1,2,,Male,", "1,2,Serious adverse events,Male,")
    assert picked(rows_of(make_paper(table1=Exhibit("results", text)), "adverse_events"), "event", "grade") == [
        ("Male", "Serious")
    ]
    told = make_paper("jones2026", table1=Exhibit("results", ARMS, "Toxicity of grade 3 or 4"))
    assert len(rows_of(told, "adverse_events")) == 5


def test_responses_are_of_the_patients_whom_the_percentage_shows(make_paper: Make) -> None:
    text = """\
row,group,n_total,n_evaluable,cr_n,cr_percent,orr_n,orr_percent,na_n,na_percent
1,Mono,43,41,2,4.9,12,29.3,2,4.7
2,Both,21,15,3,14.3,,46.7,6,
"""
    rows = rows_of(make_paper(table4=Exhibit("responses", text)), "one_arm")
    assert picked(rows, "id", "outcome", "arm", "xi", "ni") == [
        ("smith2026.table4.1.Mono.cr", "CR", "Mono", "2", "41"),
        ("smith2026.table4.1.Mono.orr", "ORR", "Mono", "12", "41"),
        ("smith2026.table4.1.Mono.na", "NA", "Mono", "2", "43"),
        ("smith2026.table4.2.Both.cr", "CR", "Both", "3", "21"),
        ("smith2026.table4.2.Both.orr", "ORR", "Both", "7", "15"),
        ("smith2026.table4.2.Both.na", "NA", "Both", "6", "21"),
    ]


def test_rates_of_study_arms_are_counts_only_where_the_sample_size_gives_them(make_paper: Make) -> None:
    text = """\
row,group,study,sample_size,treatment,orr_percent,dcr_percent
1,Mono,Blay 2023,97,pembrolizumab,17.53,53.61
2,Mono,Lakhani 2024,35,retifanlimab,3.70,
"""
    paper = make_paper(table1=Exhibit("study_arms", text))
    assert picked(rows_of(paper, "one_arm"), "study", "outcome", "xi", "ni", "xi_from", "xi_formula") == [
        ("Blay 2023", "ORR", "17", "97", "percent", "sample_size * percent / 100, a whole number"),
        ("Blay 2023", "DCR", "52", "97", "percent", "sample_size * percent / 100, a whole number"),
    ]
    assert picked(rows_of(paper, "left_out"), "study", "reason") == [
        ("Lakhani 2024", "no count of 35 (sample_size) gives 3.70 %")
    ]


def test_responses_of_plots_are_cr_plus_pr_with_a_receipt(make_paper: Make) -> None:
    text = """\
row,kind,group,label,treatment,measure,total,cr,pr,events,estimate,ci_low,ci_high
1,study,Mono,Blay 2023,pembrolizumab,ES,97,2,15,,0.18,0.11,0.27
2,study,Mono,Maki 2013,ipilimumab,ES,6,,,0,0.00,0.00,0.46
3,subtotal,Mono,Subtotal,,ES,103,,,17,0.16,0.10,0.25
"""
    paper = make_paper(fig2=Exhibit("forest", text))
    assert picked(rows_of(paper, "one_arm"), "study", "subgroup", "arm", "xi", "ni", "xi_from", "xi_formula") == [
        ("Blay 2023", "Mono", "pembrolizumab", "17", "97", "cr_pr", "cr + pr"),
        ("Maki 2013", "Mono", "ipilimumab", "0", "6", "", ""),
    ]
    assert rows_of(paper, "effects") == []
