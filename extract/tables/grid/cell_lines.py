"""One line of the body of a table, its words by column; and the sign that two such lines are two rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median_low

from extract.page.lines import Phrase
from extract.page.numbers import is_closed, is_value
from extract.page.words import Word

_OPEN_VALUE = re.compile(r"\d%?\s*(?:[±/(\[–−-]|\+/-|to)$")
_ALIKE_CELL_COUNT = 2  # cells of the same shape in the same columns show that two lines are two rows, at least


@dataclass(frozen=True)
class CellLine:
    """One line of a table's body, its words by column."""

    cells: dict[int, tuple[Word, ...]]

    @property
    def words(self) -> list[Word]:
        return [word for words in self.cells.values() for word in words]

    @property
    def top(self) -> float:
        """The median of its words: an italic letter or an index may reach further."""
        return median_low(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return median_low(word.bottom for word in self.words)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    def phrase(self, column: int) -> Phrase:
        return Phrase(self.cells[column])

    @property
    def label_only(self) -> bool:
        return set(self.cells) == {0}

    @property
    def values(self) -> set[int]:
        """The columns behind the first with a number, or with a sign for a missing number."""
        return {c for c in self.cells if c > 0 and is_value(self.phrase(c).text)}

    @cached_property
    def shapes(self) -> dict[int, str]:
        """The shapes of the cells behind the first that have digits, without those that
        continue a value: numbers are "9"."""
        texts = {c: self.phrase(c).text for c in self.cells if c > 0}
        return {c: _shape(t) for c, t in texts.items() if any(map(str.isdigit, t)) and not _continues_value(t)}


Rows = list[list[CellLine]]


def crowded(band: Sequence[CellLine], lone: bool = False) -> bool:
    """Whether two lines of a band have a number in the same column, or are filled alike with numbers and words: then
    they are two rows. With `lone`, a line without a label and with fewer numbers does not count, because P values may
    stand below their intervals."""
    seen: dict[int, str] = {}
    for i, line in enumerate(band):
        texts = {c: line.phrase(c).text for c in line.values}
        numbers = {c for c, text in texts.items() if not goes_on(seen.get(c, ""), text)}
        if numbers & seen.keys() and not (lone and 0 not in line.cells and len(line.cells) < len(seen)):
            return True
        if any(are_filled_alike(line, other) for other in band[:i]):
            return True
        seen |= texts
    return False


def goes_on(value: str, below: str) -> bool:
    """Whether a text continues the value above it: the text begins with a bracket or sign, or the value is open."""
    return _continues_value(below) or (value != "" and is_open(value))


def is_open(value: str) -> bool:
    """Whether a value breaks off: within a bracket, or behind a sign that joins two numbers ("57.8 ±", "0.31 to")."""
    return not is_closed(value) or bool(_OPEN_VALUE.search(value))


def are_filled_alike(line: CellLine, other: CellLine) -> bool:
    """Whether most cells with digits of two lines have the same columns and shapes: "12.3 months" and "9.6 months"."""
    ours, theirs = line.shapes, other.shapes
    alike = sum(theirs.get(column) == shape for column, shape in ours.items())
    return alike >= _ALIKE_CELL_COUNT and 2 * alike > max(len(ours), len(theirs))


def _continues_value(text: str) -> bool:
    return bool(re.match(r"^[(\[±]", text))


def _shape(text: str) -> str:
    return re.sub(r"\d+(?:[.,·]\d+)*", "9", re.sub(r"[\s<>≤≥=~]", "", text))
