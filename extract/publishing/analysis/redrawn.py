"""The forest plots of a paper, drawn anew."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from extract.publishing.analysis.papers import CuratedPaper, read_paper


class Redrawn(NamedTuple):
    """A plot: its exhibit, its title, and its drawing as SVG and PNG files."""

    exhibit: str
    title: str
    svg: bytes
    png: bytes


def redraw(paper: CuratedPaper) -> Iterator[Redrawn]:
    """The forest plots with an estimate, in the order of the paper."""
    tables = paper.paper.of("forest")
    if not tables:
        return
    from extract.publishing.analysis.pictures.drawing import draw_plot  # matplotlib is slow to import
    from extract.publishing.analysis.pictures.plan import plan_plot

    for table in tables:
        title = f"{paper.name} {table.name}: {paper.caption(table)}".removesuffix(": ")
        plan = plan_plot(table, title)
        if plan is not None:
            drawn = draw_plot(plan)
            yield Redrawn(table.name, title, drawn["svg"], drawn["png"])


def redrawn_for_report(folder: Path) -> dict[str, bytes]:
    """The drawings of the paper in a folder as PNG files, by exhibit."""
    return {plot.exhibit: plot.png for plot in redraw(read_paper(folder))}
