"""Rulings written into the file of a paper: in their place, and nothing else in the file changes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validations.registry import Finding
from validations.rulings.matching import read_rulings, with_verdicts
from validations.rulings.writing import (
    RulingError,
    RulingPlace,
    choose,
    identifying_options,
    one_line_reason,
    write_ruling,
)

AGE = Finding("PCT001", "", "impossible", "table1", "3", "percent", "young", "n=24; percent=45.1", "", "")
COUNT = replace(AGE, column="n", printed="n=24")
OLD = replace(AGE, part="old")
DOUBLE = Finding("DUP001", "", "impossible", "table4", "16", "event", "any", "event=Rash; n=2 | 3", "", "")
FINDINGS = (AGE, DOUBLE)
SAID = {"verdict": "paper_error", "why": "a slip", "by": "Ann"}
TODAY = date(2026, 11, 21)
FILE = """# Rulings on an invented paper.

[[verdict]]  # the age rows
code = "PCT001"
exhibit = "table1"
row = "3"
part = "young"
column = "percent"
printed = "n=42; percent=45.1"   # as it was
verdict = "explained"
why = "..."
by = "Bob"
on = 2025-01-01

# about the next
[[verdict]]
code = "DUP001"
exhibit = "table4"
row = "17"
verdict = "explained"
why = "another row"
by = "Bob"
on = 2025-01-01
"""


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            RulingPlace("PCT001", "table1", "4"),
            "there is no PCT001 at table1 row 4; there is PCT001 at table1 row 3 percent",
        ),
        (
            RulingPlace("SUM001", "table4", "16"),
            "there is no SUM001 at table4 row 16; there is DUP001 at table4 row 16",
        ),
        (RulingPlace("SUM001", "table9"), "there is no SUM001 at table9; that row has no findings"),
        (
            RulingPlace("PCT001", "table1", "3"),
            "2 findings PCT001 at table1 row 3: choose one with --column: 'percent' or 'n'",
        ),
        (RulingPlace("PCT001", "table1", "3", column="percent"), "choose one with --part: 'young' or 'old'"),
        (RulingPlace("VER001", "table1", "3"), "VER001 is about the file of verdicts"),
    ],
)
def test_what_is_meant_must_be_one_finding(place: RulingPlace, said: str) -> None:
    findings = (AGE, DOUBLE) if "--" not in said else (AGE, OLD) if "--part" in said else (AGE, COUNT)
    with pytest.raises(RulingError) as caught:
        choose(findings, place)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_findings_of_one_place_and_print_are_one() -> None:
    assert (
        choose((AGE, replace(AGE, message="in other words")), RulingPlace("PCT001", "table1", "3")).place == AGE.place
    )


texts = st.sampled_from(["", "a", "b", "$(rm -rf /)", "'"])
findings = st.builds(
    lambda part, column, printed: replace(AGE, part=part, column=column, printed=printed), texts, texts, texts
)


@given(st.lists(findings, min_size=1, max_size=6))
def test_the_options_of_a_finding_lead_back_to_it_alone(found: list[Finding]) -> None:
    said = identifying_options(found[0], found)
    given_ = {name.removeprefix("--"): value for name, value in zip(said[::2], said[1::2], strict=True)}
    assert choose(found, RulingPlace(AGE.code, **given_)) == found[0]


@pytest.mark.parametrize("why", ["", "  ", "...", "?!"])
def test_a_ruling_without_a_reason_is_refused(why: str) -> None:
    with pytest.raises(RulingError, match="--why"):
        one_line_reason(why)


def test_a_stale_ruling_is_overwritten_where_it_stands_and_all_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "paper.toml"
    path.write_text(FILE, encoding="utf-8")
    assert write_ruling(path, AGE, FINDINGS, SAID, TODAY)
    expected = FILE.replace("n=42; percent=45.1", "n=24; percent=45.1").replace('"explained"', '"paper_error"', 1)
    expected = expected.replace('"..."', '"a slip"').replace('"Bob"', '"Ann"', 1).replace("2025-01-01", "2026-11-21", 1)
    assert path.read_text(encoding="utf-8") == expected


def test_a_new_ruling_goes_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "paper.toml"
    path.write_text(FILE, encoding="utf-8")
    assert not write_ruling(path, DOUBLE, FINDINGS, {**SAID, "why": 'its "second" row \\ 2'}, TODAY)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(FILE + '\n[[verdict]]\ncode = "DUP001"\nexhibit = "table4"\nrow = "16"\npart = "any"\n')
    assert text.endswith("on = 2026-11-21\n")
    assert read_rulings(path)[2]["why"] == 'its "second" row \\ 2'


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "verdict = []\n", FILE.rstrip("\n"), FILE + "# the end"])
def test_what_was_written_rules_whatever_stood_there(text: str | None, tmp_path: Path) -> None:
    path = tmp_path / "verdicts" / "paper.toml"
    if text is not None:
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    if text == "verdict = []\n":
        with pytest.raises(RulingError, match="written in another way"):
            write_ruling(path, AGE, FINDINGS, SAID, TODAY)
        return
    for finding in FINDINGS:
        write_ruling(path, finding, FINDINGS, SAID, TODAY)
    assert [finding.waits for finding in with_verdicts(FINDINGS, read_rulings(path))] == [False, False]
    assert path.read_text(encoding="utf-8").endswith("\n")
    assert [entry.name for entry in path.parent.iterdir()] == ["paper.toml"]


def test_a_ruling_on_other_values_that_are_still_found_stays(tmp_path: Path) -> None:
    path, other = tmp_path / "paper.toml", replace(AGE, printed="n=5; percent=1")
    for finding in (AGE, other, AGE):
        write_ruling(path, finding, (AGE, other), SAID, TODAY)
    assert [ruling["printed"] for ruling in read_rulings(path)] == [AGE.printed, other.printed]


def test_rulings_on_one_finding_become_one(tmp_path: Path) -> None:
    path = tmp_path / "paper.toml"
    path.write_text(FILE + "\n" + FILE, encoding="utf-8")
    write_ruling(path, AGE, FINDINGS, SAID, TODAY)
    assert [ruling["code"] for ruling in read_rulings(path)] == ["PCT001", "DUP001", "DUP001"]
