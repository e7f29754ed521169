"""The notes below a table: where they end, and where each begins."""

from collections.abc import Callable

import pytest

from extract.page.lines import Line, make_lines
from extract.page.objects import Character
from extract.page.words import Word, make_words
from extract.tables.finding.notes import NOTE_START, notes_below, split_notes
from extract.tables.region import Surroundings

Draw = Callable[..., list[Line]]
Spell = Callable[..., list[Character]]
AROUND = Surroundings((), (), frozenset(), ("Serif", 10.0))


def below(lines: list[Line], end: float = -2.0) -> list[str]:
    return [line.text for line in notes_below(lines, end, AROUND)]


def test_notes_end_where_a_wider_gap_begins(draw: Draw) -> None:
    assert below(draw("CI: confidence interval\nHR: hazard ratio\n\n\nResults of the trial")) == [
        "CI: confidence interval",
        "HR: hazard ratio",
    ]


def test_what_stands_far_below_a_table_is_no_note(draw: Draw) -> None:
    assert below(draw("CI: confidence interval"), end=-30.0) == []


def test_the_type_of_the_running_text_begins_no_note_but_says_abbreviations(word: Callable[..., Word]) -> None:
    text = make_lines([word("Patients", 0, 0, size=10.0, font="Serif")])
    note = make_lines([word("Abbreviations:", 0, 0, size=10.0, font="Serif")])
    assert (below(text), below(note)) == ([], ["Abbreviations:"])


def test_notes_end_where_type_of_another_size_begins(word: Callable[..., Word]) -> None:
    lines = make_lines([word("CI:", 0, 0), word("interval", 20, 0), word("Discussion", 0, 9, size=11)])
    assert below(lines) == ["CI: interval"]


def test_the_address_of_the_article_is_no_note(draw: Draw) -> None:
    assert below(draw("CI: confidence interval\nhttps://doi.org/10.1186/s12885")) == ["CI: confidence interval"]


def test_a_note_goes_on_where_its_line_is_full_and_ends_where_one_ends_early(draw: Draw) -> None:
    picture = """
AS: angiosarcoma; ASPS: alveolar soft part sarcoma; CR:
complete response; UPS: sarcoma.
NA: not available in the records of the hospitals
"""
    assert split_notes(draw(picture)) == [
        "AS: angiosarcoma; ASPS: alveolar soft part sarcoma; CR: complete response; UPS: sarcoma.",
        "NA: not available in the records of the hospitals",
    ]


def test_a_raised_mark_begins_a_note_and_is_kept(spell: Spell) -> None:
    lines = [("a", "Three patients were children of 12 to 17"), ("b", "Best response in those who were evaluable")]
    words = [
        word
        for i, (mark, text) in enumerate(lines)
        for word in make_words(
            [
                char | {"top": char["top"] + 9.0 * i, "bottom": char["bottom"] + 9.0 * i}
                for char in spell((mark, 5, 3.0), (text, 8, 0))
            ]
        )
    ]
    assert split_notes(make_lines(words)) == [f"{mark} {text}" for mark, text in lines]


def test_marks_within_a_line_begin_notes_behind_the_end_of_another(spell: Spell) -> None:
    runs = [("NA.", 8, 0), (" ", 8, 0), ("a", 5, 3.0), ("Of", 8, 0), (" ", 8, 0), ("all.", 8, 0), (" ", 8, 0)]
    runs += [("b", 5, 3.0), ("In", 8, 0), (" ", 8, 0), ("CI", 8, 0), ("c", 5, 3.0), (" ", 8, 0), ("only", 8, 0)]
    assert split_notes(make_lines(make_words(spell(*runs)))) == ["NA.", "a Of all.", "b In CI only"]


def test_no_notes() -> None:
    assert split_notes([]) == []


@pytest.mark.parametrize(
    ("text", "is_note"),
    [
        ("Abbreviation: ECOG", True),
        ("Values are n (%)", True),
        ("* P < 0.05", True),
        ("† one patient had both", True),
        ("a) in evaluable patients", True),
        ("Results are means", True),
        ("Resulting deaths", False),
        ("Notebook", False),
        ("Age, years", False),
        ("12 (23.5)", False),
    ],
)
def test_what_notes_begin_with(text: str, is_note: bool) -> None:
    assert bool(NOTE_START.match(text)) is is_note
