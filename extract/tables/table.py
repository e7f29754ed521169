"""A table as printed: text cells with their places on the page. Nothing here knows what the numbers mean."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from extract.page.box import TEXT_LAYER_READER, Box, boxes_by_page

FIRST_READER = TEXT_LAYER_READER


@dataclass(frozen=True)
class Cell:
    """A printed cell. `text`: wrapped lines joined by a space, without note marks; `marks`: those marks, as printed;
    `boxes`: its place, one box a page (two if a row breaks across pages); no box for a blank cell. `flags`: its doubts
    and repairs."""

    text: str = ""
    marks: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    flags: tuple["CellFlag", ...] = ()


class CellFlag(NamedTuple):
    """A doubt or repair of one cell: see `Flag`."""

    code: str
    reader: str
    reading: str
    evidence: str


class Flag(NamedTuple):
    """A cell that is repaired, doubtful or read differently. `row` and `column` count from 0 in `PrintedTable.rows`;
    `code`: of the finding that the flag becomes; `reader`: who read `reading` in the cell; `evidence`: why the cell is
    in doubt, or why the repair is right."""

    row: int
    column: int
    code: str
    reader: str
    reading: str
    evidence: str


@dataclass(frozen=True)
class Row:
    """A printed row with a cell for each column of the table. A spanning cell stands at its leftmost column, and the
    other columns are blank. `indent`: of the first cell, in points from the leftmost row of the table; `read_by`: the
    readers that agree on the row."""

    cells: tuple[Cell, ...]
    indent: float = 0.0
    read_by: tuple[str, ...] = (FIRST_READER,)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The place of the row: one box a page, in reading order."""
        return boxes_by_page(box for cell in self.cells for box in cell.boxes)

    def padded(self, width: int) -> "Row":
        """The row with blank cells added on the right up to `width`."""
        return replace(self, cells=self.cells + (Cell(),) * (width - len(self.cells)))

    @property
    def is_heading(self) -> bool:
        """Whether only one cell has text: a section heading, or a heading over all columns."""
        return sum(1 for cell in self.cells if cell.text) == 1


@dataclass(frozen=True)
class PrintedTable:
    """A table with its caption and notes. `rows`: the head, of `header_rows` rows (once, although a continued table
    repeats it), then the body; `boxes`: one a page, none without pages; `element`: the place in the XML, "" for a table
    of pages alone; `agreement`: the share of printed body cells that the second reader reads alike, None without a
    second reading; `settled`: doubts that another reading has settled."""

    label: str
    caption: str
    boxes: tuple[Box, ...]
    header_rows: int
    rows: tuple[Row, ...]
    footnotes: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    agreement: float | None = None
    element: str = ""
    settled: tuple[Flag, ...] = ()

    @property
    def page(self) -> int:
        """The first page of the table, 0 without pages."""
        return self.boxes[0].page if self.boxes else 0

    @property
    def head(self) -> tuple[Row, ...]:
        return self.rows[: self.header_rows]

    @property
    def body(self) -> tuple[Row, ...]:
        return self.rows[self.header_rows :]

    @property
    def width(self) -> int:
        return len(self.rows[0].cells) if self.rows else 0
