"""Sections from headings alone on a line, from headings that begin a paragraph, and without headings."""

import pytest

from extract.claims.text.sections import paragraphs_of, paragraphs_of_plain
from extract.claims.text.sentences import find_sentences
from extract.claims.text.text_lines import lines_of_text

LONG = "Word " * 60 + "end."


def sections(text: str) -> list[str]:
    return [paragraph.section for paragraph in paragraphs_of(lines_of_text(text))]


def test_headings_of_an_abstract_begin_no_section() -> None:
    text = (
        "Abstract\n\nBackground: Few.\n\nResults: Many.\n\nConclusions: So.\n\nBackground\n\nOf old.\n\nResults\n\nNew."
    )
    assert sections(text) == ["abstract", "abstract", "abstract", "introduction", "results"]


def test_an_abstract_may_have_its_headings_alone_and_be_interrupted() -> None:
    text = "Purpose\n\nTo see.\n\nFunding\n\nA state.\n\nResults\n\nMany.\n\nIntroduction\n\nOf old."
    assert sections(text) == ["abstract", "abstract", "introduction"]


def test_without_headings_the_first_long_paragraph_is_the_abstract() -> None:
    assert sections(f"A title\n\n{LONG}\n\n{LONG}\n\nMethods\n\nWe did.") == ["abstract", "introduction", "methods"]


@pytest.mark.parametrize("heading", ["References", "REFERENCES", "6. References", "Acknowledgements"])
def test_references_end_the_last_section(heading: str) -> None:
    assert (
        "discussion" in sections(f"Abstract\n\nA.\n\nIntroduction\n\nB.\n\nDiscussion\n\nSo.\n\n{heading}\n\nC 12.")[-1]
    )


def test_full_stops_that_end_no_sentence() -> None:
    text = "It was 7.0 vs. 2.9 months (P = .03; see Fig. 2). Smith et al. agreed. Then 5 died."
    assert len(list(find_sentences(text))) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of 51 patients, 12 responded.", [""]),
        ("Drugs against pain\n\nOf 51 patients, 12 responded.\n\nThe others did not.", ["", "", ""]),
        ("Drugs\n\nResults\nMany.\n\nDiscussion\nSo.", ["results", "discussion"]),
        ("Abstract\n\nResults: Many.\n\nResults\n\nMore.", ["abstract", "results"]),
        ("Results: Many.", ["abstract"]),
    ],
)
def test_plain_text_has_the_sections_of_the_headings_alone_on_a_line(text: str, expected: list[str]) -> None:
    assert [paragraph.section for paragraph in paragraphs_of_plain(lines_of_text(text))] == expected
