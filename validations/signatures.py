"""The parameters that a check may have. A check that could never run is refused when it is registered."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal

from schemas import SCHEMAS
from schemas.base.printed import Printed
from validations.tables import Paper, Table

Scope = Literal["row", "table", "paper", "docket"]
_ALLOWED = "Printed, Printed | None = None, or as the only parameter a Table, a Paper or a Docket"
_NONE = inspect.Parameter.empty


class CheckError(TypeError):
    """A function cannot be a check. The message is one line: the function, what was expected, what was found."""


def scope_of(code: str, function: Callable[..., Any], docket: type) -> Scope:
    """The scope of a check, by the types of its parameters; CheckError if no scope fits them."""
    where = f"{code} {function.__name__} in {function.__module__}"
    try:
        parameters = inspect.signature(function, eval_str=True).parameters
    except NameError as error:
        raise CheckError(f"{where}: expected annotations that are imported; {error}") from None
    scopes: Mapping[Any, Scope] = {Table: "table", Paper: "paper", docket: "docket"}
    whole = [scopes[item.annotation] for item in parameters.values() if _is_in(item.annotation, scopes)]
    if whole and len(parameters) == 1:
        return whole[0]
    if not parameters:
        raise CheckError(f"{where}: expected a parameter ({_ALLOWED}), found none")
    if faults := [fault for item in parameters.values() for fault in _faults(item)]:
        raise CheckError(f"{where}: {faults[0]}")
    return "row"


def _is_in(annotation: Any, scopes: Mapping[Any, Scope]) -> bool:  # noqa: ANN401 - annotations can be anything
    return isinstance(annotation, type) and annotation in scopes


def _faults(item: inspect.Parameter) -> Iterator[str]:
    """What is wrong with a parameter of a row check."""
    if item.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD:
        yield f"expected named parameters, found {item}"
    elif item.annotation is _NONE:
        yield f"expected an annotation of the parameter {item.name} ({_ALLOWED}), found none"
    elif not (
        (item.annotation == Printed and item.default is _NONE)
        or (item.annotation == Printed | None and item.default is None)
    ):
        yield f"expected the parameter {item.name} to be {_ALLOWED}, found {item}"
    elif item.name not in quantity_names():
        close = get_close_matches(item.name, quantity_names(), 3)
        similar = f" (did you mean {' or '.join(close)}?)" if close else ""
        yield f"expected the name of a quantity from Exhibit.quantities in schemas/, found {item.name}{similar}"


@cache
def quantity_names() -> tuple[str, ...]:
    """The names of all quantities that schemas declare, and `total`: the cohort's N where a schema has no total."""
    groups = (group for model in SCHEMAS.values() for group in model.quantities())
    return tuple(dict.fromkeys((*(name for group in groups for name in group), "total")))
