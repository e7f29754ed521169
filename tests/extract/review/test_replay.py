"""The history played again: on files that were lost, and on another reading."""

from pathlib import Path

from extract.review.desk.decisions import remove_ruling, rule, undo
from extract.review.desk.paper import ReviewedPaper
from extract.review.desk.replay import replay

ANN = "Ann Smith"
BY_HAND = """[[verdict]]
code = "XXX001"
exhibit = "table9"
verdict = "explained"
why = "old"
by = "Bo"
on = 2026-01-01
"""


def rule_on_all(paper: ReviewedPaper) -> None:
    for item in paper.items(ANN):
        rule(paper, item, ANN, "explained", f"reason of {item.key}")


def test_lost_rulings_are_written_again_and_nothing_else(paper: ReviewedPaper) -> None:
    rule_on_all(paper)
    undo(paper, ANN, {})
    rulings, history = paper.rulings.read_text(), paper.history.read_text()
    assert replay(paper) == []
    paper.rulings.unlink()
    lines = replay(paper)
    assert len(lines) == len(paper.items(ANN)) - 1
    assert all("ruled again" in line for line in lines)
    assert paper.rulings.read_text() == rulings
    assert paper.history.read_text() == history


def test_rulings_by_hand_stay(paper: ReviewedPaper) -> None:
    rule_on_all(paper)
    paper.rulings.write_text(BY_HAND)
    replay(paper)
    assert paper.rulings.read_text().startswith(BY_HAND)


def test_a_removed_ruling_does_not_come_back(paper: ReviewedPaper) -> None:
    paper.rulings.parent.mkdir()
    paper.rulings.write_text(BY_HAND)
    remove_ruling(paper, next(item for item in paper.items(ANN) if item.about_rulings), ANN)
    assert replay(paper) == []
    assert "XXX001" not in paper.rulings.read_text()


def test_what_no_longer_fits_is_stale_and_says_so(paper: ReviewedPaper) -> None:
    rule_on_all(paper)
    paper.rulings.unlink()
    csv: Path = paper.folder / "table1.csv"
    text = csv.read_text().replace(",7,41.0,", ",7,42.0,").replace(",6,12.0,", ",5,10.0,")
    csv.write_text(text)
    lines = replay(paper)
    [changed] = [line for line in lines if "PCT001 table1 row 2" in line]
    assert "stale" in changed
    assert "now printed is n=7; percent=42.0" in changed
    [gone] = [line for line in lines if "DUP001" in line]
    assert "stale" in gone
    assert "no longer exists" in gone
    assert "PCT001" in paper.rulings.read_text()
