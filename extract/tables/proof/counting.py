"""The independent count: the rows and columns of numbers that the second reader's characters make by themselves.

A baseline on which two numbers or more stand apart is a row of numbers. The count takes nothing from the first reading
but the area of the table. More such baselines than rows are merged or lost rows; two of these numbers in one cell are
merged columns.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from extract.page.box import Box
from extract.tables.proof.baselines import ROW_NUMBERS_COUNT, Baseline, is_whole_number, number_baselines
from extract.tables.proof.camelot_cells import Address, PartCells, locator
from extract.tables.proof.camelot_reader import SECOND_READER, Area, CamelotGlyph
from extract.tables.table import Flag, PrintedTable

_OTHER_COUNT, _SHAPE = "RDR015", "RDR003"
_NEXT_ROW_EM = 3.0  # below the last row: a row that follows stands closer, as rows of tables may be set wide apart
_BELOW_PT = 90.0  # height of what is looked at below a table: six rows of ordinary type
_PROSE_SHARE = 0.6  # of the width of the table: a longer text without gaps is a note or running text, and no heading
_DATA = re.compile(r"\d[.,·]\d|\(")


def count_again(
    table: PrintedTable,
    pieces: Sequence[PartCells],
    again: Mapping[Area, Sequence[CamelotGlyph]],
    others: Sequence[PartCells],
) -> list[Flag]:
    """Return flags of cells that hold numbers of several columns, and, where the second reader counts more rows of
    numbers than the table has, of the whole table and of its cells that hold numbers of several rows. `others`: the
    parts of all tables. No flags for a table that the second reader could not read."""
    if not all(again.get(area) for _, area, _ in pieces):
        return []
    parts = [(piece, number_baselines(again[piece.area])) for piece in pieces]
    cells = numbers_by_cell(parts)
    printed = sum(line.is_row and not _is_head(line, piece.area) for piece, lines in parts for line in lines)
    read = sum(_has_numbers(row.texts) for row in table.rows)
    below = sum(numbers_below(piece, lines, again, others) for piece, lines in parts)
    flags = list(_crowded(table, cells, _columns_of))
    if printed > read:
        flags += _crowded(table, cells, _rows_of)
    if printed + below > read:
        why = f"the second reader counts {printed + below} rows of numbers"
        why += f", {below} of them below the table" if below else ""
        flags.append(Flag(-1, -1, _OTHER_COUNT, SECOND_READER, "", f"{why}; {read} were read"))
    return flags


def numbers_below(
    piece: PartCells,
    lines: Iterable[Baseline],
    again: Mapping[Area, Sequence[CamelotGlyph]],
    parts: Iterable[PartCells],
) -> int:
    """Return how many rows of numbers follow the area of a part on its page, under the numbers of its columns (`lines`:
    the baselines of the area), and belong to none of the other `parts`."""
    area, below = piece.area, area_below(piece.area)
    inside = [line for line in lines if line.is_row]
    others = [part.area.box for part in parts if part.area[:2] == area[:2] and part.area != area]
    if not inside:
        return 0
    columns = max((line.numbers for line in inside), key=len)
    height, count = area.box.bottom, 0
    for line in number_baselines(again.get(below, ())):
        prose = max(run.x1 - run.x0 for run in line.runs) > _PROSE_SHARE * area.box.width
        taken = any(box.top <= line.height <= box.bottom for box in others)
        if prose or taken or line.height - height > _NEXT_ROW_EM * line.size:
            break
        height = line.height
        count += line.is_row and all(any(run.stands_under(other) for other in columns) for run in line.numbers)
    return count


def area_below(area: Area) -> Area:
    """Return what stands closely below an area on its sheet."""
    x0, _, x1, bottom = area.box.edges
    end = max(bottom, min(area.height, bottom + _BELOW_PT))
    return area._replace(box=Box(x0, bottom, x1, end, area.page), body=bottom, bare=True)


def numbers_by_cell(parts: Iterable[tuple[PartCells, Sequence[Baseline]]]) -> dict[Address, list[tuple[float, str]]]:
    """Return the numbers of baselines by the cell at or nearest to each: height of the baseline, and text."""
    found: dict[Address, list[tuple[float, str]]] = {}
    for piece, lines in parts:
        locate = locator(piece.places)
        for line in lines:
            for run in line.numbers:
                middle = run.glyphs[len(run.glyphs) // 2].centre
                found.setdefault(locate(*middle).address, []).append((line.height, run.text))
    return found


def _is_head(line: Baseline, area: Area) -> bool:
    """Whether a line above the body has years, or the numbers of groups and grades, and no data."""
    data = sum(bool(_DATA.search(run.text)) for run in line.numbers) >= ROW_NUMBERS_COUNT
    return line.height <= area.body and (line.is_of_years or not data)


def _has_numbers(texts: Iterable[str]) -> bool:
    return sum(is_whole_number("".join(text.split())) for text in texts) >= ROW_NUMBERS_COUNT


def _columns_of(numbers: Sequence[tuple[float, str]]) -> int:
    """The most numbers on one baseline."""
    heights = [height for height, _ in numbers]
    return max(map(heights.count, heights))


def _rows_of(numbers: Sequence[tuple[float, str]]) -> int:
    """The number of baselines."""
    return len({height for height, _ in numbers})


def _crowded(
    table: PrintedTable,
    cells: Mapping[Address, Sequence[tuple[float, str]]],
    count: Callable[[Sequence[tuple[float, str]]], int],
) -> Iterator[Flag]:
    """Yield a flag for each cell of the body whose count is more than one."""
    for (row, column), numbers in cells.items():
        if row >= table.header_rows and count(numbers) > 1:
            texts = " | ".join(text for _, text in numbers)
            yield Flag(row, column, _SHAPE, SECOND_READER, texts, "numbers of several rows or columns in one cell")
