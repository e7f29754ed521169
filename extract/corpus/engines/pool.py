"""Shards worked on by processes of this machine, several at a time."""

import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from extract.corpus.engines.process import ProcessDiedError, ShardProcess
from extract.corpus.shards.work import ShardReport, ShardTask

MOST_DEATHS = 3  # of processes over one shard


def run_in_pool(tasks: Sequence[ShardTask], workers: int) -> Generator[ShardReport]:
    """Yield the report of each shard as it is done, with `workers` shards at a time. A process that dies costs the file
    that it reads, and its shard is taken up again. No process outlives the iterator."""
    pool = _Pool(min(workers, len(tasks)))
    try:
        yield from pool.reports(tasks)
    finally:
        pool.end()


class _Pool:
    """Threads, each of which keeps a process and waits for it."""

    def __init__(self, workers: int) -> None:
        self._threads = ThreadPoolExecutor(max(1, workers))
        self._own = threading.local()
        self._processes: list[ShardProcess] = []
        self._ended = False

    def reports(self, tasks: Sequence[ShardTask]) -> Iterator[ShardReport]:
        """Yield the report of each shard as it is done."""
        futures = [self._threads.submit(self._run, task) for task in tasks]
        for future in as_completed(futures):
            yield future.result()

    def _run(self, task: ShardTask) -> ShardReport:
        error = ""
        for _ in range(MOST_DEATHS):
            try:
                return self._process().run(task)
            except ProcessDiedError as died:
                error = str(died)
                if self._ended:
                    break
                self._own.process.end()
                self._own.process = None
        return ShardReport(task.shard.key, error=error)

    def _process(self) -> ShardProcess:
        """The process of this thread, started if there is none."""
        process: ShardProcess | None = getattr(self._own, "process", None)
        if self._ended:
            raise ProcessDiedError("the run was interrupted")
        if process is None:
            process = self._own.process = ShardProcess()
            self._processes.append(process)
        return process

    def end(self) -> None:
        """Kill the processes; the threads that wait for them end then."""
        self._ended = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.end()
