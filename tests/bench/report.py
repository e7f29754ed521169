"""Writes the measured times as ratios, because seconds mean little on another machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from forests import ForestFigures
from sections import CORPUS, section

HEAD = """# How fast

Written by `make bench`; do not edit. Measured on {files}, {pages} pages. All tools read
the same files in turns, one at a time; each time is the median of {runs}. Ratios are given: seconds mean little on
another machine.

## Whole processes

From the start of the process to its end, all pages, summed over the files. The floor is the least that a reader of
tables must do: get every character of every page with its box, here from pdfium.

| | time, doubletake = 1 | time, floor = 1 | files on which doubletake is faster |
|---|---|---|---|
"""
TAIL = """
## Pages

| time of | divided by time of | overall | median | worst |
|---|---|---|---|---|
| the tables of a document, read twice and compared | pdfplumber's characters of the pages that are parsed | {whole} |
| one page with tables alone | pdfplumber's characters of that page | {read} |
| passing over pages without tables | pdfium's text of these pages | {passed} |

{count} pages with tables were read alone: the PDF was opened each time, and the next page was read too if a table
continues there. Libraries were loaded before.

## Forest plots

The figures of cao2025's facsimile, in CPU time. Pictures are read with an empty cache; rapidocr alone reads the same
picture on one core.

| time of | divided by time of | overall | median | worst |
|---|---|---|---|---|
| words, marks and axis of a picture | rapidocr alone | {pictures} |

A picture takes {picture:.1f} s of CPU at most, a plot drawn in a PDF {drawn:.2f} s.

## Checks

`doubletake check` on a CSV of 100,000 rows, from the start of the process to its end, in CPU time. Curated rows are
repeated, so every error of the papers is found hundreds or thousands of times.

| schema | CPU seconds | divided by pandas reading the same file |
|---|---|---|
{checks}"""


@dataclass(frozen=True)
class Figures:
    """What was measured, in seconds; in pairs, the second is the yardstick.

    processes: for each file, the time of each tool
    documents: for each file, its tables and the characters of its parsed pages
    with_tables: for each page with tables, its tables and its characters
    without: for each file, passing over its pages without tables, and the text of these pages
    forests: the times of forest plots
    checks: for each schema, the command `check` on a long CSV, and pandas reading it
    """

    files: str
    pages: int
    runs: int
    processes: Sequence[dict[str, float]]
    documents: Sequence[Sequence[float]]
    with_tables: Sequence[Sequence[float]]
    without: Sequence[Sequence[float]]
    forests: ForestFigures
    checks: Mapping[str, tuple[float, float]]


def write_report(path: Path, figures: Figures) -> None:
    head = HEAD.format(files=figures.files, pages=figures.pages, runs=runs_in_words(figures.runs))
    plots = figures.forests
    tail = TAIL.format(
        whole=ratios(figures.documents),
        read=ratios(figures.with_tables),
        passed=ratios(figures.without),
        count=len(figures.with_tables),
        pictures=ratios([(ours, ours / ratio) for ours, ratio in zip(plots.pictures, plots.ratios, strict=True)]),
        picture=max(plots.pictures),
        drawn=max(plots.drawn),
        checks="".join(f"| {name} | {ours:.1f} | {ours / pd:.0f} |\n" for name, (ours, pd) in figures.checks.items()),
    )
    others = section(path.read_text(encoding="utf-8"), CORPUS) if path.exists() else ""
    text = head + "".join(tool_lines(figures.processes)) + tail
    path.write_text(f"{text}\n{others}" if others else text, encoding="utf-8")


def runs_in_words(runs: int) -> str:
    return "one run" if runs == 1 else f"{runs} runs"


def tool_lines(files: Sequence[dict[str, float]]) -> list[str]:
    totals = {tool: sum(times[tool] for times in files) for tool in files[0]}
    faster = {tool: sum(times["doubletake"] < times[tool] for times in files) for tool in totals}
    return [
        f"| {tool} | {total / totals['doubletake']:.2f} | {total / totals['floor']:.1f} | "
        f"{'' if tool == 'doubletake' else f'{faster[tool]} of {len(files)}'} |\n"
        for tool, total in totals.items()
    ]


def ratios(pairs: Sequence[Sequence[float]]) -> str:
    """Return the ratio of the sums, the median of the ratios, and the largest ratio, as cells of a table."""
    if not pairs:
        return "- | - | -"
    each = [ours / theirs for ours, theirs in pairs]
    whole = sum(ours for ours, _ in pairs) / sum(theirs for _, theirs in pairs)
    return " | ".join(f"{ratio:.2f}" for ratio in (whole, median(each), max(each)))
