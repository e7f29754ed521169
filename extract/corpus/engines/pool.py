"""Shards worked on by processes of this machine, each of which forks a limited child for every file.

A worker process has one thread and has imported everything, so that a child costs milliseconds.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from extract.corpus.shard_work import ShardReport, ShardTask, run_shard

MOST_BREAKS = 3  # of the pool, with no shard finished in between
LOOK_SECONDS = 1.0  # between two looks whether the parent lives


def run_in_pool(tasks: Sequence[ShardTask], workers: int) -> Generator[ShardReport]:
    """Yield the report of each shard as it is done, with `workers` shards at a time. A worker that dies costs its file,
    and its shard is taken up again. No process outlives the iterator."""
    waiting, breaks = {task.shard.key: task for task in tasks}, 0
    while waiting:
        try:
            for report in _run_once(list(waiting.values()), workers):
                del waiting[report.key]
                breaks = 0
                yield report
        except BrokenProcessPool:
            breaks += 1
            if breaks == MOST_BREAKS:
                yield from (ShardReport(key, error="the worker processes were killed") for key in waiting)
                return


def _run_once(tasks: Sequence[ShardTask], workers: int) -> Iterator[ShardReport]:
    with own_processes(workers) as pool:
        try:
            futures: list[Future[ShardReport]] = [pool.submit(run_shard, task) for task in tasks]
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            end_processes(pool)
            raise


def own_processes(workers: int) -> ProcessPoolExecutor:
    """Return a pool of new processes that end with this one."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=prepare, initargs=(os.getpid(),))


def end_processes(pool: ProcessPoolExecutor) -> None:
    """Kill the processes of a pool; what they have started ends with them."""
    ours = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in ours:
        process.kill()


def prepare(parent: int) -> None:
    """Make this process end soon after `parent`, without a thread, beside which no child can be forked. Numerical
    libraries start no threads."""
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, too, and ends this process
    if not hasattr(signal, "setitimer"):
        threading.Thread(target=_wait_for_end, daemon=True).start()
        return
    signal.signal(signal.SIGALRM, lambda *_: None if os.getppid() == parent else os._exit(1))
    signal.setitimer(signal.ITIMER_REAL, LOOK_SECONDS, LOOK_SECONDS)


def _wait_for_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
