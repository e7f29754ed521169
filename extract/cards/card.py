"""A card: the facts of one paper that a person entered."""

from dataclasses import dataclass

from extract.cards.formats import Format
from schemas import SCHEMAS

FOREST = "forest"


@dataclass(frozen=True)
class Column:
    """A printed column: its head path, the formats that its cells follow (none: not published), constants of each."""

    head: str
    formats: tuple[Format, ...]
    constants: tuple[dict[str, str], ...]

    @property
    def field(self) -> str:
        """The first field that is read from the column, which names it in notes and readings; "-" for none."""
        return self.formats[0].fields[0] if self.formats else "-"


@dataclass(frozen=True)
class ExhibitCard:
    """An exhibit. `rows`: all printed data rows; `left_out`: labels or numbers of those that are not published;
    `cohort`: its own N, else that of the paper, None for none."""

    name: str
    label: str
    schema: str
    rows: int
    columns: tuple[Column, ...]
    headings: str
    unsectioned: tuple[str, ...]
    constants: dict[str, str]
    left_out: tuple[str | int, ...] = ()
    cohort: int | None = None

    @property
    def repairable(self) -> list[str]:
        """What a misread may name: heads of printed columns; of a forest plot, whose cells are read one by one, the
        columns of the schema."""
        if self.schema == FOREST:
            return SCHEMAS[self.schema].columns()
        return [column.head for column in self.columns]


@dataclass(frozen=True)
class Misread:
    """A repair of our reading: the printed cell in `column` (a head) of data row `row` says `published`, not `read`."""

    exhibit: str
    row: int
    column: str
    read: str
    published: str
    why: str


@dataclass(frozen=True)
class Card:
    paper: str
    doi: str
    citation: str
    licence: str
    cohort: int | None
    exhibits: tuple[ExhibitCard, ...]
    misreads: tuple[Misread, ...]
