"""Writes report.html into the folder of a paper, and the index beside the folders."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from urllib.parse import quote

from schemas.base.files import MOST_CSV_BYTES, read_text
from validations.files.locking import locked
from validations.files.writing import write_text
from validations.inputs.curated import read_curated_paper, read_frame
from validations.inputs.package import read_package
from validations.registry import Finding
from validations.release.expected import Held
from validations.report.counts import FindingCount, count_findings
from validations.report.pictures import (
    Crop,
    PagePicture,
    PageRegion,
    RedrawnPlot,
    Window,
    data_uri,
    regions_by_page,
)
from validations.report.render import render_index, render_report
from validations.report.view import About, PaperView, about_paper
from validations.run import Outcome

REPORT = "report.html"


class NoPicturesError(Exception):
    """There are no pictures of the pages; the message says why."""


def write_report(
    folder: Path,
    outcome: Outcome,
    crop: Crop | None = None,
    tail: Sequence[str] = (),
    gate: Held | None = None,
    redrawn: Mapping[str, bytes] | None = None,
) -> Path:
    """Write the report of the paper whose CSVs are in `folder`, and return its path.

    `crop` crops regions from the pages of the PDF, or raises NoPicturesError; without `crop` the report has no
    pictures. `tail`: further options of the command that rules on a finding. `gate`: the result of the release gate.
    `redrawn`: PNG files of the forest plots drawn from the curated rows, by exhibit.
    """
    about = about_paper(folder.resolve().name, read_package(folder))
    findings = PaperView(read_curated_paper(folder), about, outcome, tail).show()
    plots = [_plot(about, exhibit, png) for exhibit, png in (redrawn or {}).items()]
    seen = [plot.window for plot in plots if plot.window is not None]
    wanted = regions_by_page([*(window for item in findings for window in item.windows), *seen])
    pictures: dict[int, PagePicture] = {}
    why_no_pictures = "" if crop or not wanted else "no PDF is available"
    if crop and wanted:
        try:
            pictures = {region.page: picture for region, picture in crop(list(wanted.values())).items()}
        except NoPicturesError as error:
            why_no_pictures = str(error)
    path = folder / REPORT
    write_text(path, render_report(about, findings, outcome, pictures, why_no_pictures, gate, plots))
    return path


def _plot(about: About, exhibit: str, png: bytes) -> RedrawnPlot:
    """A drawing with the window on the plot as printed."""
    page, box = about.boxes.get(exhibit, (None, ()))
    region = PageRegion(int(str(page)), *(float(str(side)) for side in box)) if page and len(box) == 4 else None
    window = Window(region, (), 0) if region else None
    return RedrawnPlot(about.labels.get(exhibit, exhibit), window, data_uri(png, "image/png"))


def write_index(curated: Path) -> Path:
    """Write the index of all papers whose folder has a report, and return its path."""
    path = curated / REPORT
    with locked(curated):
        folders = sorted(path.parent for path in curated.glob(f"*/{REPORT}"))
        write_text(path, render_index([_line(folder) for folder in folders]))
    return path


def _line(folder: Path) -> tuple[str, str, str, FindingCount, str]:
    about, page = about_paper(folder.name, read_package(folder)), read_text(folder / REPORT, MOST_CSV_BYTES)
    counted = count_findings(folder.name, _findings(folder))
    return folder.name, about.title, quote(f"{folder.name}/{REPORT}"), counted, gate_result(page)


def gate_result(page: str) -> str:
    """The result of the release gate that a report states: "passed", "2 not met", or "" if it states none."""
    found = re.search(r'<meta name="release-gate" content="([^"<>]*)">', page)
    return found[1] if found else ""


def _findings(folder: Path) -> list[Finding]:
    """The findings in findings.csv."""
    names = [item.name for item in fields(Finding)]
    frame = read_frame(folder / "findings.csv").reindex(columns=names, fill_value="")
    return [Finding(*map(str, line)) for line in frame.itertuples(index=False)]
