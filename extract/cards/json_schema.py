"""The JSON Schema of a card: editors complete and check cards by it (Taplo, Even Better TOML in VS Code).

`python -m extract.cards.json_schema` writes extract/papers/card.schema.json anew.
"""

import json

from extract.cards import JSON_SCHEMA, PAPERS
from extract.cards.entries import CardEntry
from schemas import SCHEMAS
from schemas.base.names import MOST_NAME_LETTERS, NAME, RESERVED_NAMES

_NOT_EXHIBITS = {"claims"}  # its frame is read from the text, without a card


def card_json_schema() -> str:
    """Return the text of card.schema.json."""
    schema = CardEntry.model_json_schema() | {"$schema": "http://json-schema.org/draft-07/schema#"}
    names = [name for name in SCHEMAS if name not in _NOT_EXHIBITS]
    named = {"pattern": f"^{NAME.pattern}$", "maxLength": MOST_NAME_LETTERS, "not": {"enum": list(RESERVED_NAMES)}}
    schema["properties"]["exhibits"]["propertyNames"] = named
    schema["$defs"]["ExhibitEntry"]["properties"]["schema"]["enum"] = names
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (PAPERS / JSON_SCHEMA).write_text(card_json_schema(), encoding="utf-8")
