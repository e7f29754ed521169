"""Errors of frames that break their schema, and of schemas that are incomplete: one line each."""

from typing import NamedTuple

_SHOWN_LETTERS = 60  # of a value: a message is one line


class Failure(NamedTuple):
    """One place where a frame breaks its schema; `row` and `value` are "" if the whole column is at fault."""

    column: str
    row: str
    value: str
    expected: str

    def __str__(self) -> str:
        place = f"row {self.row}, column {self.column}" if self.row else f"column {self.column}"
        return f"{place}: expected {self.expected}" + (f", found {self.shown}" if self.row else "")

    @property
    def shown(self) -> str:
        """The value in quotes, cut to what a line holds."""
        return repr(self.value if len(self.value) <= _SHOWN_LETTERS else f"{self.value[:_SHOWN_LETTERS]}…")


class SchemaError(ValueError):
    """A frame breaks its schema; `failures` holds every case, the message has one line for each."""

    def __init__(self, schema: str, failures: tuple[Failure, ...]) -> None:
        super().__init__("\n".join(f"{schema}: {failure}" for failure in failures))
        self.schema = schema
        self.failures = failures


class SchemaFileError(ValueError):
    """The file of a schema lacks something that is asked of it; the message names the file, the class and the cure."""
