"""What the checks find on the three papers, by hand from the printed tables; every doubt has been ruled on."""

import shutil
from pathlib import Path

import pytest

from validations.run import Outcome, validate_paper, write_outcome

ROOT = Path(__file__).parents[2]
VERDICTS = ROOT / "validations" / "verdicts"
DOUBTS = {
    "li2024": """
        PCT001 table1 3 percent
        PCT001 table1 4 percent
        EFF009 table2 4 comparison
        DUP001 table4 16 event
        EFF004 claims 43 value
        EFF004 claims 46 value
        EFF005 claims 46 p
        CLM004 claims 47 value
        CLM004 claims 49 value
        CLM002 claims 71 value
    """,
    "kokkali2025": """
        PCT003 table4 5 na_percent
        RSP003 table4 5 n_evaluable
        RSP007 table4 5 pd_percent
        SUM002 table4 5 pd_n
        SUM002 table4 5 sd_n
        CLM002 claims 6 value
        CLM003 claims 6 value
        CLM002 claims 7 value
        CLM003 claims 7 value
        CLM003 claims 19 value
        CLM006 claims 43 value
        CLM013 claims 44 n
        CLM012 claims 68 n
        CLM007 claims 105 value
        CLM002 claims 109 value
        CLM002 claims 110 value
        CLM002 claims 116 value
    """,
    "cao2025": """
        GRM002 table1 26 female_percent
        GRM001 table1 34 female_percent
        DUP003 table1_histology 8 subtype
        SUM007 table1_histology 23 n
        DUP003 table1_histology 27 subtype
        SUM007 table1_histology 27 n
        DUP003 table1_histology 35 subtype
        MET012 fig3 28 estimate
        MET016 fig4 4 p
        XTB009 fig4 9 total
        MET012 fig4 12 estimate
        XTB015 fig4 13 n_studies
        MET012 fig5 21 estimate
        CLM008 claims 3 value
        CLM007 claims 28 value
        CLM011 claims 106 value
    """,
}


def doubts(outcome: Outcome) -> list[str]:
    found = [finding for finding in outcome.findings if finding.severity != "note"]
    return [f"{finding.code} {finding.exhibit} {finding.row} {finding.column}" for finding in found]


@pytest.mark.parametrize("paper", DOUBTS)
def test_what_is_wrong_in_a_paper_is_found_and_ruled_on(paper: str) -> None:
    outcome = validate_paper(ROOT / "curated" / paper, VERDICTS)
    assert doubts(outcome) == [line.strip() for line in DOUBTS[paper].strip().splitlines()]
    assert outcome.waiting == ()
    assert all(finding.verdict and finding.why for finding in outcome.findings if finding.severity != "note")


@pytest.mark.parametrize("paper", DOUBTS)
def test_the_committed_findings_are_those_of_the_committed_tables(paper: str, tmp_path: Path) -> None:
    write_outcome(validate_paper(ROOT / "curated" / paper, VERDICTS), tmp_path)
    for name in ("findings.csv", "checks.csv"):
        assert (tmp_path / name).read_bytes() == (ROOT / "curated" / paper / name).read_bytes(), name


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("12,23.5", "21,23.5", {"PCT001 table4 1 percent", "CLM002 claims 60 value"}),
        ("Toothache", "Fatigue", {"DUP001 table4 14 event"}),
        (
            "6,3-4,Hand foot syndrome,2",
            "6,3-4,Hand foot syndrome,9",
            {"RSP009 table4 6 n", "PCT001 table4 6 percent", "CLM002 claims 66 value"},
        ),
    ],
)
def test_a_new_error_waits_for_a_ruling(old: str, new: str, expected: set[str], tmp_path: Path) -> None:
    folder = tmp_path / "li2024"
    shutil.copytree(ROOT / "curated" / "li2024", folder)
    table = folder / "table4.csv"
    text = table.read_text(encoding="utf-8")
    assert old in text
    table.write_text(text.replace(old, new, 1), encoding="utf-8")
    waiting = validate_paper(folder, VERDICTS).waiting
    places = {f"{finding.code} {finding.exhibit} {finding.row} {finding.column}".rstrip() for finding in waiting}
    assert places == {"SCH003 table4", *expected}


def test_a_verdict_on_what_is_no_longer_printed_is_a_finding(tmp_path: Path) -> None:
    folder = tmp_path / "li2024"
    shutil.copytree(ROOT / "curated" / "li2024", folder)
    table = folder / "table1.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("24,45.1", "23,45.1").replace("27,54.9", "26,54.9"), encoding="utf-8")
    waiting = validate_paper(folder, VERDICTS).waiting
    assert [finding.code for finding in waiting] == ["SCH003", "SUM001", "PCT001", "VER001", "VER002"]
