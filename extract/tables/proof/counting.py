"""The independent count: the rows and columns of numbers that the second reader's characters make by themselves.

A baseline on which two numbers or more stand apart is a row of numbers. The count takes nothing from the first reading
but the area of the table. More such baselines than rows are merged or lost rows; two of these numbers in one cell are
merged columns.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from extract.page.box import Box
from extract.tables.proof.camelot_cells import Address, PartCells, locator
from extract.tables.proof.camelot_reader import SECOND_READER, Area, CamelotGlyph
from extract.tables.table import Flag, PrintedTable

_OTHER_COUNT, _SHAPE = "RDR015", "RDR003"
_SAME_LINE_EM = 0.5  # characters whose baselines differ by less stand on one line: some are raised or lowered
_SMALL_RATIO = 0.85  # of the largest character of a run: smaller ones are raised or lowered
_APART_EM = 1.0  # numbers with a wider gap between them stand in two columns: spaces within cells are narrower
_ROW_NUMBERS_COUNT = 2  # numbers side by side make a row of numbers: one alone may be a part of running text
_NEXT_LINE_EM = 1.7  # a line closer below another may continue its cells
_NEXT_ROW_EM = 3.0  # below the last row: a row that follows stands closer, as rows of tables may be set wide apart
_PROSE_SHARE = 0.6  # of the width of the table: a longer text without gaps is a note or running text, and no heading
_NUMBER = re.compile(r"(?:[pP](?=[<>≤≥=]))?[<>≤≥=~≈+−–-]*[\d.·](?:[\d\s,.·/%:×+−–<>±()\[\];-]|to)*[*†‡§¶#]*")
_OPEN_END = re.compile(r"(?:[-−–±/(\[,;]|to)$")
_WORDS_IN_BRACKETS = re.compile(r"(?<=.)[(\[][^()\[\]]*[A-Za-z][^()\[\]]*[)\]]")  # "3 (0 to 8) (n = 15)"
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Run:
    """Characters of one baseline without a wide gap: the text of a cell, or of one line of it."""

    glyphs: tuple[CamelotGlyph, ...]

    @property
    def text(self) -> str:
        """Without raised and lowered characters, which may be note marks."""
        return "".join(glyph.text for glyph in self.glyphs if glyph.size > _SMALL_RATIO * self.size)

    @property
    def size(self) -> float:
        return max(glyph.size for glyph in self.glyphs)

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return self.glyphs[-1].x1

    def stands_under(self, other: "Run") -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1


@dataclass(frozen=True)
class Baseline:
    """The runs of a line from left to right; `height`: of the line, from the top; `numbers`: those that are numbers."""

    height: float
    size: float
    runs: tuple[Run, ...]
    numbers: tuple[Run, ...]

    @property
    def is_row(self) -> bool:
        return len(self.numbers) >= _ROW_NUMBERS_COUNT

    @property
    def is_of_years(self) -> bool:
        """Whether at least half of the numbers are years, as in a head."""
        return 2 * sum(bool(_YEAR.match(run.text)) for run in self.numbers) >= len(self.numbers)


def is_whole_number(text: str) -> bool:
    """Whether a text without spaces is a value of numbers and signs that continues no other line and is not broken."""
    fits = _NUMBER.fullmatch(_WORDS_IN_BRACKETS.sub("", text))
    whole = all(text.count(opening) == text.count(closing) for opening, closing in ("()", "[]"))
    return bool(fits) and whole and not _OPEN_END.search(text)


def number_baselines(glyphs: Iterable[CamelotGlyph]) -> list[Baseline]:
    """Return the baselines of characters, from top to bottom. Small numbers, like errors set one upon the other behind
    a value, are not among their numbers."""
    found: list[Baseline] = []
    lines = _lines_of(glyphs)
    least = _SMALL_RATIO * median([glyph.size for line in lines for glyph in line] or [0.0])
    for line in lines:
        runs = _runs_of(line)
        above = found[-1] if found and line[0].line - found[-1].height < _NEXT_LINE_EM * line[0].size else None
        whole = (run for run in runs if run.size > least and is_whole_number(run.text))
        numbers = tuple(run for run in whole if not (above and _continues(run, above)))
        found.append(Baseline(line[0].line, line[0].size, runs, numbers))
    return found


def _lines_of(glyphs: Iterable[CamelotGlyph]) -> list[list[CamelotGlyph]]:
    lines: list[list[CamelotGlyph]] = []
    for glyph in sorted(glyphs, key=lambda each: -each.size):
        line = next((line for line in lines if abs(line[0].line - glyph.line) < _SAME_LINE_EM * line[0].size), None)
        if line is None:
            lines.append([glyph])
        else:
            line.append(glyph)
    return sorted(lines, key=lambda line: line[0].line)


def _runs_of(line: Iterable[CamelotGlyph]) -> tuple[Run, ...]:
    runs: list[list[CamelotGlyph]] = []
    for glyph in sorted(line, key=lambda each: each.x0):
        if runs and glyph.x0 - runs[-1][-1].x1 < _APART_EM * max(glyph.size, runs[-1][-1].size):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return tuple(Run(tuple(run)) for run in runs)


def _continues(run: Run, above: Baseline) -> bool:
    """Whether the line above breaks off over a run ("0.61–")."""
    return any(run.stands_under(other) and _OPEN_END.search(other.text) for other in above.runs)


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
    below = sum(numbers_below(piece, again, others) for piece in pieces)
    flags = list(_crowded(table, cells, _columns_of))
    if printed > read:
        flags += _crowded(table, cells, _rows_of)
    if printed + below > read:
        why = f"the second reader counts {printed + below} rows of numbers"
        why += f", {below} of them below the table" if below else ""
        flags.append(Flag(-1, -1, _OTHER_COUNT, SECOND_READER, "", f"{why}; {read} were read"))
    return flags


def numbers_below(piece: PartCells, again: Mapping[Area, Sequence[CamelotGlyph]], parts: Iterable[PartCells]) -> int:
    """Return how many rows of numbers follow the area of a part on its page, under the numbers of its columns, and
    belong to none of the other `parts`."""
    area, below = piece.area, area_below(piece.area)
    inside = [line for line in number_baselines(again.get(area, ())) if line.is_row]
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
    """Return what stands below an area on its sheet."""
    x0, _, x1, bottom = area.box.edges
    return area._replace(box=Box(x0, bottom, x1, max(area.height, bottom), area.page), body=bottom, bare=True)


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
    return line.height <= area.body and line.is_of_years


def _has_numbers(texts: Iterable[str]) -> bool:
    return sum(is_whole_number("".join(text.split())) for text in texts) >= _ROW_NUMBERS_COUNT


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
