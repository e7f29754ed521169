"""Captions, with all their lines and nothing else; sentences that mention a table are none."""

from collections.abc import Callable

import pytest

from extract.page.captions import Caption, find_figure_captions, find_table_captions
from extract.page.lines import Line
from extract.page.sheet import Sheet

BODY = ("Sans", 8.0)
TABLE = """



 Sex    Male  12
 Age    54    33
"""


@pytest.fixture
def captions(draw: Callable[..., list[Line]], lay: Callable[..., Sheet]) -> Callable[[str], list[Caption]]:
    return lambda picture: find_table_captions(lay(draw(picture)), BODY)


@pytest.mark.parametrize(
    ("line", "label", "text", "continued"),
    [
        ("*Table *2 Adverse events", "Table 2", "Adverse events", False),
        ("*Table *2. Adverse events", "Table 2", "Adverse events", False),
        ("Table 2: Adverse events", "Table 2", "Adverse events", False),
        ("Table 2 | Adverse events", "Table 2", "Adverse events", False),
        ("TABLE II. Adverse events", "Table II", "Adverse events", False),
        ("Tab. 3: Adverse events", "Table 3", "Adverse events", False),
        ("Table S4 Adverse events", "Table S4", "Adverse events", False),
        ("Table 2a Adverse events", "Table 2a", "Adverse events", False),
        ("Table 5 (continued)", "Table 5", "", True),
        ("Table 5 (Continued) Adverse events", "Table 5", "Adverse events", True),
        ("Table 5. Cont.", "Table 5", "", True),
        ("Table 5. Adverse events (Continued)", "Table 5", "Adverse events", True),
        ("Table 5. Adverse events (cont'd) of grade 3", "Table 5", "Adverse events of grade 3", True),
        ("Table 5—Continued", "Table 5", "", True),
        ("Table 5. Adverse events, continued", "Table 5", "Adverse events", True),
        ("(Continued) Table 5. Adverse events", "Table 5", "Adverse events", True),
        ("Continuation of Table 5", "Table 5", "", True),
        (
            "Table 5. Patients in whom treatment was continued",
            "Table 5",
            "Patients in whom treatment was continued",
            False,
        ),
        ("Table 5 continued from previous page", "Table 5", "", True),
    ],
)
def test_captions(line: str, label: str, text: str, continued: bool, captions: Callable[[str], list[Caption]]) -> None:
    (caption,) = captions(line + TABLE)
    assert (caption.label, caption.text, caption.continued) == (label, text, continued)


def test_a_caption_goes_on_beside_running_text(captions: Callable[[str], list[Caption]]) -> None:
    picture = """
were followed up in all hospitals of   Table 2 Adverse events of any grade
the region until the end of the study  by arm

and for a year after it, if they had   Sex    Male  12
not withdrawn their consent by then    Age    54    33
"""
    assert [caption.text for caption in captions(picture)] == ["Adverse events of any grade by arm"]


def test_a_title_that_begins_with_continued(captions: Callable[[str], list[Caption]]) -> None:
    (caption,) = captions("Table 1 Continued treatment after progression" + TABLE)
    assert (caption.text, caption.continued) == ("Continued treatment after progression", False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Table 2 shows the adverse events of all patients",
        "Table 2, which lists the adverse events",
        "Table 2) and were mostly of the first grade",
        "Table 2 and in the supplement, were of grade 3",
        "Table 2 was drawn up by two of the authors",
        "Table 20% of patients",
        "Tables 2 and 3 show the adverse events",
        "see Table 2 Adverse events",
    ],
)
def test_sentences_that_mention_a_table_are_no_captions(
    sentence: str, captions: Callable[[str], list[Caption]]
) -> None:
    assert captions(sentence + TABLE) == []


def test_a_label_alone_on_its_line_takes_its_text_from_the_next(captions: Callable[[str], list[Caption]]) -> None:
    (caption,) = captions("*Table *3\nMultivariate models of survival" + TABLE)
    assert (caption.label, caption.text) == ("Table 3", "Multivariate models of survival")


def test_the_text_of_a_caption_may_be_set_off_by_a_wide_space(captions: Callable[[str], list[Caption]]) -> None:
    (caption,) = captions("*Table *3    Multivariate models of survival" + TABLE)
    assert caption.text == "Multivariate models of survival"


def test_a_caption_wraps_but_does_not_take_the_head_of_its_table(captions: Callable[[str], list[Caption]]) -> None:
    picture = """
*Table *4 Adverse events that were held to be related
to treatment, in all patients
Event                    Any grade      Grade 3 or 4
Anemia                   8 (15.7)       2 (3.9)
"""
    (caption,) = captions(picture)
    assert caption.text == "Adverse events that were held to be related to treatment, in all patients"


def test_a_caption_wraps_beside_the_other_column_of_the_page(captions: Callable[[str], list[Caption]]) -> None:
    picture = """
*Table *4 Adverse events that were    sarcoma cells in culture were exposed to
held to be related to treatment       the drug until the control had grown, as
in all patients of the trial          was written down before the trial, and by
"""
    (caption,) = captions(picture)
    assert caption.text == "Adverse events that were held to be related to treatment in all patients of the trial"


def test_a_rule_ends_a_caption(draw: Callable[..., list[Line]], lay: Callable[..., Sheet]) -> None:
    lines = draw("*Table *4 Adverse events\nEvent\nAnemia")
    assert [c.text for c in find_table_captions(lay(lines), BODY)] == ["Adverse events Event Anemia"]
    assert [c.text for c in find_table_captions(lay(lines, [(0, 8.5, 200)]), BODY)] == ["Adverse events"]


def test_bold_type_and_a_type_of_its_own_make_a_caption_surer(captions: Callable[[str], list[Caption]]) -> None:
    plain, bold = (captions(line + TABLE)[0] for line in ("Table 1 Patients", "*Table *1 Patients"))
    assert bold.score > plain.score > 0


def test_figures_are_told_by_their_own_type(draw: Callable[..., list[Line]], lay: Callable[..., Sheet]) -> None:
    lines = draw("*Fig. *2 Survival\n\n\nFigure 3 shows the survival of all")
    assert [phrase.text for phrase in find_figure_captions(lay(lines), BODY)] == ["Fig. 2 Survival"]
    assert len(find_figure_captions(lay(lines), ("Serif", 10.0))) == 2
