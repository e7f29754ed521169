"""Measures `doubletake corpus`: python -m tests.bench.corpus FOLDER [--files 200] [--alone 20]

The PDFs of FOLDER are repeated under other hashes (bytes behind %%EOF). They are checked by the pool and by Dask on
loopback, and some of them one at a time by `doubletake check`. What the engines cost by themselves is measured with a
check that does nothing. CPU time counts, of the program and all that it starts; other load on the machine changes it
little. Writes a section of README.md.
"""

import os
import re
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter

import pyarrow.parquet as pq

from extract.pdf.cpu_time import cpu_seconds
from tests.bench.sections import CORPUS, write_section
from tests.extract.corpus import fakes

README = Path(__file__).parent / "README.md"
DOUBLETAKE = [sys.executable, "-m", "extract"]
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
WORKERS = 2


@dataclass(frozen=True)
class Used:
    """What a command has used: CPU and wall seconds, and the most memory of one shard process, in MB."""

    cpu: float
    wall: float
    shard_mb: float = 0.0


@dataclass(frozen=True)
class Cluster:
    """A scheduler of Dask with its workers: the address and the processes, the scheduler first."""

    address: str
    processes: Sequence["subprocess.Popen[str]"]

    def cpu(self) -> list[float]:
        return [cpu_seconds(process.pid) or 0.0 for process in self.processes]


def repeat(folder: Path, into: Path, count: int) -> Path:
    """Fill a folder with so many PDFs of another, each with a hash of its own."""
    into.mkdir()
    for number, path in enumerate(islice(cycle(sorted(folder.rglob("*.pdf"))), count)):
        (into / f"{number:05d}_{path.name}").write_bytes(path.read_bytes() + b"\n%% copy %d\n" % number)
    return into


def measured(command: Sequence[object]) -> Used:
    """Run a command to its end, whatever its exit code."""
    before, start, ended, most = os.times(), perf_counter(), Event(), [0.0]
    watcher = Thread(target=_watch_memory, args=(ended, most))
    watcher.start()
    subprocess.run([str(word) for word in command], check=False, **QUIET)  # type: ignore[call-overload]
    ended.set()
    watcher.join()
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Used(cpu, perf_counter() - start, most[0])


def _watch_memory(ended: Event, most: list[float]) -> None:
    """Keep the most memory that a process which works on shards has held, in MB. Its children, which have the same
    command line, lead sessions of their own."""
    while not ended.wait(1):
        for process in Path("/proc").glob("[0-9]*"):
            try:
                ours = b"extract.corpus.engines.process" in (process / "cmdline").read_bytes()
                if ours and os.getsid(int(process.name)) != int(process.name):
                    found = re.search(r"VmHWM:\s+(\d+)", (process / "status").read_text())
                    most[0] = max(most[0], int(found[1]) / 1024 if found else 0)
            except OSError:
                continue


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A scheduler and two workers on loopback."""

    def start(name: str, *arguments: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", f"distributed.cli.{name}", *map(str, arguments), "--no-dashboard"]
        settings = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
        return subprocess.Popen(command, **settings)  # type: ignore[call-overload, no-any-return]

    processes = [start("dask_scheduler", "--host", "127.0.0.1", "--port", 0)]
    address = _said(processes[0], r"Scheduler at: +(tcp://\S+)")
    for number in range(WORKERS):
        place = folder / f"dask{number}"
        processes.append(start("dask_worker", address, "--nthreads", 1, "--no-nanny", "--local-directory", place))
        _said(processes[-1], r"Start worker at: +(tcp://\S+)")
    try:
        yield Cluster(address, processes)
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()


def _said(process: "subprocess.Popen[str]", words: str) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(words, line):
            Thread(target=process.stderr.read, daemon=True).start()
            return found[1]
    raise RuntimeError("a process of the cluster ended")


def on_cluster(folder: Path, work: Callable[[Cluster], Used]) -> tuple[Used, list[float]]:
    """Return what work with a new cluster used, the processes of the cluster included, and their CPU seconds."""
    with cluster(folder) as made:
        before = made.cpu()
        used = work(made)
        spent = [after - start for start, after in zip(before, made.cpu(), strict=True)]
    return Used(used.cpu + sum(spent), used.wall, used.shard_mb), spent


def papers_section(library: Path, alone: int, folder: Path) -> str:
    """Compare the engines with a plain loop on a library of PDFs."""
    files = sorted(library.iterdir())
    corpus = [*DOUBLETAKE, "corpus", library, "--out"]
    pool = measured([*corpus, folder / "pool", "--workers", WORKERS])
    dask, _ = on_cluster(folder, lambda made: measured([*corpus, folder / "dask", "--scheduler", made.address]))
    ledger = pq.read_table(folder / "pool" / "ledger" / "ledger.parquet").to_pylist()
    readings = sum(row["cpu_seconds"] for row in ledger)
    sample = files[:: max(1, len(files) // alone)]
    loops = [measured([*DOUBLETAKE, "check", path, "--out", folder / "alone" / path.stem]) for path in sample]
    names = {path.name for path in sample}
    same = sum(row["cpu_seconds"] for row in ledger if row["file"] in names)
    peaks = sorted(row["peak_mb"] for row in ledger if row["peak_mb"])
    done = sum(row["status"] == "done" for row in ledger)
    return PAPERS.format(
        files=len(files),
        done=done,
        per_hour=3600 * len(files) / pool.cpu,
        mean=readings / len(files),
        slowest=max(row["cpu_seconds"] for row in ledger),
        loop=sum(each.cpu for each in loops) / same * readings / pool.cpu,
        pool=pool.cpu / readings,
        dask=dask.cpu / readings,
        plain=sum(each.cpu for each in loops) / same,
        alone=len(sample),
        shard=max(pool.shard_mb, dask.shard_mb),
        median=peaks[len(peaks) // 2],
        most=peaks[-1],
        pool_wall=pool.wall / 60,
        dask_wall=dask.wall / 60,
    )


PAPERS = """
{files} PDFs ({done} were read), two workers, in CPU time of the program and all that it starts. One paper takes
{mean:.1f} s in its child, the slowest {slowest:.0f} s; the pool does {per_hour:,.0f} papers a CPU hour. By the clock,
the pool took {pool_wall:.0f} min and Dask {dask_wall:.0f} min, on a machine that others used, too.

| way | CPU time, divided by that of the readings in their children |
|---|---|
| plain loop, `doubletake check` on one file after the other ({alone} files) | {plain:.2f} |
| pool | {pool:.2f} |
| Dask, scheduler and workers included | {dask:.2f} |

The plain loop takes {loop:.2f} times the CPU time of the pool: every start of the program imports everything again.
The process that works on shards holds {shard:.0f} MB, whatever the number of papers; the child that reads a paper
{median:.0f} MB in the median and {most:.0f} MB at most, pages shared with its parent included.
"""

OVERHEAD = """
What the engines cost by themselves, with a check that does nothing, in ms of CPU a paper; in brackets the shards:

| papers | pool | Dask | of which its scheduler |
|---|---|---|---|
{rows}

Starting costs {start:.1f} s of CPU for the program and its first process.
"""


def overhead_section(counts: Sequence[int], folder: Path) -> str:
    """Measure the engines on tiny PDFs with a check that does nothing, in shards of the usual size and of 100."""
    code = "import sys; from tests.extract.corpus import fakes; fakes.run(sys.argv[1], sys.argv[2], {})"
    start = measured([sys.executable, "-c", code.format(""), fakes.fill(folder / "one", 1), folder / "one_out"]).cpu
    rows = []
    for count in counts:
        library = fakes.fill(folder / f"tiny{count}", count)
        for size in (None, 100) if count > 100 else (None,):
            name, options = f"{count}_{size}", f"shard_size={size}, workers=1"
            pool = measured([sys.executable, "-c", code.format(options), library, folder / f"pool{name}"]).cpu
            dask, spent = on_cluster(
                folder,
                lambda made, name=name, size=size, library=library: measured(  # type: ignore[misc]
                    [
                        *(sys.executable, "-c", code.format(f"shard_size={size}, scheduler='{made.address}'")),
                        *(library, folder / f"dask{name}"),
                    ]
                ),
            )
            shards = len(list((folder / f"pool{name}" / "shards").iterdir()))
            each = [1000 * (pool - start) / count, 1000 * (dask.cpu - start) / count, 1000 * spent[0] / count]
            rows.append(f"| {count:,} ({shards}) | {each[0]:.1f} | {each[1]:.1f} | {each[2]:.2f} |")
    return OVERHEAD.format(rows="\n".join(rows), start=start)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of PDFs")
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--alone", type=int, default=20, help="how many of them are also checked one at a time")
    parser.add_argument("--counts", type=int, nargs="+", default=[10, 100, 1000], help="of papers that are not read")
    parser.add_argument("--keep", type=Path, help="folder for the corpora, which stay there")
    given = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        text = papers_section(repeat(given.folder, folder / "library", given.files), given.alone, folder)
        text += overhead_section(given.counts, folder)
    write_section(README, CORPUS, text)


if __name__ == "__main__":
    main()
