"""What a table is: one model per file with the names and meanings of its columns; not whether its numbers can be true.

A new schema is one new file here, such as outcomes.py with `class Outcomes(Exhibit, place=12)`; schemas/base/exhibit.py
says what the class declares. Importing this package is cheap; pandas and pandera are loaded when a model or `validate`
is first used.
"""

from typing import TYPE_CHECKING, Any

from schemas.base.discovery import model_names, models
from schemas.base.failures import Failure, SchemaError, SchemaFileError

if TYPE_CHECKING:
    from schemas.base.exhibit import Exhibit
    from schemas.base.validation import validate as validate

    SCHEMAS: dict[str, type[Exhibit]]

SCHEMA_NAMES = tuple(model_names())

__all__ = ["SCHEMAS", "SCHEMA_NAMES", "Failure", "SchemaError", "SchemaFileError", "validate"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - SCHEMAS or validate
    if name == "SCHEMAS":
        return models()
    if name == "validate":
        from schemas.base.validation import validate

        return validate
    raise AttributeError(f"module 'schemas' has no attribute {name!r}")
