"""Shards worked on by a Dask cluster: one task a shard, because a scheduler chokes on single files."""

import logging
import threading
from collections.abc import Generator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from extract.corpus.engines.process import ProcessDiedError, ShardProcess
from extract.corpus.shards.work import ShardReport, ShardTask
from extract.errors import DoubletakeError, UnreadableError, UsageError, error_line

if TYPE_CHECKING:
    from distributed import Client, Future

MOST_AT_ONCE = 5000  # tasks that the scheduler knows: 100,000 took it a minute to start
RETRIES = 3  # of a shard whose process died
CONNECT_SECONDS = 20
_processes: dict[int, ShardProcess] = {}  # of this worker, by the thread that uses it


def run_on_cluster(tasks: Sequence[ShardTask], address: str) -> Generator[ShardReport]:
    """Yield the report of each shard as it is done by the workers of the scheduler at `address`. A shard whose worker
    dies goes to another one, which leaves out what is done. UnreadableError where no scheduler answers; UsageError
    where a worker has another version of the program."""
    with _client(address) as client:
        from distributed import as_completed

        waiting = iter(tasks)
        running = as_completed([_submit(client, task) for task in islice(waiting, MOST_AT_ONCE)], client.loop)
        for future in running:
            yield _report_of(future)
            future.release()
            for task in islice(waiting, 1):
                running.add(_submit(client, task))


def _client(address: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        advice = "install the extra 'cluster': pip install --editable '.[cluster]'"
        raise UsageError(f"--scheduler needs Dask; {advice}") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # a task that fails is reported in one line
    try:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        expected = "expected the address of a Dask scheduler, such as tcp://10.0.0.1:8786"
        raise UnreadableError(f"{address}: no answer; {expected}") from error


def _submit(client: "Client", task: ShardTask) -> "Future[ShardReport]":
    return client.submit(run_in_own_process, task, key=f"doubletake-{task.shard.key}", retries=RETRIES, pure=False)


def _report_of(future: "Future[ShardReport]") -> ShardReport:
    key = str(future.key).removeprefix("doubletake-")
    if future.status == "finished":
        report: ShardReport = future.result()
        return report
    error = future.exception()
    if isinstance(error, UsageError):
        raise error
    line = error_line(error) if isinstance(error, DoubletakeError) else f"{type(error).__name__}: {error}"
    return ShardReport(key, error=" ".join(line.split()))


def run_in_own_process(task: ShardTask) -> ShardReport:
    """Work on a shard in a process that this thread of the worker keeps. ProcessDiedError where that process dies; the
    next shard gets a new one."""
    thread = threading.get_ident()
    if thread not in _processes:
        _processes[thread] = ShardProcess()
    try:
        return _processes[thread].run(task)
    except ProcessDiedError:
        _processes.pop(thread).end()
        raise
