"""Errors that a user can cause: one line with what was expected, what was found, where, and what to do. And errors of
one page or plot, which cost no more than that page or plot."""

import logging
from collections.abc import Callable, Iterator, Sized
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

from schemas.base.faults import fault_name, lacks_memory, must_pass

INTERNAL_ERROR = "internal error; use -v for the traceback"
UNLABELLED = "a table"  # the label of a table without one, where it is not read
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


class UnreadPart(NamedTuple):
    """A part of a file that an error kept from being read. `part`: "page 5", "page 5, Table 2", "page 6, the rest of
    Table 2", or a kind of reading such as "tables"; `label`: of its exhibit, "" where it is none; `page`: 0 where it is
    not one page; `why`: in words that name no place on this machine."""

    part: str
    why: str
    label: str = ""
    page: int = 0


Guard = Callable[[str, str, int], AbstractContextManager[None]]
"""What `PartFaults.within` is: a part in words, the label of its exhibit, its page -> a block that may fail."""


def unguarded(part: str, label: str = "", page: int = 0) -> AbstractContextManager[None]:
    """The guard that lets every error pass."""
    return nullcontext()


def place_of_part(page: int, label: str = "") -> str:
    """A part in words: page 5, Table 2"""
    return ", ".join([*([f"page {page}"] if page else []), *([label] if label else [])])


class PartFaults:
    """The errors in the parts of a file. Each costs its own part, and a warning in the log names that part."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.first: Exception | None = None
        self._unread: dict[UnreadPart, None] = {}

    @property
    def unread(self) -> tuple[UnreadPart, ...]:
        """The parts that were not read; the parts of a page that was not read itself are not named again."""
        pages = {item.part for item in self._unread}
        return tuple(
            item
            for item in self._unread
            if item.part == place_of_part(item.page) or place_of_part(item.page) not in pages
        )

    @contextmanager
    def within(self, part: str, label: str = "", page: int = 0) -> Iterator[None]:
        """Leave the block where it fails, and keep and log that `part` is not read. A lack of memory and a wrong usage
        are no faults of a part: they are raised. `label`: of the exhibit; `page`: on which it stands."""
        try:
            yield
        except UsageError:
            raise
        except Exception as error:
            if lacks_memory(error) or (must_pass(error) and not isinstance(error, DoubletakeError)):
                raise
            self.keep(error, part, label, page)

    def keep(self, error: Exception, part: str, label: str = "", page: int = 0) -> UnreadPart:
        """Keep and log the error of a part."""
        self.first = self.first or error
        ours = not isinstance(error, DoubletakeError)
        said = str(error).removeprefix(f"{self.path}: ")
        item = UnreadPart(part, f"internal error: {fault_name(error)}" if ours else said, label, page)
        if item not in self._unread:  # a page may be looked at twice
            _log.warning("%s: not read: %s", part, error_line(error) if ours else said, exc_info=error)
        self._unread[item] = None
        return item

    def raise_without(self, found: Sized) -> None:
        """Raise the first error where nothing was found: an empty answer would say that there is nothing to find."""
        if self.first is not None and not found:
            raise self.first
