"""The exhibits of a drafted card: one for each printed table and each panel of a forest plot, as `check` reads them."""

import json
import re
from collections.abc import Mapping, Sequence

from extract.cards.card import ExhibitCard
from extract.meaning.reading import Meaning
from extract.tables.table import PrintedTable

UNREAD_LINE = "unread = true  # remove this line when you have compared rows and columns with the page"
_GIVEN = ("arm", "versus", "timepoint")  # what a draft states of a column, where all its cells have it in common
_LABELS = {"results": "outcome", "sheet": "label"}  # the column of the schema that the first printed column fills
_CELLS = {"results": "statistic", "sheet": "text"}  # what is read from the others


def draft_table(card: ExhibitCard, table: PrintedTable, meanings: Sequence[Meaning]) -> str:
    """Return the TOML of an exhibit with the schema, rows and columns of `card`, and the arms of its columns."""
    given = [_given(place, meanings) for place in range(len(card.columns))]
    stub = min((meaning.place for meaning in meanings), default=1)
    reads = [_LABELS[card.schema] if place < stub else _CELLS[card.schema] for place in range(len(card.columns))]
    reads = [text if place == 0 or place >= stub else "level" for place, text in enumerate(reads)]
    columns = [
        _column({"head": column.head, "reads": text} | constants)
        for column, text, constants in zip(card.columns, reads, given, strict=True)
    ]
    return draft_exhibit(card, table.page, table.caption, columns)


def draft_exhibit(card: ExhibitCard, page: int, caption: str, columns: Sequence[str]) -> str:
    """Return the TOML of an exhibit with these lines of columns."""
    lines = [
        f"\n[exhibits.{card.name}]  # page {page}: {comment(caption)}".rstrip(": "),
        f"label = {quoted(card.label)}",
        f"schema = {quoted(card.schema)}",
        f"rows = {card.rows}",
        UNREAD_LINE,
        "columns = [",
        *(f"  {column}," for column in columns),
        "]\n",
    ]
    return "\n".join(lines)


def _given(place: int, meanings: Sequence[Meaning]) -> dict[str, str]:
    """The texts that all cells of a column have in common."""
    own = [meaning.texts for meaning in meanings if meaning.place == place]
    common = {name: {texts.get(name, "") for texts in own} for name in _GIVEN}
    return {name: texts.pop() for name, texts in common.items() if len(texts) == 1 and "" not in texts}


def _column(keys: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{key} = {quoted(text)}" for key, text in keys.items()) + " }"


def quoted(text: str) -> str:
    """Return a TOML string. JSON writes the same, except for DEL, which TOML refuses."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def comment(text: str) -> str:
    """Return the text on one line, without the characters that TOML refuses in comments."""
    return re.sub(r"[\x00-\x1f\x7f]", "", " ".join(text.split()))
