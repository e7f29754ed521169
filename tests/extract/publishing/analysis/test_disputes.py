"""Findings on the cells of a row, and identifiers."""

import pytest

from extract.publishing.analysis.results import Source
from extract.publishing.analysis.rows.places import Identifiers
from tests.extract.publishing.analysis.conftest import Exhibit, Make, picked, rows_of
from validations.tables import Record

EVENTS = "row,event,grade,n,percent,page,x0,top,x1,bottom\n"
EVENTS += "1,Fatigue,any,20,39.2,4,52.0,294.9,252.7,302.9\n1,Fatigue,3-4,2,3.9,4,52.0,294.9,252.7,302.9\n"
EVENTS += "2,Nausea,any,9,17.6,4,52.0,305.8,252.7,313.8\n"
OPEN = {"code": "PCT001", "severity": "impossible", "exhibit": "table4", "row": "1", "message": "39.2 is wrong"}


@pytest.mark.parametrize(
    ("finding", "disputed"),
    [
        ({**OPEN, "column": "percent", "part": "any"}, ["PCT001", "", ""]),
        ({**OPEN, "column": "percent"}, ["PCT001", "PCT001", ""]),
        ({**OPEN, "column": "event"}, ["PCT001", "PCT001", ""]),
        ({**OPEN}, ["PCT001", "PCT001", ""]),
        ({**OPEN, "column": "other"}, ["", "", ""]),
        ({**OPEN, "row": "9", "column": "n", "also": "table4:2"}, ["", "", "PCT001"]),
        ({**OPEN, "row": "9", "column": "other", "also": "table4:2"}, ["", "", ""]),
        ({**OPEN, "exhibit": "claims", "row": "7", "column": "value", "also": "table4:2"}, ["", "", "PCT001"]),
        ({**OPEN, "verdict": "explained", "why": "rounded"}, ["", "", ""]),
        ({**OPEN, "verdict": "paper_error", "why": "20 of 51", "severity": "unlikely"}, ["PCT001", "PCT001", ""]),
        ({**OPEN, "severity": "note"}, ["", "", ""]),
    ],
)
def test_what_is_disputed(finding: dict[str, str], disputed: list[str], make_paper: Make) -> None:
    paper = make_paper(table4=Exhibit("adverse_events", EVENTS, cohort_n="51"), findings=(finding,))
    rows = rows_of(paper, "adverse_events")
    assert [row.get("disputed", "") for row in rows] == disputed
    reason = f"PCT001: {finding.get('why') or finding['message']}"
    assert [row.get("why", "") for row in rows] == [reason if code else "" for code in disputed]
    noted = finding["severity"] == "note"
    assert [row.get("noted", "") for row in rows] == (["PCT001", "PCT001", ""] if noted else ["", "", ""])


def test_a_row_has_page_and_box(make_paper: Make) -> None:
    paper = make_paper(table4=Exhibit("adverse_events", EVENTS, cohort_n="51"))
    row = rows_of(paper, "adverse_events")[0]
    assert [row[name] for name in ("paper", "exhibit", "row", "page", "x0", "top", "x1", "bottom")] == [
        *("smith2026", "table4", "1", "4", "52.0", "294.9", "252.7", "302.9")
    ]


def test_identifiers_are_of_plain_characters_and_none_occurs_twice(make_paper: Make) -> None:
    paper = make_paper(table4=Exhibit("adverse_events", EVENTS, cohort_n="51"))
    ids, record = Identifiers(), Record("table1", {"row": "3"})
    parts = ["Head and neck", "Head & neck", "≥ 54", "< 54", ""]
    assert [ids.of(paper, Source((record,), (), part)) for part in parts] == [
        "smith2026.table1.3.Head_and_neck",
        "smith2026.table1.3.Head_neck",
        "smith2026.table1.3.≥_54",
        "smith2026.table1.3.<_54",
        "smith2026.table1.3",
    ]
    assert ids.of(paper, Source((record,), (), "Head, neck")) == "smith2026.table1.3.Head_neck_2"


def test_disputes_of_a_pair_are_those_of_both_arms(make_paper: Make) -> None:
    text = "row,cell,outcome,arm,arm_n,statistic,n\n1,2,Cured,A,40,count,4\n1,3,Cured,B,41,count,7\n"
    finding = {**OPEN, "exhibit": "table2", "row": "1", "part": "3", "column": "n"}
    paper = make_paper(table2=Exhibit("results", text), findings=(finding,))
    assert picked(rows_of(paper, "two_arm"), "disputed", "printed1", "printed2") == [
        ("PCT001", "n=4 | arm_n=40", "n=7 | arm_n=41")
    ]
    assert picked(rows_of(paper, "one_arm"), "disputed") == [("",), ("PCT001",)]
