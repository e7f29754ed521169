"""The lines of a panel whose numbers are drawn and not printed: a row is a line with a label beside a mark."""

from collections.abc import Iterable, Sequence

from extract.forests.axis.axis_numbers import is_axis_word
from extract.forests.axis.row_marks import RowMarks, drawing_within, drawn_marks, row_pitch, shift_of
from extract.forests.panel import Panel
from extract.forests.text.cells import PlotColumn, find_plot_columns, fragments_of
from extract.forests.text.heads import head_over, names_of, with_heads
from extract.forests.text.labels import LABEL_HEAD, PANEL_LETTER
from extract.forests.text.layout import (
    PlotLayout,
    cell_texts,
    kind_of_text,
    make_entry,
    split_heads,
)
from extract.page.lines import Line, make_lines
from extract.page.words import Word

_LABEL_LETTERS_COUNT = 2
HEADING_STEPS = 1.0  # distances of rows above the first row: there the heading of its group stands
ONE_EDGE_PT = 2.0  # edges no farther apart are one
LABEL_HEIGHT_SHARE = 0.4  # of the distance of rows: a label no farther from a mark stands beside it


def whole_marks(marks: Iterable[RowMarks]) -> list[RowMarks]:
    """The diamonds, and the marks with the line of their interval."""
    return [mark for mark in marks if mark.diamond or (mark.square and mark.whisker)]


def labelled_lines(marks: Sequence[RowMarks], lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with a label beside one of some marks, one for each mark that has any, from top to bottom."""
    x0, x1 = min(mark.span[0] for mark in marks), max(mark.span[1] for mark in marks)
    heights = [mark.y for mark in marks]
    pitch = row_pitch(sorted(heights))
    labelled = [line for line in lines if has_label_beside(line, x0, x1)]
    inside = [line for line in labelled if heights and min(heights) - pitch < line.middle < max(heights) + pitch]
    if not inside:
        return ()
    shift = shift_of(marks, [line.middle for line in inside], pitch / 2)
    found: dict[int, Line] = {}
    for mark in marks:
        near = min(inside, key=lambda line: abs(mark.y - line.middle - shift))
        if abs(mark.y - near.middle - shift) < LABEL_HEIGHT_SHARE * pitch:
            found[id(near)] = near
    return tuple(sorted(found.values(), key=lambda line: line.middle))


def has_label_beside(line: Line, x0: float, x1: float) -> bool:
    """Whether a line has words with letters to the left of x0, or to the right of x1."""
    beside = [word for word in line.words if word.center < x0 or word.center > x1]
    return any(sum(map(str.isalpha, word.text)) >= _LABEL_LETTERS_COUNT for word in beside)


def lay_out_drawn(panel: Panel) -> PlotLayout | None:
    """The lines and columns of a panel whose numbers are drawn; None where no mark has a label."""
    marks = list(drawn_marks(drawing_within(panel.canvas.drawing, panel.region)))
    if not marks:
        return None
    span = min(mark.span[0] for mark in marks), max(mark.span[1] for mark in marks)
    lines = make_lines(word for word in panel.words if not PANEL_LETTER.fullmatch(word.text))
    rows = {id(line) for line in labelled_lines(marks, lines)}
    heights = [line.middle for line in lines if id(line) in rows]
    if not heights:
        return None
    pitch = row_pitch(heights)
    first, last = heights[0] - pitch / 2, heights[-1] + pitch / 2
    kinds = []
    for line in lines:
        own = beside_drawing(line, span) if first < line.middle < last else line
        if own is not None and not all(is_axis_word(word.text) for word in words_beside(line, span)):
            kinds.append(("drawn" if id(line) in rows else kind_of_text(own), own))
    row_lines = [line for kind, line in kinds if kind == "drawn"]
    bare = label_columns(row_lines, span)
    heads, body = split_heads(with_first_head(kinds), row_lines[0], bare)
    above = first - HEADING_STEPS * pitch
    body = [(kind, line) for kind, line in body if kind == "drawn" or above < line.middle < last]
    columns = with_heads(bare, heads, span)
    entries = tuple(make_entry(kind, line, None, columns, frozenset()) for kind, line in body if kind)
    values = [cell_texts(entry) for entry in entries if entry.kind == "drawn"]
    heading = head_over(heads, *span, [(c.x0, c.x1) for c in columns])
    outside = [line for line in lines if not first < line.middle < last]
    titles = [line.text for line in outside if line.x0 < span[1] and span[0] < line.x1]
    names = tuple(names_of(columns, values))
    return PlotLayout(entries, tuple(columns), names, " ".join([heading, *titles]), span, tuple(heads), pitch)


def label_columns(rows: Sequence[Line], span: tuple[float, float]) -> list[PlotColumn]:
    """The columns of the rows. Labels that end at one place, left of the drawing, are one column."""
    left = [words for row in rows if (words := [word for word in row.words if word.center < span[0]])]
    starts, ends = [min(w.x0 for w in words) for words in left], [max(w.x1 for w in words) for words in left]
    if not left or most_alike(ends) <= most_alike(starts):
        return find_plot_columns([fragments_of(line.words) for line in rows])
    right = [fragments_of(word for word in row.words if word.center > span[1]) for row in rows]
    return [PlotColumn(min(starts), max(ends), True), *(find_plot_columns(right) if any(right) else [])]


def most_alike(places: Sequence[float]) -> int:
    """The largest number of places that are nearly one."""
    return max(sum(abs(x - other) < ONE_EDGE_PT for other in places) for x in places)


def beside_drawing(line: Line, span: tuple[float, float]) -> Line | None:
    """The words of a line to the left and to the right of a drawing; None where it has none."""
    return next(iter(make_lines(words_beside(line, span))), None)


def words_beside(line: Line, span: tuple[float, float]) -> list[Word]:
    return [word for word in line.words if word.center < span[0] or word.center > span[1]]


def with_first_head(kinds: Sequence[tuple[str, Line]]) -> list[tuple[str, Line]]:
    """The kinds, with a first line of heads for "Subgroup" alone: a plot without numbers may have no other head."""
    done = list(kinds)
    for place, (kind, line) in enumerate(done):
        if kind == "drawn":
            break
        if kind == "text" and LABEL_HEAD.match(line.text):
            done[place] = ("head", line)
    return done
