"""Every PDF is read in a process of its own, which is killed when it takes too long: a native loop stops for nothing
else. What it gives is a plain value, or the error that it met, in one line."""

import faulthandler
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
from extract.pdf.limits import Limits, hold_memory

T = TypeVar("T")
OUT_OF_MEMORY = 70  # exit code
FAREWELL = 1.0  # seconds for a process to end by itself after its pipe has closed


@dataclass(frozen=True)
class Reading(Generic[T]):
    """A function of a module, of plain values, that reads `pdf`; None: it reads none and meets no limit of pages."""

    function: Callable[..., T]
    arguments: tuple[object, ...]
    pdf: Path | None
    password: str | None = None


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What a reading gave: a value, or the error that it met."""

    reading: Reading[T]
    value: T | None = None
    error: Exception | None = None

    def get(self) -> T:
        """The value; raises the error instead where there is one."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value] # a value of None is a T then


def read_safely(reading: Reading[T], limits: Limits, aloud: bool = False) -> T:
    """What the reading gives, or the error that it raised.

    Raises UnreadableError where it was stopped by a limit or broke its process. `aloud`: let libraries write to stderr.
    """
    [answer] = read_all([reading], limits, aloud=aloud)
    return answer.get()


def read_all(
    readings: Sequence[Reading[T]], limits: Limits, at_once: int = 1, aloud: bool = False
) -> Iterator[Answer[T]]:
    """An answer for each reading, as they come, so many at once. No process outlives this, whatever ends it."""
    waiting, running = list(reversed(readings)), list[Worker[T]]()
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                running.append(Worker(waiting.pop(), limits, aloud))
            soonest = min(worker.deadline for worker in running)
            wait([worker.pipe for worker in running], max(0.0, soonest - monotonic()))
            for worker in [worker for worker in running if worker.is_done()]:
                answer = worker.answer()
                worker.stop()
                running.remove(worker)
                yield answer
    finally:
        for worker in running:
            worker.stop()


class Worker(Generic[T]):
    """A process at work on one reading, with a folder for its temporary files; `stop` it in the end."""

    def __init__(self, reading: Reading[T], limits: Limits, aloud: bool) -> None:
        context = multiprocessing.get_context(start_method())
        self.reading, self.limits = reading, limits
        self.folder = tempfile.TemporaryDirectory(prefix="doubletake-", ignore_cleanup_errors=True)
        self.pipe, theirs = context.Pipe(duplex=False)
        self.process = context.Process(  # type: ignore[attr-defined] # every context has one
            target=work, args=(theirs, reading, limits, self.folder.name, aloud)
        )
        self.deadline = monotonic() + limits.seconds
        self.process.start()
        theirs.close()

    def is_done(self) -> bool:
        return self.pipe.poll() or monotonic() >= self.deadline

    def answer(self) -> Answer[T]:
        """Its answer, when there is one or when its time is up."""
        try:
            if self.pipe.poll():
                return Answer(self.reading, *self.pipe.recv())
            said = f"reading took longer than {self.limits.seconds:g} s and was stopped; raise --timeout"
        except (EOFError, OSError):
            self.process.join(FAREWELL)
            said = self.end()
        return Answer(self.reading, error=UnreadableError(f"{self.reading.pdf}: {said}"))

    def end(self) -> str:
        """Why it ended without an answer."""
        code, needed = self.process.exitcode, f"needed more than {self.limits.memory} MB"
        if code == OUT_OF_MEMORY:
            return f"reading {needed} and was stopped; raise --max-memory"
        name = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
        return f"reading broke off ({name}): it {needed}, or the PDF is damaged; raise --max-memory to try again"

    def stop(self) -> None:
        """Kill the process and all that it started, and remove its files."""
        if hasattr(os, "killpg") and self.process.pid is not None:
            with suppress(ProcessLookupError, PermissionError):  # it has ended, or has no group of its own yet
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()
        self.folder.cleanup()


def start_method() -> str:
    """A fork costs 10 ms, a new process 200; with threads a fork may inherit locks that nobody will open, and on macOS
    system libraries do not survive it."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def work(pipe: Connection, reading: Reading[T], limits: Limits, folder: str, aloud: bool) -> None:
    """What the process does: (value, None) or (None, error) into the pipe."""
    settle(folder, aloud)
    from extract.pdf.opening import refuse_what_is_over

    hold_memory(limits.memory)
    try:
        if reading.pdf is not None:
            refuse_what_is_over(reading.pdf, reading.password, limits)
        pipe.send((reading.function(*reading.arguments), None))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # there may be none left to say it with
    except DoubletakeError as found:
        pipe.send((None, found))
    except Exception as found:
        pipe.send((None, portable(found)))


def settle(folder: str, aloud: bool) -> None:
    """A group of processes of its own, which ends when the parent does; its own folder for temporary files; no word on
    stderr unless `aloud`, none on stdout ever; no threads of numerical libraries, which reserve memory."""
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
    parent = multiprocessing.parent_process()
    assert parent is not None, "this runs in a child"
    wait([parent.sentinel])
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def portable(error: Exception) -> Exception:
    """The error with its traceback as a note, which a pipe would lose; in words where it cannot be pickled."""
    error.add_note(traceback.format_exc())
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        told = RuntimeError(f"{type(error).__name__}: {error}")
        told.add_note(error.__notes__[-1])
        return told
    return error
