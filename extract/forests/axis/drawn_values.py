"""The drawn values of each row of a plot, beside the printed ones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil, floor, log10

from extract.forests.axis.axis_numbers import with_axis_numbers
from extract.forests.axis.calibration import Axis, calibrate, point_at
from extract.forests.axis.drawn_weights import drawn_weights
from extract.forests.axis.lone_marks import LONE_MARK
from extract.forests.axis.row_marks import RowMarks, bind_marks, drawing_within
from extract.forests.panel import Panel
from extract.forests.plot import DRAWING_READER, Drawing, PlotRow
from schemas.base.printed import is_printed, parse_printed

SIGNIFICANT_DIGITS_COUNT = 3  # of a drawn number where nothing is printed
LEAST_DRAWN = 0.01  # smaller numbers get no more decimals: no axis is as exact
LEAST_ERROR = 1e-6  # of a drawn number: has a logarithm
AXIS_END_PRECISIONS = 2.0  # from the end of an axis: the end of an interval so near may be cut
DIAMOND_PIXELS = 2.0  # by which the outline of a diamond goes beyond its ends
NO_AXIS = "the axis has no numbers that can be read, so that nothing is digitised"


def read_drawn(panel: Panel, rows: Sequence[PlotRow], scale: str = "") -> tuple[tuple[PlotRow, ...], Axis | None]:
    """The rows of a panel with their drawn values, and its axis; None if no axis fits. The flags of rows whose numbers
    are only drawn say how exact they are, or that the axis is not known."""
    drawing = with_axis_numbers(drawing_within(panel.canvas.drawing, panel.region), panel.words)
    axis = calibrate(drawing, rows, scale)
    if axis is None:
        return tuple(with_evidence(row, NO_AXIS) if is_only_drawn(row) else row for row in rows), None
    return with_drawn(rows, drawing, axis), axis


def with_drawn(rows: Sequence[PlotRow], drawing: Drawing, axis: Axis) -> tuple[PlotRow, ...]:
    """The rows with drawn_estimate, drawn_ci_low, drawn_ci_high and drawn_weight, each with one decimal more than is
    printed. If the printed numbers of a row agree with the drawing, the drawing is one of its readers."""
    bound = [
        without_edges(marks, drawing, axis) if marks and is_only_drawn(row) else marks
        for row, marks in zip(rows, bind_marks(rows, drawing), strict=True)
    ]
    weights = drawn_weights(rows, bound, axis.precision)
    done = []
    for i, (row, marks) in enumerate(zip(rows, bound, strict=True)):
        drawn = {column: axis.value(x) for column, x in (marks.places if marks else {}).items()}
        more = DIAMOND_PIXELS * drawing.grain if marks and marks.diamond else 0.0
        errors = {column: axis.error(x, more) for column, x in (marks.places if marks else {}).items()}
        drawn |= {"weight": weights[i]} if i in weights else {}
        texts = {c: drawn_text(value, printed_decimals(c, row, rows, value)) for c, value in drawn.items()}
        readers = (DRAWING_READER,) if marks and agrees_with_print(row, marks, axis) else ()
        values = {**row.values, **{f"drawn_{column}": text for column, text in texts.items()}}
        if is_only_drawn(row) and errors:
            row = with_evidence(row, errors_text(texts, errors) + (unseen_text(marks) if marks else ""))
        done.append(replace(row, values=values, read_by=(*row.read_by, *readers)))
    return tuple(done)


def without_edges(marks: RowMarks, drawing: Drawing, axis: Axis) -> RowMarks:
    """The marks of a row; an end of its interval at the first or last tick of the axis is taken for cut."""
    if marks.whisker is None or not drawing.ticks:
        return marks
    ticks, near = [tick.x for tick in drawing.ticks], AXIS_END_PRECISIONS * axis.precision
    cut_low, cut_high = abs(marks.whisker.x0 - min(ticks)) < near, abs(marks.whisker.x1 - max(ticks)) < near
    whisker = marks.whisker
    return marks._replace(
        whisker=whisker._replace(cut_low=cut_low or whisker.cut_low, cut_high=cut_high or whisker.cut_high)
    )


def unseen_text(marks: RowMarks) -> str:
    """The parts of an interval that its drawing does not show."""
    whisker = marks.whisker
    ends = (("ci_low", whisker.cut_low), ("ci_high", whisker.cut_high)) if whisker else ()
    unseen = "; the mark of the estimate is not seen" if "estimate" not in marks.places else ""
    return unseen + "".join(f"; {column} is beyond the end of the axis" for column, is_cut in ends if is_cut)


def is_only_drawn(row: PlotRow) -> bool:
    """Whether a row has a mark, and no printed estimate."""
    return row.read_by[:1] == (DRAWING_READER,)


def with_evidence(row: PlotRow, evidence: str) -> PlotRow:
    """The row with more evidence in the flag that says that it is drawn."""
    flags = (f._replace(evidence=f"{f.evidence}; {evidence}") if f.code == LONE_MARK else f for f in row.flags)
    return replace(row, flags=tuple(flags))


def errors_text(texts: Mapping[str, str], errors: Mapping[str, float]) -> str:
    """The drawn numbers of a row with their errors: "drawn: estimate 0.740 ± 0.004, ci_low 0.550 ± 0.003"."""
    rounded = {column: error + unit_of(texts[column]) / 2 for column, error in errors.items()}
    return f"drawn: {', '.join(f'{column} {texts[column]} ± {error_text(rounded[column])}' for column in errors)}"


def unit_of(text: str) -> float:
    """A unit of the last printed place of a number."""
    return 10.0 ** -len(text.partition(".")[2])


def error_text(error: float) -> str:
    """An error, rounded up to one digit."""
    unit = 10.0 ** floor(log10(max(error, LEAST_ERROR)))
    return f"{ceil(round(error / unit, 3)) * unit:.{max(0, -floor(log10(unit)))}f}"


def agrees_with_print(row: PlotRow, marks: RowMarks, axis: Axis) -> bool:
    """Whether a row has printed numbers, and all of them are drawn at their place, within the precision of the axis."""
    printed = [(x, row.values[column]) for column, x in marks.places.items() if row.values.get(column)]
    return bool(printed) and all(
        is_printed(text) and axis.off(point_at(x, text)) <= axis.precision for x, text in printed
    )


def printed_decimals(column: str, row: PlotRow, rows: Sequence[PlotRow], value: float) -> int:
    """The number of decimals printed in a cell or, if the cell has no number, mostly in its column; without any printed
    number so many that the drawn `value` has three significant digits."""
    if (text := row.values.get(column, "")) and is_printed(text):
        return parse_printed(text).decimals
    column_texts = [other.values.get(column, "") for other in rows]
    counts = Counter(parse_printed(text).decimals for text in column_texts if text and is_printed(text))
    if counts:
        return counts.most_common(1)[0][0]
    return max(-1, SIGNIFICANT_DIGITS_COUNT - 2 - floor(log10(max(abs(value), LEAST_DRAWN))))


def drawn_text(value: float, printed: int) -> str:
    """A drawn value with one decimal more than the `printed` ones; zero has no sign."""
    text = f"{value:.{printed + 1}f}"
    return text.removeprefix("-") if float(text) == 0 else text
