"""Writes the analysis frames, and what is made from them, into a folder."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from extract.publishing.analysis.assembly import analysis_frames
from extract.publishing.analysis.package import CODEBOOK, MISSING, codebook, describe_analysis
from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.publish import PACKAGE, csv_text, write_files
from schemas.analysis.frames import FRAMES


def write_analysis(papers: Sequence[CuratedPaper], folder: Path, method: str) -> tuple[dict[str, int], list[str]]:
    """Write the files of the papers. Return the number of rows of each frame, and the names of the files that changed.

    `method`: how means and SDs follow from medians.
    """
    frames = analysis_frames(papers, method)
    others: dict[str, tuple[str, str | bytes]] = {}
    titles = {name: title for name, (title, _) in others.items()}
    files: dict[str, str | bytes] = {
        **{f"{name}.csv": frame_text(name, frame) for name, frame in frames.items()},
        **{CODEBOOK: csv_text(codebook(list(FRAMES.values())))},
        **{name: content for name, (_, content) in others.items()},
        **{PACKAGE: describe_analysis(papers, titles)},
    }
    return {name: len(frame) for name, frame in frames.items()}, write_files(folder, files)


def frame_text(name: str, frame: pd.DataFrame) -> str:
    """A frame as CSV, missing values as its format writes them."""
    missing = MISSING.get(name, "")
    return csv_text(frame.replace("", missing) if missing else frame)
