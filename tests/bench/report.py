"""What was measured, as ratios: seconds mean nothing on another machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from forests import ForestFigures

HEAD = """# How fast

Written by `make bench`; not to be edited. Measured on {files}, {pages} pages: every tool
on the same files in turns, one at a time, the median of {runs}. Only ratios are given: seconds mean nothing on
another machine.

## Whole processes

From the start of the process to its end, all pages, summed over the files. The floor is what no reader of tables can do
without: every character of every page with its box, by pdfium.

| | time, doubletake = 1 | time, floor = 1 | files on which doubletake is faster |
|---|---|---|---|
"""
TAIL = """
## Pages

| | ratio of all | median page | worst |
|---|---|---|---|
| the tables of a document, read twice and compared, to pdfplumber's characters of the pages parsed for them | {whole} |
| one page with tables alone, to pdfplumber's characters of that page | {read} |
| pages without tables, to pdfium's text of these pages | {passed} |

{count} pages with tables were read alone, with the PDF opened anew each time (and the page behind it where a table goes
on there); libraries were loaded before.

## Forest plots

The figures of cao2025's facsimile, in CPU time. Pictures with an empty cache; rapidocr alone reads the same picture on
one core.

| | all | median | worst |
|---|---|---|---|
| a picture: words, marks and axis, to rapidocr alone | {pictures} |

A picture takes {picture:.1f} s of CPU at most, a plot that is drawn in a PDF {drawn:.2f} s.

## Checks

`doubletake check` on a CSV of 100,000 rows, from the start of the process to its end, in CPU time: curated rows over
and over, so every error of the papers comes hundreds or thousands of times.

| schema | CPU seconds | to pandas reading the same file |
|---|---|---|
{checks}"""


@dataclass(frozen=True)
class Figures:
    """Seconds: for each file, each tool's; for each, its tables and the characters of its pages; for each page with
    tables, reading it and its characters; for the pages without tables of each file, passing over them and their text;
    those of forest plots; for each schema, the command `check` on a long CSV and pandas reading it."""

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
    path.write_text(head + "".join(tool_lines(figures.processes)) + tail, encoding="utf-8")


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
    """The ratio of the sums, the median of the ratios, the largest."""
    if not pairs:
        return "- | - | -"
    each = [ours / theirs for ours, theirs in pairs]
    whole = sum(ours for ours, _ in pairs) / sum(theirs for _, theirs in pairs)
    return " | ".join(f"{ratio:.2f}" for ratio in (whole, median(each), max(each)))
