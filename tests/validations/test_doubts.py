"""A row whose reading is in doubt is never used against the paper."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from schemas import SCHEMAS
from validations.registry import all_checks
from validations.run import validate_paper
from validations.runner import run_checks
from validations.tables import Paper, Table

READING = {"column": "estimate", "published": "", "reader": "pdfplumber", "reading": "", "evidence": "no interval"}


def table(schema: str, name: str, *rows: dict[str, Any]) -> Table:
    frame = pd.DataFrame(rows, columns=SCHEMAS[schema].columns(), dtype=str).fillna("")
    return Table(name, schema, frame)


def codes(paper: Paper) -> list[str]:
    findings, _ = run_checks(all_checks(), paper)
    return sorted({item.code for item in findings if item.severity in ("impossible", "unlikely")})


@pytest.fixture
def plot() -> Table:
    rows = [
        {"row": "1", "kind": "study", "label": "A 2010", "estimate": "1.50", "ci_low": "1.10", "ci_high": "2.05"},
        {"row": "2", "kind": "study", "label": "B 2011", "estimate": "1.20", "ci_low": "0.80", "ci_high": "1.80"},
        {"row": "3", "kind": "study", "label": "C 2012"},
        {"row": "4", "kind": "overall", "label": "Total", "weight": "100.0"},
    ]
    for row, weight in zip(rows, ("30.0", "30.0", ""), strict=False):
        row["weight"] = weight
    return table("forest", "fig2", *rows)


def test_weights_do_not_add_up_where_a_study_is_not_read(plot: Table) -> None:
    assert codes(Paper({"fig2": plot})) == ["MET001"]
    doubt = READING | {"exhibit": "fig2", "row": "3", "code": "RDR003"}
    assert codes(Paper({"fig2": plot}, (doubt,))) == []


def test_a_plot_with_a_mark_without_row_may_have_more_studies(plot: Table) -> None:
    doubt = READING | {"exhibit": "fig2", "row": "", "column": "", "code": "RDR012"}
    assert codes(Paper({"fig2": plot}, (doubt,))) == []


def test_a_draft_that_nobody_read_is_still_checked(plot: Table) -> None:
    doubt = READING | {"exhibit": "fig2", "row": "", "column": "", "code": "RDR021"}
    assert "MET001" in codes(Paper({"fig2": plot}, (doubt,)))


def test_the_doubt_of_one_row_leaves_the_others(plot: Table) -> None:
    rows = [{"row": str(n), "event": f"E{n}", "grade": "any", "n": "12", "percent": "45.1"} for n in (1, 2)]
    events = Table("table4", "adverse_events", table("adverse_events", "table4", *rows).frame, cohort_n=51)
    assert codes(Paper({"table4": events})) == ["PCT001"]
    doubt = READING | {"exhibit": "table4", "row": "1", "column": "n", "published": "12", "code": "RDR010"}
    findings, tallies = run_checks(all_checks(), Paper({"table4": events}, (doubt,)))
    assert [item.row for item in findings if item.code == "PCT001"] == ["2"]
    assert next(t for t in tallies if t.code == "PCT001").why_not == "the reading of a row is in doubt (1)"


def test_another_exhibit_that_prints_the_interval_settles_the_doubt() -> None:
    row = {"row": "1", "kind": "study", "label": "A 2010", "estimate": "0.79", "ci_low": "0.58", "ci_high": "0.98"}
    claim = {"row": "1", "text": "RR 0.785", "measure": "rr", "value": "0.785", "ci_low": "0.580", "ci_high": "0.984"}
    doubt = READING | {"exhibit": "fig2", "row": "1", "column": "ci_high", "published": "0.98", "code": "RDR010"}
    fig2, claims = table("forest", "fig2", row), table("claims", "claims", claim)
    assert "EFF004" not in codes(Paper({"fig2": fig2}, (doubt,)))
    assert "EFF004" in codes(Paper({"fig2": fig2, "claims": claims}, (doubt,)))
    other = table("claims", "claims", claim | {"ci_high": "0.961"})
    findings, _ = run_checks(all_checks(), Paper({"fig2": fig2, "claims": other}, (doubt,)))
    assert next((item.code, item.exhibit) for item in findings) == ("RDR010", "fig2")


def test_cells_in_doubt_for_one_reason_are_one_finding() -> None:
    rows = [{"row": str(n), "event": f"E{n}", "grade": "any", "n": str(n)} for n in (1, 2, 3)]
    lines = [
        READING | {"exhibit": "table4", "row": row, "column": "n", "published": row, "code": "RDR004"}
        for row in ("1", "2")
    ]
    other = lines[0] | {"row": "3", "published": "3", "evidence": "the row has no label"}
    paper = Paper({"table4": table("adverse_events", "table4", *rows)}, (*lines, other))
    findings, _ = run_checks(all_checks(), paper)
    found = [(item.row, item.printed, item.also, item.message) for item in findings if item.code == "RDR004"]
    assert found == [
        ("1", "n=1 | 2", "table4:2", "no interval: 2 cells of rows 1, 2, read by pdfplumber"),
        ("3", "n=3", "", "read '' by pdfplumber: the row has no label"),
    ]


def test_a_ruling_waits_for_the_reading_of_its_row(tmp_path: Path) -> None:
    (tmp_path / "table4.csv").write_text("row,grade,event,n,percent\n1,any,Pain,12,45.1\n2,any,Rash,23,45.1\n")
    ruling = '[[verdict]]\ncode = "PCT001"\nexhibit = "table4"\nrow = "1"\n'
    ruling += 'column = "percent"\nprinted = "n=12; percent=45.1"\nverdict = "paper_error"\nwhy = "12 of 51 is 23.5"\n'
    (tmp_path / "verdicts.toml").write_text(ruling)
    lines = "exhibit,row,column,published,reader,reading,evidence,code\ntable4,1,n,12,camelot,23,differs,RDR010\n"
    (tmp_path / "readings.csv").write_text(lines)
    outcome = validate_paper(tmp_path, tmp_path / "verdicts.toml")
    assert [finding.code for finding in outcome.findings if finding.severity == "reading"] == ["RDR010"]
