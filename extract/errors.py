"""What a user can cause: one line that says what was expected, what was found, where, and what to do."""


class DoubletakeError(Exception):
    """Anything that a command reports in one line instead of a traceback."""


class UnreadableError(DoubletakeError):
    """An input that cannot be opened or read at all: missing, empty, no PDF, encrypted, damaged."""


class UsageError(DoubletakeError):
    """A request that cannot be met as it stands: an unknown paper, a page that is not there."""


class CardError(DoubletakeError):
    """A card that contradicts itself or leaves something out."""


class ExhibitError(DoubletakeError):
    """A PDF that does not hold an exhibit as its card describes it."""
