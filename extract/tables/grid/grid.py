"""A region of a table as a grid: head rows and body rows, their cells with marks and boxes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise
from math import inf

from extract.page.box import bounding_box
from extract.page.glyphs.mending import joined_evidence
from extract.page.lines import Line, join_wrapped
from extract.page.sheet import Sheet
from extract.page.words import Word
from extract.tables.grid.cell_lines import CellLine
from extract.tables.grid.cell_split import split_by_columns
from extract.tables.grid.centred import without_centred
from extract.tables.grid.columns import crosses_columns, find_columns, usual_space
from extract.tables.grid.gutters import Span
from extract.tables.grid.head.cells import HeadCell, read_head
from extract.tables.grid.head.length import full_rules, has_values, head_length, partial_rules
from extract.tables.grid.lattice import Lattice, shaded_edges
from extract.tables.grid.lattice_cells import read_lattice
from extract.tables.grid.page_columns import columns_by_part
from extract.tables.grid.rows import group_rows
from extract.tables.grid.spacing import row_spacing
from extract.tables.region import Region
from extract.tables.table import Cell, CellFlag, Row

_MENDED, _DOUBTFUL = "RDR007", "RDR008"
_UNSURE, _STRUCK = "RDR010", "RDR016"
_TEXT_LAYER, _OCR = "text layer", "rapidocr"
_NUMBER_CONFIDENCE_SHARE = 0.9  # OCR that is less sure of a character of a number leaves the number in doubt
_TEXT_CONFIDENCE_SHARE = 0.5  # the same for words, where one wrong letter is seen
_TRAILING_MARKS = re.compile(r"(?<=[^\s*†‡§¶‖#])\s?([*†‡§¶‖]+|(?<=\D)#)$")


@dataclass(frozen=True)
class Grid:
    """The rows of one part of a table (one page), each with a cell for each column. `lines`: the lines of each row of
    the body."""

    head: tuple[Row, ...]
    body: tuple[Row, ...]
    columns: tuple[Span, ...]
    lines: tuple[tuple[CellLine, ...], ...] = ()


def read_grids(regions: Sequence[Region]) -> list[Grid]:
    """Return the parts of one table, each as a grid with the same columns."""
    if len(regions) == 1:
        return [read_grid(regions[0])]
    first = regions[0]
    head = frozenset(word.text for line in first.lines[: head_length(first)] for word in line.words)
    counts = [head_length(first), *[head_length(region, head) for region in regions[1:]]]
    bodies = [region.lines[count:] for region, count in zip(regions, counts, strict=True)]
    spans = columns_by_part(regions, bodies)
    lines = [_cell_lines(body, own) for body, own in zip(bodies, spans, strict=True)]
    spacing = row_spacing(lines)
    return [read_block(r, own, body, spacing) for r, own, body in zip(regions, spans, lines, strict=True)]


def read_ruled(lattice: Lattice, region: Region) -> Grid:
    """Return the grid of a table whose grid is drawn. Its head are the rows that begin above the last line of the
    region's head, below lines that stand above the drawn grid."""
    cells = read_lattice(lattice)
    used = sorted({cell.column for cell in cells})
    count = max(cell.row for cell in cells) + 1
    rows = [[Cell()] * len(used) for _ in range(count)]
    tops: dict[int, float] = {}
    for cell in cells:
        rows[cell.row][used.index(cell.column)] = make_cell(cell.lines, lattice.sheet)
        tops[cell.row] = min([tops.get(cell.row, inf), *[word.top for line in cell.lines for word in line]])
    filled = [i for i in range(count) if i in tops]
    lines = region.lines[: head_length(region)]
    head = sum(tops[i] < max((line.middle for line in lines), default=0.0) for i in filled)
    starts = {cell.row: cell.lines[0][0].x0 for cell in cells if cell.column == used[0]}
    left = min(starts.values(), default=0.0)
    made = [Row(tuple(rows[i]), round(starts.get(i, left) - left, 1)) for i in filled]
    columns = tuple(lattice.columns[i] for i in used)
    above = _head_above(region, lattice.ys[0], columns)
    return Grid((*above, *made[:head]), tuple(made[head:]), columns)


def _head_above(region: Region, frame_top: float, columns: Sequence[Span]) -> list[Row]:
    """The head rows of the lines of a region that stand above the frame of its drawn grid, from the first line with
    several phrases on: the lines above it belong to the caption."""
    above = [line for line in region.lines if line.middle < frame_top]
    lines = list(dropwhile(lambda line: len(line.phrases) == 1, above))
    rules = [rule for rule in partial_rules(region) if rule.top < frame_top]
    cells = read_head(lines, rules, columns, usual_space(lines)) if lines else []
    return head_rows(cells, len(columns), region.sheet)


def _cell_lines(body: Sequence[Line], spans: Sequence[Span]) -> list[CellLine]:
    return [CellLine({c: tuple(w) for c, w in split_by_columns(line.words, spans).items()}) for line in body]


def read_grid(region: Region) -> Grid:
    """Return the grid of a region. If a second head with columns of its own stands further down, the lines from there
    on are read by themselves and stacked below."""
    blocks = [_read_one(block) for block in split_blocks(region)]
    first, *others = blocks
    below = [row for block in others for row in block.head + block.body]
    widest = max(blocks, key=lambda block: len(block.columns))
    width = len(widest.columns)
    return Grid(
        tuple(row.padded(width) for row in first.head),
        tuple(row.padded(width) for row in [*first.body, *below]),
        widest.columns,
        tuple(lines for block in blocks for lines in block.lines),
    )


def split_blocks(region: Region) -> list[Region]:
    """Return the region cut where a second head begins: lines without numbers, between full rules or over partial
    rules, that do not keep to the columns above, with numbers below."""
    cuts = [0.0]
    for height in _possible_cuts(region):
        above = _lines_between(region, cuts[-1], height)
        after = _lines_between(region, height, region.sheet.height)
        head = head_length(replace(region, lines=tuple(after)))
        if sum(has_values([line]) for line in above) > 1 and _is_second_head(after[:head], above, after[head:]):
            cuts.append(height)
    return [_region_between(region, upper, lower) for upper, lower in pairwise([*cuts, region.sheet.height])]


def _possible_cuts(region: Region) -> list[float]:
    """Heights inside a region: of its full rules, and of the tops of the lines over partial rules."""
    partial = {rule.top for rule in partial_rules(region)}
    over = [max((line.top for line in region.lines if line.middle < y), default=0.0) for y in sorted(partial)]
    inner = [y for y in [*full_rules(region), *over] if region.lines[0].middle < y < region.lines[-1].middle]
    return sorted(inner)


def _lines_between(region: Region, upper: float, lower: float) -> list[Line]:
    return [line for line in region.lines if upper < line.middle < lower]


def _is_second_head(band: Sequence[Line], above: Sequence[Line], below: Sequence[Line]) -> bool:
    if not band or not below or has_values(band) or not has_values(below) or len(band[0].phrases) < 2:
        return False
    return len(find_columns(below)) != len(find_columns(above)) or crosses_columns(below, above)


def _region_between(region: Region, upper: float, lower: float) -> Region:
    rules = tuple(rule for rule in region.rules if upper <= rule.top <= lower)
    return replace(region, lines=tuple(_lines_between(region, upper, lower)), rules=rules)


def _read_one(region: Region) -> Grid:
    """The grid of a region with one head."""
    body = region.lines[head_length(region) :]
    spans = without_centred(find_columns(body), region.lines[: len(region.lines) - len(body)], body)
    lines = _cell_lines(body, spans) if spans else []
    return read_block(region, spans, lines, row_spacing([lines]))


def read_block(region: Region, spans: Sequence[Span], lines: Sequence[CellLine], spacing: float | None) -> Grid:
    """Return the grid of a region. `lines`: its last lines, cut into cells, which are the body; `spacing`: the height
    from which on a white strip separates rows."""
    if not lines:
        return Grid((), (), ())
    count = len(region.lines) - len(lines)
    head, body = region.lines[:count], region.lines[count:]
    rules = [r for r in partial_rules(region) if r.top < body[0].middle]
    cells = read_head(head, rules, spans, usual_space(body)) if head else []
    rows = group_rows(lines, row_separators(region, body), spacing, spans)
    left = min((line.phrase(0).x0 for line in lines if 0 in line.cells), default=spans[0][0])
    return Grid(
        tuple(head_rows(cells, len(spans), region.sheet)),
        tuple(body_row(row, len(spans), left, region.sheet) for row in rows),
        tuple(spans),
        tuple(map(tuple, rows)),
    )


def row_separators(region: Region, body: Sequence[Line]) -> list[float]:
    """Return the heights in the body at which a rule, or the edge of a shaded row, runs over most of the width."""
    inner = [y for y in shaded_edges(region.sheet, region, region.width) if body[0].middle < y < body[-1].middle]
    return full_rules(region) + inner


def head_rows(cells: Sequence[HeadCell], width: int, sheet: Sheet) -> list[Row]:
    levels = max((cell.level for cell in cells), default=-1) + 1
    rows = [[Cell()] * width for _ in range(levels)]
    for cell in cells:
        rows[cell.level][cell.columns[0]] = make_cell(cell.lines, sheet)
    return [Row(tuple(row)) for row in rows if any(cell.text for cell in row)]


def body_row(lines: Sequence[CellLine], width: int, left: float, sheet: Sheet) -> Row:
    columns = [[line.cells[column] for line in lines if column in line.cells] for column in range(width)]
    cells = [make_cell(words, sheet) for words in columns]
    starts = [line.phrase(0).x0 for line in lines if 0 in line.cells]
    return Row(tuple(cells), round(starts[0] - left, 1) if starts else 0.0)


def make_cell(lines: Sequence[Sequence[Word]], sheet: Sheet) -> Cell:
    """Return the cell of words, given line by line. A cell of marks alone keeps them as its text."""
    words = [word for line in lines for word in line]
    if not words:
        return Cell()
    text = join_wrapped(" ".join(word.text for word in line if word.text) for line in lines)
    marks = [mark for word in words for mark in word.marks]
    trailing = _TRAILING_MARKS.search(text)
    if trailing:
        text, marks = text[: trailing.start()].rstrip(), [*marks, trailing[1]]
    if not text:
        text, marks = " ".join(marks), []
    box = sheet.on_page(bounding_box(words))
    return Cell(text, tuple(marks), (box,), flags_of(words))


def flags_of(words: Sequence[Word]) -> tuple[CellFlag, ...]:
    """Return a flag if some of the words are struck out, or characters among them mended or doubtful, with the reading
    of the text layer."""
    mended = [char for word in words for char in word.mended]
    if any(word.struck for word in words):
        layer = " ".join(word.layer or word.struck or word.text for word in words)
        struck = " ".join(word.struck for word in words if word.struck)
        return (CellFlag(_STRUCK, _TEXT_LAYER, layer, f"struck out on the page and left out: {struck}"),)
    if not mended:
        return unsure_flags(words)
    code = _MENDED if all(char.proved for char in mended) else _DOUBTFUL
    layer = " ".join(word.layer if word.mended else word.text for word in words)
    return (CellFlag(code, _TEXT_LAYER, layer, joined_evidence(mended)),)


def unsure_flags(words: Sequence[Word]) -> tuple[CellFlag, ...]:
    """Return a flag if OCR is not sure of a number or a text among the words."""
    least = min(words, key=lambda word: word.confidence)
    numbers = [word.confidence for word in words if any(map(str.isdigit, word.text))]
    if least.confidence >= _TEXT_CONFIDENCE_SHARE and min(numbers, default=1.0) >= _NUMBER_CONFIDENCE_SHARE:
        return ()
    text = " ".join(word.text for word in words)
    return (CellFlag(_UNSURE, _OCR, text, f"OCR confidence {min([least.confidence, *numbers]):.2f}"),)
