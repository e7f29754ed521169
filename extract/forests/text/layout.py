"""The lines of a panel by kind: heads, rows with numbers, lines of heterogeneity, texts alone."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.forests.panel import Panel
from extract.forests.plot import PICTURE_READER
from extract.forests.text.cells import (
    BLANK_VALUE,
    CellWords,
    Fragment,
    PlotColumn,
    find_plot_columns,
    fragments_of,
    is_plot_value,
    value_column_of,
    words_by_column,
)
from extract.forests.text.damaged_intervals import with_damaged, words_in_column
from extract.forests.text.heads import head_over, names_of, with_heads
from extract.forests.text.heterogeneity import is_statistics
from extract.forests.text.interval_columns import IntervalColumn, grouped_in_columns, intervals_of
from extract.forests.text.intervals import PrintedInterval, bare_limits_in, is_one_number, words_outside
from extract.forests.text.labels import (
    EVENTS,
    EXCLUDED,
    FAVOURS,
    LABEL_HEAD,
    PANEL_LETTER,
    PLOT_NOTE,
    PREDICTION,
    RISK_SIGN,
    is_axis_numbers,
    is_head,
)
from extract.forests.text.separate_limits import with_estimates_inside
from extract.page.lines import Line, Phrase, make_lines, make_phrases
from extract.page.words import Word

AXIS_NUMBER_GAP_EM = 3.0  # a number set off by more is one of the axis, not of the text at its height
LABEL_CHARACTERS_COUNT = 2  # a line with fewer is no text: Stata prints "." between its groups
LONE_MINUS = ("-", "–", "−")
UNREAD_DIGITS_COUNT = 2  # in the column of intervals, that belong to an interval that was not read
CLOSE_ROWS_SHARE = 0.25  # of the distances of rows are smaller than the pitch: the others have headings between
ONE_ROW_PITCH_EM = 2.0  # the pitch of a panel with a single row


@dataclass(frozen=True)
class Entry:
    """A line of a panel. `kind`: "row" (with an interval, a word in its place, or numbers and an interval that was not
    read), "drawn" (a label beside a mark, without numbers), "statistics", "events", "prediction", "text". `excluded`:
    the word in place of the interval. `cells`: the words of the columns, by the numbers of the columns."""

    kind: str
    line: Line
    interval: PrintedInterval | None = None
    excluded: str = ""
    cells: dict[int, CellWords] | None = None

    @property
    def text(self) -> str:
        return line_text(self.line)


@dataclass(frozen=True)
class PlotLayout:
    """The lines and columns of a panel. `names`: the column of the schema that each column holds; `heading`: the words
    over the intervals; `interval_span`: their left and right edge; `heads`: all lines of the heads; `pitch`: points
    from row to row, where rows stand close."""

    entries: tuple[Entry, ...]
    columns: tuple[PlotColumn, ...]
    names: tuple[str, ...]
    heading: str
    interval_span: tuple[float, float]
    heads: tuple[Line, ...]
    pitch: float

    def numbers_of(self, name: str) -> list[int]:
        """The numbers of the columns with this name."""
        return [i for i, other in enumerate(self.names) if other == name]


def lay_out_panel(panel: Panel) -> PlotLayout | None:
    """The lines and columns of a panel; None where it has no row."""
    lines = make_lines(without_panel_letters(panel.words))
    intervals = intervals_of(lines)
    interval_columns = grouped_in_columns(intervals)
    if not interval_columns:
        return None
    estimates = max(interval_columns, key=lambda c: (names_estimates(panel, c), len(c.intervals), -c.x0))
    own = with_estimates_inside(with_damaged(estimates, lines), lines)
    kinds = [(kind_of(line, own.get(id(line)), estimates), line) for line in lines]
    rows = [line for kind, line in kinds if kind == "row"]
    taken = {id(word) for interval in (*(i for i, _ in intervals), *own.values()) for word in interval.words}
    span = (estimates.x0, estimates.x1)
    blank = {id(line): blank_in(line, estimates) for line in lines if id(line) not in own}
    taken |= {id(word) for phrase in blank.values() if phrase for word in phrase.words}
    taken |= {id(word) for line in rows for word in line.words if is_risk_sign(word, span[1])}
    bare = find_plot_columns([fragments_of(cell_words(line, taken)) for line in rows])
    heads, body = split_heads(kinds, rows[0], bare)
    unread = {id(line) for kind, line in body if kind == "text" and is_unread_row(line, bare, estimates)}
    body = [("row" if id(line) in unread else kind, line) for kind, line in body]
    taken |= {id(w) for _, line in body if id(line) in unread for w in words_in_column(line, estimates)}
    letters = panel.canvas.reader == PICTURE_READER
    lone = [word for line in rows for word in line.words if letters or word.text in LONE_MINUS]
    taken |= {id(word) for word in lone if is_misread_whisker(word, span[1], bare)}
    columns = with_heads(bare, heads, span)
    entries = tuple(
        make_entry(kind, line, own.get(id(line)), columns, taken, blank.get(id(line))) for kind, line in body if kind
    )
    values = [cell_texts(entry) for entry in entries if entry.kind == "row"]
    return PlotLayout(
        entries,
        tuple(columns),
        tuple(names_of(columns, values)),
        head_over(heads, *span, [(c.x0, c.x1) for c in columns]),
        span,
        tuple(heads),
        pitch_of(rows, estimates.size),
    )


def names_estimates(panel: Panel, column: IntervalColumn) -> bool:
    """Whether a panel names a column of intervals as that of its estimates."""
    return panel.estimates is not None and panel.estimates[0] < column.x1 and column.x0 < panel.estimates[1]


def pitch_of(rows: Sequence[Line], size: float) -> float:
    """Points from row to row, where rows stand close, for rows of this type size."""
    steps = sorted(b.middle - a.middle for a, b in pairwise(rows))
    return steps[int(CLOSE_ROWS_SHARE * len(steps))] if steps else ONE_ROW_PITCH_EM * size


def without_panel_letters(words: Sequence[Word]) -> list[Word]:
    """The words without the letters of panels, which stand to the left of all rows."""
    edges = [line.x0 for _, line in intervals_of(make_lines(words))]
    left = median(edges) if edges else 0.0
    return [word for word in words if not (PANEL_LETTER.fullmatch(word.text) and word.x1 < left)]


def kind_of(line: Line, interval: PrintedInterval | None, column: IntervalColumn) -> str:
    """The kind of a line, given its interval in the column of estimates; "" for a line that is no part of the plot's
    text: notes, the axis and the words at the axis."""
    text = line_text(line)
    if PREDICTION.search(text) and bare_limits_in(line):
        return "prediction"
    if interval is not None or blank_in(line, column):
        return "row"
    return kind_of_text(line)


def kind_of_text(line: Line) -> str:
    """The kind of a line without an interval and without a word in its place."""
    text = line_text(line)
    if EVENTS.match(text):
        return "events"
    if is_statistics(text):
        return "statistics"
    is_short = len(text.strip(" .")) < LABEL_CHARACTERS_COUNT
    if is_axis_numbers(line) or PLOT_NOTE.match(text) or FAVOURS.search(text) or is_short:
        return ""
    return "head" if is_head(line) or (LABEL_HEAD.match(text) and len(line.phrases) > 1) else "text"


def line_text(line: Line) -> str:
    """The text of a line without the numbers of an axis that happen to stand at its height."""
    words: list[str] = []
    x1 = line.x0
    for phrase in line.phrases:
        set_off = phrase.x0 - x1 > AXIS_NUMBER_GAP_EM * phrase.size
        if words and set_off and is_one_number(phrase.text.split(" ")[0]):
            break
        words.append(phrase.text)
        x1 = phrase.x1
    return " ".join(words)


def blank_in(line: Line, column: IntervalColumn) -> Phrase | None:
    """The words in place of an interval of a column: "(Excluded)", "Not estimable", "‡"; None where there are none."""
    phrases = [phrase for phrase in make_phrases(line.words) if phrase.overlap_x(column) > 0]
    return next((p for p in phrases if EXCLUDED.fullmatch(p.text) or BLANK_VALUE.fullmatch(p.text)), None)


LineKinds = list[tuple[str, Line]]


def split_heads(kinds: LineKinds, first: Line, columns: Sequence[PlotColumn]) -> tuple[list[Line], LineKinds]:
    """The lines of the heads, and the lines below them; `first` is the first row. Texts below the heads that stand
    over no labels are their further lines. Heads repeated further down are left out."""
    start = next(i for i, (_, line) in enumerate(kinds) if line is first)
    last = max((i for i in range(start) if kinds[i][0] == "head"), default=-1)
    while (
        0 <= last < start - 1 and kinds[last + 1][0] == "text" and not stands_over_labels(kinds[last + 1][1], columns)
    ):
        last += 1
    heads = [line for _, line in kinds[: last + 1]]
    return heads, [(kind, line) for kind, line in kinds[last + 1 :] if kind != "head"]


def is_risk_sign(word: Word, x1: float) -> bool:
    """Whether a word is a sign of the risk of bias ("+", "?") behind the intervals, which end at `x1`."""
    return word.x0 > x1 and bool(RISK_SIGN.fullmatch(word.text))


def is_misread_whisker(word: Word, x1: float, columns: Sequence[PlotColumn]) -> bool:
    """Whether a word is a mark that OCR took for a letter ("T", "4"), or the minus of a risk of bias: a single
    character behind the intervals, which end at `x1`, and no cell of a column."""
    own = [column for column in columns if column.is_text or is_plot_value(word.text)]
    middle = (word.x0 + word.x1) / 2
    return len(word.text) == 1 and word.x0 > x1 and not any(column.x0 <= middle <= column.x1 for column in own)


def is_unread_row(line: Line, columns: Sequence[PlotColumn], estimates: IntervalColumn) -> bool:
    """Whether a line without interval is a row all the same, and no heading: it has a label, and numbers in at least
    half of the columns of values, or in the column of intervals."""
    own = {id(word) for word in words_in_column(line, estimates)}
    fragments = fragments_of(word for word in line.words if id(word) not in own)
    texts = [fragment for fragment in fragments if not fragment.is_value]
    if not texts or sum(map(str.isalpha, texts[0].text)) < LABEL_CHARACTERS_COUNT:
        return False
    printed = " ".join(word.text for word in line.words if id(word) in own)
    if sum(map(str.isdigit, printed)) >= UNREAD_DIGITS_COUNT and not any(map(str.isalpha, printed)):
        return True
    places = {value_column_of(fragment, columns) for fragment in fragments if fragment.is_value} - {None}
    return bool(places) and 2 * len(places) >= sum(not column.is_text for column in columns)


def stands_over_labels(line: Line, columns: Sequence[PlotColumn]) -> bool:
    """Whether a phrase of a line stands over a column of texts."""
    texts = [column for column in columns if column.is_text]
    return any(phrase.x0 < column.x1 and column.x0 < phrase.x1 for phrase in line.phrases for column in texts)


def cell_words(line: Line, taken: AbstractSet[int]) -> list[Word]:
    """The words of a line beside its intervals, and beside the words in place of an interval. `taken`: the ids of the
    words of intervals."""
    excluded = {id(word) for p in make_phrases(line.words) if EXCLUDED.fullmatch(p.text) for word in p.words}
    words = [word for word in line.words if id(word) not in excluded and id(word) not in taken]
    return list(words_outside(words, bare_limits_in(line)))


def make_entry(
    kind: str,
    line: Line,
    interval: PrintedInterval | None,
    columns: Sequence[PlotColumn],
    taken: AbstractSet[int],
    blank: Phrase | None = None,
) -> Entry:
    """A line with its words sorted into the columns. `taken`: the ids of the words of intervals; `blank`: the words in
    the place of its interval."""
    cells = words_by_column(fragments_of(cell_words(line, taken)), columns)
    phrases = make_phrases(line.words) if interval is None else []
    excluded = [p.text for p in phrases if EXCLUDED.fullmatch(p.text) or p == blank]
    return Entry(kind, line, interval, " ".join(excluded), cells)


def cell_texts(entry: Entry) -> dict[int, str]:
    return {i: Fragment(words).text for i, words in (entry.cells or {}).items()}
