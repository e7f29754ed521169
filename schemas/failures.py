"""What is wrong with a frame that is not what its schema says: one line each, in the words of a curator."""

from typing import NamedTuple


class Failure(NamedTuple):
    """One place where a frame breaks its schema; `row` and `value` are "" where a whole column is meant."""

    column: str
    row: str
    value: str
    expected: str

    def __str__(self) -> str:
        place = f"row {self.row}, column {self.column}" if self.row else f"column {self.column}"
        return f"{place}: expected {self.expected}" + (f", found {self.value!r}" if self.row else "")


class SchemaError(ValueError):
    """A frame that is not what its schema says; `failures` holds every case, the message one line for each."""

    def __init__(self, schema: str, failures: tuple[Failure, ...]) -> None:
        super().__init__("\n".join(f"{schema}: {failure}" for failure in failures))
        self.schema = schema
        self.failures = failures
