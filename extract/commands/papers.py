"""The commands on papers that have a card: `extract` publishes them, `new` drafts the card of another."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.commands.command import Command, print_error, print_status, progress, verbosity
from extract.commands.options import (
    FILE_PATH,
    FOLDER_PATH,
    cards_option,
    password_option,
    pdfs_option,
    picture_limits_options,
)
from extract.pdf.limits import Limits

if TYPE_CHECKING:
    from extract.commands.batch import Extraction


@click.command(
    "extract", cls=Command, example="doubletake extract li2024 --pdf li2024=downloads/s12885.pdf --out curated"
)
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@pdfs_option("Read the paper from this PDF.")
@click.option("--out", type=FOLDER_PATH, default=Path("curated"), show_default=True, help="Folder to publish into.")
@click.option("--partial", is_flag=True, help="Publish the exhibits that can be read, even if others cannot.")
@click.option("--force", is_flag=True, help="Publish into a folder even if other files are there.")
@cards_option
@password_option
@picture_limits_options
@click.pass_context
def extract_command(
    ctx: click.Context,
    papers: tuple[str, ...],
    pdfs: Mapping[str, Path],
    out: Path,
    partial: bool,
    force: bool,
    cards: Path,
    password: str | None,
    limits: Limits,
) -> None:
    """Read each paper that has a card and publish it as CSVs.

    Name papers to read only these. A paper is read from the PDF given with --pdf, or else from raw_pdfs/PAPER.pdf, or
    else from raw_pdfs/facsimiles/PAPER.pdf; without a PDF, from its JATS XML, raw_pdfs/PAPER.xml. Beside a PDF, this
    XML is a third reading. If a paper fails, its old files stay as they are and the other papers are
    published. With --partial, a paper is published without the exhibits that cannot be read; the old files of these are
    removed.
    """
    from extract.commands.batch import Job, choose_pdf, choose_xml, run_jobs

    names = _papers_with_card(papers, pdfs, cards)
    sources = {paper: choose_pdf(paper, pdfs) for paper in names}
    jobs = [
        Job(paper, cards, pdf, out, password, partial, force, choose_xml(paper, pdf)) for paper, pdf in sources.items()
    ]
    failed = False
    with progress("reading"):
        for extraction in run_jobs(jobs, limits, verbosity() > 0):
            _print_extraction(extraction)
            failed = failed or bool(extraction.errors)
    ctx.exit(1 if failed else 0)


def _print_extraction(extraction: "Extraction") -> None:
    if extraction.errors:
        trace = [extraction.trace] if verbosity() > 0 else []
        print_error("\n".join([*extraction.errors, *trace]))
    if extraction.exhibits or not extraction.errors:
        changed = ", ".join(extraction.changed) or "nothing"
        job = extraction.job
        without = f", without {len(extraction.errors)} that could not be read" if extraction.errors else ""
        source = f"{job.pdf} and {job.xml}" if job.xml else f"{job.pdf}"
        print_status(f"{job.paper}: {extraction.exhibits} exhibits from {source}{without}; changed: {changed}")
    if extraction.unread:
        names = ", ".join(extraction.unread)
        print_status(
            f"{extraction.job.paper}: unread: {names}; compare them with their pages, then remove `unread = true` from "
            f"{extraction.job.cards / extraction.job.paper}.toml"
        )


def _papers_with_card(papers: tuple[str, ...], pdfs: Mapping[str, Path], cards: Path) -> list[str]:
    """Return the named papers, or all; raise a usage error if one has no card."""
    from extract.cards.loading import card_names

    known = card_names(cards)
    if unknown := [paper for paper in [*papers, *pdfs] if paper not in known]:
        available = ", ".join(known) or "none"
        raise click.UsageError(f"no card for {', '.join(unknown)} in {cards}; available cards: {available}.")
    return list(dict.fromkeys(papers)) or known


@click.command("new", cls=Command, example="doubletake new smith2026 downloads/smith.pdf")
@click.argument("paper")
@click.argument("file", type=FILE_PATH, metavar="FILE.pdf")
@cards_option
@password_option
@picture_limits_options
def new_command(paper: str, file: Path, cards: Path, password: str | None, limits: Limits) -> None:
    """Draft a card for a new paper, to complete by hand.

    The draft names the exhibits of the PDF with their captions, printed columns and numbers of rows.
    """
    from extract.commands.jobs import draft_of
    from extract.drafting.writing import card_path, write_card

    path = card_path(paper, cards)
    write_card(path, draft_of(paper, file, password, limits, verbosity() > 0))
    print_status(f"{path}: complete this card by hand, then run 'doubletake extract {paper} --pdf {paper}={file}'")
