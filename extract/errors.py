"""Errors that a user can cause: one line with what was expected, what was found, where, and what to do. And errors of
one page or plot, which cost no more than that page or plot."""

import logging
from collections.abc import Callable, Iterator, Sequence, Sized
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

from schemas.base.faults import fault_name, lacks_memory, must_pass

INTERNAL_ERROR = "internal error; use -v for the traceback"
_LISTED = 3  # parts in one line
UNLABELLED = "a table"  # the label of a table without one, where it is not read
_log = logging.getLogger(__name__)


class DoubletakeError(Exception):
    """An error that a command reports in one line instead of a traceback."""


class UnreadableError(DoubletakeError):
    """A file that cannot be opened or read: missing, empty, not a PDF, encrypted, damaged."""


class UsageError(DoubletakeError):
    """A request that cannot be met: an unknown paper, a page that the PDF does not have."""


class CardError(DoubletakeError):
    """A card that contradicts itself or lacks something. The message is one line, whatever texts of the card it
    quotes."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


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


def joined_parts(parts: Sequence[str]) -> str:
    """Several parts in words; of many, the first ones: page 1, page 2, page 3 and 6 more"""
    more = f" and {len(parts) - _LISTED} more" if len(parts) > _LISTED else ""
    return ", ".join(parts[:_LISTED]) + more


class PartFaults:
    """The errors in the parts of a file. Each costs its own part. In the end, a warning in the log names the parts, one
    for each error."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._errors: dict[UnreadPart, Exception] = {}

    @property
    def unread(self) -> tuple[UnreadPart, ...]:
        """The parts that were not read; the parts of a page that was not read itself are not named again."""
        pages = {item.part for item in self._errors}
        return tuple(
            item
            for item in self._errors
            if item.part == place_of_part(item.page) or place_of_part(item.page) not in pages
        )

    @contextmanager
    def within(self, part: str, label: str = "", page: int = 0) -> Iterator[None]:
        """Leave the block where it fails, and keep that `part` is not read. A lack of memory and a wrong usage
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
        """Keep the error of a part."""
        why = self._said(error) if isinstance(error, DoubletakeError) else f"internal error: {fault_name(error)}"
        item = UnreadPart(part, why, label, page)
        self._errors.setdefault(item, error)  # a page may be looked at twice
        return item

    def _said(self, error: Exception) -> str:
        """The words of an error, without the file if a user can cause it."""
        return error_line(error).removeprefix(f"{self.path}: ")

    def raise_without(self, found: Sized) -> None:
        """Log the errors. Raise the first where nothing was found: an empty answer would say that there is nothing to
        find; an error of the file is not logged, too."""
        first = next(iter(self._errors.values()), None)
        if first is None or found or not isinstance(first, DoubletakeError):
            self.log()
        if first is not None and not found:
            raise first

    def log(self) -> None:
        """Log a line for each error, with the parts that it kept from being read."""
        parts: dict[str, list[UnreadPart]] = {}
        for item in self.unread:
            parts.setdefault(item.why, []).append(item)
        for items in parts.values():
            error = self._errors[items[0]]
            _log.warning(
                "%s: not read: %s", joined_parts([item.part for item in items]), self._said(error), exc_info=error
            )
