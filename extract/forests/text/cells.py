"""The printed cells of a row beside its interval: numbers one by one, texts by the columns in which they begin."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from extract.forests.text.intervals import PRINTED_NUMBER, ascii_signs
from extract.forests.text.labels import is_pooled
from extract.page.lines import PHRASE_GAP_EM
from extract.page.words import Word

VALUE_GAP_EM = 0.5  # a number set off from a text by as much does not belong to it ("Mok 2009" has a narrower space)
COLUMN_MARGIN_PT = 1.0  # by which the middle of a value may stand outside its column
TEXT_WIDTH_SHARE = 0.75  # of the texts of a column end within its width: the label of a pooled line may run on
TEXT_COLUMN_ROWS_SHARE = 0.25  # of the rows begin a text at the left edge of a column
TEXT_COLUMN_ROWS_COUNT = 2  # rows with a text at that edge, however few rows there are
SAME_EDGE_EM = 1.0  # left edges no farther apart than this are one
COLUMN_START_EM = 0.7  # a word this near to the beginning of a column of texts begins there
COLUMN_HANG_EM = 0.5  # by which a text may begin before its column
LABEL_INDENT_EM = 3.0  # by which labels of one column may be indented
BOTH_EDGES_ROWS_COUNT = 2  # rows with a text at both of two edges show that these are two columns, no indent
VALUE_COLUMN_ROWS_COUNT = 2  # values below one another that make a column
COUNT_OF_TOTAL = re.compile(r"\d[\d,]*\s*/\s*\d[\d,]*(?:\s*/\s*\d[\d.]*)?")  # 12/42, or with a rate: 12/42/28.6
BLANK_VALUE = re.compile(r"[-.]+|[*†‡§]+|N\.?\s?[AR]\.?|n\.?\s?[ar]\.?|N\.?E\.?")
BRACKET_AND_COUNT = re.compile(r"(?P<text>.*[^\d\s].*\)|\(\d+\)|.*\d\))(?P<value>\d[\d,]*)")
TOUCHED_VALUE = re.compile(r"(?P<text>.*[^\d.,/-])(?P<value>\d[\d,]*(?:\.\d+)?(?:/\d[\d,]*)?)")
CellWords = tuple[Word, ...]


@dataclass(frozen=True)
class Fragment:
    """Words of one row that belong together. `is_value`: a number, a count of a total, or a sign for no value, and no
    label ("<65", "0")."""

    words: CellWords
    is_label: bool = False

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words if word.text)

    @cached_property
    def is_value(self) -> bool:
        return not self.is_label and is_plot_value(self.text)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def center(self) -> float:
        return (self.x0 + self.x1) / 2

    @cached_property
    def size(self) -> float:
        return median(word.size for word in self.words)


def is_plot_value(text: str) -> bool:
    text = ascii_signs(text)
    return bool(PRINTED_NUMBER.fullmatch(text) or COUNT_OF_TOTAL.fullmatch(text) or BLANK_VALUE.fullmatch(text))


def fragments_of(words: Iterable[Word]) -> list[Fragment]:
    """The fragments of a row, from left to right. Numbers beside one another are separate fragments, and so is a number
    that is set off from a text."""
    runs: list[list[Word]] = []
    for word in sorted((part for whole in words for part in cut_behind_bracket(whole)), key=lambda w: w.x0):
        if runs and continues_run(word, runs[-1]):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [Fragment(tuple(run)) for run in runs]


def cut_behind_bracket(word: Word) -> Iterator[Word]:
    """The word; in two where a count touches the bracket that closes a label: "(1)37"."""
    match = BRACKET_AND_COUNT.fullmatch(word.text)
    if match is None:
        yield word
        return
    x = word.x0 + match.end("text") / len(word.text) * (word.x1 - word.x0)
    yield replace(word, text=match["text"], x1=x)
    yield replace(word, text=match["value"], x0=x)


def continues_run(word: Word, run: Sequence[Word]) -> bool:
    """Whether a word belongs to the words before it: by the gap between them, which may be wide between the words of a
    text, narrow where a number is one of them, and narrow between the parts of one value ("12 / 42")."""
    last = run[-1]
    size, gap = min(word.size, last.size), word.x0 - last.x1
    if gap == 0 and last.text.endswith(")") and is_plot_value(word.text):
        return False
    if not word.text:
        return gap < PHRASE_GAP_EM * size
    if is_plot_value(" ".join([*(w.text for w in run), word.text])):
        return gap < VALUE_GAP_EM * size
    values = is_plot_value(word.text), all(is_plot_value(w.text) for w in run)
    if all(values):
        return False
    return gap < (VALUE_GAP_EM if any(values) else PHRASE_GAP_EM) * size


@dataclass(frozen=True)
class PlotColumn:
    """A column of a plot, with the words over it. `is_text`: it holds labels or other texts."""

    x0: float
    x1: float
    is_text: bool
    head: str = ""

    def holds(self, fragment: Fragment) -> bool:
        return self.x0 - COLUMN_MARGIN_PT <= fragment.center <= self.x1 + COLUMN_MARGIN_PT


def find_plot_columns(rows: Sequence[Sequence[Fragment]]) -> list[PlotColumn]:
    """The columns of texts and of values, from left to right. The labels of pooled lines, which run on over other
    columns, are left out where other texts show the columns."""
    edges = [row[0].x0 for row in rows if row and not row[0].is_value]
    rows = [with_label(row, min(edges)) for row in rows] if edges else rows
    labelled = [texts for row in rows if (texts := text_fragments(row)) and not is_pooled(texts[0].text)]
    texts = [fragment for row in labelled or map(text_fragments, rows) for fragment in row]
    starts = text_column_starts(labelled or [texts])
    values = value_columns([fragment for row in rows for fragment in row if fragment.is_value], len(labelled or rows))
    return sorted([*values, *(text_column_at(i, starts, texts) for i in range(len(starts)))], key=lambda c: c.x0)


def with_label(row: Sequence[Fragment], edge: float) -> Sequence[Fragment]:
    """The row; with its first value as its label where the value stands at the left edge of labels: "<65"."""
    if not row or not row[0].is_value or not -SAME_EDGE_EM < (row[0].x0 - edge) / row[0].size < LABEL_INDENT_EM:
        return row
    return [replace(row[0], is_label=True), *row[1:]]


def text_fragments(row: Iterable[Fragment]) -> list[Fragment]:
    return [fragment for fragment in row if not fragment.is_value]


def text_column_at(i: int, starts: Sequence[float], texts: Iterable[Fragment]) -> PlotColumn:
    """The column of texts that begins at the i-th left edge, as wide as most of its texts."""
    end = starts[i + 1] if i + 1 < len(starts) else float("inf")
    own = (f for f in texts if starts[i] - SAME_EDGE_EM * f.size < f.x0 < end - SAME_EDGE_EM * f.size)
    ends = sorted(min(fragment.x1, end) for fragment in own)
    return PlotColumn(starts[i], ends[int(TEXT_WIDTH_SHARE * len(ends))] if ends else starts[i], True)


def text_column_starts(rows: Sequence[Sequence[Fragment]]) -> list[float]:
    """The left edges of the columns of texts: those that recur, without those of labels that are merely indented."""
    size = median([fragment.size for row in rows for fragment in row] or [1.0])
    edges: list[list[float]] = []
    for x in sorted(fragment.x0 for row in rows for fragment in row):
        if edges and x - edges[-1][-1] < SAME_EDGE_EM * size:
            edges[-1].append(x)
        else:
            edges.append([x])
    fewest = max(TEXT_COLUMN_ROWS_COUNT, TEXT_COLUMN_ROWS_SHARE * len(rows))
    recurring = [min(run) for run in edges if len(run) >= fewest] or [min(run) for run in edges[:1]]
    found: list[float] = []
    for x in recurring:
        if not found or x - found[-1] > LABEL_INDENT_EM * size or are_both_used(found[-1], x, rows, size):
            found.append(x)
    return found


def are_both_used(first: float, second: float, rows: Sequence[Sequence[Fragment]], size: float) -> bool:
    """Whether rows have a text at each of two left edges."""

    def begins_at(x: float, row: Sequence[Fragment]) -> bool:
        return any(abs(fragment.x0 - x) < SAME_EDGE_EM * size for fragment in row)

    both = sum(begins_at(first, row) and begins_at(second, row) for row in rows)
    return both >= BOTH_EDGES_ROWS_COUNT


def value_columns(values: Iterable[Fragment], rows: int) -> list[PlotColumn]:
    """The columns of values: values that overlap sideways."""
    runs: list[list[Fragment]] = []
    for value in sorted(values, key=lambda fragment: fragment.x0):
        if runs and value.x0 < max(other.x1 for other in runs[-1]):
            runs[-1].append(value)
        else:
            runs.append([value])
    recurring = [run for run in runs if len(run) >= min(VALUE_COLUMN_ROWS_COUNT, rows)]
    return [PlotColumn(run[0].x0, max(value.x1 for value in run), False) for run in recurring]


def words_by_column(row: Sequence[Fragment], columns: Sequence[PlotColumn]) -> dict[int, CellWords]:
    """The words of a row by the number of their column. The label of a pooled line may run on over the other columns of
    texts, and keeps all its words."""
    edges = [column.x0 for column in columns if column.is_text]
    row = apart_from_texts(with_label(row, edges[0]) if edges else row, columns)
    texts = text_fragments(row)
    pooled = bool(texts) and is_pooled(texts[0].text)
    found: dict[int, list[Word]] = {}
    for fragment in row:
        for number, word in numbered_words(fragment, columns):
            in_label = pooled and is_text_column(number, columns)
            number = text_column_of(texts[0].words[0], columns) if in_label else number
            if number is not None:
                found.setdefault(number, []).append(word)
    return {number: tuple(words) for number, words in found.items()}


def apart_from_texts(row: Sequence[Fragment], columns: Sequence[PlotColumn]) -> list[Fragment]:
    """The row, with the numbers that a text touches as values of their own: "effects)196" over a column of counts in
    which the row has no other value."""
    filled = {value_column_of(fragment, columns) for fragment in row if fragment.is_value}
    found: list[Fragment] = []
    for fragment in row:
        *before, last = fragment.words
        match = TOUCHED_VALUE.fullmatch(last.text) if not fragment.is_value else None
        if match is None:
            found.append(fragment)
            continue
        x = last.x0 + match.start("value") / len(last.text) * (last.x1 - last.x0)
        text, value = replace(last, text=match["text"], x1=x), replace(last, text=match["value"], x0=x)
        place = value_column_of(Fragment((value,)), columns)
        apart = place is not None and place not in filled
        found += [Fragment((*before, text)), Fragment((value,))] if apart else [fragment]
    return found


def numbered_words(fragment: Fragment, columns: Sequence[PlotColumn]) -> Iterator[tuple[int | None, Word]]:
    """The words of a fragment with the numbers of their columns. A text is cut where one of its words begins with the
    next column of texts. Numbers at the end of a text go into the column of values in which they stand."""
    number = value_column_of(fragment, columns) if fragment.is_value else None
    if number is not None:
        yield from ((number, word) for word in fragment.words)
        return
    number = text_column_of(fragment.words[0], columns)
    for i, word in enumerate(fragment.words):
        near = COLUMN_START_EM * word.size
        starting = [n for n, column in enumerate(columns) if column.is_text and abs(column.x0 - word.x0) < near]
        number = starting[0] if starting else number
        ends_in_values = i > 0 and all(is_plot_value(other.text) for other in fragment.words[i:])
        value = value_column_of(Fragment((word,)), columns) if ends_in_values else None
        yield (number if value is None else value), word


def is_text_column(number: int | None, columns: Sequence[PlotColumn]) -> bool:
    return number is not None and columns[number].is_text


def value_column_of(fragment: Fragment, columns: Sequence[PlotColumn]) -> int | None:
    return next((i for i, column in enumerate(columns) if not column.is_text and column.holds(fragment)), None)


def text_column_of(word: Word, columns: Sequence[PlotColumn]) -> int | None:
    """The number of the last column of texts that begins before a word, or else that of the first; None without any."""
    texts = [i for i, column in enumerate(columns) if column.is_text]
    before = [i for i in texts if columns[i].x0 <= word.x0 + COLUMN_HANG_EM * word.size]
    return before[-1] if before else next(iter(texts), None)
