"""The lines of a panel sorted by what they are: heads, rows with numbers, lines of heterogeneity, texts alone."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.forests.panel import Panel
from extract.forests.text.cells import Column, Piece, Words, columns_of, pieces_of, sorted_in
from extract.forests.text.heads import head_over, names_of
from extract.forests.text.heterogeneity import is_statistics
from extract.forests.text.interval_columns import column_by_column, hits_of
from extract.forests.text.intervals import Hit, bare_hits_in, is_number, outside
from extract.forests.text.labels import (
    EVENTS,
    EXCLUDED,
    FAVOURS,
    HEAD,
    NOTE,
    PANEL_LETTER,
    PREDICTION,
    is_head,
    is_ticks,
)
from extract.page.lines import Line, make_lines, make_phrases
from extract.page.words import Word

FAR = 3.0  # type sizes before a number that is one of the axis and none of the text on its height


@dataclass(frozen=True)
class Entry:
    """A line of a panel. `kind`: "row" (with an interval, or a word for none), "statistics", "events", "prediction",
    "text". `cells`: the words of the columns, by their numbers."""

    kind: str
    line: Line
    hit: Hit | None = None
    excluded: str = ""
    cells: dict[int, Words] | None = None

    @property
    def text(self) -> str:
        return text_of(self.line)


@dataclass(frozen=True)
class Layout:
    """A panel taken apart. `names`: what each column holds; `heading`: the words over the intervals; `interval`: where
    these begin and end; `heads`: all lines
    of the heads; `pitch`: points from row to row, where
    they stand close."""

    entries: tuple[Entry, ...]
    columns: tuple[Column, ...]
    names: tuple[str, ...]
    heading: str
    interval: tuple[float, float]
    heads: tuple[Line, ...]
    pitch: float

    def column(self, name: str) -> list[int]:
        return [i for i, other in enumerate(self.names) if other == name]


def lay_out(panel: Panel) -> Layout | None:
    """The panel taken apart; None where it has no row."""
    lines = make_lines(without_letters(panel.words))
    hits = hits_of(lines)
    stacks = column_by_column(hits)
    if not stacks:
        return None
    stack = max(stacks, key=lambda s: (len(s.hits), -s.x0))
    own = {id(line): hit for hit, line in zip(stack.hits, stack.lines, strict=True)}
    kinds = [(kind_of(line, own.get(id(line)), (stack.x0, stack.x1)), line) for line in lines]
    rows = [line for kind, line in kinds if kind == "row"]
    heads, body = cut_heads(kinds, rows[0])
    taken = {id(word) for hit, _ in hits for word in hit.words}
    pieces = [pieces_of(beside(line, taken)) for line in rows]
    columns = with_heads(columns_of(pieces), heads, (stack.x0, stack.x1))
    entries = tuple(entry_of(kind, line, own.get(id(line)), columns, taken) for kind, line in body if kind)
    values = [texts_of(entry) for entry in entries if entry.kind == "row"]
    heading = head_over(heads, stack.x0, stack.x1, [(c.x0, c.x1) for c in columns])
    steps = [b.middle - a.middle for a, b in pairwise(rows)]
    return Layout(
        entries,
        tuple(columns),
        tuple(names_of(columns, values)),
        heading,
        (stack.x0, stack.x1),
        tuple(heads),
        sorted(steps)[len(steps) // 4] if steps else 2 * stack.hits[0].size,
    )


def without_letters(words: Sequence[Word]) -> list[Word]:
    """The words without the letters of panels, which stand to the left of all rows."""
    edges = [line.x0 for _, line in hits_of(make_lines(words))]
    left = median(edges) if edges else 0.0
    return [word for word in words if not (PANEL_LETTER.fullmatch(word.text) and word.x1 < left)]


def kind_of(line: Line, hit: Hit | None, place: tuple[float, float]) -> str:
    """What a line is; "" for one that is none of the plot's: notes, the axis and what stands at it."""
    text = text_of(line)
    if PREDICTION.search(text) and bare_hits_in(line):
        return "prediction"
    if hit is not None or excluded_in(line, place):
        return "row"
    if EVENTS.match(text):
        return "events"
    if is_statistics(text):
        return "statistics"
    if is_ticks(line) or NOTE.match(text) or FAVOURS.search(text) or len(text.strip(" .")) < 2:
        return ""
    return "head" if is_head(line) or (HEAD.match(text) and len(line.phrases) > 1) else "text"


def text_of(line: Line) -> str:
    """The text of a line without the numbers of an axis that happen to stand on its height."""
    words: list[str] = []
    x1 = line.x0
    for phrase in line.phrases:
        if is_number(phrase.text.split(" ")[0]) and phrase.x0 - x1 > FAR * phrase.size and words:
            break
        words.append(phrase.text)
        x1 = phrase.x1
    return " ".join(words)


def excluded_in(line: Line, place: tuple[float, float]) -> str:
    """ "(Excluded)", "Not estimable": what stands in the place of an interval."""
    for phrase in make_phrases(line.words):
        if EXCLUDED.fullmatch(phrase.text) and phrase.x0 < place[1] and phrase.x1 > place[0]:
            return phrase.text
    return ""


Kinds = list[tuple[str, Line]]


def cut_heads(kinds: Kinds, first: Line) -> tuple[list[Line], Kinds]:
    """The lines of the heads, and those from the first heading or row on; heads repeated further down are left out."""
    start = next(i for i, (_, line) in enumerate(kinds) if line is first)
    last = max((i for i in range(start) if kinds[i][0] == "head"), default=-1)
    heads = [line for _, line in kinds[: last + 1]]
    return heads, [(kind, line) for kind, line in kinds[last + 1 :] if kind != "head"]


def beside(line: Line, taken: AbstractSet[int]) -> list[Word]:
    """The words of a row that are no interval (`taken`: words of those, by id), and no word that stands for none."""
    excluded = {id(word) for p in make_phrases(line.words) if EXCLUDED.fullmatch(p.text) for word in p.words}
    words = [word for word in line.words if id(word) not in excluded and id(word) not in taken]
    return list(outside(words, bare_hits_in(line)))


def with_heads(columns: Sequence[Column], heads: Sequence[Line], interval: tuple[float, float]) -> list[Column]:
    """The columns with the words over them."""
    spans = [(c.x0, c.x1) for c in columns]
    return [
        Column(c.x0, c.x1, c.is_text, head_over(heads, c.x0, c.x1, [*spans[:i], *spans[i + 1 :], interval]))
        for i, c in enumerate(columns)
    ]


def entry_of(kind: str, line: Line, hit: Hit | None, columns: Sequence[Column], taken: AbstractSet[int]) -> Entry:
    cells = sorted_in(pieces_of(beside(line, taken)), columns)
    excluded = " ".join(p.text for p in make_phrases(line.words) if EXCLUDED.fullmatch(p.text)) if hit is None else ""
    return Entry(kind, line, hit, excluded, cells)


def texts_of(entry: Entry) -> dict[int, str]:
    return {i: Piece(words).text for i, words in (entry.cells or {}).items()}
