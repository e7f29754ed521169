"""The command `review`: opens the review screen of published papers, and of PDFs that were checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.commands.command import Command, print_status, print_text, progress, verbosity
from extract.commands.options import (
    cards_option,
    curated_option,
    password_option,
    pdfs_option,
    picture_limits_options,
    verdicts_option,
)
from extract.errors import UsageError
from extract.pdf.limits import Limits
from schemas.base.names import PACKAGE
from validations.files.signals import StoppedError

if TYPE_CHECKING:
    from extract.review.desk.paper import ReviewedPaper, Sources
    from extract.review.exhibits.grids import Grid


@click.command("review", cls=Command, example="doubletake review li2024")
@click.argument("papers", nargs=-1, metavar="[PAPER|FILE.pdf]...")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on.  [default: any free one]")
@click.option("--reviewer", metavar="NAME", help="Who rules.  [default: user.name of git]")
@click.option("--replay", is_flag=True, help="Write what the history has and the files lack.")
@click.option("--no-browser", is_flag=True, help="Print the address only; open no browser.")
@curated_option
@verdicts_option
@cards_option
@pdfs_option("Show the pages of this PDF.")
@password_option
@picture_limits_options
def review_command(
    papers: tuple[str, ...],
    port: int,
    reviewer: str | None,
    replay: bool,
    no_browser: bool,
    curated: Path,
    verdicts: Path,
    cards: Path,
    pdfs: Mapping[str, Path],
    password: str | None,
    limits: Limits,
) -> None:
    """Rule on the findings of papers in the browser, beside their pages.

    Without PAPER, all published papers are on the desk. FILE.pdf is a PDF that 'doubletake check FILE.pdf' has checked;
    its rulings go into its folder, checked/FILE. Rulings of published papers go to the folder of the rulings, and every
    step to a history beside them.

    --replay writes the rulings and corrections of the history again that the files lack, as on a new reading of the
    PDF, and names those that no longer fit.

    The server listens on this machine only, and lets in only who has the address that is printed. End it with Ctrl-C.
    """
    from extract.commands.curated import published_papers
    from extract.commands.rulings.ruling import git_user
    from extract.output.summary import one_line_errors
    from extract.review.desk.replay import replay as play_again
    from extract.review.exhibits.replay import replay_corrections
    from extract.review.start import review

    name = "" if replay else " ".join((reviewer or git_user()).split())
    with progress("checking"), one_line_errors():
        reading = _Reading(cards, dict(pdfs), password, limits, verbosity() > 0)
        desk = [_checked_pdf(reading, Path(each)) for each in papers if _is_pdf(each)]
        names = tuple(each for each in papers if not _is_pdf(each))
        published = published_papers(names, curated, pdfs) if names or not desk else []
        desk += [_published(reading, curated / paper, verdicts) for paper in published]
    if replay:
        lines = (line for paper in desk for play in (replay_corrections, play_again) for line in play(paper))
        print_text("".join(f"{line}\n" for line in lines))
        return
    try:
        review(desk, name, port, lambda address: print_status(f"Review as {name}: {address}"), not no_browser)
    except StoppedError:
        print_status("The review has ended.")


def _is_pdf(name: str) -> bool:
    return name.lower().endswith(".pdf")


@dataclass(frozen=True)
class _Reading:
    """How PDFs are read: the folder of the cards, the PDFs that were given by the names of papers, password, limits."""

    cards: Path
    pdfs: dict[str, Path]
    password: str | None
    limits: Limits
    aloud: bool


def _published(reading: _Reading, folder: Path, verdicts: Path) -> "ReviewedPaper":
    """A published paper, with its card where it has one."""
    from extract.review.desk.paper import ReviewedPaper
    from validations.rulings.matching import rulings_of

    path = reading.cards / f"{folder.name}.toml"
    card = path if path.is_file() else None
    return ReviewedPaper(folder, rulings_of(folder, verdicts), card, _sources(reading, folder, card))


def published_desk(folder: Path, verdicts: Path, cards: Path, pdf: Path, limits: Limits) -> "ReviewedPaper":
    """A published paper on the desk; `pdf`: the one that it was read from."""
    return _published(_Reading(cards, {folder.resolve().name: pdf}, None, limits, False), folder, verdicts)


def _checked_pdf(reading: _Reading, pdf: Path) -> "ReviewedPaper":
    """The paper that `check` has read from a PDF, in its usual folder. UsageError where it has not."""
    from extract.commands.check_pdf import PdfCheck
    from extract.publishing.publish import OWN_VERDICTS
    from extract.review.desk.paper import ReviewedPaper

    folder = PdfCheck(pdf).folder
    if not (folder / PACKAGE).is_file():
        raise UsageError(f"{pdf}: has not been checked: expected {folder}; run 'doubletake check {pdf}' first")
    known = replace(reading, pdfs={**reading.pdfs, folder.resolve().name: pdf})
    return ReviewedPaper(folder, folder / OWN_VERDICTS, None, _sources(known, folder))


def _sources(reading: _Reading, folder: Path, card: Path | None = None) -> "Sources":
    """How the screen gets at the PDF of a paper, and reads it anew where it has a card."""
    from extract.commands.report import crop_from, source_of
    from extract.review.desk.paper import Sources

    crop = crop_from(folder, reading.pdfs, reading.password, reading.limits, reading.aloud)
    pdf = partial(source_of, folder, reading.pdfs)
    if card is None:
        return Sources(crop, pdf)
    return Sources(crop, pdf, partial(_grids, reading, card, pdf), partial(_read_again, reading, folder, pdf))


def _grids(reading: _Reading, card: Path, find_pdf: Callable[[], Path]) -> "list[Grid]":
    """Read the exhibits of a card from its PDF, in a worker."""
    from extract.cards.loading import load_card
    from extract.pdf.worker import PdfTask, read_safely
    from extract.review.exhibits.grids import read_grids

    pdf = find_pdf()
    task = PdfTask(read_grids, (load_card(card.stem, card.parent), pdf, reading.password), pdf, reading.password)
    return read_safely(task, reading.limits, reading.aloud)


def _read_again(reading: _Reading, folder: Path, find_pdf: Callable[[], Path], cards: Path) -> tuple[str, ...]:
    """Publish a paper anew from the PDF that it was read from, with the card in `cards`, and return errors."""
    from extract.commands.batch import Job, run_jobs

    job = Job(folder.resolve().name, cards, find_pdf(), folder.parent, reading.password)
    [extraction] = run_jobs([job], reading.limits, reading.aloud)
    return extraction.errors
