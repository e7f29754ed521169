"""An exhibit that was read from a PDF, ready to be published; and one that could not be read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from extract.cards.card import ExhibitCard
from extract.errors import ExhibitError, UnreadPart, joined_parts
from extract.forests.plot import Plot
from extract.meaning.reading import Meaning
from extract.page.box import Box
from extract.records.names import distinct_names, exhibit_names
from extract.records.records import Doubt, TextRecord
from extract.tables.table import PrintedTable
from schemas import SCHEMAS, SchemaError, validate

_LABEL = re.compile(r"(?:\w+ )*?e?(?:table|fig)", re.IGNORECASE)


@dataclass(frozen=True)
class ExtractedExhibit:
    """A table or figure that was read as its card describes it.

    box: its place on its first page; None where it was read from an XML alone. frame: its records, valid by its schema.
    doubts: cells that are doubtful or repaired. head_marks: column -> the note marks at its printed head. left_out:
    numbers of the rows that are printed and not published. table, plot, meanings: what it was read from where it has no
    card. element: its place in the XML, "" for a reading of pages alone."""

    card: ExhibitCard
    caption: str
    box: Box | None
    frame: pd.DataFrame
    doubts: tuple[Doubt, ...] = ()
    footnotes: tuple[str, ...] = ()
    head_marks: Mapping[str, list[str]] = field(default_factory=dict)
    left_out: tuple[int, ...] = ()
    table: PrintedTable | None = None
    plot: Plot | None = None
    meanings: tuple[Meaning, ...] = ()
    element: str = ""


class MissingExhibit(NamedTuple):
    """An exhibit of the card, or another part of the paper, that could not be read. `error`: the line for the screen;
    `why`: the reason for the published files, which name no place on this machine."""

    card: ExhibitCard
    error: str
    why: str


def unread_exhibits(unread: Sequence[UnreadPart], taken: Sequence[str]) -> tuple[MissingExhibit, ...]:
    """Return the parts that were not read as missing exhibits with names of their own, those without label together if
    they have one reason. `taken`: names of others."""
    alike: dict[tuple[str, str], list[UnreadPart]] = {}
    for item in unread:
        alike.setdefault((item.part if item.label else "", item.why), []).append(item)
    names, found = list(taken), list[MissingExhibit]()
    for items in alike.values():
        label, why = items[0].label, items[0].why
        names.append(_free_name(items[0], names))
        part = joined_parts([item.part for item in items])
        card = ExhibitCard(names[-1], label or part, "", 0, (), "", (), {})
        found.append(MissingExhibit(card, f"{part}: not read: {why}", f"{part}: {why}"))
    return tuple(found)


def _free_name(item: UnreadPart, taken: Sequence[str]) -> str:
    """The name of a part that was not read, as its exhibit would have it: table2, page_5."""
    plain = re.sub(r"[^a-z0-9]+", "_", item.part.casefold()).strip("_")
    name = exhibit_names([(item.label, item.page)], "table")[0] if _LABEL.match(item.label) else plain
    name = name if re.match("[a-z]", name) else f"part_{name}"
    return distinct_names([name], taken)[0]


def validated_frame(exhibit: ExhibitCard, records: Sequence[TextRecord], unlike: Sequence[str] = ()) -> pd.DataFrame:
    """Return the records as a frame with all columns of the schema. SchemaError where they are not valid by it;
    ExhibitError, which names the heads too, where heads are `unlike` the card's: then it may be another column."""
    columns = SCHEMAS[exhibit.schema].columns()
    frame = pd.DataFrame(records, columns=columns, dtype=str)
    try:
        return validate(frame.fillna(""), exhibit.schema)
    except SchemaError as error:
        if unlike:
            raise ExhibitError("\n".join(["; ".join(unlike), *str(error).splitlines()])) from None
        raise
