"""Running text in any type, told from labels with numbers beside them, and the gutters between its columns."""

from collections.abc import Sequence
from itertools import pairwise

from extract.page.box import bounding_box
from extract.page.lines import Line, Phrase
from extract.page.prose import find_blocks, running_phrases, running_phrases_among
from extract.page.sheet import Sheet
from extract.tables.finding.blocks.value_rows import is_numeric, is_value_row
from extract.tables.grid.gutters import Span

_LABEL_LINE_SHARE = 0.2  # of the lines of labels have numbers beside them
_LABEL_ROW_COUNT = 2  # rows with numbers beside labels, at least
_LABEL_ROW_SHARE = 0.8  # of the rows beside labels have a number next to the label
_PAGE_COLUMN_SHARE = 0.6  # of the width of the sheet: a column of one of several on a page is narrower


def find_running_blocks(sheet: Sheet) -> list[list[Phrase]]:
    """Return the blocks of running text in any type, without labels that have numbers beside them."""
    rows = [line for line in sheet.lines if is_value_row(line)]
    labels = {a.words[0] for line in rows for a, b in pairwise(line.phrases) if is_numeric(b.text)}
    loose, close = running_phrases(sheet), running_phrases_among(sheet.lines, sheet)  # of two columns, or close ones
    runs = [[p for p in phrases if p.words[0] not in labels] for phrases in (loose, close)]
    return [block for run in runs for block in find_blocks(run) if not _are_labels(block, rows)]


def _are_labels(block: Sequence[Phrase], rows: Sequence[Line]) -> bool:
    """Whether lines are labels: numbers stand beside a good part of them, with no other words between. (Beside running
    text, those of a table in the next column of the page have labels of their own.)"""
    box = bounding_box(block)
    beside = [[p for p in row.phrases if p.x0 > box.x1] for row in rows if row.overlap_y(box) > 0]
    first = [phrases[0] for phrases in beside if phrases]
    numbers = sum(is_numeric(phrase.text) for phrase in first)
    return numbers >= max(_LABEL_ROW_COUNT, _LABEL_LINE_SHARE * len(block)) and numbers >= _LABEL_ROW_SHARE * len(first)


def page_gutters(blocks: Sequence[Sequence[Phrase]], sheet: Sheet) -> list[Span]:
    """Return the gutters at the right of the columns of running text of a sheet, each with its left and right end."""
    boxes = [box for box in map(bounding_box, blocks) if box.width < _PAGE_COLUMN_SHARE * sheet.width]
    columns: list[Span] = []
    for box in sorted(boxes):
        if columns and box.x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], box.x1))
        else:
            columns.append((box.x0, box.x1))
    starts = sorted(phrase.x0 for line in sheet.lines for phrase in line.phrases)
    behind = [next((x for x in starts if x > right), None) for _, right in columns]
    return [(right, x) for (_, right), x in zip(columns, behind, strict=True) if x is not None]
