"""A process that fetches and stores files behind URLs for a process that must stay without threads.

The packages that speak to S3 and its like start threads; beside them no child can be forked, and each file would need a
new process that imports everything again.
"""

import multiprocessing
import os
import threading
from collections.abc import Callable
from functools import cache
from multiprocessing.connection import Connection
from typing import Protocol, TypeVar

from extract.pdf.worker import picklable, start_method

T = TypeVar("T")


class Call(Protocol):
    """A way to call a function of a module: here, or in the courier."""

    def __call__(self, function: Callable[..., T], *arguments: object) -> T: ...


def call_here(function: Callable[..., T], *arguments: object) -> T:
    """Call a function in this process."""
    return function(*arguments)


@cache
def courier() -> Call:
    """Return the way to call functions in the courier of this process, which is started and ends with it."""
    context = multiprocessing.get_context(start_method())
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, ours), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()

    def call(function: Callable[..., T], *arguments: object) -> T:
        ours.send((function, arguments))
        value, error = ours.recv()
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return] # what the function returns

    return call


def _serve(pipe: Connection, other_end: Connection) -> None:
    """Call the functions that come through the pipe, until the parent ends."""
    other_end.close()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        function, arguments = pipe.recv()
        try:
            pipe.send((function(*arguments), None))
        except Exception as error:
            pipe.send((None, picklable(error)))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None, "this runs in a child"
    parent.join()
    os._exit(0)
