"""SIGTERM and SIGHUP end a command as Ctrl-C does: what it has begun is undone, its workers are killed and their
folders removed."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
SIGNAL_EXIT_CODE = 128  # and the number of the signal, as shells have it


class _Hold:
    """The number of blocks that hold signals back, and the first signal that came meanwhile; 0 for none."""

    blocks = 0
    came = 0


class StoppedError(SystemExit):
    """A signal has stopped the command. `name`: that of the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(SIGNAL_EXIT_CODE + number)
        self.name = signal.Signals(number).name


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """While the block runs, the first of the signals raises StoppedError in it, and others change nothing. A signal
    that is ignored, as SIGHUP is under nohup, stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in STOPPING}
    heeded = [number for number, handler in before.items() if handler is not signal.SIG_IGN]

    def stop(number: int, _: FrameType | None) -> None:
        if _Hold.blocks:
            _Hold.came = _Hold.came or number
            return
        for each in heeded:
            signal.signal(each, signal.SIG_IGN)
        raise StoppedError(number)

    for number in heeded:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, before[number])


@contextmanager
def signals_held() -> Iterator[None]:
    """A signal that would raise StoppedError while the block runs does so at its end. (The mask of signals that POSIX
    has does not hold them where other threads run, such as those of numerical libraries.)"""
    _Hold.blocks += 1
    try:
        yield
    finally:
        _Hold.blocks -= 1
        if _Hold.came and not _Hold.blocks:
            came, _Hold.came = _Hold.came, 0
            signal.raise_signal(came)


def forget_signals() -> None:
    """In a new process: take back what the parent has made of the signals. They end the process."""
    for number in STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
