"""A card: the facts of one paper that a person entered."""

from dataclasses import dataclass

from extract.cards.formats import Format
from schemas import SCHEMAS


@dataclass(frozen=True)
class CardColumn:
    """A printed column: its head path; the formats that its cells may follow, () where it is not published; the
    constants of each format."""

    head: str
    formats: tuple[Format, ...]
    constants: tuple[dict[str, str], ...]

    @property
    def field(self) -> str:
        """The first field that is read from the column, which names the column in notes and readings; "-" for none."""
        return self.formats[0].fields[0] if self.formats else "-"


@dataclass(frozen=True)
class ExhibitCard:
    """An exhibit. `rows`: the number of printed data rows; `left_out`: labels or numbers of rows that are printed and
    not published; `cohort`: the exhibit's own N, else the paper's, None for none; `unread`: whether it is drafted and
    nobody has compared it with its page."""

    name: str
    label: str
    schema: str
    rows: int
    columns: tuple[CardColumn, ...]
    headings: str
    unsectioned: tuple[str, ...]
    constants: dict[str, str]
    left_out: tuple[str | int, ...] = ()
    cohort: int | None = None
    unread: bool = False

    @property
    def is_plot(self) -> bool:
        """Whether the exhibit is a forest plot, which another reader reads."""
        return SCHEMAS[self.schema].read_from() == "plot"

    @property
    def repairable(self) -> list[str]:
        """The columns that a misread may name: heads of printed columns; in a forest plot, which has no
        grid of cells, columns of the schema."""
        if self.is_plot:
            return SCHEMAS[self.schema].columns()
        return [column.head for column in self.columns]


@dataclass(frozen=True)
class Misread:
    """A repair of our reading: the cell in `column` (a head) of data row `row` prints `published`; we read `read`."""

    exhibit: str
    row: int
    column: str
    read: str
    published: str
    why: str


@dataclass(frozen=True)
class UnreadRow:
    """A printed row that the reader misses: its `cells` as printed, under data row `after` (0: at the top). `page`: 0
    where the card does not say it."""

    exhibit: str
    after: int
    cells: tuple[str, ...]
    page: int = 0


@dataclass(frozen=True)
class NamedArm:
    """An arm of the trial: the name that is published, its N ("" for none), and the other names that the paper uses."""

    name: str
    n: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """All facts of one paper that a person entered. `reviewers`: how many people rule on it, each by themselves."""

    paper: str
    doi: str
    citation: str
    licence: str
    cohort: int | None
    exhibits: tuple[ExhibitCard, ...]
    misreads: tuple[Misread, ...]
    unread_rows: tuple[UnreadRow, ...] = ()
    arms: tuple[NamedArm, ...] = ()
    reviewers: int = 1
