"""Rulings, postponements and comments: the files that result, undone step by step."""

import json
from datetime import date
from pathlib import Path

import pytest

from extract.review.desk.decisions import comment, postpone, remove_ruling, rule, undo
from extract.review.desk.items import Item, next_open, progress_of
from extract.review.desk.paper import ReviewedPaper
from schemas.base.files import FileError
from validations.rulings.history import Entry, append_entry, in_effect, last_of, read_history, seconds_per_ruling
from validations.rulings.writing import RulingError

ANN = "Ann Smith"
COMMENTED = """# by hand: keep

[[verdict]] # first
code = "XXX001"
exhibit = "table9"
verdict = "explained"
why = "old"
by = "Bo"
on = 2026-01-01
"""


def first(paper: ReviewedPaper, code: str = "PCT001") -> Item:
    return next(item for item in paper.items(ANN) if item.finding.code == code)


def texts(paper: ReviewedPaper) -> str:
    return paper.rulings.read_text(encoding="utf-8") if paper.rulings.exists() else ""


def test_a_ruling_is_written_and_noted_and_taken_back(paper: ReviewedPaper) -> None:
    item = first(paper)
    rule(paper, item, ANN, "paper_error", "two\nlines  of reason")
    assert 'why = "two lines of reason"' in texts(paper)
    assert first(paper).state == "ruled"
    [entry] = paper.entries()
    assert (entry.who, entry.what, entry.on["code"], entry.before) == (ANN, "rule", "PCT001", {})
    assert entry.after == {
        "verdict": "paper_error",
        "why": "two lines of reason",
        "by": ANN,
        "on": date.today().isoformat(),
    }
    assert entry.evidence == item.finding.message
    assert "PCT001" in undo(paper, ANN, {})
    assert texts(paper) == ""
    assert first(paper).state == "open"
    assert [entry.what for entry in paper.entries()] == ["rule", "undo"]
    assert undo(paper, ANN, {}) == ""


def test_a_second_ruling_replaces_the_first_and_undo_brings_it_back(paper: ReviewedPaper) -> None:
    item = first(paper)
    rule(paper, item, ANN, "paper_error", "first")
    before = texts(paper)
    rule(paper, first(paper), ANN, "explained", "second")
    assert first(paper).finding.why == "second"
    undo(paper, ANN, {})
    assert texts(paper) == before
    undo(paper, ANN, {})
    assert texts(paper) == ""


@pytest.mark.parametrize("change", ["", '"Ann Smith"', "explained", "no error"])
def test_what_others_changed_since_is_not_undone(paper: ReviewedPaper, change: str) -> None:
    rule(paper, first(paper), ANN, "explained", "no error")
    changed = (
        texts(paper).replace(change, {"explained": "paper_error", "no error": "a slip"}.get(change, '"Bo"'))
        if change
        else ""
    )
    paper.rulings.write_text(changed)
    with pytest.raises(RulingError, match="was changed since"):
        undo(paper, ANN, {})
    assert texts(paper) == changed


def test_comments_and_order_of_the_file_stay(paper: ReviewedPaper) -> None:
    paper.rulings.parent.mkdir()
    paper.rulings.write_text(COMMENTED, encoding="utf-8")
    rule(paper, first(paper), ANN, "paper_error", "a slip")
    assert texts(paper).startswith(COMMENTED)
    undo(paper, ANN, {})
    assert texts(paper) == COMMENTED


def test_postponed_findings_come_back_when_all_others_are_done(paper: ReviewedPaper) -> None:
    items = [item for item in paper.items(ANN) if not item.about_rulings]
    postpone(paper, items[0], ANN)
    assert first(paper, items[0].finding.code).state == "postponed"
    assert (next_open(paper.items(ANN), "") or items[0]).key == items[1].key
    for item in items[1:]:
        rule(paper, item, ANN, "explained", "no error")
    assert (next_open(paper.items(ANN), items[-1].key) or items[1]).key == items[0].key
    rule(paper, items[0], ANN, "explained", "no error")
    assert next_open(paper.items(ANN), "") is None
    undo(paper, ANN, {})
    assert paper.items(ANN)[0].state == "postponed"
    undo(paper, ANN, {})
    assert paper.items(ANN)[0].state == "postponed"


def test_each_undoes_only_their_own_steps(paper: ReviewedPaper) -> None:
    first_item, second = paper.items(ANN)[:2]
    rule(paper, first_item, ANN, "explained", "by Ann")
    comment(paper, second, "Bo Chen", "look again")
    assert "comment" in undo(paper, "Bo Chen", {})
    assert undo(paper, "Bo Chen", {}) == ""
    assert 'why = "by Ann"' in texts(paper)
    assert paper.items("Bo Chen")[1].comments == ()


@pytest.mark.parametrize(
    ("verdict", "why"), [("maybe", "a"), ("", "a"), ("explained", ""), ("explained", " 1 "), ("explained", "x" * 5000)]
)
def test_what_is_no_ruling_leaves_no_trace(paper: ReviewedPaper, verdict: str, why: str) -> None:
    with pytest.raises(RulingError):
        rule(paper, first(paper), ANN, verdict, why)
    assert not paper.rulings.exists()
    assert not paper.history.exists()


def test_a_ruling_without_a_finding_is_removed_and_brought_back(paper: ReviewedPaper) -> None:
    paper.rulings.parent.mkdir()
    paper.rulings.write_text(COMMENTED, encoding="utf-8")
    remove_ruling(paper, first(paper, "VER001"), ANN)
    assert "XXX001" not in texts(paper)
    assert all(item.finding.code != "VER001" for item in paper.items(ANN))
    undo(paper, ANN, {})
    assert 'code = "XXX001"' in texts(paper)
    assert 'by = "Bo"' in texts(paper)


def test_nobody_rules_on_a_ruling(paper: ReviewedPaper) -> None:
    paper.rulings.parent.mkdir()
    paper.rulings.write_text(COMMENTED, encoding="utf-8")
    with pytest.raises(RulingError, match="about the file of rulings"):
        rule(paper, first(paper, "VER001"), ANN, "explained", "so be it")


def test_the_order_of_findings_does_not_change_with_rulings(paper: ReviewedPaper) -> None:
    before = [item.key for item in paper.items(ANN)]
    rule(paper, paper.items(ANN)[1], ANN, "explained", "fine")
    assert [item.key for item in paper.items(ANN)] == before


def test_progress_counts_and_learns_how_long_a_ruling_takes(paper: ReviewedPaper) -> None:
    items = paper.items(ANN)
    whole = progress_of(items, (), ANN)
    assert (whole.done, whole.total) == (0, len(items))
    assert whole.needed == sum(item.needed for item in items)
    times = ["10:00:00", "10:02:00", "10:04:00", "12:00:00"]
    entries = [Entry(ANN, "rule", {}, when=f"2026-11-30T{time}Z") for time in times]
    assert seconds_per_ruling(entries, ANN) == 120
    assert seconds_per_ruling(entries, "Bo Chen") is None
    assert progress_of(items, entries, ANN).minutes == 2 * len(items)


def test_the_history_only_grows_and_names_a_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "made.log.jsonl"
    for number in range(3):
        append_entry(path, Entry(ANN, "rule", {"code": f"PCT00{number}"}, evidence="a\u2028b\x85c\nd"))
    before = path.read_text()
    append_entry(path, Entry(ANN, "undo", {}, undoes=3))
    assert path.read_text().startswith(before)
    assert sorted(in_effect(read_history(path))) == [1, 2]
    assert last_of(read_history(path), ANN) == 2
    for line in ("{", "[]", '{"who": 1}', json.dumps({"who": 1, "what": "rule", "on": {}}), "\u2028"):
        path.write_text(f"{before}{line}\n", encoding="utf-8")
        with pytest.raises(FileError, match="line 4"):
            read_history(path)
