"""The printed pieces of a row beside its interval: numbers one by one, texts by the columns in which they begin."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extract.forests.text.intervals import NUMBER, plain
from extract.forests.text.labels import is_pooled
from extract.page.lines import PHRASE_GAP_EM
from extract.page.words import Word

APART = 0.5  # of the type size: a number as far from a text does not belong to it
COUNTED = re.compile(r"\d[\d,]*\s*/\s*\d[\d,]*")  # 12/42
BLANK = re.compile(r"[-.]+|N\.?\s?[AR]\.?|n\.?\s?[ar]\.?|N\.?E\.?")
Words = tuple[Word, ...]


@dataclass(frozen=True)
class Piece:
    """Words of one row that belong together. `is_value`: a number, a count of a total, a sign for none."""

    words: Words

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words if word.text)

    @property
    def is_value(self) -> bool:
        return is_value(self.text)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def center(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def size(self) -> float:
        return median(word.size for word in self.words)


def is_value(text: str) -> bool:
    text = plain(text)
    return bool(NUMBER.fullmatch(text) or COUNTED.fullmatch(text) or BLANK.fullmatch(text))


def pieces_of(words: Iterable[Word]) -> list[Piece]:
    """The pieces of a row, from left to right: numbers beside one another are pieces of their own, and so is a number
    that stands somewhat apart from a text."""
    runs: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.x0):
        if runs and belongs_to(word, runs[-1]):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [Piece(tuple(run)) for run in runs]


def belongs_to(word: Word, run: Sequence[Word]) -> bool:
    last = run[-1]
    size, gap = min(word.size, last.size), word.x0 - last.x1
    if not word.text:
        return gap < PHRASE_GAP_EM * size
    if is_value(" ".join([*(w.text for w in run), word.text])):
        return gap < APART * size
    values = is_value(word.text), all(is_value(w.text) for w in run)
    if all(values):
        return False
    return gap < (APART if any(values) else PHRASE_GAP_EM) * size


@dataclass(frozen=True)
class Column:
    """A column of a plot, with the words over it. `is_text`: it holds labels or other texts."""

    x0: float
    x1: float
    is_text: bool
    head: str = ""

    def holds(self, piece: Piece) -> bool:
        return self.x0 - 1 <= piece.center <= self.x1 + 1


def columns_of(rows: Sequence[Sequence[Piece]]) -> list[Column]:
    """The columns of texts and of values that most rows have something in, from left to right. The labels of pooled
    lines, which run on, tell no columns."""
    told = [texts for row in rows if (texts := texts_of(row)) and not is_pooled(texts[0].text)]
    texts = [piece for row in told or map(texts_of, rows) for piece in row]
    starts = text_columns(told or [texts])
    values = value_columns([p for row in rows for p in row if p.is_value], len(rows))
    return sorted([*values, *(text_column_at(i, starts, texts) for i in range(len(starts)))], key=lambda c: c.x0)


def texts_of(row: Iterable[Piece]) -> list[Piece]:
    return [piece for piece in row if not piece.is_value]


def text_column_at(i: int, starts: Sequence[float], texts: Iterable[Piece]) -> Column:
    """The column of texts that begins at the i-th edge, as wide as most of its texts."""
    end = starts[i + 1] if i + 1 < len(starts) else float("inf")
    ends = sorted(min(p.x1, end) for p in texts if starts[i] - p.size < p.x0 < end - p.size)
    return Column(starts[i], ends[3 * len(ends) // 4] if ends else starts[i], True)


FEW = 0.25  # of the rows: fewer make no column
BEGINS = 0.7  # type sizes: a word as near to the beginning of a column begins there
INDENT = 3.0  # type sizes by which labels may be set in


def text_columns(rows: Sequence[Sequence[Piece]]) -> list[float]:
    """Where columns of texts begin: left edges that recur, less those of labels that are merely set in."""
    edges: list[list[float]] = []
    size = median([p.size for row in rows for p in row] or [1.0])
    for x in sorted(p.x0 for row in rows for p in row):
        if edges and x - edges[-1][-1] < size:
            edges[-1].append(x)
        else:
            edges.append([x])
    often = [min(run) for run in edges if len(run) >= max(2, FEW * len(rows))] or [min(run) for run in edges[:1]]
    found: list[float] = []
    for x in often:
        if not found or x - found[-1] > INDENT * size or side_by_side(found[-1], x, rows, size):
            found.append(x)
    return found


def side_by_side(first: float, second: float, rows: Sequence[Sequence[Piece]], size: float) -> bool:
    """Whether rows have something at both edges."""
    both = sum(
        any(abs(p.x0 - first) < size for p in row) and any(abs(p.x0 - second) < size for p in row) for row in rows
    )
    return both >= 2


def value_columns(pieces: Iterable[Piece], rows: int) -> list[Column]:
    """Runs of values that overlap sideways."""
    runs: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.x0):
        if runs and piece.x0 < max(p.x1 for p in runs[-1]):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    often = [run for run in runs if len(run) >= min(2, rows)]
    return [Column(run[0].x0, max(p.x1 for p in run), False) for run in often]


def sorted_in(pieces: Sequence[Piece], columns: Sequence[Column]) -> dict[int, Words]:
    """The words of a row by the number of their column. A pooled line's label may run on over other texts' columns."""
    texts = [piece for piece in pieces if not piece.is_value]
    pooled = bool(texts) and is_pooled(texts[0].text)
    found: dict[int, list[Word]] = {}
    for piece in pieces:
        for number, word in words_by_column(piece, columns):
            number = text_column(texts[0].words[0], columns) if pooled and is_text(number, columns) else number
            if number is not None:
                found.setdefault(number, []).append(word)
    return {number: tuple(words) for number, words in found.items()}


def words_by_column(piece: Piece, columns: Sequence[Column]) -> Iterator[tuple[int | None, Word]]:
    """The words of a piece with their columns. A text is cut where one of its words begins with the next column of
    texts; numbers at its end that stand in a column of values are put into it."""
    number = value_column(piece, columns) if piece.is_value else None
    if number is not None:
        yield from ((number, word) for word in piece.words)
        return
    number = text_column(piece.words[0], columns)
    for i, word in enumerate(piece.words):
        starts = [n for n, c in enumerate(columns) if c.is_text and abs(c.x0 - word.x0) < BEGINS * word.size]
        number = starts[0] if starts else number
        ends = all(is_value(other.text) for other in piece.words[i:]) and i > 0
        value = value_column(Piece((word,)), columns) if ends else None
        yield (number if value is None else value), word


def is_text(number: int | None, columns: Sequence[Column]) -> bool:
    return number is not None and columns[number].is_text


def value_column(piece: Piece, columns: Sequence[Column]) -> int | None:
    return next((i for i, column in enumerate(columns) if not column.is_text and column.holds(piece)), None)


def text_column(word: Word, columns: Sequence[Column]) -> int | None:
    """The last column of texts that begins before a word, or the first of all."""
    texts = [i for i, column in enumerate(columns) if column.is_text]
    before = [i for i in texts if columns[i].x0 <= word.x0 + 0.5 * word.size]
    return before[-1] if before else next(iter(texts), None)
