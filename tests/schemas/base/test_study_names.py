"""The names that papers give to studies."""

import pytest

from schemas.base.study_names import StudyName, study_name, without_reference


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("Zhao 2015", StudyName("zhao", "2015")),
        ("Zhao et al. (2015)", StudyName("zhao", "2015")),
        ("Zhao [20]", StudyName("zhao", "", "20")),
        ("Fang Zhao,et al 2015b", StudyName("fang zhao", "2015b")),
        ("Meyer [5] Germany 2009", StudyName("meyer", "2009", "5")),
        ("chen et al", StudyName("chen")),
        ("van der Berg & Smith, 2011", StudyName("van der berg", "2011")),
        ("O’Brien et al.12", StudyName("o’brien", "", "12")),
        ("KEYNOTE-028 [12]", StudyName("keynote-028", "", "12")),
    ],
)
def test_a_label_names_a_study(label: str, named: StudyName) -> None:
    assert study_name(label) == named


@pytest.mark.parametrize(
    "label",
    ["", "Age, years", "Stage (1)", "Before 2010", "May 2015", "Total 2015", "2015", "[12]", "week of 2010", "+"],
)
def test_a_label_of_another_kind_names_none(label: str) -> None:
    assert study_name(label) is None


def test_the_reference_is_kept_apart() -> None:
    assert without_reference("Meyer [5] Germany 2009") == "Meyer Germany 2009"
    assert without_reference("Stage (1)") == "Stage (1)"
