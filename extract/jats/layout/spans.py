"""The cells of a <table> laid out: rowspans and colspans take their places, clipped where they run past the end."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.errors import UnreadableError
from extract.jats.source import Element, children, name_of

MOST_CELLS_COUNT = 100_000  # of a table, blank ones included; the largest of a trial have 2,000
MOST_COLUMNS_COUNT = 1_000
GROUPS = ("thead", "tbody", "tfoot")


@dataclass(frozen=True)
class Line:
    """A printed row. `cells`: the column at which each cell begins, from 0 -> the cell; `in_head`: whether it stands in
    <thead>."""

    cells: dict[int, Element]
    in_head: bool


@dataclass(frozen=True)
class Placed:
    """A cell of a row. `width`, `height`: how many columns and rows it takes; `column`: where it begins if the XML says
    so, from 0, None for the next free column."""

    cell: Element
    width: int
    height: int
    column: int | None = None


def lines_of(table: Element) -> list[Line]:
    """Return the rows of a <table>. UnreadableError if it has too many cells."""
    groups = [group for group in table if name_of(group) in GROUPS] or [table]
    loose = children(table, "tr") if groups != [table] else []
    lines = [line for group in groups for line in _lines(children(group, "tr"), name_of(group) == "thead")]
    return refuse_large([*lines, *_lines(loose, False)])


def refuse_large(lines: list[Line]) -> list[Line]:
    """Return the rows of a table. UnreadableError if they have too many cells."""
    width = 1 + max((place for line in lines for place in line.cells), default=0)
    if width * len(lines) > MOST_CELLS_COUNT:
        raise UnreadableError(
            f"a table has {len(lines)} rows and {width} columns; a table may have {MOST_CELLS_COUNT} cells"
        )
    return lines


def _lines(rows: Sequence[Element], in_head: bool) -> Iterator[Line]:
    """The rows of one group."""
    most = len(rows)
    return laid_out(([_placed(cell, most) for cell in children(row, "td", "th")] for row in rows), in_head)


def _placed(cell: Element, rows: int) -> Placed:
    return Placed(cell, _span(cell, "colspan", MOST_COLUMNS_COUNT), _span(cell, "rowspan", rows))


def laid_out(rows: Iterable[Sequence[Placed]], in_head: bool) -> Iterator[Line]:
    """Yield the rows of one group, out of which no cell reaches. UnreadableError if it has too many columns."""
    reaching: dict[int, int] = {}  # column -> how many further rows a cell from above takes there
    for row in rows:
        cells, taken, column = dict[int, Element](), dict[int, int](), 0
        for placed in row:
            column = max(column, placed.column or 0)
            while column in reaching:
                column += 1
            if column >= MOST_COLUMNS_COUNT:
                raise UnreadableError(f"a table has more than {MOST_COLUMNS_COUNT} columns")
            cells[column] = placed.cell
            end = column + placed.width
            while column < end and column not in reaching:
                taken[column] = placed.height - 1
                column += 1
        yield Line(cells, in_head)
        reaching = {place: left for place, left in _lowered(reaching, taken).items() if left > 0}


def _lowered(reaching: dict[int, int], taken: dict[int, int]) -> dict[int, int]:
    return {place: left - 1 for place, left in reaching.items()} | taken


def _span(cell: Element, name: str, most: int) -> int:
    """The span of a cell, from 1 to `most`; 0 stands for the rest of the group."""
    given = (cell.get(name) or "1").strip()
    if not (given.isascii() and given.isdigit()):
        return 1
    return most if len(given) > len(str(most)) or not int(given) else min(int(given), most)
