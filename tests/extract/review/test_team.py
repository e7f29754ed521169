"""Two reviewers at one desk: blind until both are done, then to consensus, with the files that result."""

import json
import re
from collections.abc import Callable

import pytest

from extract.commands.rulings.ruling import rule_on_finding, withdraw_ruling
from extract.review.desk.decisions import remove_ruling, rule, undo
from extract.review.desk.paper import ReviewedPaper
from extract.review.desk.team import conflicts, done_reviewers, is_open
from tests.extract.review.conftest import Visitor
from validations.report.write import write_report
from validations.rulings.matching import read_rulings
from validations.rulings.writing import RulingPlace
from validations.run import validate_paper

ANN, BO = "Ann Smith", "Bo Chen"
Visit = Callable[..., Visitor]


@pytest.fixture
def shared(paper: ReviewedPaper) -> ReviewedPaper:
    """The paper, to be reviewed by two."""
    package = paper.folder / "datapackage.json"
    package.write_text(json.dumps({**json.loads(package.read_text()), "reviewers": 2}))
    return paper


def rule_on_needed(paper: ReviewedPaper, reviewer: str, *verdicts: str) -> None:
    for number, item in enumerate(item for item in paper.items(reviewer) if item.needed):
        rule(paper, item, reviewer, verdicts[number % len(verdicts)], f"secret of {reviewer}")


def test_each_writes_a_file_and_sees_only_their_own(shared: ReviewedPaper, visit: Visit) -> None:
    rule_on_needed(shared, ANN, "paper_error")
    assert not shared.rulings.exists()
    assert [path.name for path in shared.rulings.with_suffix("").glob("*.toml")] == ["ann-smith.toml"]
    assert done_reviewers(shared) == [ANN]
    assert not is_open(shared)
    bo = visit([shared], BO)
    key = shared.items(BO)[0].key
    screens = ("", "/conflicts", "/history", f"/findings/{key}", "/unchecked")
    for text in [bo.get("/"), *(bo.get(f"/papers/made2026{screen}") for screen in screens)]:
        assert "secret of Ann" not in text
    assert all(item.state == "open" for item in shared.items(BO))
    assert (
        bo.client.post(
            f"/papers/made2026/findings/{key}/settle",
            data={"csrf": bo.keys.csrf, "verdict": "explained", "why": "early"},
            headers={"origin": "http://127.0.0.1:8765"},
        ).status_code
        == 404
    )


def test_agreement_counts_and_disagreement_blocks_until_it_is_settled(shared: ReviewedPaper, visit: Visit) -> None:
    rule_on_needed(shared, ANN, "paper_error")
    assert len(validate_paper(shared.folder, shared.rulings.parent).waiting) == len(
        [item for item in shared.items(ANN) if item.needed]
    )
    rule_on_needed(shared, BO, "paper_error", "explained")
    assert is_open(shared)
    found = conflicts(shared, ANN)
    assert found
    outcome = validate_paper(shared.folder, shared.rulings.parent)
    assert {item.code for item in outcome.waiting} >= {"VER004"}
    assert outcome.teamwork is not None
    assert outcome.teamwork.agreement.both - outcome.teamwork.agreement.agreed == len(found)
    ann = visit([shared], ANN)
    text = ann.get("/papers/made2026/conflicts")
    assert "secret of Ann Smith" in text
    assert "secret of Bo Chen" in text
    before = {path.name: path.read_text() for path in shared.rulings.with_suffix("").glob("*.toml")}
    for conflict in found:
        at = f"/papers/made2026/findings/{conflict.item.key}/settle"
        ann.post(at, verdict="explained", why="we looked at it together")
    assert conflicts(shared, ANN) == []
    assert validate_paper(shared.folder, shared.rulings.parent).waiting == ()
    assert {path.name: path.read_text() for path in shared.rulings.with_suffix("").glob("*.toml")} == before
    assert {each["why"] for each in read_rulings(shared.rulings)} == {"we looked at it together"}
    assert ann.post("/papers/made2026/undo")
    assert len(conflicts(shared, ANN)) == 1


def test_settling_needs_a_reason(shared: ReviewedPaper, visit: Visit) -> None:
    rule_on_needed(shared, ANN, "paper_error")
    rule_on_needed(shared, BO, "explained")
    ann = visit([shared], ANN)
    item = conflicts(shared, ANN)[0].item
    answer = ann.client.post(
        f"/papers/made2026/findings/{item.key}/settle",
        data={"csrf": ann.keys.csrf, "finding": item.mark, "verdict": "explained", "why": " "},
        headers={"origin": "http://127.0.0.1:8765"},
    )
    assert answer.status_code == 422
    assert "Please write a reason" in answer.text
    assert not shared.rulings.exists()


def test_the_report_says_how_far_two_agree(shared: ReviewedPaper) -> None:
    rule_on_needed(shared, ANN, "paper_error")
    rule_on_needed(shared, BO, "paper_error", "explained")
    outcome = validate_paper(shared.folder, shared.rulings.parent)
    text = write_report(shared.folder, outcome).read_text(encoding="utf-8")
    assert re.search(
        r"Reviewed by Ann Smith, Bo Chen: \d of \d findings that both ruled on are ruled alike; Cohen’s kappa", text
    )


def test_the_command_writes_the_same_files_and_a_third_name_settles(shared: ReviewedPaper) -> None:
    verdicts, finding = shared.rulings.parent, shared.items(ANN)[0].finding
    place = RulingPlace(finding.code, finding.exhibit, finding.row, finding.part, finding.column, finding.printed)
    for name, says in ((ANN, "paper_error"), (BO, "explained"), ("Cem Kaya", "explained")):
        rule_on_finding(shared.folder, verdicts, place, says, f"reason of {name}", name)
    files = {str(path.relative_to(verdicts)): read_rulings(path)[0]["by"] for path in verdicts.rglob("*.toml")}
    assert files == {"made2026/ann-smith.toml": ANN, "made2026/bo-chen.toml": BO, "made2026.toml": "Cem Kaya"}
    [ruled] = [each for each in validate_paper(shared.folder, verdicts).findings if each.exactly == finding.exactly]
    assert ruled.why == "reason of Cem Kaya"


def test_stale_rulings_of_reviewers_are_removed_where_they_stand(shared: ReviewedPaper) -> None:
    verdicts = shared.rulings.parent
    gone = {"code": "PCT001", "exhibit": "table1", "row": "99", "verdict": "explained", "why": "old"}
    for path, by in ((shared.file_of(ANN), ANN), (shared.rulings, BO)):
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f'{name} = "{value}"' for name, value in {**gone, "row": f"9{len(by)}", "by": by}.items()]
        path.write_text("\n".join(["[[verdict]]", *lines, "on = 2026-11-30", ""]))
    found = [each.message for each in validate_paper(shared.folder, verdicts).findings if each.code == "VER001"]
    [command] = [message for message in found if "--by" in message]
    assert "--row 99 --by 'Ann Smith' --withdraw" in command
    for item in [item for item in shared.items(ANN) if item.about_rulings]:
        remove_ruling(shared, item, ANN)
    assert [path.read_text() for path in (shared.file_of(ANN), shared.rulings)] == ["", ""]
    undo(shared, ANN, {})
    undo(shared, ANN, {})
    assert [read_rulings(path)[0]["by"] for path in (shared.file_of(ANN), shared.rulings)] == [ANN, BO]
    withdraw_ruling(shared.folder, verdicts, RulingPlace("PCT001", "table1", "99"), ANN)
    assert read_rulings(shared.file_of(ANN)) == ()
