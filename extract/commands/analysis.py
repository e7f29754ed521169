"""The command `analysis`: curated papers as frames that meta-analysis software takes."""

from pathlib import Path

import click

from extract.cards import ANALYSIS
from extract.commands.command import Command, print_status, progress
from extract.commands.curated import published_papers
from extract.commands.options import FOLDER_PATH, curated_option, verdicts_option

MEAN_METHODS = ("luo-wan-shi", "mcgrath")  # a copy: importing extract.publishing.analysis would load pandas


@click.command("analysis", cls=Command, example="doubletake analysis li2024 --out frames")
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@curated_option
@verdicts_option
@click.option("--out", type=FOLDER_PATH, help="Folder for the frames.  [default: analysis/ in the curated folder]")
@click.option(
    "--means",
    type=click.Choice(MEAN_METHODS),
    default=MEAN_METHODS[0],
    show_default=True,
    help="How means and SDs follow from medians with quartiles or a range.",
)
def analysis_command(papers: tuple[str, ...], curated: Path, verdicts: Path, out: Path | None, means: str) -> None:
    """Write published papers as frames for meta-analysis software.

    Name papers to take only these. --curated may also be the folder of one paper, such as 'doubletake check' writes.
    The frames are CSVs for R (metafor, meta, netmeta), pandas, Stata, RevMan and Metapsy; forest plots are drawn anew.
    Each row names its place on the page and whether its numbers are disputed, and converted numbers say how.
    """
    from extract.output.summary import one_line_errors
    from extract.publishing.analysis.papers import read_paper
    from extract.publishing.analysis.writing import write_analysis

    folder = out or curated / ANALYSIS
    with progress("writing the frames"), one_line_errors():
        found = [read_paper(path, verdicts) for path in _folders(papers, curated)]
        rows, changed = write_analysis(found, folder, means)
    counted = ", ".join(f"{name} ({count} rows)" for name, count in rows.items() if count)
    print_status(f"{folder}: {counted or 'no rows'}; changed: {', '.join(changed) or 'nothing'}")


def _folders(papers: tuple[str, ...], curated: Path) -> list[Path]:
    """Return the folders of the named papers, or of all; the folder itself if it holds one paper."""
    if any(curated.glob("*.csv")):
        if other := [paper for paper in papers if paper != curated.resolve().name]:
            raise click.UsageError(f"{curated} is the folder of one paper, {curated.resolve().name}, not of {other[0]}")
        return [curated]
    return [curated / paper for paper in published_papers(papers, curated)]
