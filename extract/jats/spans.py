"""The cells of a <table> laid out: rowspans and colspans take their places, clipped where they run past the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.errors import UnreadableError
from extract.jats.source import Element, children, name_of

MOST_CELLS_COUNT = 100_000  # of a table, blank ones included; the largest of a trial have 2,000
MOST_COLUMNS_COUNT = 1_000
_GROUPS = ("thead", "tbody", "tfoot")


@dataclass(frozen=True)
class Line:
    """A printed row. `cells`: the column at which each cell begins, from 0 -> the cell; `in_head`: whether it stands in
    <thead>."""

    cells: dict[int, Element]
    in_head: bool


def lines_of(table: Element) -> list[Line]:
    """Return the rows of a <table>. UnreadableError if it has too many cells."""
    groups = [group for group in table if name_of(group) in _GROUPS] or [table]
    loose = children(table, "tr") if groups != [table] else []
    lines = [line for group in groups for line in _lines(children(group, "tr"), name_of(group) == "thead")]
    lines += _lines(loose, False)
    width = 1 + max((place for line in lines for place in line.cells), default=0)
    if width * len(lines) > MOST_CELLS_COUNT:
        raise UnreadableError(
            f"a table has {len(lines)} rows and {width} columns; a table may have {MOST_CELLS_COUNT} cells"
        )
    return lines


def _lines(rows: Sequence[Element], in_head: bool) -> Iterator[Line]:
    """The rows of one group. No cell reaches out of its group."""
    reaching: dict[int, int] = {}  # column -> how many further rows a cell from above takes there
    for row in rows:
        cells, taken, column = dict[int, Element](), dict[int, int](), 0
        for cell in children(row, "td", "th"):
            while column in reaching:
                column += 1
            if column >= MOST_COLUMNS_COUNT:
                raise UnreadableError(f"a table has more than {MOST_COLUMNS_COUNT} columns")
            cells[column] = cell
            height, end = _span(cell, "rowspan", len(rows)), column + _span(cell, "colspan", MOST_COLUMNS_COUNT)
            while column < end and column not in reaching:
                taken[column] = height - 1
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
