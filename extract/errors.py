"""Errors that a user can cause: one line with what was expected, what was found, where, and what to do. And errors of
one page or plot, which cost no more than that page or plot."""

import logging
from collections.abc import Iterator, Sized
from contextlib import contextmanager

INTERNAL_ERROR = "internal error; use -v for the traceback"
_log = logging.getLogger(__name__)


class DoubletakeError(Exception):
    """An error that a command reports in one line instead of a traceback."""


class UnreadableError(DoubletakeError):
    """A file that cannot be opened or read: missing, empty, not a PDF, encrypted, damaged."""


class UsageError(DoubletakeError):
    """A request that cannot be met: an unknown paper, a page that the PDF does not have."""


class CardError(DoubletakeError):
    """A card that contradicts itself or lacks something."""


class ExhibitError(DoubletakeError):
    """A PDF whose exhibit differs from its card. `difference`: what differs, without file, place and advice."""

    def __init__(self, message: str, difference: str = "") -> None:
        super().__init__(message)
        self.difference = difference or message


def error_line(error: BaseException) -> str:
    """Return an error in one line: its own words if a user can cause it, else its kind and that it is internal."""
    if isinstance(error, DoubletakeError):
        return str(error)
    return f"{type(error).__name__}: {' '.join(str(error).split())} ({INTERNAL_ERROR})"


class PartFaults:
    """The errors in the parts of a file. Each costs its own part, and a warning in the log names that part."""

    def __init__(self) -> None:
        self.first: Exception | None = None
        self._lines: set[str] = set()

    @contextmanager
    def within(self, part: str) -> Iterator[None]:
        """Leave the block where it fails, and log that `part` ("page 5") is not read. A lack of memory and a wrong
        usage are no faults of a part: they are raised."""
        try:
            yield
        except (MemoryError, UsageError):
            raise
        except Exception as error:
            self.first = self.first or error
            line = f"{part}: not read: {error_line(error)}"
            if line not in self._lines:  # a page may be looked at twice
                _log.warning(line, exc_info=True)
            self._lines.add(line)

    def raise_without(self, found: Sized) -> None:
        """Raise the first error where nothing was found: an empty answer would say that there is nothing to find."""
        if self.first is not None and not found:
            raise self.first
