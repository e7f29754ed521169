import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest

from extract.commands.batch import choose_pdf

KILLED = """
import os, sys
from pathlib import Path
import extract.commands.batch as batch
from extract.pdf.limits import Limits
read = batch.read_job
def read_job(job):
    return os._exit(9) if job.paper == "li2024" else read(job)
batch.read_job = read_job
pdfs, out = Path(sys.argv[1]), Path(sys.argv[2])
jobs = [batch.Job(name, Path("extract/papers"), pdfs / f"{name}.pdf", out) for name in ("li2024", "kokkali2025")]
for extraction in batch.run_jobs(jobs, Limits()):
    print(extraction.job.paper, extraction.exhibits, *extraction.errors)
"""


@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="only a fork inherits the killing function")
def test_a_paper_whose_process_is_killed_does_not_take_the_others_along(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", KILLED, root / "raw_pdfs" / "facsimiles", tmp_path]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, cwd=root).stdout.splitlines()
    pdf = f"{root}/raw_pdfs/facsimiles/li2024.pdf"
    killed = (
        f"li2024 0 li2024: {pdf}: reading broke off (exit code 9): it needed more than 2048 MB, or the PDF is damaged"
    )
    assert sorted(printed) == ["kokkali2025 4", f"{killed}; raise --max-memory to try again"]


def test_the_given_pdf_then_the_publishers_then_the_facsimile(tmp_path: Path) -> None:
    assert choose_pdf("li2024", {}, tmp_path) is None
    (tmp_path / "facsimiles").mkdir()
    for path in (tmp_path / "facsimiles" / "li2024.pdf", tmp_path / "li2024.pdf"):
        path.touch()
        assert choose_pdf("li2024", {}, tmp_path) == path
    assert choose_pdf("li2024", {"li2024": Path("mine.pdf")}, tmp_path) == Path("mine.pdf")
