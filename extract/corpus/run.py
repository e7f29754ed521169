"""A run over a corpus: its shards are listed, worked on by an engine unless they stand already, and merged."""

import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from extract.corpus.engines.cluster import run_on_cluster
from extract.corpus.engines.pool import run_in_pool
from extract.corpus.files.sources import list_sources
from extract.corpus.files.store import Store
from extract.corpus.index.page import render_index
from extract.corpus.progress import Progress
from extract.corpus.shards.cutting import Shard, cut_shards, share_of
from extract.corpus.shards.reading import Checker, Reading
from extract.corpus.shards.work import ShardReport, ShardTask, report_on
from extract.corpus.tables.merging import WHOLE_LEDGER, Merging, Totals, standing_entries
from extract.corpus.tables.parquet import require_arrow
from extract.corpus.version import program_version
from extract.errors import UsageError
from extract.pdf.limits import Limits

OURS = ("ledger", "shards", "papers")


@dataclass(frozen=True)
class CorpusRun:
    """What to check and how. `scheduler`: address of a Dask scheduler, "" for `workers` processes of this machine.
    `shard`: number and total of a job array, None for all shards. `shard_size`: files a shard, None for the usual."""

    source: str
    out: str
    checker: Checker
    limits: Limits
    workers: int = 1
    scheduler: str = ""
    shard: tuple[int, int] | None = None
    shard_size: int | None = None
    resume: bool = False

    @property
    def place(self) -> str:
        """The output folder as workers find it, wherever they were started."""
        return self.out if "://" in self.out else str(Path(self.out).absolute())


@dataclass(frozen=True)
class CorpusResult:
    """What became of a run: the counts, shards that could not be finished with the reason, and the index, if all shards
    were merged."""

    totals: Totals
    unfinished: Mapping[str, int]
    index: str = ""

    @property
    def is_clean(self) -> bool:
        """Whether every file was read and no finding needs a ruling."""
        return not (self.unfinished or self.totals.failed or self.totals.waiting)


def check_corpus(run: CorpusRun, show_progress: bool) -> CorpusResult:
    """Check all files of a corpus, or the part of one job of an array, and write what they give. UsageError where the
    output folder holds something else, UnreadableError where nothing can be listed."""
    require_arrow()
    store = Store(run.place)
    _refuse_files_of_others(store, run)
    shards = _shards(run)
    mine = shards if run.shard is None else share_of(shards, *run.shard)
    unfinished: dict[str, int] = {}
    with Progress(sum(len(shard.sources) for shard in mine), show_progress) as progress:
        for report in _reports(mine, store, run):
            progress.advance(report)
            if report.error:
                unfinished[report.error] = unfinished.get(report.error, 0) + 1
    merging = Merging(store, [shard.key for shard in mine])
    if run.shard is not None:
        name = "ledger/part-{:05d}-of-{:05d}.parquet".format(*run.shard)
        return CorpusResult(merging.write_ledger(name), unfinished)
    totals = _merge(merging, store)
    _clear(store, {shard.key for shard in shards})
    return CorpusResult(totals, unfinished, f"{run.out.rstrip('/')}/index.html")


def _refuse_files_of_others(store: Store, run: CorpusRun) -> None:
    names = [name for name in store.names("") if not name.startswith(".")]
    ours = [name for name in names if name in OURS]
    if names and not ours:
        raise UsageError(f"{run.out}: has files that are not ours; use another --out")
    if ours and not run.resume and run.shard is None:
        raise UsageError(f"{run.out}: holds a corpus already; go on with --resume, or use another --out")


def _shards(run: CorpusRun) -> list[Shard]:
    return cut_shards(list_sources(run.source), program_version(), options_text(run.limits), run.shard_size)


def options_text(limits: Limits) -> str:
    """Return the limits as the ledger has them."""
    return json.dumps({name: value for name, value in asdict(limits).items() if value is not None})


def _reports(shards: Sequence[Shard], store: Store, run: CorpusRun) -> Iterator[ShardReport]:
    """The report of each shard: first of those that stand from an earlier run, then of the others as they are done."""
    reading = Reading(run.checker, run.limits, program_version(), options_text(run.limits), str(Path.cwd()))
    tasks = []
    for shard in shards:
        entries = standing_entries(store, shard.key) if shard.lasting else None
        if entries is None:
            tasks.append(ShardTask(shard, run.place, reading))
        else:
            yield report_on(shard.key, entries)
    with closing(_engine(tasks, run)) as reports:
        yield from reports


def _engine(tasks: Sequence[ShardTask], run: CorpusRun) -> Generator[ShardReport]:
    return run_on_cluster(tasks, run.scheduler) if run.scheduler else run_in_pool(tasks, run.workers)


def _merge(merging: Merging, store: Store) -> Totals:
    totals = merging.write_ledger(WHOLE_LEDGER)
    merging.write_tables()
    store.write("index.html", render_index(merging, totals).encode())
    return totals


def _clear(store: Store, keys: set[str]) -> None:
    """Remove what the merging has made superfluous, and what killed processes have left."""
    for name in store.names("ledger"):
        if name.startswith("part-"):
            store.remove(f"ledger/{name}")
    for key in store.names("shards"):
        if key not in keys:
            store.remove(f"shards/{key}")
    store.sweep()
