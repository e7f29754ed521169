"""An exhibit that was read: a table or a figure as its card describes it, ready to be published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from extract.cards.card import ExhibitCard
from extract.page.box import Box
from extract.records.records import Doubt, TextRecord
from schemas import SCHEMAS, validate


@dataclass(frozen=True)
class ExtractedExhibit:
    """`box`: its place on its first page; `head_marks`: column -> the note marks at its printed head; `frame`: its
    records, valid by its schema; `doubts`: what of it is doubtful or repaired; `left_out`: the numbers of the rows that
    are printed and not published."""

    card: ExhibitCard
    caption: str
    box: Box
    frame: pd.DataFrame
    doubts: tuple[Doubt, ...] = ()
    footnotes: tuple[str, ...] = ()
    head_marks: Mapping[str, list[str]] = field(default_factory=dict)
    left_out: tuple[int, ...] = ()


def validated_frame(exhibit: ExhibitCard, records: Sequence[TextRecord]) -> pd.DataFrame:
    """The records as a frame with all columns of the schema; SchemaError where they are not what it says."""
    columns = SCHEMAS[exhibit.schema].columns()
    frame = pd.DataFrame(records, columns=columns, dtype=str)
    return validate(frame.fillna(""), exhibit.schema)
