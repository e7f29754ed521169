"""Rulings and the findings they rule on."""

from dataclasses import replace
from pathlib import Path

import pytest

from schemas.base.files import FileError
from validations.registry import Docket, Finding, all_checks
from validations.rulings.matching import read_rulings, with_current_rows, with_verdicts
from validations.runner import run_docket

FINDING = Finding("PCT001", "", "impossible", "table1", "3", "percent", "young", "n=24; percent=45.1", "", "")
RULING = {
    **{"code": "PCT001", "exhibit": "table1", "row": "3", "part": "young", "column": "percent"},
    **{"printed": "n=24; percent=45.1", "verdict": "paper_error", "why": "a slip", "by": "Ann", "on": "2026-11-21"},
}


@pytest.mark.parametrize(
    ("changed", "code", "waits"),
    [
        ({}, "", False),
        ({"row": "4"}, "VER001", True),
        ({"part": "old"}, "VER001", True),
        ({"printed": "n=42; percent=45.1"}, "VER002", True),
        ({"why": " "}, "VER003", True),
        ({"by": ""}, "VER003", True),
        ({"verdict": "fine"}, "VER003", True),
    ],
)
def test_a_ruling_holds_for_exactly_what_is_printed(changed: dict[str, str], code: str, waits: bool) -> None:
    rulings = ({**RULING, **changed},)
    (joined,) = with_verdicts([FINDING], rulings)
    assert joined.waits == waits
    assert joined.why == ("" if waits else "a slip")
    assert [finding.code for finding in run_docket(all_checks(), Docket((FINDING,), rulings))] == [code] * bool(code)


def test_rulings_wait_for_a_missing_exhibit() -> None:
    missing = replace(FINDING, code="RDR020", exhibit="table4", row="", part="", column="", printed="")
    rulings = ({**RULING, "exhibit": "table4"}, {**RULING, "row": "4"})
    assert run_docket(all_checks(), Docket((FINDING, missing), rulings)) == []


def test_a_ruling_on_a_claim_follows_it_to_another_row() -> None:
    claim, table = replace(FINDING, exhibit="claims", row="17"), FINDING
    on_claim, on_table = {**RULING, "exhibit": "claims"}, {**RULING, "row": "4"}
    assert [item["row"] for item in with_current_rows([claim, table], [on_claim, on_table], {"claims"})] == ["17", "4"]
    twice = replace(claim, row="21")
    assert with_current_rows([claim, twice], [on_claim], {"claims"}) == (on_claim,)
    assert with_current_rows([replace(claim, printed="n=42")], [on_claim], {"claims"}) == (on_claim,)
    ruled = replace(claim, row="3")
    assert with_current_rows([ruled, claim], [on_claim], {"claims"}) == (on_claim,)


def test_rulings_are_read_as_text_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "paper.toml"
    path.write_text('[[verdict]]\nrow = 3\non = 2026-11-21\n\n[[verdict]]\nrow = "1"\n', encoding="utf-8")
    assert read_rulings(path) == ({"row": "3", "on": "2026-11-21"}, {"row": "1"})
    assert read_rulings(tmp_path / "none.toml") == ()


@pytest.mark.parametrize("text", ["[[verdict]\n", "verdict = 1\n", "[other]\n", "verdict = [1]\n"])
def test_a_file_that_holds_no_rulings_is_an_error_of_one_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=r"paper\.toml: expected") as caught:
        read_rulings(path)
    assert "\n" not in str(caught.value)
