"""The head of a table in XML: <thead>, and the heads that stand in <tbody>."""

import re
from collections.abc import Sequence

from extract.jats.layout.spans import Line
from extract.jats.source import Element, name_of
from extract.jats.text import plain_text

_SEVERAL_COUNT = 2  # cells of a head; a single one is a heading over rows
_SIZE = re.compile(r"\(?\s*n\s*=\s*[\d, ]+\)?", re.IGNORECASE)
_DATA = re.compile(r"\d[.,·]\d|\d\s*[(±%/]|^[<>=]?\s*\d+$")
_BOLD = ("bold", "b", "strong")


def looks_like_data(text: str) -> bool:
    """Whether a text looks like a value: a number, or a number with an interval, a percentage or an error."""
    return bool(_DATA.search(text))


def head_count(lines: Sequence[Line]) -> int:
    """Return how many of the first rows are the head: those in <thead>, and rows that follow in <tbody> and can be
    nothing else. At least one row is left for the body."""
    given = sum(1 for line in lines if line.in_head)
    given = 0 if given == len(lines) else given
    count = given
    while count < len(lines) - 1 and _goes_on(lines[count], given > 0):
        count += 1
    if not count and len(lines) > 1 and _is_without_data(lines[0]):
        count = 1
    return count


def _goes_on(line: Line, below_head: bool) -> bool:
    """Whether a row of <tbody> belongs to the head: it has no label and its cells are heads or sizes of groups; where
    the table has no <thead>, any row of head cells."""
    printed = {place: text for place, cell in line.cells.items() if (text := plain_text(cell))}
    if len(printed) < _SEVERAL_COUNT or (below_head and 0 in printed):
        return False
    sizes = all(_SIZE.fullmatch(text) for text in printed.values())
    headed = all(_is_head_cell(line.cells[place]) for place in printed)
    return sizes or (headed and not any(looks_like_data(text) for place, text in printed.items() if place))


def _is_head_cell(cell: Element) -> bool:
    """Whether a cell is <th>, or all its text is bold."""
    bold = [node for node in cell if name_of(node) in _BOLD]
    return name_of(cell) == "th" or (bool(bold) and plain_text(cell) == " ".join(map(plain_text, bold)))


def _is_without_data(line: Line) -> bool:
    """Whether several cells of a row have text and none behind the first looks like a value."""
    texts = [text for place, cell in sorted(line.cells.items()) if (text := plain_text(cell)) and place]
    return len(texts) >= _SEVERAL_COUNT - 1 and not any(map(looks_like_data, texts))
