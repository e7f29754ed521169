"""A scheduler and two workers of Dask as real processes on loopback: the same bytes as the pool, whoever dies."""

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from extract.errors import UnreadableError
from tests.extract.corpus import fakes
from tests.extract.corpus.test_kills import done_in, wait_until

Process = subprocess.Popen[str]


def start(module: str, *arguments: object) -> Process:
    command = [sys.executable, "-m", f"distributed.cli.{module}", *map(str, arguments), "--no-dashboard"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def address_in(process: Process) -> str:
    """The address that a scheduler or worker says it has; its further lines are read and dropped."""
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"(?:Scheduler at|Start worker at): +(tcp://\S+)", line):
            Thread(target=process.stderr.read, daemon=True).start()
            return found[1]
    raise AssertionError("it ended before it had an address")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[Process]]]:
    """The address of a scheduler, and its two workers; one of them has a nanny, as workers have by default."""
    scheduler = start("dask_scheduler", "--host", "127.0.0.1", "--port", 0)
    address = address_in(scheduler)
    workers = [
        start("dask_worker", address, "--nthreads", 1, nanny, "--local-directory", tmp_path / f"dask{nanny}")
        for nanny in ("--no-nanny", "--nanny")
    ]
    for worker in workers:
        address_in(worker)
    yield address, workers
    for process in (*workers, scheduler):
        process.terminate()
    for process in (*workers, scheduler):
        process.wait(20)
        assert process.stderr is not None
        process.stderr.close()


def test_the_same_bytes_as_the_pool_though_a_worker_is_killed(
    cluster: tuple[str, list[Process]],
    tmp_path: Path,
    ledger: Callable[[Path], list[dict[str, Any]]],
    results: Callable[[Path], dict[str, Any]],
) -> None:
    address, workers = cluster
    folder, out = fakes.fill(tmp_path / "library", 12, "sleep 0.3"), tmp_path / "dask"
    (folder / "broken.pdf").write_bytes(b"%PDF-1.5 broken")
    (folder / "crashes.pdf").write_bytes(fakes.pdf_bytes("n d kill 11"))
    run = Thread(target=fakes.run, args=(folder, out), kwargs={"scheduler": address})
    run.start()
    wait_until(lambda: done_in(out) >= 3)
    workers[0].send_signal(signal.SIGKILL)
    run.join(120)
    assert not run.is_alive()
    fakes.run(folder, tmp_path / "pool", workers=2)
    assert results(out) == results(tmp_path / "pool")
    assert sum(row["attempts"] for row in ledger(out)) in (14, 15), "only the file in flight may be read again"


def test_no_scheduler_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.corpus.engines.cluster.CONNECT_SECONDS", 1)
    folder = fakes.fill(tmp_path / "library", 1)
    with pytest.raises(UnreadableError, match=r"^tcp://127\.0\.0\.1:9: no answer; expected the address of a Dask"):
        fakes.run(folder, tmp_path / "out", scheduler="tcp://127.0.0.1:9")
