"""A schema is one file: a new one in a copy of the package works with every command, and what it lacks is one line."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

ROOT = Path(__file__).parents[2]
OUTCOMES = '''
"""Times to an event, one record an end point."""

from pandera.typing.pandas import Series

from schemas.base.exhibit import Exhibit, Quantities, count, number, text
from schemas.base.uses import ClaimCell


class Outcomes(Exhibit, place=12):
    """A record an end point: patients with an event, the median time and its interval."""

    end_point: Series[str] = text("End point", "The end point as printed.", required=True)
    n: Series[str] = count("Count", "Patients with an event.")
    percent: Series[str] = number("Percentage", "Percentage printed with the count.", "%")
    median: Series[str] = number("Median", "Median time to the event.", "months")
    ci_low: Series[str] = number("Lower limit", "Lower limit of the confidence interval.", "months")
    ci_high: Series[str] = number("Upper limit", "Upper limit of the confidence interval.", "months")

    @classmethod
    def quantities(cls) -> tuple[Quantities, ...]:
        return ({"n": "n", "percent": "percent"}, {"estimate": "median", "low": "ci_low", "high": "ci_high"})

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("end_point",)

    @classmethod
    def claim_cells(cls) -> tuple[ClaimCell, ...]:
        return (ClaimCell("percent", ("percent", "count"), "n", label=("end_point",)),)
'''
SAMPLE = """
    @classmethod
    def sample_csv(cls) -> str:
        return "end_point,n,percent,median\\nRelapse,21,41.2,8.4\\n"
"""
PAGE = """
#set page(width: 500pt, height: 300pt, margin: 40pt)
#set text(size: 9pt)
Table 2. End points of the trial.
#table(columns: (150pt, 100pt, 160pt), stroke: none, table.hline(),
  [End point], [Events, n (%)], [Median (95% CI), months], table.hline(),
  [Relapse], [21 (41.2)], [8.4 (6.1–10.9)],
  [Second surgery], [14 (27.5)], [12.0 (9.3–15.2)],
  [Death], [30 (58.8)], [15.1 (11.0–19.6)], table.hline())
"""
CARD = """
doi = "10.1000/x"
citation = "Smith 2026"
licence = "CC BY 4.0"

[exhibits.table2]
label = "Table 2"
schema = "outcomes"
rows = 3
columns = [
  { head = "End point", reads = "end_point" },
  { head = "Events, n (%)", reads = "n (percent)" },
  { head = "Median (95% CI), months", reads = "median (ci_low–ci_high)" },
]
"""
CURATED = (
    "row,end_point,n,percent,median,ci_low,ci_high\n1,Relapse,21,41.2,8.4,6.1,10.9\n2,Death,30,{},15.1,11.0,19.6\n"
)
CLAIMS = (
    "row,section,text,measure,subject,comparator,value,unit,n,total,n_studies,low,high,sd,ci_low,ci_high,p,versus\n"
    "1,results,relapse occurred in 43.1% of patients,percent,relapse,,43.1,%,,,,,,,,,,\n"
)

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def doubletake(tmp_path: Path) -> Run:
    """doubletake("explain", "outcomes"): the command, run where `schemas` is a copy with one more file."""
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "schemas" / "outcomes.py").write_text(OUTCOMES + SAMPLE, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "extract", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return run


def test_a_new_schema_is_explained_and_listed_last(doubletake: Run) -> None:
    told = doubletake("explain", "outcomes").stdout
    assert told.startswith("outcomes: A record an end point: patients with an event, the median time and its interval.")
    assert "    Relapse,21,41.2,8.4\n\n    doubletake check mine.csv --schema outcomes --param n_total=51" in told
    assert doubletake("explain").stdout.splitlines()[-1].startswith("outcomes ")
    assert "sheet, outcomes." in " ".join(doubletake("check", "--help").stdout.split())


def test_a_typed_table_of_a_new_schema_is_checked(doubletake: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("end_point,n,percent\nRelapse,21,43.1\nDeath,30,58.8\n", encoding="utf-8")
    found = json.loads(
        doubletake("check", "mine.csv", "--schema", "outcomes", "--param", "n_total=51", "--json").stdout
    )
    assert [(each["code"], each["row"], each["column"]) for each in found["findings"]] == [("PCT001", "1", "percent")]


def test_a_card_reads_a_table_of_a_new_schema(doubletake: Run, tmp_path: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(typst.compile(PAGE.encode(), ignore_system_fonts=True, timestamp=0))
    (tmp_path / "smith2026.toml").write_text(CARD, encoding="utf-8")
    result = doubletake("extract", "smith2026", "--cards", ".", "--pdf", "smith2026=made.pdf")
    assert result.returncode == 0, result.stderr
    lines = (tmp_path / "curated" / "smith2026" / "table2.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[1:7] for line in lines[1:3]] == [
        ["Relapse", "21", "41.2", "8.4", "6.1", "10.9"],
        ["Second surgery", "14", "27.5", "12.0", "9.3", "15.2"],
    ]


@pytest.mark.parametrize(
    ("percent", "claims", "said"),
    [
        ("58.8", "", "release gate passed"),
        ("158.8", "", "smith2026/table2.csv: percent is not from 0 to 100 in row 2 (percent 158.8)"),
        ("58.8", CLAIMS, "43.1 for relapse, but table2:1 has 41.2 (21)"),
    ],
)
def test_claims_and_the_release_gate_know_a_new_schema(
    percent: str, claims: str, said: str, doubletake: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "curated" / "smith2026"
    folder.mkdir(parents=True)
    (folder / "table2.csv").write_text(CURATED.format(percent), encoding="utf-8")
    if claims:
        (folder / "claims.csv").write_text(claims, encoding="utf-8")
    (tmp_path / "verdicts").mkdir()
    result = doubletake("validate", "smith2026", "--curated", "curated", "--verdicts", "verdicts")
    assert said in result.stdout + result.stderr, result
    assert result.returncode == (said != "release gate passed")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OUTCOMES, "Outcomes has no sample; add sample_csv(), which returns a small CSV with all needed columns"),
        (
            "\n".join(line for line in (OUTCOMES + SAMPLE).splitlines() if "A record an" not in line),
            "Outcomes has no docstring; add one whose first line says what a record is",
        ),
    ],
)
def test_what_a_new_schema_lacks_is_one_line(text: str, said: str, doubletake: Run, tmp_path: Path) -> None:
    (tmp_path / "schemas" / "outcomes.py").write_text(text, encoding="utf-8")
    result = doubletake("explain", "outcomes")
    assert (result.returncode, result.stdout, result.stderr) == (2, "", f"doubletake: schemas/outcomes.py: {said}\n")
