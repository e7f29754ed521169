"""What heads, labels and notes say."""

import pytest

from extract.meaning.lexicon.said import said_in
from extract.meaning.lexicon.times import is_timepoint, time_in, time_of_caption
from extract.meaning.lexicon.units import unit_in


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Age, median (IQR)", {"centre": "median", "spreads": ("iqr",)}),
        ("Mean (SD)", {"centre": "mean", "spreads": ("sd",)}),
        ("mean ± SEM", {"centre": "mean", "spreads": ("se",)}),
        ("median (25th–75th percentiles)", {"centre": "median", "spreads": ("iqr",)}),
        ("median (min., max.)", {"centre": "median", "spreads": ("range",)}),
        ("n (%)", {"count": True, "percent": True}),
        ("n/N (%)", {"count": True, "percent": True}),
        ("No. of events", {"count": True}),
        ("HR (95% CI)", {"measure": "HR", "spreads": ("ci",), "level": "95", "percent": False}),
        ("Adjusted odds ratio", {"measure": "OR", "adjusted": "Adjusted"}),
        ("mean or frequency", {"measure": ""}),
        ("Mean difference (95% CI)", {"measure": "MD", "spreads": ("ci",)}),
        ("Difference between medians", {"measure": "median difference"}),
        ("P value for interaction", {"p": True}),
        ("P", {"p": True}),
        ("PSA", {"p": False}),
        ("SD48W, N = 94", {"spreads": ()}),
        ("GM-CSF", {"centre": ""}),
        ("Repeated measures ANOVA F(2,22)", {"test": "ANOVA F(2,22)"}),
        ("Repeated measures ANOVA", {"test": "ANOVA"}),
        ("Incidence rate per 100 patient-years", {"measure": "incidence"}),
        ("Gender (m/f)", {"centre": "", "count": False}),
    ],
)
def test_words_say_statistics(text: str, said: dict[str, object]) -> None:
    found = said_in(text)
    assert {name: getattr(found, name) for name in said} == said


def test_each_spread_belongs_to_the_centre_before_it() -> None:
    said = said_in("mean ± SD; in medication variables: median (25th–75th percentiles)")
    assert said.centre == ""
    assert dict(said.pairs) == {"sd": "mean", "iqr": "median"}


@pytest.mark.parametrize(
    ("text", "time", "rest"),
    [
        ("Intervention 0-3 months", "0-3 months", "Intervention"),
        ("Mean change at 6 months", "change at 6 months", ""),
        ("Follow-up (24 months)", "Follow-up (24 months)", ""),
        ("Postop 1st mo", "Postop 1st mo", ""),
        ("3-month follow-up", "3-month follow-up", ""),
        ("No change", "", "No change"),
        ("SD48W", "", "SD48W"),
        ("3 h group", "", "3 h group"),
        ("Placebo", "", "Placebo"),
        ("Baseline to 12 m", "Baseline to 12 m", ""),
    ],
)
def test_time_points(text: str, time: str, rest: str) -> None:
    assert time_in(text) == (time, rest)
    assert is_timepoint(text) is (bool(time) and not rest)


def test_a_caption_gives_the_one_time_of_its_table() -> None:
    assert time_of_caption("Secondary outcomes at Week 8") == "Week 8"
    assert time_of_caption("Baseline characteristics") == "Baseline"
    assert time_of_caption("Change from baseline at 3 and at 6 months") == ""


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Age, years", "years"),
        ("Body mass index, kg/m2", "kg/m2"),
        ("Surgery: median length [minutes](IQR)", "minutes"),
        ("CA-125 (U/mL) at day 42", "U/mL"),
        ("Incidence rate per 100 patient-years", "per 100 patient-years"),
        ("information about my patient(s)", ""),
        ("HCV RNA ≤ 800,000 IU/mL", ""),
        ("Gender, male/female", ""),
        ("SD48W, n/N (%)", ""),
    ],
)
def test_units(text: str, unit: str) -> None:
    assert unit_in(text) == unit
