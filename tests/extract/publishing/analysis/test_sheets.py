"""The sheets for INSPECT-SR and RAISE."""

from extract.publishing.analysis.papers import read_paper
from extract.publishing.analysis.sheets.inspect_sr import ITEMS, inspect_sheet
from extract.publishing.analysis.sheets.raise_sheet import raise_statement
from tests.extract.publishing.analysis.conftest import CURATED
from validations.manual.families import FAMILIES

FINDING = {
    **{"code": "GRM001", "severity": "impossible", "exhibit": "table2", "row": "3", "page": "4"},
    **{"message": "no 30 whole numbers have the mean 8.96", "verdict": ""},
}
TALLY = {"code": "GRM001", "checked": "5", "not_checkable": "2", "why_not": "N is not printed (2)"}


def rows(*findings: dict[str, str]) -> dict[str, dict[str, str]]:
    sheet = inspect_sheet(
        findings, [TALLY, {**TALLY, "code": "TST001", "checked": "7", "not_checkable": "0", "why_not": ""}]
    )
    return {row["item"]: row for row in sheet.to_dict("records")}


def test_each_item_has_its_evidence_and_says_what_was_not_checked() -> None:
    sheet = rows(FINDING)
    assert list(sheet) == [f"4.{number}" for number in range(1, 12)]
    assert sheet["4.8"]["evidence"] == (
        "GRM001 (impossible, not ruled on) table2 row 3, page 4: no 30 whole numbers have the mean 8.96"
    )
    assert (
        sheet["4.8"]["checked"]
        == "what counts cannot give (GRM): 5 answers; ranges, SDs, standard errors (DSP): 0 answers"
    )
    assert sheet["4.8"]["not_checked"] == (
        "GRM: 2 undecided (N is not printed); variables that are not known to be counts"
    )
    assert sheet["4.9"]["evidence"] == ""
    assert sheet["4.9"]["checked"].startswith("P values recomputed (TST): 7 answers")
    assert sheet["4.11"]["not_checked"] == "other publications are not read"
    assert {row["answer"] for row in sheet.values()} == {""}  # the reviewer's


def test_notes_and_explained_findings_are_no_evidence() -> None:
    ruled = rows({**FINDING, "verdict": "paper_error"})
    assert "ruled the paper's error" in ruled["4.8"]["evidence"]
    assert rows({**FINDING, "verdict": "explained"})["4.8"]["evidence"] == ""
    assert rows({**FINDING, "severity": "note"})["4.8"]["evidence"] == ""


def test_every_family_that_looks_at_the_paper_belongs_to_an_item() -> None:
    ours = {"RDR", "SCH", "VER"}  # about our own reading
    assert {family for item in ITEMS for family in item.families} == FAMILIES.keys() - ours


def test_the_statement_names_paper_versions_rates_and_limits() -> None:
    paper = read_paper(CURATED / "li2024")
    text = raise_statement(paper, paper.findings)
    for part in ("Li et al., BMC Cancer 2024", "SHA-256", "pdfplumber 0.", "table2: ", "% were found", "## Limits"):
        assert part in text
    assert "- impossible: 4 findings, 4 of them ruled on" in text
