"""A table as it was read: text cells with their places on the page. What the numbers mean is not known here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page: points from the top left of the page as displayed; pages count from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    def around(self, other: "Box") -> "Box":
        """The smallest box that holds both; both must lie on one page."""
        return Box(
            self.page,
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


def boxes_by_page(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """One box around those of each page, in the order in which the pages first occur."""
    around: dict[int, Box] = {}
    for box in boxes:
        around[box.page] = around[box.page].around(box) if box.page in around else box
    return tuple(around.values())


@dataclass(frozen=True)
class Cell:
    """A printed cell. `text`: wrapped lines joined by a space, without note marks; `marks`: those marks, as printed;
    `boxes`: its place, one box a page (two where a row breaks across pages); none for a blank cell. `flags`: what
    is doubted of it."""

    text: str = ""
    marks: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    flags: tuple["CellFlag", ...] = ()


class CellFlag(NamedTuple):
    """What is doubted or was repaired in one cell: see `Flag`."""

    code: str
    reader: str
    reading: str
    evidence: str


class Flag(NamedTuple):
    """A cell that is repaired, doubtful or differently read. `row` and `column` count from 0 in `Table.rows`; `code` is
    that of the finding it becomes; `reader` read `reading` there; `evidence` says why one or the other is right."""

    row: int
    column: int
    code: str
    reader: str
    reading: str
    evidence: str


@dataclass(frozen=True)
class Row:
    """A printed row: as many cells as the table has columns; a spanning cell stands at its leftmost column, the
    others are blank. `indent` is how far the first cell is set in, in points from the leftmost row of the table;
    `read_by`: the readers that agree on the row."""

    cells: tuple[Cell, ...]
    indent: float = 0.0
    read_by: tuple[str, ...] = ("pdfplumber",)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The place of the row, one box a page, in reading order."""
        return boxes_by_page(box for cell in self.cells for box in cell.boxes)

    def padded(self, width: int) -> "Row":
        """The row with blank cells added on the right up to `width`."""
        return replace(self, cells=self.cells + (Cell(),) * (width - len(self.cells)))

    @property
    def is_heading(self) -> bool:
        """Whether nothing but the first printed cell has text: a section row, or a group heading over all columns."""
        return sum(1 for cell in self.cells if cell.text) == 1


@dataclass(frozen=True)
class Table:
    """A table with its caption and notes. `rows` begins with the `header_rows` rows of the head (printed once,
    although a continued table repeats them); `boxes`: one a page; `agreement`: the share of the cells that a second
    reader reads alike, None where there was none."""

    label: str
    caption: str
    boxes: tuple[Box, ...]
    header_rows: int
    rows: tuple[Row, ...]
    footnotes: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    agreement: float | None = None

    @property
    def head(self) -> tuple[Row, ...]:
        return self.rows[: self.header_rows]

    @property
    def body(self) -> tuple[Row, ...]:
        return self.rows[self.header_rows :]

    @property
    def width(self) -> int:
        return len(self.rows[0].cells) if self.rows else 0
