"""An exhibit that was read from a PDF, ready to be published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from extract.cards.card import ExhibitCard
from extract.errors import ExhibitError
from extract.forests.plot import Plot
from extract.meaning.reading import Meaning
from extract.page.box import Box
from extract.records.records import Doubt, TextRecord
from extract.tables.table import PrintedTable
from schemas import SCHEMAS, SchemaError, validate


@dataclass(frozen=True)
class ExtractedExhibit:
    """A table or figure that was read as its card describes it.

    box: its place on its first page. frame: its records, valid by its schema. doubts: cells that are doubtful or
    repaired. head_marks: column -> the note marks at its printed head. left_out: numbers of the rows that are printed
    and not published. table, plot, meanings: what it was read from where it has no card."""

    card: ExhibitCard
    caption: str
    box: Box
    frame: pd.DataFrame
    doubts: tuple[Doubt, ...] = ()
    footnotes: tuple[str, ...] = ()
    head_marks: Mapping[str, list[str]] = field(default_factory=dict)
    left_out: tuple[int, ...] = ()
    table: PrintedTable | None = None
    plot: Plot | None = None
    meanings: tuple[Meaning, ...] = ()


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
