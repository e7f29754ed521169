"""Errors that a user can cause: one line with what was expected, what was found, where, and what to do."""


class DoubletakeError(Exception):
    """An error that a command reports in one line instead of a traceback."""


class UnreadableError(DoubletakeError):
    """A file that cannot be opened or read: missing, empty, not a PDF, encrypted, damaged."""


class UsageError(DoubletakeError):
    """A request that cannot be met: an unknown paper, a page that the PDF does not have."""


class CardError(DoubletakeError):
    """A card that contradicts itself or lacks something."""


class ExhibitError(DoubletakeError):
    """A PDF whose exhibit differs from its card."""
