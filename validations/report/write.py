"""Writes report.html into the folder of a paper, and the index beside the folders."""

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import quote

from validations.inputs.curated import read_curated_paper
from validations.registry import Finding
from validations.release.expected import Held
from validations.report.counts import FindingCount, count_findings
from validations.report.pictures import Crop, PagePicture, regions_by_page
from validations.report.render import render_index, render_report
from validations.report.view import PaperView, about_paper
from validations.run import Outcome
from validations.writing import write_text

REPORT = "report.html"


class NoPicturesError(Exception):
    """Why there are no pictures of the pages, in words."""


def write_report(
    folder: Path,
    outcome: Outcome,
    crop: Crop | None = None,
    tail: Sequence[str] = (),
    held: Held | None = None,
) -> Path:
    """The report of the paper whose CSVs lie in `folder`. `crop` cuts regions out of the pages of its PDF, or raises
    NoPicturesError; without it the report has none. `tail`: more options of the command that rules on a finding;
    `held`: what the release gate found of its CSVs."""
    said = about_paper(folder.resolve().name, _package(folder))
    findings = PaperView(read_curated_paper(folder), said, outcome, tail).show()
    wanted = regions_by_page(window for item in findings for window in item.windows)
    pictures: dict[int, PagePicture] = {}
    without = "" if crop or not wanted else "no PDF was at hand"
    if crop and wanted:
        try:
            pictures = {region.page: picture for region, picture in crop(list(wanted.values())).items()}
        except NoPicturesError as error:
            without = str(error)
    path = folder / REPORT
    write_text(path, render_report(said, findings, outcome, pictures, without, held))
    return path


def write_index(curated: Path) -> Path:
    """The index of all papers that have a report, from what lies in their folders."""
    folders = sorted(path.parent for path in curated.glob(f"*/{REPORT}"))
    path = curated / REPORT
    write_text(path, render_index([_line(folder) for folder in folders]))
    return path


def _line(folder: Path) -> tuple[str, str, str, FindingCount, str]:
    said, page = about_paper(folder.name, _package(folder)), (folder / REPORT).read_text(encoding="utf-8")
    counted = count_findings(folder.name, _findings(folder))
    return folder.name, said.title, quote(f"{folder.name}/{REPORT}"), counted, gate_result(page)


def gate_result(page: str) -> str:
    """What the page of a paper says of the release gate, in a word: passed, 2 not met, or "" where it does not say."""
    found = re.search(r'<meta name="release-gate" content="([^"<>]*)">', page)
    return found[1] if found else ""


def _findings(folder: Path) -> list[Finding]:
    """findings.csv as it was written last."""
    names = [item.name for item in fields(Finding)]
    with (folder / "findings.csv").open(encoding="utf-8", newline="") as file:
        return [Finding(**{name: line.get(name) or "" for name in names}) for line in csv.DictReader(file)]


def _package(folder: Path) -> dict[str, Any]:
    path = folder / "datapackage.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
