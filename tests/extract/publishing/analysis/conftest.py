"""Small curated papers, written as `check` writes them, and their frames."""

import csv
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from extract.publishing.analysis.assembly import analysis_frames
from extract.publishing.analysis.papers import CuratedPaper, read_paper
from validations.registry import Finding

ROOT = Path(__file__).parents[4]
CURATED = ROOT / "curated"
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Exhibit:
    """An exhibit to write. `text`: its CSV, of which columns may be left out."""

    schema: str
    text: str
    caption: str = ""
    cohort_n: str = ""


Make = Callable[..., CuratedPaper]


@pytest.fixture
def make_paper(tmp_path: Path) -> Make:
    """Writes a paper of exhibits by name and reads it. `findings`: columns of findings.csv."""

    def make(
        name: str = "smith2026", findings: tuple[Mapping[str, str], ...] = (), **exhibits: Exhibit
    ) -> CuratedPaper:
        folder = tmp_path / name
        folder.mkdir()
        resources = []
        for exhibit, made in exhibits.items():
            (folder / f"{exhibit}.csv").write_text(made.text, encoding="utf-8")
            about = {"schema": made.schema, "caption": made.caption, "cohort_n": made.cohort_n}
            resources.append({"name": exhibit, "path": f"{exhibit}.csv", "exhibit": about})
        source = {"title": "Smith et al., Journal of Trials 2026", "path": "https://doi.org/10.1000/x"}
        (folder / "datapackage.json").write_text(json.dumps({"resources": resources, "sources": [source]}))
        write_findings(folder, findings)
        return read_paper(folder)

    return make


def write_findings(folder: Path, findings: tuple[Mapping[str, str], ...]) -> None:
    names = [item.name for item in fields(Finding)]
    with (folder / "findings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(findings)


def rows_of(paper: CuratedPaper, name: str, method: str = "luo-wan-shi") -> Rows:
    """The rows of a frame, with the columns that have a value."""
    frame = analysis_frames([paper], method)[name]
    return [{key: cell for key, cell in row.items() if cell} for row in frame.to_dict("records")]


def picked(rows: Rows, *names: str) -> list[tuple[str, ...]]:
    return [tuple(row.get(name, "") for name in names) for row in rows]


def run_r(script: str, *arguments: object) -> list[str]:
    """The lines that an R script with metafor prints; the test is skipped where there is none."""
    rscript = shutil.which("Rscript")
    if rscript is None or subprocess.run([rscript, "-e", "library(metafor)"], capture_output=True).returncode:
        pytest.skip("Rscript with metafor is not there (Debian: r-base-core, r-cran-metafor)")
    command = [rscript, "-e", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
