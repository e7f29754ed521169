"""Draws the plan of a forest plot with matplotlib, as SVG and PNG; the same plan gives the same bytes."""

import io
import warnings
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter
from PIL import Image

from extract.publishing.analysis.pictures.lettering import (
    FONT,
    LETTER_PT,
    fitted,
    sentences,
    visible,
    width_of,
    wrapped,
)
from extract.publishing.analysis.pictures.plan import Line, PlotPlan

LINE_IN = 0.19  # height of a line, in inches
WIDTH_IN = 10.0
WIDTH_PT = 72 * WIDTH_IN
TITLE_PT, FOOT_PT = LETTER_PT + 1, LETTER_PT - 0.5
DOTS_PER_INCH = 110
PNG_COLOURS = 64
PRINTED, RECOMPUTED, WRONG, GREY = "#222222", "#1f6fb4", "#c0262d", "#555555"
# Left edges of the columns of text and of the axis, as fractions of the width.
LABEL_X, COUNT_X, AXIS_X, INTERVAL_X, WEIGHT_X = 0.015, 0.415, 0.43, 0.755, 0.985
GAP = 0.02  # between texts
REACH = 8.0  # how far the axis goes beyond the estimates: times their ratio, or their width over this many parts
_STABLE: Any = {
    "svg.hashsalt": "doubletake",
    "svg.fonttype": "path",
    "font.family": FONT,
    "font.size": LETTER_PT,
    "text.parse_math": False,  # $ is a letter of a label
}


def draw_plot(plan: PlotPlan) -> dict[str, bytes]:
    """Return the plot as the contents of an SVG and a PNG file, by "svg" and "png"."""
    with mpl.rc_context(_STABLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # a label may hold letters that the font lacks
        figure = _figure(plan)
        return {"svg": _svg(figure), "png": _png(figure)}


def _svg(figure: Figure) -> bytes:
    data = io.BytesIO()
    figure.savefig(data, format="svg", metadata={"Date": None, "Creator": None})
    return data.getvalue()


def _png(figure: Figure) -> bytes:
    """The picture in few colours: a quarter of the size."""
    data, canvas = io.BytesIO(), FigureCanvasAgg(figure)
    figure.set_dpi(DOTS_PER_INCH)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    image = Image.fromarray(pixels).convert("RGB")
    image.quantize(PNG_COLOURS, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()


def _figure(plan: PlotPlan) -> Figure:
    rows = len(plan.lines)
    height = LINE_IN * (rows + 6)
    figure = Figure(figsize=(WIDTH_IN, height), facecolor="white")
    axes = figure.add_axes((AXIS_X, 3.4 * LINE_IN / height, INTERVAL_X - AXIS_X - 0.015, rows * LINE_IN / height))
    axes.set_ylim(rows, 0)
    _scale(axes, plan)
    for place, line in enumerate(plan.lines):
        level = 1 - (place + 2.6 + 0.5) * LINE_IN / height
        _write(figure, line, level)
        if line.marks:
            _mark(axes, line, place + 0.5)
    _write_around(figure, plan, height)
    return figure


def _write_around(figure: Figure, plan: PlotPlan, height: float) -> None:
    """The title, the heads of the columns and the foot."""
    room = (WEIGHT_X - LABEL_X) * WIDTH_PT
    title = sentences(visible(plan.title), room, TITLE_PT, "bold")
    figure.text(LABEL_X, 1 - 0.8 * LINE_IN / height, title, va="center", weight="bold", size=TITLE_PT)
    head = 1 - 2.0 * LINE_IN / height
    heads = ((COUNT_X, plan.head, "right"), (INTERVAL_X, "Effect [interval]", "left"), (WEIGHT_X, plan.tail, "right"))
    for x, text, side in heads:
        figure.text(x, head, text, va="center", ha=side, color=GREY)
    for place, part in enumerate(wrapped(plan.foot, room, FOOT_PT)):
        level = (1.1 - 0.75 * place) * LINE_IN / height
        figure.text(LABEL_X, level, part, va="center", color=GREY, size=FOOT_PT)


def _scale(axes: Axes, plan: PlotPlan) -> None:
    """The axis, its limits, and the line of no effect."""
    low, high = _limits([line.marks for line in plan.lines if line.marks], is_log=plan.is_log)
    if plan.is_log:
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0), numticks=9))
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    else:
        axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.set_xlim(low, high)
    axes.set_yticks([])
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.patch.set_alpha(0)
    middle = 1.0 if plan.is_log else 0.0
    if low <= middle <= high:
        axes.axvline(middle, color="#999999", linewidth=0.8, zorder=0)
    if plan.overall is not None and low <= plan.overall <= high:
        axes.axvline(plan.overall, color="#999999", linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)


def _limits(marks: Sequence[tuple[float, float, float]], *, is_log: bool) -> tuple[float, float]:
    """The ends of the axis: around all intervals, but not so far that one very wide interval squeezes the others."""
    values = np.array(marks, dtype=np.float64)
    values = np.log(values) if is_log else values
    least, most = values[:, 0].min(), values[:, 0].max()
    reach = np.log(REACH) if is_log else max(most - least, np.median(values[:, 2] - values[:, 1]))
    low, high = max(values.min(), least - reach), min(values.max(), most + reach)
    margin = 0.04 * (high - low) or 0.05 * abs(high) or 0.5
    ends = np.array([low - margin, high + margin])
    low, high = (float(end) for end in (np.exp(ends) if is_log else ends))
    return low, high


def _write(figure: Figure, line: Line, level: float) -> None:
    """The texts of a line."""
    colour = {"recomputed": RECOMPUTED, "note": GREY}.get(line.kind, PRINTED)
    colour = WRONG if line.differs else colour
    strong = "bold" if line.kind in ("heading", "printed") else "normal"
    indent = {"heading": 0.0, "note": 0.02, "recomputed": 0.02}.get(line.kind, 0.01)
    label, counts = map(visible, line.left)
    known: dict[str, Any] = {"va": "center", "color": colour, "weight": strong}
    edge = AXIS_X if line.marks or counts else INTERVAL_X
    room = (edge - LABEL_X - indent - GAP) * WIDTH_PT - width_of(counts, weight=strong)
    figure.text(LABEL_X + indent, level, fitted(label, room, weight=strong), ha="left", **known)
    figure.text(COUNT_X, level, counts, ha="right", **known)
    figure.text(INTERVAL_X, level, visible(line.right[0]), ha="left", **known)
    figure.text(WEIGHT_X, level, visible(line.right[1]), ha="right", **known)


def _mark(axes: Axes, line: Line, level: float) -> None:
    """A square with whiskers for a study, a diamond for a pooled line."""
    if line.marks is None:
        return
    middle, low, high = line.marks
    left, right = axes.get_xlim()
    if line.kind in ("printed", "recomputed"):
        colour = PRINTED if line.kind == "printed" else WRONG if line.differs else RECOMPUTED
        corners = [(low, level), (middle, level - 0.32), (high, level), (middle, level + 0.32)]
        filled = line.kind == "printed"
        axes.add_patch(
            Polygon(corners, closed=True, facecolor=colour if filled else "none", edgecolor=colour, zorder=3)
        )
        return
    axes.plot([max(low, left), min(high, right)], [level, level], color=PRINTED, linewidth=0.9, zorder=2)
    for end, edge, arrow in ((low, left, "<"), (high, right, ">")):
        if (end < edge) if arrow == "<" else (end > edge):
            axes.plot([edge], [level], marker=arrow, color=PRINTED, markersize=4, clip_on=False, zorder=2)
    side = 2.0 + 5.0 * float(np.sqrt(line.weight))
    axes.plot([middle], [level], marker="s", color="#5b7f95", markersize=side, zorder=3)
