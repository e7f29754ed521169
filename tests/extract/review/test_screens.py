"""What the screens say, in the words of the paper: titles, counts, what was done, comments and history."""

import re

import pytest

from extract.commands.rulings.ruling import rule_on_finding, withdraw_ruling
from extract.review.desk.decisions import comment, rule, undo
from extract.review.desk.paper import ReviewedPaper
from extract.review.desk.replay import replay
from extract.review.web.papers import as_question
from tests.extract.review.conftest import Visitor
from tests.extract.review.test_browser import li2024_in
from validations.report.write import write_report
from validations.rulings.matching import read_rulings
from validations.rulings.writing import RulingPlace
from validations.run import validate_paper

ANN = "Ann Smith"
VISIBLE = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def li2024(tmp_path_factory: pytest.TempPathFactory) -> ReviewedPaper:
    return li2024_in(tmp_path_factory.mktemp("li2024"))


def test_findings_of_the_text_quote_it_and_name_rows_by_their_labels(li2024: ReviewedPaper) -> None:
    claim = next(item for item in li2024.items(ANN) if (item.finding.code, item.finding.row) == ("CLM002", "71"))
    assert claim.title == "The text “been treated more often; four patients had brain”"
    assert "but Table 1, row 23 (Metastasis present › Brain) has 3 (5.9)" in claim.message
    assert not [item.title for item in li2024.items(ANN) if re.search(r"\b(claims|table\d):?\d*\b", item.message)]


def test_values_of_two_rows_are_shown_row_by_row(li2024: ReviewedPaper) -> None:
    twice = next(item for item in li2024.items(ANN) if item.finding.code == "DUP001")
    rows = {place.words.partition(" (")[0]: dict(place.values) for place in twice.rows}
    assert rows.keys() == {"Table 4, row 16", "Table 4, row 13"}
    assert rows["Table 4, row 16"]["Count"] == ("2", "0")
    assert rows["Table 4, row 13"]["Count"] == ("3", "0")


def test_a_single_paper_has_no_list_of_papers_before_it(visitor: Visitor) -> None:
    answer = visitor.client.get("/", follow_redirects=False)
    assert answer.headers["location"] == "/papers/made2026"


def test_the_head_counts_what_the_list_shows_and_a_lost_ruling_is_withdrawn_there(
    paper: ReviewedPaper, visitor: Visitor
) -> None:
    paper.rulings.parent.mkdir(exist_ok=True)
    lost = '[[verdict]]\ncode = "XXX001"\nexhibit = "table1"\nrow = "1"\nverdict = "explained"\nwhy = "old"\n'
    paper.rulings.write_text(f'{lost}by = "Bo"\non = 2026-01-01\n', encoding="utf-8")
    listed = visitor.get("/papers/made2026")
    assert f"<b>0 of {listed.count('<li class=')}</b>" in listed
    item = next(item for item in paper.items(ANN) if item.finding.code == "VER001")
    shown = VISIBLE.sub("", visitor.get(f"/papers/made2026/findings/{item.key}"))
    assert "Withdraw this ruling" in shown
    assert "--" not in shown
    visitor.post(f"/papers/made2026/findings/{item.key}/remove")
    assert read_rulings(paper.rulings) == ()


def test_what_must_be_ruled_on_is_said_to_be_done(li2024: ReviewedPaper) -> None:
    items, visitor = li2024.items(ANN), Visitor([li2024]).enter()
    needed = [item for item in items if item.needed]
    for item in needed:
        assert "All that must be ruled on is done" not in visitor.get("/papers/li2024")
        rule(li2024, item, ANN, "explained", "no error")
    rest = len(items) - len(needed)
    assert f"All that must be ruled on is done; {rest} optional ones remain" in visitor.get("/papers/li2024")
    for _ in needed:
        undo(li2024, ANN, {})


def test_a_note_is_explained_by_what_the_check_says(li2024: ReviewedPaper) -> None:
    visitor = Visitor([li2024]).enter()
    note = next(item for item in li2024.items(ANN) if item.finding.severity == "note")
    at = f"/papers/li2024/findings/{note.key}"
    assert "data-suggested" not in visitor.get(at)
    assert "misprints" not in visitor.get(at)
    visitor.post(f"{at}/rule", verdict="explained", why=note.message)
    assert read_rulings(li2024.rulings)[-1]["why"] == note.message
    undo(li2024, ANN, {})


def test_the_reason_of_the_same_row_is_offered(li2024: ReviewedPaper) -> None:
    visitor = Visitor([li2024]).enter()
    first, second = [item for item in li2024.items(ANN) if item.finding.row == "46"][:2]
    rule(li2024, first, ANN, "explained", "the limits are rounded")
    shown = visitor.get(f"/papers/li2024/findings/{second.key}")
    assert f"Same reason as for {first.finding.code}" in shown
    assert 'data-fill="the limits are rounded"' in shown
    undo(li2024, ANN, {})


def test_a_comment_says_who_and_when_and_is_in_the_report(paper: ReviewedPaper, visitor: Visitor) -> None:
    item = paper.items(ANN)[0]
    comment(paper, item, "Bo Chen", "ask <the> authors")
    day = paper.entries()[0].when[:10]
    shown = " ".join(VISIBLE.sub("", visitor.get(f"/papers/made2026/findings/{item.key}")).split())
    assert f"ask &lt;the&gt; authors Bo Chen, {day}" in shown
    report = write_report(paper.folder, validate_paper(paper.folder, paper.rulings)).read_text(encoding="utf-8")
    assert f"ask &lt;the&gt; authors Bo Chen, {day}" in " ".join(VISIBLE.sub("", report).split())
    undo(paper, "Bo Chen", {})
    again = write_report(paper.folder, validate_paper(paper.folder, paper.rulings)).read_text(encoding="utf-8")
    assert "ask &lt;the&gt; authors" not in again


def test_rulings_of_the_command_are_in_the_same_history(paper: ReviewedPaper) -> None:
    finding = paper.items(ANN)[0].finding
    place = RulingPlace(finding.code, finding.exhibit, finding.row, finding.part, finding.column)
    verdicts = paper.rulings.parent
    rule_on_finding(paper.folder, verdicts, place, "explained", "a subset", ANN)
    assert [(entry.who, entry.what, entry.after["why"]) for entry in paper.entries()] == [(ANN, "rule", "a subset")]
    assert undo(paper, ANN, {}).startswith("Undone: explained on ")
    assert read_rulings(paper.rulings) == ()
    rule_on_finding(paper.folder, verdicts, place, "paper_error", "a slip", ANN)
    paper.rulings.unlink()
    assert len(replay(paper)) == 1
    withdraw_ruling(paper.folder, verdicts, place)
    assert paper.entries()[-1].what == "withdraw"
    assert replay(paper) == []
    assert read_rulings(paper.rulings) == ()


@pytest.mark.parametrize(
    ("meaning", "question"),
    [
        ("A ratio is negative.", "Whether a ratio is negative"),
        ("P shows a difference.", "Whether P shows a difference"),
        ("The counts do not add up.", "Whether the counts do not add up"),
    ],
)
def test_what_was_not_checked_is_a_question(meaning: str, question: str) -> None:
    assert as_question(meaning) == question


def test_the_history_names_places_as_the_paper_does(li2024: ReviewedPaper) -> None:
    visitor = Visitor([li2024]).enter()
    claim = next(item for item in li2024.items(ANN) if item.finding.exhibit == "claims")
    rule(li2024, claim, ANN, "explained", "rounded")
    shown = VISIBLE.sub(" ", visitor.get("/papers/li2024/history"))
    assert f"Text, row {claim.finding.row}" in shown
    assert "claims row" not in shown
    undo(li2024, ANN, {})
