"""Finds the schemas: each file of the folder above that defines a model is one, and no list names them."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.base.exhibit import Exhibit

SCHEMA_FOLDER = Path(__file__).parents[1]
_MODEL = re.compile(r"^class (?P<model>\w+)\(Exhibit(?:, place=(?P<place>\d+))?\):", re.MULTILINE)
_NO_PLACE = 10**6  # models without a place come after the others


@cache
def model_names() -> Mapping[str, str]:
    """The name of each schema, which is that of its file, with the name of its class; in the order of their places.

    The files are read as text and not imported, because `--help` lists the names and pandera takes a second to load.
    """
    texts = {path.stem: path.read_text(encoding="utf-8") for path in SCHEMA_FOLDER.glob("*.py")}
    matches = {name: match for name, text in texts.items() if (match := _MODEL.search(text))}
    found = [(int(match["place"] or _NO_PLACE), name, match["model"]) for name, match in matches.items()]
    return {name: model for _, name, model in sorted(found)}


@cache
def models() -> dict[str, "type[Exhibit]"]:
    """The models by the names that cards and data packages use, in the order of their places."""
    return {
        name: getattr(import_module(f"{SCHEMA_FOLDER.name}.{name}"), model) for name, model in model_names().items()
    }
