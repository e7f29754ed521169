"""`doubletake check` on PDFs: everything is read, typed and checked without a card."""

import csv
import json
from pathlib import Path

import pytest
import typst
from click.testing import CliRunner, Result

from extract.commands.cli import main
from schemas.base.printed import BOUNDS

PAGE = """
#set page(width: 500pt, height: 400pt, margin: 40pt)
#set text(size: 9pt)
#text(size: 15pt)[A trial of a drug]

doi:10.1000/xyz123

Table 1. Baseline characteristics.
#table(columns: (150pt, 100pt, 100pt, 60pt), stroke: none, table.hline(),
  [Characteristic], [Placebo (n = 51)], [Drug (n = 53)], [P], table.hline(),
  [Age, years, mean (SD)], [54.2 (11.3)], [55.1 (10.9)], [0.68],
  [Male, n (%)], [24 (47.1)], [25 (47.2)], [0.99],
  [Smoker, n (%)], [12 (FIRST)], [11 (20.8)], [0.74],
  [Prior therapy, n (%)], [30 (58.8)], [31 (58.5)], [0.97], table.hline())
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return typeset(Path("trial.pdf"), "33.5")


def typeset(path: Path, percent: str) -> Path:
    text = PAGE.replace("FIRST", percent)
    path.write_bytes(typst.compile(text.encode(), ignore_system_fonts=True, timestamp=0))
    return path


def test_a_pdf_becomes_what_a_curated_paper_has(trial: Path) -> None:
    result = run("check", trial)
    assert result.exit_code == 1, result.output
    folder = Path("checked/trial")
    assert {path.name for path in folder.iterdir()} == {
        *("table1.csv", "findings.csv", "checks.csv", "readings.csv", "datapackage.json", "report.html")
    }
    with (folder / "table1.csv").open(encoding="utf-8", newline="") as file:
        records = {(record["row"], record["cell"]): record for record in csv.DictReader(file)}
    age = records["1", "3"]
    assert [age[name] for name in ("outcome", "arm", "arm_n", "statistic", "mean", "sd", "unit")] == [
        *("Age, years, mean (SD)", "Drug", "53", "mean", "55.1", "10.9", "years")
    ]
    assert [records["1", "4"][name] for name in ("statistic", "p", "arm", "versus")] == ["p", "0.68", "Drug", "Placebo"]
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["sources"] == [{"title": "A trial of a drug", "path": "https://doi.org/10.1000/xyz123"}]


def test_the_screen_says_what_was_read_and_found(trial: Path) -> None:
    lines = run("check", trial).stdout.splitlines()
    assert lines[:3] == ["trial.pdf: A trial of a drug", "tables: table1 (4 rows)", "forest plots: none found"]
    assert lines[5] == "findings: 1 impossible"
    assert lines[6].startswith("PCT001 impossible: trial/table1 row 3 2 percent: 12 of 51 (the N of the arm) is 23.5, ")
    assert run("check", typeset(Path("sound.pdf"), "23.5")).exit_code == 0


def test_rulings_stand_in_the_folder(trial: Path) -> None:
    run("check", trial)
    place = ("PCT001", "--exhibit", "table1", "--row", "3", "--says", "paper_error", "--why", "a slip", "--by", "Me")
    ruled = run("verdict", "trial", *place, "--curated", "checked", "--verdicts", "checked/trial/verdicts.toml")
    assert ruled.exit_code == 0, ruled.output
    assert run("check", trial).exit_code == 0


def test_json_holds_findings_and_checks(trial: Path) -> None:
    found = json.loads(run("check", trial, "--json", "--out", "here").stdout)
    assert (found["file"], [each["code"] for each in found["findings"]]) == ("trial.pdf", ["PCT001"])
    assert {"code", "checked", "fired"} <= set(found["checks"][0])


def test_another_pdf_of_the_same_name_is_refused(trial: Path) -> None:
    run("check", trial)
    before = {path: path.read_bytes() for path in Path("checked/trial").iterdir()}
    result = run("check", typeset(trial, "23.5"))
    assert result.exit_code == 2
    assert "checked/trial: holds another PDF of this name; give a folder with --out" in result.stderr
    assert {path: path.read_bytes() for path in Path("checked/trial").iterdir()} == before
    assert run("check", trial, "--out", "other").exit_code == 0


def test_files_of_others_are_left_alone(trial: Path) -> None:
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("years of work", encoding="utf-8")
    result = run("check", trial, "--out", "mine")
    assert (result.exit_code, result.stderr) == (
        2,
        "doubletake: mine: has files that are not ours; use another --out, or --force\n",
    )
    assert run("check", trial, "--out", "mine", "--force").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "."], "'doubletake corpus . --out DIR' checks the PDFs of a folder"),
        (["check", "nowhere.pdf"], "nowhere.pdf: there is no such file"),
        (["check", "mine.csv"], "Missing option '--schema'"),
        (["check", "mine.csv", "--schema", "forest", "--out", "x"], "--out, --pages and --password are for PDFs"),
        (["check", "trial.pdf", "--pages", "9"], "trial.pdf: no page 9; the PDF has pages 1-1"),
    ],
)
def test_what_cannot_be_checked_is_said_in_one_line(arguments: list[str], message: str, trial: Path) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not Path("checked").exists()


def test_a_pdf_without_numbers_is_read_and_has_no_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("letter.pdf").write_bytes(typst.compile(b"Dear reader", ignore_system_fonts=True, timestamp=0))
    result = run("check", "letter.pdf", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["findings"] == []
    assert result.stderr.splitlines()[0] == "doubletake: letter.pdf: no table, forest plot or figure in the text found"


@pytest.mark.parametrize("number", ["1" * 32, "0." + "7" * 30])
def test_a_number_that_nobody_prints_costs_its_cell(
    number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = PAGE.replace("[24 (47.1)]", f"[{number}]").replace("FIRST", "33.5").replace("150pt, 100pt", "100pt, 190pt")
    Path("trial.pdf").write_bytes(typst.compile(text.encode(), ignore_system_fonts=True, timestamp=0))
    result = run("check", "trial.pdf", "--json")
    findings = {(item["code"], item["row"]): item for item in json.loads(result.stdout)["findings"]}
    assert {("PCT001", "3"), ("RDR003", "2")} <= findings.keys() and "internal error" not in result.stderr
    assert f"expected {BOUNDS}" in findings["RDR003", "2"]["message"]
    with Path("checked/trial/table1.csv").open(encoding="utf-8", newline="") as file:
        (cell,) = [record for record in csv.DictReader(file) if (record["row"], record["cell"]) == ("2", "2")]
    assert (cell["n"], cell["value"], number in cell["notes"]) == ("", "", True)
