"""The frames of the shipped papers: as committed, read by pandas and R with default settings, pooled by metafor."""

import csv
import json
import re
import shutil
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package

from extract.commands.options import SHIPPED_VERDICTS
from extract.publishing.analysis.package import MISSING
from extract.publishing.analysis.papers import read_paper
from extract.publishing.analysis.writing import write_analysis
from schemas.analysis.frames import FRAMES
from tests.extract.publishing.analysis.conftest import CURATED, ROOT, run_r

PAPERS = ("cao2025", "kokkali2025", "li2024")
ANALYSIS = CURATED / "analysis"
# Printed text that looks like numbers: pandas and R read such a column as numbers where no cell is a word.
TEXT_OF_NUMBERS = {
    ("kokkali2025", "table3.csv", "patient"): "patients are numbered",
    ("cao2025", "table1_histology.csv", "position"): "a code: the place of a subtype in its cell",
    ("cao2025", "readings.csv", "row"): "blank for the head of a column",
    ("cao2025", "readings.csv", "published"): "cells as published: here all of them are numbers",
}


def test_what_is_committed_is_what_the_papers_give(tmp_path: Path) -> None:
    write_analysis(
        [read_paper(CURATED / paper, SHIPPED_VERDICTS) for paper in PAPERS], tmp_path / "analysis", "luo-wan-shi"
    )
    made = {path.name: path.read_bytes() for path in (tmp_path / "analysis").iterdir()}
    assert sorted(made) == sorted(path.name for path in ANALYSIS.iterdir())
    assert [name for name, content in made.items() if content != (ANALYSIS / name).read_bytes()] == []


@cache
def described() -> dict[tuple[str, str], dict[str, str]]:
    """The type of each column by paper and file, as the data packages describe it."""
    found = {}
    for package in sorted(CURATED.glob("*/datapackage.json")):
        for resource in json.loads(package.read_text(encoding="utf-8"))["resources"]:
            if "schema" in resource:
                types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
                found[package.parent.name, resource["path"]] = types
    return found


def misread(paper: str, file: str, kinds: dict[str, str]) -> list[str]:
    """The columns whose kind is not that of the package. `kinds`: number, text or blank, as a program read them."""
    types = described()[paper, file]
    return [
        f"{paper}/{file} {name}: {types[name]}, read as {kind}"
        for name, kind in kinds.items()
        if (paper, file, name) not in TEXT_OF_NUMBERS
        and kind != "blank"
        and kind != {"string": "text"}.get(types[name], "number")
    ]


@cache
def cells(paper: str, file: str) -> dict[str, set[str]]:
    with (CURATED / paper / file).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {name: {row[name] for row in rows} for name in (rows[0] if rows else ())}


@pytest.mark.parametrize(("paper", "file"), described())
def test_pandas_reads_numbers_as_numbers(paper: str, file: str) -> None:
    frame = pd.read_csv(CURATED / paper / file)
    kinds = {
        name: "blank" if frame[name].isna().all() else "number" if frame[name].dtype.kind in "if" else "text"
        for name in frame.columns
    }
    assert misread(paper, file, kinds) == []


def test_r_reads_numbers_as_numbers() -> None:
    script = """
    for (path in commandArgs(TRUE)) {
      d <- read.csv(path, check.names = FALSE)
      for (name in names(d)) {
        blank <- all(is.na(d[[name]]) | d[[name]] == "")
        kind <- if (blank) "blank" else if (is.numeric(d[[name]])) "number" else "text"
        cat(path, name, kind, sep = "\\t"); cat("\\n")
      }
    }
    """
    files = [CURATED / paper / file for paper, file in described()]
    kinds: dict[tuple[str, str], dict[str, str]] = {}
    for line in run_r(script, *files):
        path, name, kind = line.split("\t")
        kinds.setdefault((Path(path).parent.name, Path(path).name), {})[name] = kind
    assert kinds.keys() == described().keys()
    assert [line for key, found in kinds.items() for line in misread(*key, found)] == []


@pytest.mark.parametrize("folder", [*PAPERS, "analysis"])
def test_frictionless_finds_the_package_valid(folder: str) -> None:
    report = Package(str(CURATED / folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])


def test_frictionless_sees_that_a_digit_was_changed(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ANALYSIS, tmp_path / "analysis"))
    text = (folder / "effects.csv").read_text(encoding="utf-8")
    (folder / "effects.csv").write_text(text.replace("0.3", "0.4", 1), encoding="utf-8")
    errors = Package(str(folder / "datapackage.json")).validate().flatten(["type", "note"])
    assert [kind for kind, _ in errors] == ["hash-count"]


def test_the_package_describes_every_file_by_version_2() -> None:
    package = json.loads((ANALYSIS / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in package["resources"]} == {
        path.name for path in ANALYSIS.iterdir() if path.name != "datapackage.json"
    }
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    for resource in package["resources"]:
        assert resource["$schema"].endswith("/2.0/dataresource.json")
        if resource["name"] in {f"dat.{paper}" for paper in PAPERS}:
            assert resource["schema"]["primaryKey"] == ["frame", "id"]
        if resource["name"] in FRAMES:
            schema = resource["schema"]
            assert resource["type"] == "table"
            assert (schema["fieldsMatch"], schema["primaryKey"]) == ("exact", ["id"])
            assert schema["missingValues"] == sorted({"", MISSING.get(resource["name"], "")})
            assert [field["name"] for field in schema["fields"]] == list(
                cells("analysis", resource["path"])
            ) or not cells("analysis", resource["path"])


def test_the_codebook_has_every_column_of_every_frame() -> None:
    with (ANALYSIS / "codebook.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["file"], row["column"]) for row in rows] == [
        (f"{name}.csv", column) for name, spec in FRAMES.items() for column in spec.columns
    ]
    assert all(row["description"] and row["type"] for row in rows)


ESCALC = """
suppressMessages(library(metafor))
folder <- commandArgs(TRUE)[1]
read <- function(name) read.csv(file.path(folder, paste0(name, ".csv")))
report <- function(name, d) {
  d <- d[!is.na(d$yi) & !is.na(d$vi) & d$vi > 0, ]
  k <- if (nrow(d) > 1) suppressWarnings(rma(yi, vi, data = d, method = "DL"))$k else nrow(d)
  cat(name, k, "\\n")
}
one <- read("one_arm")
if (nrow(one)) report("one_arm", escalc(measure = "PFT", xi = xi, ni = ni, data = one))
two <- read("two_arm")
if (any(!is.na(two$ai))) {
  report("OR", escalc(measure = "OR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = two))
}
if (any(!is.na(two$m1i))) {
  report("SMD", escalc("SMD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = two))
}
effects <- read("effects")
if (nrow(effects)) report("effects", escalc(measure = "GEN", yi = yi, sei = sei, data = effects))
"""


def pooled_counts(folder: Path) -> dict[str, int]:
    """How many rows metafor takes from each frame in a folder, without an edit."""
    lines = [line.split() for line in run_r(ESCALC, folder)]
    return {line[0]: int(line[1]) for line in lines if len(line) == 2 and line[1].isdecimal()}


def test_metafor_takes_the_frames_unedited() -> None:
    counts = pooled_counts(ANALYSIS)
    assert counts == {"one_arm": len(pd.read_csv(ANALYSIS / "one_arm.csv").dropna(subset=["xi", "ni"])), "effects": 30}


POOL = """
suppressMessages(library(metafor))
dat <- read.csv(file.path(commandArgs(TRUE)[1], "one_arm.csv"))
dat <- escalc(measure = "PFT", xi = xi, ni = ni, data = subset(dat, paper == "cao2025"))
pool <- function(d, ...) {
  m <- rma(yi, vi, data = d, method = if (nrow(d) < 3) "FE" else "DL")
  p <- predict(m, transf = transf.ipft.hm, targs = list(ni = d$ni))
  cat(..., sprintf("%.4f", c(p$pred, p$ci.lb, p$ci.ub)), sep = "\\t"); cat("\\n")
}
for (plot in c("fig2", "fig3", "fig5")) {
  d <- subset(dat, exhibit == plot)
  for (group in unique(d$subgroup)) pool(subset(d, subgroup == group), plot, group)
  pool(d, plot, "")
}
"""


def test_metafor_gives_the_pooled_lines_of_cao2025_as_printed() -> None:
    pooled = {tuple(line.split("\t")[:2]): line.split("\t")[2:] for line in run_r(POOL, ANALYSIS)}
    compared = 0
    for plot in ("fig2", "fig3", "fig5"):
        with (CURATED / "cao2025" / f"{plot}.csv").open(encoding="utf-8", newline="") as file:
            lines = [row for row in csv.DictReader(file) if row["kind"] in ("subtotal", "overall")]
        for line in lines:
            ours = pooled[plot, line["group"] if line["kind"] == "subtotal" else ""]
            printed = [line[name] for name in ("estimate", "ci_low", "ci_high")]
            assert [f"{float(number):.2f}" for number in ours] == printed, (plot, line["group"])
            compared += 1
    assert compared == 6 + 3 + 6


def test_the_lines_of_the_readme_run() -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Frames for meta-analysis")[2]
    section = section.partition("\n## ")[0]
    blocks = re.findall(r"```(\w+)\n(.*?)```", section, re.DOTALL)
    assert [kind for kind, _ in blocks] == ["r", "python", "r", "stata"]
    for kind, text in blocks:
        assert 8 <= len(text.splitlines()) <= 13, kind
    script = blocks[1][1].replace('"curated/', f'"{CURATED}/')
    found: dict[str, object] = {}
    exec(script, found)
    rates = found["rates"]
    assert isinstance(rates, pd.Series)
    assert rates["ICI + TKI"] == pytest.approx(0.286, abs=0.05)
    assert len(found["ratios"]) > 20  # type: ignore[arg-type]
    lines = run_r(blocks[0][1].replace('"curated/', f'"{CURATED}/'))
    assert any(re.match(r"\s*0\.16\s+0\.12\s+0\.21", line) for line in lines), lines
    assert any("li2024.table2.1.PFS" in line for line in lines), lines
