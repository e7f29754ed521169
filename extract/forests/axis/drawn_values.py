"""The drawn values of each row of a plot, beside the printed ones."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.forests.axis.calibration import Axis, calibrate, point_at
from extract.forests.axis.drawn_weights import drawn_weights
from extract.forests.axis.row_marks import RowMarks, bind_marks, drawing_within
from extract.forests.panel import Panel
from extract.forests.plot import DRAWING_READER, Drawing, PlotRow
from schemas.base.printed import is_printed, parse_printed

USUAL_DECIMALS_COUNT = 2  # for columns without any printed number


def read_drawn(panel: Panel, rows: Sequence[PlotRow], scale: str = "") -> tuple[tuple[PlotRow, ...], Axis | None]:
    """The rows of a panel with their drawn values, and its axis; unchanged rows and None if no axis fits."""
    drawing = drawing_within(panel.canvas.drawing, panel.region)
    axis = calibrate(drawing, rows, scale)
    return (with_drawn(rows, drawing, axis) if axis else tuple(rows)), axis


def with_drawn(rows: Sequence[PlotRow], drawing: Drawing, axis: Axis) -> tuple[PlotRow, ...]:
    """The rows with drawn_estimate, drawn_ci_low, drawn_ci_high and drawn_weight, each with one decimal more than is
    printed. If the printed numbers of a row agree with the drawing, the drawing is one of its readers."""
    bound = bind_marks(rows, drawing)
    weights = drawn_weights(rows, bound, axis.precision)
    done = []
    for i, (row, marks) in enumerate(zip(rows, bound, strict=True)):
        drawn = {column: axis.value(x) for column, x in (marks.places if marks else {}).items()}
        drawn |= {"weight": weights[i]} if i in weights else {}
        decimals = {column: printed_decimals(column, row, rows) for column in drawn}
        texts = {f"drawn_{column}": drawn_text(value, decimals[column]) for column, value in drawn.items()}
        readers = (DRAWING_READER,) if marks and agrees_with_print(row, marks, axis) else ()
        done.append(replace(row, values={**row.values, **texts}, read_by=(*row.read_by, *readers)))
    return tuple(done)


def agrees_with_print(row: PlotRow, marks: RowMarks, axis: Axis) -> bool:
    """Whether a row has printed numbers, and all of them are drawn at their place, within the precision of the axis."""
    printed = [(x, row.values[column]) for column, x in marks.places.items() if row.values.get(column)]
    return bool(printed) and all(
        is_printed(text) and axis.off(point_at(x, text)) <= axis.precision for x, text in printed
    )


def printed_decimals(column: str, row: PlotRow, rows: Sequence[PlotRow]) -> int:
    """The number of decimals printed in a cell or, if the cell has no number, mostly in its column."""
    if (text := row.values.get(column, "")) and is_printed(text):
        return parse_printed(text).decimals
    column_texts = [other.values.get(column, "") for other in rows]
    counts = Counter(parse_printed(text).decimals for text in column_texts if text and is_printed(text))
    return counts.most_common(1)[0][0] if counts else USUAL_DECIMALS_COUNT


def drawn_text(value: float, printed: int) -> str:
    """A drawn value with one decimal more than the `printed` ones; zero has no sign."""
    text = f"{value:.{printed + 1}f}"
    return text.removeprefix("-") if float(text) == 0 else text
