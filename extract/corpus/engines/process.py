"""A process that works on shards, and the end of it that gives it tasks.

Every engine works on shards in such a process: it has one thread, so that it can fork a child for each file, and has
imported everything before, so that a child costs milliseconds. It is started as a program of its own because a worker
of Dask is daemonic, which keeps it from having children of multiprocessing.
"""

import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from typing import BinaryIO

from extract.corpus.shards.work import ShardReport, ShardTask, run_shard
from extract.pdf.worker import picklable

LOOK_SECONDS = 1.0  # between two looks whether the parent lives


class ProcessDiedError(Exception):
    """The process ended without a report: it was killed, or the machine has no memory left."""


class ShardProcess:
    """A process at work on one shard after the other; call `end` in the end. It ends with this process, too."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", __name__, str(os.getpid())]
        threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        environment = {**os.environ, **threads, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

    def run(self, task: ShardTask) -> ShardReport:
        """Return the report of a shard, or raise what working on it raised. ProcessDiedError where the process died."""
        assert self._process.stdin is not None and self._process.stdout is not None, "both are pipes"
        try:
            pickle.dump(pickle.dumps(task), self._process.stdin)
            self._process.stdin.flush()
            report, error = pickle.load(self._process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError) as found:
            raise ProcessDiedError("the process that worked on the shard was killed") from found
        if error is not None:
            raise error
        assert isinstance(report, ShardReport), "there is an error otherwise"
        return report

    def end(self) -> None:
        """Kill the process; the child that reads a file ends with it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None, "both are pipes"
            with suppress(OSError):  # a task that was not sent
                pipe.close()


def serve(parent: int) -> None:
    """Work on the tasks that come from stdin and send reports to stdout, until stdin or the parent ends."""
    reports = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, too, and ends this process
    _end_with(parent)
    while (answer := _answer(sys.stdin.buffer)) is not None:
        pickle.dump(answer, reports)
        reports.flush()


def _answer(tasks: BinaryIO) -> tuple[ShardReport | None, Exception | None] | None:
    try:
        pickled = pickle.load(tasks)
    except EOFError:
        return None
    try:
        return run_shard(pickle.loads(pickled)), None
    except Exception as error:
        return None, picklable(error)


def _end_with(parent: int) -> None:
    """End this process soon after its parent, even in the middle of a shard: by a timer, because no child can be forked
    beside a thread. On Windows, which has no such timer, it ends after the shard, when stdin has ended."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, lambda *_: None if os.getppid() == parent else os._exit(1))
        signal.setitimer(signal.ITIMER_REAL, LOOK_SECONDS, LOOK_SECONDS)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
