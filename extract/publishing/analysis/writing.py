"""Writes the analysis frames, and what is made from them, into a folder."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from extract.publishing.analysis.assembly import analysis_frames
from extract.publishing.analysis.exports.annotations import annotations_of
from extract.publishing.analysis.exports.cochrane import PACKAGE_FILE, cochrane_package
from extract.publishing.analysis.exports.crate import CRATE_FILE, crate_of
from extract.publishing.analysis.exports.metadat import metadat_files
from extract.publishing.analysis.exports.references import citation_of, ris_of, years_of
from extract.publishing.analysis.exports.revman import revman_files
from extract.publishing.analysis.package import CODEBOOK, MISSING, codebook, describe_analysis
from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.redrawn import redraw
from extract.publishing.analysis.sheets.inspect_sr import inspect_sheet
from extract.publishing.analysis.sheets.raise_sheet import raise_statement
from extract.publishing.publish import csv_text, write_files
from schemas.analysis.frames import FRAMES
from schemas.base.names import PACKAGE

_File = tuple[str, str, str | bytes]
"""Name, title and content of a file beside the frames."""


def write_analysis(papers: Sequence[CuratedPaper], folder: Path, method: str) -> tuple[dict[str, int], list[str]]:
    """Write the files of the papers. Return the number of rows of each frame, and the names of the files that changed.

    `method`: how means and SDs follow from medians.
    """
    frames = analysis_frames(papers, method)
    others = [*_exports(papers, frames), *_sheets(papers), *_pictures(papers)]
    titles = {name: title for name, title, _ in others}
    everything = {**{f"{name}.csv": spec.title for name, spec in FRAMES.items()}, **titles}
    files: dict[str, str | bytes] = {
        **{f"{name}.csv": frame_text(name, frame) for name, frame in frames.items()},
        CODEBOOK: csv_text(codebook(list(FRAMES.values()))),
        **{name: content for name, _, content in others},
        CRATE_FILE: crate_of(papers, everything),
    }
    files[PACKAGE] = describe_analysis(papers, titles | {CRATE_FILE: "The folder as an RO-Crate"}, files)
    return {name: len(frame) for name, frame in frames.items()}, write_files(folder, files)


def frame_text(name: str, frame: pd.DataFrame) -> str:
    """A frame as CSV, missing values as its format writes them."""
    missing = MISSING.get(name, "")
    return csv_text(frame.replace("", missing) if missing else frame)


def _exports(papers: Sequence[CuratedPaper], frames: Mapping[str, pd.DataFrame]) -> Iterator[_File]:
    years = years_of(papers)
    for name, frame in revman_files(frames, years).items():
        yield name, "Study data for the import of RevMan", csv_text(frame)
    yield PACKAGE_FILE, "Comparisons of two arms for read.cdir of {meta}", cochrane_package(frames["two_arm"], years)
    yield "references.ris", "The papers", ris_of(papers)
    for paper in papers:
        for name, text in metadat_files(paper, frames).items():
            yield name, f"{citation_of(paper)} as a data set of {{metadat}}", text
        if annotations := annotations_of(paper):
            yield f"{paper.name}.annotations.jsonld", f"{citation_of(paper)} as W3C Web Annotations", annotations


def _sheets(papers: Sequence[CuratedPaper]) -> Iterator[_File]:
    """The sheets of the papers that were checked."""
    for paper in papers:
        if paper.tallies:
            sheet = csv_text(inspect_sheet(paper.findings, paper.tallies))
            yield f"{paper.name}.inspect_sr.csv", "INSPECT-SR, domain 4: what the findings say", sheet
            yield f"{paper.name}.raise.md", "Statement for RAISE", raise_statement(paper, paper.findings)


def _pictures(papers: Sequence[CuratedPaper]) -> Iterator[_File]:
    for paper in papers:
        for plot in redraw(paper):
            for kind, content in (("svg", plot.svg), ("png", plot.png)):
                yield f"{paper.name}.{plot.exhibit}.{kind}", plot.title, content
