"""The forest plots of a PDF: pages that may show one, panels, rows by their text and by their drawing."""

from pathlib import Path

from extract.forests.drawn import read_drawn
from extract.forests.finding import find_panels
from extract.forests.layout import Layout, lay_out
from extract.forests.measures import measure_of, scale_of
from extract.forests.pages import find_pages, read_pages
from extract.forests.panel import Panel
from extract.forests.plot import Plot, PlotRow
from extract.forests.rows import rows_of


def read_forests(path: Path, pages: range | None = None, password: str | None = None) -> list[Plot]:
    """Every forest plot of a PDF, in reading order.

    Raises UnreadableError where the file cannot be read, UsageError where a page is asked for that it does not have.
    """
    canvases = read_pages(path, find_pages(path, pages, password), password)
    plots = [plot_of(panel) for canvas in canvases for panel in find_panels(canvas)]
    return [plot for plot in plots if plot is not None]


def plot_of(panel: Panel) -> Plot | None:
    """The plot of a panel; None where it has no rows."""
    layout = lay_out(panel)
    if layout is None:
        return None
    measure = measure_of(layout.heading, " ".join(line.text for line in layout.heads), panel.caption)
    rows, axis = read_drawn(panel, rows_of(panel, layout))
    return Plot(
        panel.label,
        panel.caption,
        panel.canvas.sheet.box(*panel.region),
        measure,
        axis.scale if axis else scale_of(measure, [row.values for row in rows]),
        tuple(finished(row, measure) for row in rows),
        heads_of(layout),
    )


def heads_of(layout: Layout) -> tuple[str, ...]:
    """The heads of the columns from left to right, that of the intervals among them."""
    heads = [(column.x0, column.head) for column in layout.columns] + [(layout.interval[0], layout.heading)]
    return tuple(head for _, head in sorted(heads))


def finished(row: PlotRow, measure: str) -> PlotRow:
    """A row as it leaves the reader: with its measure where it has an estimate, without words."""
    measured = measure if row.values.get("estimate") else ""
    values = {name: value for name, value in {**row.values, "measure": measured}.items() if value}
    return PlotRow(values, row.box, row.flags, row.read_by, dict(row.marks))
