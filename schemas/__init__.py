"""What a table is: one model per file with the names and meanings of its columns; not whether its numbers can be true.

Importing this package is cheap; pandas and pandera are loaded when a model or `validate` is first used.
"""

from typing import TYPE_CHECKING, Any

from schemas.failures import Failure, SchemaError

if TYPE_CHECKING:
    from schemas.models import SCHEMAS
    from schemas.models import validate as validate

NAMES = (
    "characteristics",
    "hazard_ratios",
    "adverse_events",
    "responses",
    "responders",
    "study_arms",
    "histology",
    "claims",
    "forest",
)

__all__ = ["NAMES", "SCHEMAS", "Failure", "SchemaError", "validate"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever schemas.models holds under that name
    if name in ("SCHEMAS", "validate"):
        from schemas import models

        return getattr(models, name)
    raise AttributeError(f"module 'schemas' has no attribute {name!r}")
