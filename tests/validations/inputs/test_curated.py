"""Folders of curated CSVs: with a data package, typed by hand without one, damaged."""

import json
from pathlib import Path

import pytest

from schemas.base.files import FileError
from validations.inputs.curated import read_curated_paper
from validations.run import validate_paper, write_outcome

EVENTS = "row,grade,event,n,percent\n1,any,Anaemia,12,23.5\n"


def package(folder: Path, content: object) -> None:
    (folder / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")


def exhibits(*paths: str) -> dict[str, object]:
    return {"resources": [{"path": path, "exhibit": {"schema": "adverse_events"}} for path in paths]}


def test_what_the_data_package_says_reaches_the_checks(tmp_path: Path) -> None:
    (tmp_path / "table4.csv").write_text(EVENTS, encoding="utf-8")
    exhibit = {"schema": "adverse_events", "cohort_n": "1,051", "abbreviations": {"AE": "adverse event"}}
    package(tmp_path, {"resources": [{"path": "table4.csv", "exhibit": exhibit}, {"path": "readings.csv"}]})
    table = read_curated_paper(tmp_path).tables["table4"]
    assert (table.cohort_n, dict(table.abbreviations)) == (1051, {"AE": "adverse event"})


def test_tables_typed_by_hand_are_known_by_their_columns(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text(EVENTS, encoding="utf-8")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    paper = read_curated_paper(tmp_path)
    assert {name: table.schema for name, table in paper.tables.items()} == {"events": "adverse_events"}


def test_a_cell_in_doubt_waits(tmp_path: Path) -> None:
    (tmp_path / "table4.csv").write_text(EVENTS, encoding="utf-8")
    lines = [
        "exhibit,row,column,published,reader,reading,evidence",
        "table4,1,event,Anaemia,camelot,Anaemla,the readings differ",
        "table4,1,n,12,camelot,17,the readings differ",
        "table4,1,n,12,pdfplumber,l2,repaired by the card: an l for a 1",
    ]
    (tmp_path / "readings.csv").write_text("\n".join(lines), encoding="utf-8")
    outcome = validate_paper(tmp_path, tmp_path / "verdicts.toml")
    found = {finding.code: (finding.printed, finding.expected) for finding in outcome.findings}
    assert found == {"RDR001": ("event=Anaemia", "Anaemla"), "RDR009": ("n=12", "17"), "RDR002": ("n=12", "l2")}
    assert [finding.code for finding in outcome.waiting] == ["RDR001"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([], "expected a data package with resources"),
        ({"resources": [{"path": "none.csv", "exhibit": {"schema": "adverse_events"}}]}, "No such file"),
        ({"resources": [{"path": "table4.csv", "exhibit": {"schema": "odd"}}]}, "no schema is called odd"),
        ({"resources": [{"exhibit": {}}]}, "expected a path and a schema of each exhibit"),
        ({"resources": []}, "expected CSVs of exhibits, found none"),
        (exhibits("../table4.csv"), r"path: '../table4' is not a name; expected"),
        (exhibits("/etc/table4.csv"), r"path: '/etc/table4' is not a name; expected"),
        (exhibits(".."), r"path: '\.\.' is not a name; expected"),
        (exhibits("table4"), r"path: expected table4\.csv, found table4"),
        (exhibits("findings.csv"), "path: the name 'findings' is reserved"),
        (exhibits("claims.csv"), "path: the name 'claims' is reserved"),
        (exhibits("table4.csv", "table4.csv"), r"expected each exhibit once, found table4\.csv more than once"),
    ],
)
def test_a_damaged_package_is_an_error_of_one_line(content: object, expected: str, tmp_path: Path) -> None:
    (tmp_path / "table4.csv").write_text(EVENTS, encoding="utf-8")
    package(tmp_path, content)
    with pytest.raises(FileError, match=expected):
        read_curated_paper(tmp_path)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="expected a folder with curated CSVs"):
        read_curated_paper(tmp_path / "none")


def test_written_files_replace_the_old_ones_whole(tmp_path: Path) -> None:
    (tmp_path / "table4.csv").write_text(EVENTS, encoding="utf-8")
    (tmp_path / "findings.csv").write_text("old", encoding="utf-8")
    outcome = validate_paper(tmp_path, tmp_path / "verdicts.toml")
    write_outcome(outcome, tmp_path)
    first = (tmp_path / "findings.csv").read_bytes(), (tmp_path / "checks.csv").read_bytes()
    write_outcome(validate_paper(tmp_path, tmp_path / "verdicts.toml"), tmp_path)
    assert first == ((tmp_path / "findings.csv").read_bytes(), (tmp_path / "checks.csv").read_bytes())
    assert first[0].startswith(b"code,name,severity,exhibit,row,column,part,printed,expected,message,verdict,why,page")
    assert first[1].startswith(b"code,exhibit,checked,not_checkable,why_not,fired,found\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checks.csv", "findings.csv", "table4.csv"]
