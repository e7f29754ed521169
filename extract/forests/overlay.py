"""Forest plots drawn over the picture of their page: their rows, marks and axes as they were read."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import ceil, floor, log10

from PIL import ImageDraw

from extract.forests.axis.calibration import Axis, calibrate
from extract.forests.axis.row_marks import drawing_within
from extract.forests.plot import Canvas, Drawing, Plot, PlotRow
from extract.forests.reading import plots_on, read_canvases
from extract.page.box import Box
from extract.page.document import Document
from extract.page.sheet import Sheet, turned
from extract.tables.overlay import Overlay

Colour = tuple[int, int, int]
PLOT, ROW, INTERVAL, ESTIMATE, POOLED, LINE, AXIS = (
    (200, 30, 30),
    (40, 90, 200),
    (0, 140, 200),
    (230, 60, 0),
    (20, 160, 60),
    (235, 160, 40),
    (140, 40, 160),
)
CROSS_PT = 3.0  # from the middle of a cross to its ends
LABEL_PX = 12  # size of the values at the axis, in pixels of the picture
AXIS_OFFSET_PT = 9.0  # from the marks up to the axis drawn above them
LABEL_OFFSET_PT = 6.0  # from that axis up to its values
THIN_PX = 1
MEDIUM_PX = 2
THICK_PX = 3
CUT_PX = 4  # the end of an interval that goes on beyond the axis
AXIS_VALUES_COUNT = 9  # more values on an axis would run into one another
ROUND_DIGITS = (1, 2, 5)  # times a power of ten: the round values of an axis
FLOAT_DECIMALS_COUNT = 12  # to which steps are rounded: 3 * 0.1 is 0.30000000000000004


def forests_on(document: Document, page: int) -> Overlay:
    """The function that draws the forest plots of a page over its picture, as `draw_plots` does."""
    canvases = read_canvases(document, range(page, page + 1))
    plots = [(canvas, plots_on(canvas, document.sheets(page))) for canvas in canvases]

    def draw_all(draw: ImageDraw.ImageDraw, scale: float) -> None:
        for canvas, found in plots:
            draw_plots(draw, canvas, found, scale)

    return draw_all


class Pen:
    """Draws lines, boxes and texts whose places are in the frame of a sheet. `scale`: pixels for a point."""

    def __init__(self, draw: ImageDraw.ImageDraw, sheet: Sheet, scale: float) -> None:
        self.draw, self.sheet, self.scale = draw, sheet, scale

    def at(self, x: float, y: float) -> tuple[float, float]:
        point = self.sheet.on_page(Box(x, y, x, y))
        return point.x0 * self.scale, point.top * self.scale

    def line(self, x0: float, y0: float, x1: float, y1: float, colour: Colour, width: int = THIN_PX) -> None:
        self.draw.line([self.at(x0, y0), self.at(x1, y1)], colour, width)

    def box(self, place: Box, colour: Colour, width: int = THIN_PX) -> None:
        x0, top, x1, bottom = place.edges
        corners = [(x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)]
        self.draw.line([self.at(*corner) for corner in corners], colour, width)

    def text(self, x: float, y: float, text: str, colour: Colour) -> None:
        self.draw.text(self.at(x, y), text, colour, font_size=LABEL_PX, anchor="mm")


def draw_plots(draw: ImageDraw.ImageDraw, canvas: Canvas, plots: Iterable[Plot], scale: float) -> None:
    """Draw plots boxed red, rows blue, estimates crossed, intervals with their ends, pooled lines green, reference
    lines orange; ticks violet, and so the axis that was found, above the rows. `scale`: pixels for a point."""
    pen = Pen(draw, canvas.sheet, scale)
    for plot in plots:
        rows = [replace(row, place=in_frame(row.box, canvas.sheet)) for row in plot.rows]
        for row in rows:
            pen.box(row.place, ROW)
        region = in_frame(plot.box, canvas.sheet)
        pen.box(region, PLOT, THICK_PX)
        drawing = drawing_within(canvas.drawing, region)
        draw_marks(pen, drawing)
        draw_axis(pen, drawing, rows, plot.scale)


def in_frame(box: Box, sheet: Sheet) -> Box:
    """A box on the page as displayed, turned into the frame of one of its sheets."""
    size = (sheet.width, sheet.height) if sheet.turn in (0, 180) else (sheet.height, sheet.width)
    return turned(box, sheet.turn, *size)


def draw_marks(pen: Pen, drawing: Drawing) -> None:
    """Draw reference lines, intervals, squares and diamonds over the marks as they were read."""
    for line in drawing.uprights:
        pen.line(line.x, line.top, line.x, line.bottom, LINE, THIN_PX if line.dashed else MEDIUM_PX)
    for x0, x1, y, cut_low, cut_high in drawing.whiskers:
        pen.line(x0, y, x1, y, INTERVAL)
        for x, cut in ((x0, cut_low), (x1, cut_high)):
            pen.line(x, y - CROSS_PT, x, y + CROSS_PT, INTERVAL, CUT_PX if cut else THIN_PX)
    for x, y, side in drawing.squares:
        pen.box(Box(x, y, x, y).grown(side / 2), ESTIMATE)
        pen.line(x, y - CROSS_PT, x, y + CROSS_PT, ESTIMATE)
    for x0, x, x1, y in drawing.diamonds:
        corners = [(x0, y), (x, y - CROSS_PT), (x1, y), (x, y + CROSS_PT)]
        for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
            pen.line(*a, *b, POOLED, MEDIUM_PX)


def draw_axis(pen: Pen, drawing: Drawing, rows: Sequence[PlotRow], scale: str) -> None:
    """Draw the ticks of the plot, and above its marks the axis that was found, with round values of our own choice."""
    for tick in drawing.ticks:
        pen.line(tick.x, tick.y - CROSS_PT, tick.x, tick.y + CROSS_PT, AXIS, THICK_PX)
    axis = calibrate(drawing, rows, scale)
    ends = [(w.x0, w.x1, w.y) for w in drawing.whiskers] + [(d.x0, d.x1, d.y) for d in drawing.diamonds]
    if axis is None or not ends:
        return
    ticks = [tick.x for tick in drawing.ticks]
    left, right = min([*ticks, *(x0 for x0, _, _ in ends)]), max([*ticks, *(x1 for _, x1, _ in ends)])
    y = min(y for _, _, y in ends) - AXIS_OFFSET_PT
    pen.line(left, y, right, y, AXIS)
    for value in round_values(axis, left, right):
        x = axis.place(value)
        pen.line(x, y, x, y - CROSS_PT / 2, AXIS)
        pen.text(x, y - LABEL_OFFSET_PT, f"{value:g}", AXIS)


def round_values(axis: Axis, left: float, right: float) -> list[float]:
    """Round numbers between two places of an axis: multiples of a round step; on a log axis 1, 2 and 5 times powers of
    ten, or the powers alone where these are too many."""
    low, high = axis.value(left), axis.value(right)
    if high <= low or (axis.scale == "log" and low <= 0):  # beyond the range of floats
        return []
    if axis.scale == "log":
        powers = range(floor(log10(low)), ceil(log10(high)) + 1)
        fine = [digit * 10.0**power for power in powers for digit in ROUND_DIGITS]
        found = [value for value in fine if low <= value <= high]
        if len(found) > AXIS_VALUES_COUNT:
            found = [10.0**power for power in powers if low <= 10.0**power <= high]
        return found
    step = 10.0 ** floor(log10(high - low))
    step = next(s for s in (step / 5, step / 2, step, 2 * step) if (high - low) / s < AXIS_VALUES_COUNT)
    return [round(step * i, FLOAT_DECIMALS_COUNT) for i in range(ceil(low / step), floor(high / step) + 1)]
