"""The rows under one head: a table has one block, or several where it heads its columns anew further down."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.meaning.arms import ColumnArm, column_arms, is_arm, rows_are_arms
from extract.meaning.cells.counts import count_fits
from extract.meaning.cells.shapes import ShapedCell, cell_shape, decimal_comma_in
from extract.meaning.heads import ColumnHead, column_head, head_level, sizes_in
from extract.meaning.outline import OutlineLine, is_subhead, is_wordy, outline, stub_width
from extract.tables.heads import HEAD_SEPARATOR, head_levels
from extract.tables.table import PrintedTable, Row

_GROUP = r"(?:patients|subjects|participants|women|men|children|eyes|cases)"
_SIZE_LABEL = re.compile(
    rf"(?i)(?:total )?(?:n|no\.?|number|#)(?: of)?(?: {_GROUP})?|participants|patients(?: recruited)?"
    rf"|{_GROUP}(?: (?:randomi[sz]ed|analy[sz]ed|included))?"
)
_COUNTS = ("N(N%)", "N/N(N)", "N/N(N%)", "N/N")


@dataclass(frozen=True)
class HeadedRows:
    """Rows under one head, with their index in the body. `levels`: the heads of each column from top to bottom;
    `section`: the text of the head over the labels, where the table has several heads."""

    levels: list[list[str]]
    section: str
    rows: list[tuple[int, Row]] = field(default_factory=list)


@dataclass(frozen=True)
class TableBlock:
    """A segment taken apart. `stub`: the number of columns of labels; `places`: the columns of values, whose heads are
    `columns`; `data`: the lines with values; `by_rows`: the rows are the arms; `arms`: of each column of values;
    `shapes`: the cells by body row and place; `sizes`: the N of each column, "" where unknown; `among_counts`: whether
    most cells of a column are counts; `known`: the keys of the arms of the paper."""

    table: PrintedTable
    segment: HeadedRows
    stub: int
    places: tuple[int, ...]
    columns: tuple[ColumnHead, ...]
    data: tuple[OutlineLine, ...]
    by_rows: bool
    arms: tuple[ColumnArm, ...]
    shapes: Mapping[tuple[int, int], ShapedCell]
    known: Collection[str]
    sizes: tuple[str, ...] = ()
    among_counts: tuple[bool, ...] = ()

    @property
    def stub_head(self) -> str:
        """The name in the head over the labels; "" for "Characteristic" and the like."""
        return next((head_level(text).name for text in reversed(self.segment.levels[0]) if text), "")

    def is_arm(self, name: str) -> bool:
        return is_arm(name, self.known)


def blocks_of(table: PrintedTable, known: Collection[str]) -> list[TableBlock]:
    """Return the blocks of a table, from top to bottom."""
    stub = stub_width(table)
    return [_block(table, segment, stub, known) for segment in _segments(table, stub)]


def data_lines(table: PrintedTable) -> list[int]:
    """The body rows that are data rows: neither headings nor heads that are printed again."""
    stub = stub_width(table)
    return [index for segment in _segments(table, stub) for index, row in segment.rows if any(row.texts[stub:])]


def _segments(table: PrintedTable, stub: int) -> list[HeadedRows]:
    base: list[list[str]] = head_levels(table.head) or [[] for _ in range(table.width)]
    heads = [text for path in base for text in path if text]
    found, subhead = [HeadedRows(base, "")], list[Row]()
    for index, row in enumerate(table.body):
        if is_subhead(row, stub, heads):
            subhead.append(row)
            continue
        if subhead:
            section = HEAD_SEPARATOR.join(each.texts[0] for each in subhead if each.texts[0])
            found.append(HeadedRows(_with_lowest(base, head_levels(subhead)), section))
            subhead = []
        found[-1].rows.append((index, row))
    if len(found) > 1 and found[1].section:
        own = HEAD_SEPARATOR.join(text for text in base[0] if text)
        found[0] = replace(found[0], section=head_level(own).name)
    return [segment for segment in found if segment.rows]


def _with_lowest(base: Sequence[list[str]], lowest: Sequence[list[str]]) -> list[list[str]]:
    """The head levels with the lowest ones replaced by those of a subhead."""
    depth = len(lowest[0])
    return [[*path[: max(len(path) - depth, 0)], *new] for path, new in zip(base, lowest, strict=True)]


def _block(table: PrintedTable, segment: HeadedRows, stub: int, known: Collection[str]) -> TableBlock:
    places = tuple(range(stub, table.width))
    columns = _with_limits([column_head(segment.levels[place]) for place in places])
    plain = [place for place, column in zip(places, columns, strict=True) if not column.is_comparison]
    lines = outline(segment.rows, stub, plain or places)
    data = tuple(line for line in lines if line.has_values)
    by_rows = rows_are_arms([line.label for line in data], columns, known)
    arms = tuple([ColumnArm()] * len(columns) if by_rows else column_arms(columns, known))
    arms = _beside_words(arms, [[row.texts[place] for _, row in segment.rows] for place in places])
    block = TableBlock(table, segment, stub, places, columns, data, by_rows, arms, _shapes(segment, places), known)
    block = replace(block, sizes=_sizes(block))
    return replace(block, among_counts=tuple(_counts_prevail(block, column) for column in range(len(places))))


def _with_limits(columns: Sequence[ColumnHead]) -> tuple[ColumnHead, ...]:
    """The heads, in which columns of limits know whether they follow a comparison."""
    found: list[ColumnHead] = []
    for column in columns:
        follows = bool(found) and column.is_limits and found[-1].is_comparison
        found.append(replace(column, follows_comparison=follows))
    return tuple(found)


def _beside_words(arms: Sequence[ColumnArm], columns: Sequence[Sequence[str]]) -> tuple[ColumnArm, ...]:
    """The arms, where a column without one stands beside a column of words that has one: "Drug and dose" | "n"."""
    found = list(arms)
    for place in range(1, len(found)):
        before = [text for text in columns[place - 1] if text]
        wordy = sum(1 for text in before if is_wordy(text))
        if not found[place].arm and found[place - 1].arm and before and wordy * 2 > len(before):
            found[place] = replace(found[place], arm=found[place - 1].arm)
    return tuple(found)


def _shapes(segment: HeadedRows, places: Iterable[int]) -> dict[tuple[int, int], ShapedCell]:
    found: dict[tuple[int, int], ShapedCell] = {}
    for place in places:
        comma = decimal_comma_in([row.texts[place] for _, row in segment.rows])
        found |= {(index, place): _unambiguous(row.texts[place], comma) for index, row in segment.rows}
    return found


def _unambiguous(text: str, decimal_comma: bool) -> ShapedCell:
    """The shape of a cell; where its limits would be in the wrong order, its comma is a decimal one: "12 (9,0)"."""
    shaped = cell_shape(text, decimal_comma)
    if shaped.shape == "N(N~N)" and "," in text and not decimal_comma:
        low, high = (number.replace(",", "").lstrip("<>=") for number in shaped.numbers[1:])
        other = cell_shape(text, True)
        if float(low) > float(high) and other.shape == "N(N)":
            return other
    return shaped


def _sizes(block: TableBlock) -> tuple[str, ...]:
    """The N of each column: of its head, else of a row that counts the patients, else of the caption."""
    counting = next((line for line in block.data if _counts_patients(line.label)), None)
    of_all = len(block.places) == 1 or not any(arm.arm for arm in block.arms)
    caption = _one_size(block.table.caption) if of_all else ""
    found = []
    for arm, place in zip(block.arms, block.places, strict=True):
        cell = block.shapes[counting.index, place] if counting else ShapedCell("")
        counted = cell.numbers[0] if cell.shape == "N" and cell.count is not None else ""
        found.append(arm.size or counted or caption)
    return tuple(found)


def _one_size(caption: str) -> str:
    """The N of a caption; "" where it prints none or several."""
    sizes = set(sizes_in(caption))
    return sizes.pop() if len(sizes) == 1 else ""


def _counts_patients(label: str) -> bool:
    return _SIZE_LABEL.fullmatch(head_level(label).name or label.strip(" ,()")) is not None


def _counts_prevail(block: TableBlock, column: int) -> bool:
    cells = [cell for line in block.data if (cell := block.shapes[line.index, block.places[column]]).numbers]
    counted = sum(1 for cell in cells if _is_count(cell, block.sizes[column]))
    return bool(cells) and counted * 2 >= len(cells)


def _is_count(cell: ShapedCell, size: str) -> bool:
    if cell.shape in _COUNTS:
        return cell.count is not None
    return cell.shape == "N(N)" and count_fits(cell.numbers[0], cell.numbers[1], size)
