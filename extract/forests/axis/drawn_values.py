"""What the drawing says of each row of a plot, beside what is printed in it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.forests.axis.calibration import Axis, calibrate, point_at
from extract.forests.axis.drawn_weights import drawn_weights
from extract.forests.axis.row_marks import Marks, bind, within
from extract.forests.panel import Panel
from extract.forests.plot import Drawing, PlotRow
from schemas.printed import is_printed, parse_printed

READER = "drawing"
DECIMALS = 2  # where nothing is printed to go by


def read_drawn(panel: Panel, rows: Sequence[PlotRow], scale: str = "") -> tuple[tuple[PlotRow, ...], Axis | None]:
    """The rows of a panel with what is drawn in them, and its axis; the rows as they are where there is none."""
    drawing = within(panel.canvas.drawing, panel.region)
    axis = calibrate(drawing, rows, scale)
    return (with_drawn(rows, drawing, axis) if axis else tuple(rows)), axis


def with_drawn(rows: Sequence[PlotRow], drawing: Drawing, axis: Axis) -> tuple[PlotRow, ...]:
    """The rows with drawn_estimate, drawn_ci_low, drawn_ci_high, drawn_weight, one decimal more than is printed. Where
    all numbers of a row stand where they are drawn, the drawing is one of its readers."""
    bound = bind(rows, drawing)
    weights = drawn_weights(rows, bound, axis.precision)
    done = []
    for i, (row, marks) in enumerate(zip(rows, bound, strict=True)):
        drawn = {column: axis.value(x) for column, x in (marks.places if marks else {}).items()}
        drawn |= {"weight": weights[i]} if i in weights else {}
        texts = {f"drawn_{column}": as_text(value, decimals(column, row, rows)) for column, value in drawn.items()}
        readers = (READER,) if marks and agrees(row, marks, axis) else ()
        done.append(replace(row, values={**row.values, **texts}, read_by=(*row.read_by, *readers)))
    return tuple(done)


def agrees(row: PlotRow, marks: Marks, axis: Axis) -> bool:
    """Whether numbers are printed in a row and all stand where they are drawn, as exactly as the drawing is."""
    printed = [(x, row.values[column]) for column, x in marks.places.items() if row.values.get(column)]
    return bool(printed) and all(
        is_printed(text) and axis.off(point_at(x, text)) <= axis.precision for x, text in printed
    )


def decimals(column: str, row: PlotRow, rows: Sequence[PlotRow]) -> int:
    """How many decimals are printed in a row or, where it has none, mostly in its column."""
    if (text := row.values.get(column, "")) and is_printed(text):
        return parse_printed(text).decimals
    column_texts = [other.values.get(column, "") for other in rows]
    counts = Counter(parse_printed(text).decimals for text in column_texts if text and is_printed(text))
    return counts.most_common(1)[0][0] if counts else DECIMALS


def as_text(value: float, printed: int) -> str:
    """A drawn value with one decimal more than is printed; zero has no sign."""
    text = f"{value:.{printed + 1}f}"
    return text.removeprefix("-") if float(text) == 0 else text
