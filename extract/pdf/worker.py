"""Each PDF is read in a worker process, which is killed when it takes too long: nothing else stops a native loop. The
worker returns a plain value or an error. CPU time counts, not the clock: on a busy machine ordinary papers that need
14 s of CPU took more than 60 s.

Pebble does not do this: it kills the worker but not what the worker has started, nothing ends a worker whose parent was
killed or terminated, and its threads make the fork of the next worker unsafe.
"""

import faulthandler
import gc
import logging
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic
from typing import Generic, TypeVar

from extract.errors import DoubletakeError, UnreadableError
from extract.pdf.cpu_time import cpu_seconds
from extract.pdf.limits import Limits, hold_memory
from extract.pdf.scratch import ScratchFolder, sweep_scratch
from schemas.base.faults import lacks_memory
from validations.files.signals import forget_signals, signals_held

T = TypeVar("T")
_log = logging.getLogger(__name__)
OUT_OF_MEMORY_EXIT_CODE = 70
GARBAGE_THRESHOLD_COUNT = 50_000  # objects between searches for cycles: parsing makes millions and few cycles
CPU_CHECK_SECONDS = 0.25  # least time between two looks at the CPU time: a look reads all of /proc
LONGEST_WAIT_SECONDS = 3600.0  # for a result, before looking again: the system's own timers hold 24 days
EXIT_GRACE_SECONDS = 1.0  # for a process to end by itself after its pipe has closed: then its exit code tells why


@dataclass(frozen=True)
class PdfTask(Generic[T]):
    """A call to make in a worker: a module-level function and its arguments, which must pickle. `pdf` is the file that
    the limits of size and pages apply to; None for no file."""

    function: Callable[..., T]
    arguments: tuple[object, ...]
    pdf: Path | None
    password: str | None = None

    @property
    def named(self) -> str:
        """The beginning of a message about the file: "trial.pdf: "; "" for no file."""
        return "" if self.pdf is None else f"{self.pdf}: "


@dataclass(frozen=True)
class PdfResult(Generic[T]):
    """The outcome of a task: a value or an error."""

    task: PdfTask[T]
    value: T | None = None
    error: Exception | None = None

    def get(self) -> T:
        """Return the value, or raise the error."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value] # a value of None is a T then


def read_safely(task: PdfTask[T], limits: Limits, aloud: bool = False) -> T:
    """Return the task's value or raise its error; UnreadableError where a limit stopped it or its process died.
    `aloud`: libraries may write to stderr."""
    [result] = read_all([task], limits, aloud=aloud)
    return result.get()


def read_all(
    tasks: Sequence[PdfTask[T]], limits: Limits, at_once: int = 1, aloud: bool = False
) -> Iterator[PdfResult[T]]:
    """Yield the result of each task as it is done, with `at_once` workers at a time. No worker outlives the iterator,
    however it ends."""
    sweep_scratch(tempfile.gettempdir())
    waiting, running = list(reversed(tasks)), list[Worker[T]]()
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                with signals_held():  # until `running` knows the worker
                    running.append(Worker(waiting.pop(), limits, aloud))
            soonest = min(worker.next_check for worker in running)
            wait([worker.pipe for worker in running], min(max(0.0, soonest - monotonic()), LONGEST_WAIT_SECONDS))
            for worker in [worker for worker in running if worker.is_done()]:
                result = worker.result()
                with signals_held():
                    worker.stop()
                    running.remove(worker)
                yield result
    finally:
        with signals_held():
            for worker in running:
                worker.stop()


class Worker(Generic[T]):
    """A process at work on one task, with a folder for its temporary files; call `stop` in the end."""

    def __init__(self, task: PdfTask[T], limits: Limits, aloud: bool) -> None:
        context = multiprocessing.get_context(start_method())
        self.task, self.limits = task, limits
        self.folder = ScratchFolder()
        self.pipe, theirs = context.Pipe(duplex=False)
        self.process = context.Process(  # type: ignore[attr-defined] # every context has one
            target=run_task, args=(theirs, task, limits, str(self.folder.path), aloud)
        )
        self.started = monotonic()
        self.next_check = self.started
        self.excess = ""
        try:
            self.process.start()
        except BaseException:
            self.folder.remove()
            raise
        theirs.close()

    def is_done(self) -> bool:
        """Whether the worker has sent a result, has ended, or is over a limit of time."""
        if self.pipe.poll():
            return True
        if monotonic() >= self.next_check:
            self._check_time()
        return bool(self.excess)

    def _check_time(self) -> None:
        """Set `excess` to the limit of time that is reached, or `next_check` to when one may be reached."""
        now, limits = monotonic(), self.limits
        told = cpu_seconds(self.process.pid) if self.process.pid else None
        used = now - self.started if told is None else told
        if used >= limits.seconds:
            unit = "s" if told is None else "s of CPU time"
            self.excess = f"reading took longer than {limits.seconds:g} {unit} and was stopped; raise --timeout"
        elif now - self.started >= limits.wall_seconds:
            self.excess = (
                f"reading took longer than {limits.wall_seconds:g} s by the clock and was stopped; raise --max-wait"
            )
        cores = 1 if told is None else os.cpu_count() or 1
        soonest = now + max(CPU_CHECK_SECONDS, (limits.seconds - used) / cores)
        self.next_check = min(self.started + limits.wall_seconds, soonest)

    def result(self) -> PdfResult[T]:
        """The result of a worker that is done: its own, or an error where its time was up or its process died."""
        try:
            if self.pipe.poll():
                value, error, warnings = self.pipe.recv()
                for warning in warnings:
                    _log.warning("%s%s", self.task.named, warning)
                return PdfResult(self.task, value, error)
            message = self.excess
        except (EOFError, OSError):
            self.process.join(EXIT_GRACE_SECONDS)
            message = self._cause_of_death()
        return PdfResult(self.task, error=UnreadableError(f"{self.task.named}{message}"))

    def _cause_of_death(self) -> str:
        """Why the process ended without a result."""
        code, needed = self.process.exitcode, f"needed more than {self.limits.memory} MB"
        if code == OUT_OF_MEMORY_EXIT_CODE:
            return f"reading {needed} and was stopped; raise --max-memory"
        name = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
        return f"reading broke off ({name}): it {needed}, or the PDF is damaged; raise --max-memory to try again"

    def stop(self) -> None:
        """Kill the process and all that it has started; remove its files."""
        if hasattr(os, "killpg") and self.process.pid is not None:
            with suppress(ProcessLookupError, PermissionError):  # the process has ended, or has no group of its own yet
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()
        self.folder.remove()


def start_method() -> str:
    """The way to start a worker: a fork (10 ms) where it is safe, else a new process (200 ms). A fork of a process with
    threads may inherit locks that no thread will release; on macOS system libraries do not survive a fork."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def run_task(pipe: Connection, task: PdfTask[T], limits: Limits, folder: str, aloud: bool) -> None:
    """Run the task in the worker process; send its value or its error, one of them None, and the warnings of our code
    into the pipe."""
    isolate(folder, aloud)
    warnings = keep_warnings(aloud)
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD_COUNT)
    from extract.pdf.opening import refuse_over_limits

    hold_memory(limits.memory)
    try:
        if task.pdf is not None:
            refuse_over_limits(task.pdf, task.password, limits)
        pipe.send((task.function(*task.arguments), None, warnings))
    except DoubletakeError as found:
        pipe.send((None, without_trace(found), warnings))
    except Exception as found:
        if lacks_memory(found):
            os._exit(OUT_OF_MEMORY_EXIT_CODE)  # too little memory may be left to send an error
        pipe.send((None, picklable(found), warnings))


class _Keeper(logging.Handler):
    """Keeps the text of each warning, `aloud` with its traceback."""

    def __init__(self, aloud: bool) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []
        self.aloud = aloud

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())
        if self.aloud and record.exc_info and record.exc_info[0]:
            self.texts[-1] += "\n" + "".join(traceback.format_exception(*record.exc_info)).rstrip()


def keep_warnings(aloud: bool) -> list[str]:
    """Return a list into which all further warnings of our code go, instead of stderr, which may be silent."""
    keeper = _Keeper(aloud)
    logger = logging.getLogger("extract")
    logger.handlers, logger.propagate = [keeper], False
    return keeper.texts


def isolate(folder: str, aloud: bool) -> None:
    """Make this process the leader of a group that ends when the parent does, with its own folder for temporary files.
    Silence stdout, and stderr unless `aloud`. Numerical libraries start no threads, because threads reserve memory."""
    forget_signals()
    if hasattr(os, "setsid"):
        os.setsid()
    threading.Thread(target=end_with_parent, daemon=True).start()
    tempfile.tempdir = folder
    os.environ |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder) | {"OPENBLAS_NUM_THREADS": "1"}
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(2 if aloud else nowhere, 1)
    if not aloud:
        faulthandler.disable()
        os.dup2(nowhere, 2)


def end_with_parent() -> None:
    """Wait for the parent's end, then kill this process and its group."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "this runs in a child"
    wait([parent.sentinel])
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def without_trace(error: Exception) -> Exception:
    """Return the error without its traceback and the errors behind it: libraries may teach pickle to send these, too,
    which takes thousands of calls after an endless recursion."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def picklable(error: Exception) -> Exception:
    """Return the error with its traceback as a note, because pickling loses the traceback; a RuntimeError with the same
    words where the error does not pickle."""
    error.add_note(traceback.format_exc())
    without_trace(error)
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        substitute = RuntimeError(f"{type(error).__name__}: {error}")
        substitute.add_note(error.__notes__[-1])
        return substitute
    return error
