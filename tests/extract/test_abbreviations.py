import pytest

from extract.abbreviations import parse_abbreviations


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        (
            ["Abbreviation: PFS: progression-free survival; OS: overall survival"],
            {"PFS": "progression-free survival", "OS": "overall survival"},
        ),
        (
            ["N/A: not available, ORR: objective response rate."],
            {"N/A": "not available", "ORR": "objective response rate"},
        ),
        (["HR = hazard ratio; CI, confidence interval"], {"HR": "hazard ratio", "CI": "confidence interval"}),
        (
            ["combo: combination; AE: adverse event, any grade"],
            {"combo": "combination", "AE": "adverse event, any grade"},
        ),
        (["a: Three patients were children.", "1Other subtypes: chordoma; sarcoma."], {}),
        ([], {}),
    ],
)
def test_abbreviations_of_notes(notes: list[str], found: dict[str, str]) -> None:
    assert parse_abbreviations(notes) == found
