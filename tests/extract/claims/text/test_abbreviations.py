import pytest

from extract.claims.text.abbreviations import definitions_in, parse_abbreviations


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


def test_definitions_in_a_caption_stand_among_other_sentences() -> None:
    caption = (
        "Responses by subtype (N = 51). CR: complete response; ES: effect size, here a share; LPS: Liposarcoma. Others "
        "were left out. HR = hazard ratio"
    )
    assert parse_abbreviations(definitions_in(caption)) == {
        "CR": "complete response",
        "ES": "effect size, here a share",
        "LPS": "Liposarcoma",
        "HR": "hazard ratio",
    }
    assert definitions_in("Baseline characteristics of the patients.") == []
