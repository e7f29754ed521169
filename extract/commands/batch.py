"""Papers read and published, each in a process of its own; one that fails does not keep the others from finishing."""

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import DoubletakeError, UnreadableError
from extract.pdf.limits import Limits
from extract.pdf.worker import Answer, Reading, read_all

if TYPE_CHECKING:
    from extract.records.pipeline import Paper

RAW_PDFS = Path("raw_pdfs")
WORKERS = 2


@dataclass(frozen=True)
class Job:
    """A paper to read: the folder of its card, its PDF (None: there is none), the folder to publish into."""

    paper: str
    cards: Path
    pdf: Path | None
    out: Path
    password: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a paper: the files that changed, or errors, a line each, and the traceback of a fault of ours."""

    job: Job
    exhibits: int = 0
    changed: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    trace: str = ""


def choose_pdf(paper: str, given: Mapping[str, Path], raw_pdfs: Path = RAW_PDFS) -> Path | None:
    """The PDF of a paper: the given one, else the publisher's, else the facsimile, None where there is none of them."""
    if paper in given:
        return given[paper]
    usual = (raw_pdfs / f"{paper}.pdf", raw_pdfs / "facsimiles" / f"{paper}.pdf")
    return next((path for path in usual if path.is_file()), None)


def run_jobs(jobs: Sequence[Job], limits: Limits, aloud: bool = False) -> Iterator[Outcome]:
    """Outcomes as they come. What is slow to import is imported here, once, for the processes that are forked off."""
    import extract.records.pipeline  # noqa: F401

    readings = {Reading(read_job, (job,), job.pdf, job.password): job for job in jobs}
    for answer in read_all(list(readings), limits, WORKERS, aloud):
        yield conclude(readings[answer.reading], answer)


def read_job(job: Job) -> "Paper":
    """The paper of a job, from its card and its PDF."""
    from extract.cards.loading import load_card
    from extract.records.pipeline import read_paper

    card = load_card(job.paper, job.cards)
    if job.pdf is None:
        expected = f"{RAW_PDFS}/{job.paper}.pdf or {RAW_PDFS}/facsimiles/{job.paper}.pdf"
        raise UnreadableError(f"no PDF: expected {expected}, found neither; give one with --pdf {job.paper}=FILE")
    return read_paper(card, job.pdf, job.password)


def conclude(job: Job, answer: Answer["Paper"]) -> Outcome:
    """Publish what was read, or tell of the error."""
    from extract.publishing.publish import publish

    try:
        paper = answer.get()
        return Outcome(job, len(paper.exhibits), tuple(publish(paper, job.out)))
    except DoubletakeError as error:
        return Outcome(job, errors=tuple(_named(job, str(error).splitlines())))
    except Exception as error:
        found = f"{type(error).__name__}: {error} (a fault of ours; -v shows where)"
        return Outcome(job, errors=tuple(_named(job, [found])), trace="".join(traceback.format_exception(error)))


def _named(job: Job, lines: Iterable[str]) -> Iterator[str]:
    return (line if line.startswith((f"{job.paper} ", f"{job.paper}.")) else f"{job.paper}: {line}" for line in lines)
