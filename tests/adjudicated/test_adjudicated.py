"""Each finding on the papers of the corpus is judged, and none that is false comes back."""

import csv

import pytest

from tests.adjudicated.findings import FOLDER, JUDGED, VERDICTS, findings_of, judgements, key_of, pdf_of


@pytest.mark.parametrize("name", JUDGED)
def test_judgements_are_whole(name: str) -> None:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["verdict"] in VERDICTS and row["reason"] for row in rows)
    assert len(judgements(name)) == len(rows), "two lines judge one finding"


@pytest.mark.corpus
@pytest.mark.parametrize("name", JUDGED)
def test_each_finding_is_judged_and_true(name: str) -> None:
    pdf = pdf_of(name)
    if pdf is None:
        pytest.skip("DOUBLETAKE_CORPUS is not set: it names the folder of real papers")
    known, found = judgements(name), findings_of(pdf)
    assert [key_of(each) for each in found if key_of(each) not in known] == [], "not judged"
    told = [each for each in found if each.severity != "reading" and key_of(each) in known]
    assert [key_of(each) for each in told if known[key_of(each)].verdict != "paper"] == [], "judged as not true"
