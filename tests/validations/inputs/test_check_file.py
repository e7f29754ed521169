"""One CSV that someone typed: what may be left out, what is wrong in a line, and that nothing in it is lost."""

import csv
from pathlib import Path

import pytest

from schemas.base.files import FileError
from validations.run import check_file, write_outcome

HEAD = "label,section,part_of,statistic,n,percent,median,low,high\n"


def typed(folder: Path, text: str, head: str = HEAD) -> Path:
    path = folder / "typed.csv"
    path.write_text(head + text, encoding="utf-8")
    return path


def codes(path: Path, schema: str = "characteristics", **params: str) -> list[str]:
    return [f"{finding.code} {finding.row}" for finding in check_file(path, schema, params).findings]


def test_row_numbers_notes_and_provenance_may_be_left_out(tmp_path: Path) -> None:
    path = typed(tmp_path, "Male,Sex,,count,25,49.0,,,\nFemale,Sex,,count,26,51.0,,,\n")
    assert codes(path, n_total="51") == []
    assert codes(path, n_total="52") == ["PCT004 1"]


def test_an_error_is_found_with_the_cohort_given(tmp_path: Path) -> None:
    path = typed(tmp_path, "Young,Age,,count,24,45.1,,,\nOld,Age,,count,27,54.9,,,\n")
    outcome = check_file(path, "characteristics", {"n_total": "51"})
    assert [finding.code for finding in outcome.waiting] == ["PCT001", "PCT001"]
    assert "45.1 fits 23 of 51" in outcome.findings[0].expected


def test_without_the_cohort_nothing_is_claimed_but_counted(tmp_path: Path) -> None:
    outcome = check_file(typed(tmp_path, "Male,Sex,,count,25,49.0,,,\nFemale,Sex,,count,26,,,,\n"), "characteristics")
    assert outcome.findings == ()
    reasons = {tally.code: tally.why_not for tally in outcome.tallies if tally.undecided}
    assert reasons["SUM001"] == "N is not known (1)"
    assert reasons["SUM004"] == "total is not known (2)"


def test_missing_columns_and_wrong_types_are_findings(tmp_path: Path) -> None:
    path = typed(tmp_path, "Male,count,2.5,x\n", "label,statistic,n,colour\n")
    found = [(finding.code, finding.column) for finding in check_file(path, "characteristics").waiting]
    assert found == [("SCH002", "colour"), ("SCH001", "n")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "expected a line of column names, the file is empty"),
        ("a,b\n1,2\n", r"expected columns of characteristics \(label, section"),
        ("label,n\nMale,25,49.0\n", "expected 2 cells in each row, found 3 in row 1 below the heads .a comma inside"),
        ("label,n\n", "expected rows under the column names, found none"),
        ("label,n\n,\n,\n", "expected rows under the column names, found none"),
        ("label,n,n\n", "expected each column once, found n more than once"),
        ('label,n\n"Male,25\n', "expected CSV, unexpected end of data"),
    ],
)
def test_a_file_that_is_no_such_table_is_an_error_of_one_line(text: str, expected: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=expected) as caught:
        check_file(typed(tmp_path, text, ""), "characteristics")
    assert "\n" not in str(caught.value)


def test_other_inputs_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes(b"label,n\nM\xe4nner,25\n")
    with pytest.raises(FileError, match="expected UTF-8, found another encoding: in Excel, save it as 'CSV UTF-8"):
        check_file(tmp_path / "latin.csv", "characteristics")
    with pytest.raises(FileError, match="No such file"):
        check_file(tmp_path / "none.csv", "characteristics")
    path = typed(tmp_path, "")
    with pytest.raises(FileError, match="no schema is called odd; the schemas are"):
        check_file(path, "odd")
    with pytest.raises(FileError, match=r"no schema is called adverse_event \(did you mean adverse_events\?\)"):
        check_file(path, "adverse_event")
    with pytest.raises(FileError, match="--param n: expected n_total"):
        check_file(path, "characteristics", {"n": "51"})
    with pytest.raises(FileError, match="n_total=many: expected a whole number"):
        check_file(path, "characteristics", {"n_total": "many"})


@pytest.mark.parametrize("label", ["=1+1", "+49", "-x", "@SUM(A1)", '=HYPERLINK("x")', "a,b", 'say "no"', "two\nlines"])
def test_a_cell_comes_out_as_it_was_typed(label: str, tmp_path: Path) -> None:
    path = tmp_path / "typed.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD.strip().split(","), [label, "Sex", "", "count", "25", "12.0", "", "", ""]])
    write_outcome(check_file(path, "characteristics", {"n_total": "51"}), tmp_path)
    with (tmp_path / "findings.csv").open(encoding="utf-8", newline="") as file:
        assert {finding["part"] for finding in csv.DictReader(file)} == {label}


def test_a_hundred_thousand_rows_are_checked(tmp_path: Path) -> None:
    rows = [f"{row},any,event {row},{row % 52},{100 * (row % 52) / 51:.1f}\n" for row in range(1, 100_001)]
    path = typed(tmp_path, "".join(rows), "row,grade,event,n,percent\n")
    found = check_file(path, "adverse_events", {"n_total": "51"}).findings
    assert {finding.code for finding in found} <= {"DUP005"}
