"""Papers read and published, each in a process of its own; one that fails does not keep the others from finishing."""

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from extract.errors import DoubletakeError, UnreadableError

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


def run_jobs(jobs: Sequence[Job]) -> Iterator[Outcome]:
    """Outcomes as they come. Where a process is killed, all that were under way are run again, each alone."""
    broken = []
    with ProcessPoolExecutor(max_workers=max(1, min(WORKERS, len(jobs)))) as pool:
        running = {pool.submit(run_job, job): job for job in jobs}
        for done in as_completed(running):
            try:
                yield done.result()
            except BrokenProcessPool:
                broken.append(running[done])
    yield from map(_run_alone, broken)


def _run_alone(job: Job) -> Outcome:
    with ProcessPoolExecutor(max_workers=1) as pool:
        try:
            return pool.submit(run_job, job).result()
        except BrokenProcessPool:
            return Outcome(job, errors=(f"{job.paper}: the process that read {job.pdf} was killed; is memory short?",))


def run_job(job: Job) -> Outcome:
    """Read and publish one paper."""
    try:
        return _published(job)
    except DoubletakeError as error:
        return Outcome(job, errors=tuple(_named(job, str(error).splitlines())))
    except Exception as error:
        found = f"{type(error).__name__}: {error} (a fault of ours; -v shows where)"
        return Outcome(job, errors=tuple(_named(job, [found])), trace=traceback.format_exc())


def _published(job: Job) -> Outcome:
    from extract.cards import load_card
    from extract.pipeline import read_paper
    from extract.publish import publish

    card = load_card(job.paper, job.cards)
    if job.pdf is None:
        expected = f"{RAW_PDFS}/{job.paper}.pdf or {RAW_PDFS}/facsimiles/{job.paper}.pdf"
        raise UnreadableError(f"no PDF: expected {expected}, found neither; give one with --pdf {job.paper}=FILE")
    paper = read_paper(card, job.pdf, job.password)
    return Outcome(job, len(paper.exhibits), tuple(publish(paper, job.out)))


def _named(job: Job, lines: Iterable[str]) -> Iterator[str]:
    return (line if line.startswith((f"{job.paper} ", f"{job.paper}.")) else f"{job.paper}: {line}" for line in lines)
