"""What a CSV typed by hand may leave out or write in another way, and what is said of it."""

from pathlib import Path

import pytest

from schemas import SCHEMAS
from schemas.base.files import FileError
from schemas.base.printed import BOUNDS
from validations.inputs.typed import closest_column, read_typed
from validations.run import Outcome, check_file

EVENTS = "event,grade,n,percent\nFatigue,any,20,39.2\nFatigue,3-4,2,3.9\nRash,any,5,9.8\n"
RATIOS = "characteristic,outcome,hazard_ratio,ci_low,ci_high\nAge,{},0.5,0.2,1.4\nAge,{},0.6,0.3,1.3\n"
SECTION = "label,section,statistic,n,percent\nMale,Sex,count,25,49.0\nFemale,Sex,count,26,51.0\n"
CELLS = "study,treatment,position,subtype,n,total\nA 2020,X,1,LMS,5,9\nA 2020,X,2,UPS,4,9\nA 2020,X,1,LMS,2,3\n"


def typed(folder: Path, text: str, schema: str, **params: str) -> Outcome:
    path = folder / "typed.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return check_file(path, schema, params)


def codes(outcome: Outcome) -> list[str]:
    return [f"{finding.code} {finding.row} {finding.part}" for finding in outcome.findings]


@pytest.mark.parametrize(
    ("text", "schema", "rows"),
    [
        (EVENTS, "adverse_events", ["1", "1", "2"]),
        (RATIOS.format("OS", "PFS"), "hazard_ratios", ["1", "1"]),
        (SECTION, "characteristics", ["1", "2"]),
        (CELLS, "histology", ["1", "1", "2"]),
    ],
)
def test_records_of_one_printed_row_have_one_number(text: str, schema: str, rows: list[str], tmp_path: Path) -> None:
    outcome = typed(tmp_path, text, schema)
    assert outcome.waiting == ()
    table, (note,) = read_typed(tmp_path / "typed.csv", schema)
    assert table.column("row") == rows
    assert f"no column row: numbered {len(rows)} records as {len(set(rows))} printed row" in note


def test_a_real_duplicate_is_found(tmp_path: Path) -> None:
    again = typed(tmp_path, EVENTS + "Fatigue,any,21,41.2\n", "adverse_events")
    assert codes(again) == ["DUP001 3 any"]
    assert "DUP001 2 OS" in codes(typed(tmp_path, RATIOS.format("OS", "OS"), "hazard_ratios"))


def test_records_grade_by_grade_stand_side_by_side(tmp_path: Path) -> None:
    text = "row,event,grade,n\n1,Fatigue,any,20\n2,Rash,any,5\n1,Fatigue,3-4,2\n2,Rash,3-4,1\n"
    assert codes(typed(tmp_path, text, "adverse_events")) == []
    without = "\n".join(line.partition(",")[2] for line in text.splitlines())
    assert codes(typed(tmp_path, without, "adverse_events")) == []
    assert read_typed(tmp_path / "typed.csv", "adverse_events")[0].column("n") == ["20", "2", "5", "1"]


def test_what_was_not_printed_may_be_left_out(tmp_path: Path) -> None:
    assert typed(tmp_path, SECTION, "characteristics", n_total="51").findings == ()
    outcome = typed(tmp_path, "event,n,percent\nRash,5,9.8\nFever,6,11.8\n", "adverse_events", n_total="51")
    assert outcome.findings == ()
    assert "no column grade" in outcome.notes[1]


def test_what_nothing_can_be_checked_without_is_one_line(tmp_path: Path) -> None:
    (finding,) = typed(tmp_path, "section\nSex\n", "characteristics").waiting
    assert finding.message == (
        "expected the column label and the column statistic and a column of numbers such as n or percent, "
        "which are missing; 'doubletake explain characteristics' describes them"
    )
    (finding,) = typed(tmp_path, "label,n\nMale,25\n", "characteristics").waiting
    assert (finding.code, finding.column) == ("SCH002", "statistic")


def test_strange_columns_are_one_line_with_what_may_be_meant(tmp_path: Path) -> None:
    text = "event,grade,n,%,n_total,Colour\nRash,any,5,9.8,51,red\n"
    (finding,) = typed(tmp_path, text, "adverse_events").waiting
    assert finding.message == (
        "expected columns of adverse_events only, found '%' (did you mean percent?), 'n_total' (give the cohort's N "
        "with --param n_total=N), 'Colour'; its columns are row, grade, event, n, percent"
    )


@pytest.mark.parametrize(
    ("head", "meant"),
    [("HR", "hazard_ratio"), ("Lower limit", "ci_low"), ("hazardratio", "hazard_ratio"), ("colour", "")],
)
def test_the_column_that_may_be_meant(head: str, meant: str) -> None:
    assert closest_column(head, SCHEMAS["hazard_ratios"].fields()) == meant


def test_capitals_and_blanks_in_heads_are_understood_and_said(tmp_path: Path) -> None:
    outcome = typed(tmp_path, " Event,Grade ,N,percent\nRash,any,5,9.8\n", "adverse_events")
    assert outcome.findings == ()
    assert outcome.notes[0].endswith("read the columns ' Event' as event, 'Grade ' as grade, 'N' as n")
    with pytest.raises(FileError, match="expected each column once, found n more than once"):
        typed(tmp_path, "event,n,N\nRash,5,51\n", "adverse_events")


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_other_separators_are_read_and_said(mark: str, name: str, tmp_path: Path) -> None:
    outcome = typed(tmp_path, EVENTS.replace(",", mark).replace("\n", "\r\n"), "adverse_events", n_total="51")
    assert outcome.findings == ()
    assert outcome.notes[0].endswith(f"read with {name} between the columns")


@pytest.mark.parametrize("cell", ["39,2", "0,039", "<0,001", "1349,5", "-0,02"])
def test_decimal_commas_are_refused(cell: str, tmp_path: Path) -> None:
    text = EVENTS.replace(",", ";").replace("39.2", cell)
    with pytest.raises(FileError, match="expected decimal points, found a decimal comma in percent"):
        typed(tmp_path, text, "adverse_events")
    assert codes(typed(tmp_path, EVENTS.replace("39.2", '"39,2"'), "adverse_events")) == ["SCH001 1 any"]


def test_thousands_may_have_commas_between_semicolons(tmp_path: Path) -> None:
    typed(tmp_path, "event;grade;n\nRash;any;1,349\n", "adverse_events")
    assert read_typed(tmp_path / "typed.csv", "adverse_events")[0].records[0].count("n") == 1349


def test_what_spreadsheets_add_at_the_end_is_nothing(tmp_path: Path) -> None:
    text = "".join(f"{line},,\n" for line in EVENTS.splitlines()) + ",,,,,\n"
    assert typed(tmp_path, text, "adverse_events", n_total="51").findings == ()


@pytest.mark.parametrize("n", ["1" * 32, "1" * 5000, "1,000,000,000,000,000"])
def test_an_absurd_number_is_a_finding_of_its_cell_and_stops_no_check(n: str, tmp_path: Path) -> None:
    path = tmp_path / "typed.csv"
    path.write_text(f'event,grade,n,percent\nRash,any,"{n}",49.0\nCough,any,25,99.0\n', encoding="utf-8")
    findings = check_file(path, "adverse_events", {"n_total": "51"}).findings
    assert [(item.code, item.row, item.column) for item in findings] == [
        ("SCH001", "1", "n"),
        ("PCT001", "2", "percent"),
    ]
    assert findings[0].message.startswith(f"expected {BOUNDS}, found '{n[:20]}")
