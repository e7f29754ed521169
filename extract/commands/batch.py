"""Reads and publishes papers, each in its own process, so that a paper that fails does not stop the others."""

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import DoubletakeError, UnreadableError, error_line
from extract.pdf.limits import Limits
from extract.pdf.worker import PdfResult, PdfTask, read_all

if TYPE_CHECKING:
    from extract.records.pipeline import ExtractedPaper

RAW_PDFS = Path("raw_pdfs")
WORKERS = 2  # papers read at the same time


@dataclass(frozen=True)
class Job:
    """A paper to read: the folder of its card, its PDF (None if there is none), and the folder to publish into. `xml`:
    its JATS XML, read besides; `pdf` is an XML where there is no PDF.
    `partial`: exhibits that cannot be read do not keep the others from being published. `force`: files of others do not
    keep the paper from being published beside and over them."""

    paper: str
    cards: Path
    pdf: Path | None
    out: Path
    password: str | None = None
    partial: bool = False
    force: bool = False
    xml: Path | None = None


@dataclass(frozen=True)
class Extraction:
    """The result for one paper: the files that changed, and errors of one line each, with the traceback of an internal
    error. `exhibits`: how many were published; `unread`: those of them that nobody has compared with their pages."""

    job: Job
    exhibits: int = 0
    changed: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    trace: str = ""
    unread: tuple[str, ...] = ()


def choose_pdf(paper: str, given: Mapping[str, Path], raw_pdfs: Path = RAW_PDFS) -> Path | None:
    """Return the PDF of a paper: the given one, else the publisher's, the facsimile, or its XML; None if there is
    none."""
    if paper in given:
        return given[paper]
    usual = (raw_pdfs / f"{paper}.pdf", raw_pdfs / "facsimiles" / f"{paper}.pdf", raw_pdfs / f"{paper}.xml")
    return next((path for path in usual if path.is_file()), None)


def choose_xml(paper: str, pdf: Path | None, raw_pdfs: Path = RAW_PDFS) -> Path | None:
    """Return the XML to read beside a PDF: that of the paper in the same folder as the publishers' PDFs; None if there
    is none, or if it is read in place of a PDF."""
    xml = raw_pdfs / f"{paper}.xml"
    return xml if xml.is_file() and pdf != xml else None


def run_jobs(jobs: Sequence[Job], limits: Limits, aloud: bool = False) -> Iterator[Extraction]:
    """Yield the result of each job when it is ready.

    The pipeline is imported here, so that it is loaded once and forked workers have it already.
    """
    import extract.records.pipeline  # noqa: F401

    readings = {PdfTask(read_job, (job,), job.pdf, job.password): job for job in jobs}
    for answer in read_all(list(readings), limits, WORKERS, aloud):
        yield conclude(readings[answer.task], answer)


def read_job(job: Job) -> "ExtractedPaper":
    """Read the paper of a job from its card and its PDF."""
    from extract.cards.loading import load_card
    from extract.pdf.opening import is_xml
    from extract.records.pipeline import read_paper, read_paper_from_xml

    card = load_card(job.paper, job.cards)
    if job.pdf is None:
        expected = f"{RAW_PDFS}/{job.paper}.pdf or {RAW_PDFS}/facsimiles/{job.paper}.pdf"
        raise UnreadableError(f"no PDF: expected {expected}, found neither; give one with --pdf {job.paper}=FILE")
    if is_xml(job.pdf):
        return read_paper_from_xml(card, job.pdf, job.partial)
    return read_paper(card, job.pdf, job.password, job.partial, job.xml)


def conclude(job: Job, answer: PdfResult["ExtractedPaper"]) -> Extraction:
    """Publish the paper that a worker read; if that fails, return the errors."""
    from extract.publishing.publish import publish

    try:
        paper = answer.get()
        missing = dict.fromkeys(item.error for item in paper.missing)
        return Extraction(
            job,
            len(paper.exhibits),
            tuple(publish(paper, job.out / job.paper, job.force)),
            errors=tuple(_with_paper(job, missing)),
            unread=tuple(paper.unread),
        )
    except DoubletakeError as error:
        return Extraction(job, errors=tuple(_with_paper(job, str(error).splitlines())))
    except Exception as error:
        return Extraction(
            job, errors=tuple(_with_paper(job, [error_line(error)])), trace="".join(traceback.format_exception(error))
        )


def _with_paper(job: Job, lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines, each beginning with the name of the paper."""
    return (line if line.startswith((f"{job.paper} ", f"{job.paper}.")) else f"{job.paper}: {line}" for line in lines)
