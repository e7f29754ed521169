"""The forest plots of a PDF or picture: pages and pictures that may show one, panels, rows by their text and by their
drawing."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path

from extract.forests.axis.drawn_values import read_drawn
from extract.forests.axis.row_marks import within
from extract.forests.finding import find_panels
from extract.forests.measures import measure_of, scale_of
from extract.forests.pages import (
    caption_of,
    captions_on,
    pages_with_pictures,
    pages_with_plots,
    read_pages,
    read_pictures,
)
from extract.forests.panel import Panel
from extract.forests.plot import Canvas, Plot, PlotRow
from extract.forests.raster.canvas import READER as OCR
from extract.forests.raster.canvas import canvas_of
from extract.forests.raster.images import Picture, may_hold_plot, open_picture
from extract.forests.text.layout import PlotLayout, lay_out_panel
from extract.forests.text.rows import rows_of
from extract.page.box import Box
from extract.page.document import Document, open_document
from extract.page.sheet import Sheet
from extract.pdf.opening import is_picture

AT_ONCE = min(4, os.cpu_count() or 1)  # pictures that are read side by side, which takes 300 MB each


def read_forests(path: Path, pages: range | None = None, password: str | None = None) -> list[Plot]:
    """Every forest plot of a PDF, or of a PNG or JPEG (whose page is 1), in reading order.

    Raises UnreadableError where the file cannot be read, UsageError where a page is asked for that it does not have.
    """
    if is_picture(path):
        picture = open_picture(path)
        return plots_on(canvas_of(picture), []) if may_hold_plot(picture.pixels) else []
    with open_document(path, password) as document:
        return plots_in(document, pages)


def plots_in(document: Document, pages: range | None = None) -> list[Plot]:
    """The same of a PDF that is open."""
    canvases = read_canvases(document, pages)
    found = [plot for canvas in canvases for plot in plots_on(canvas, document.sheets(canvas.sheet.page))]
    return sorted(found, key=lambda plot: plot.box.page)


def read_canvases(document: Document, pages: range | None = None) -> list[Canvas]:
    """The pages and pictures that may show a plot."""
    numbers = document.numbers(pages)
    with_text = pages_with_plots(document, numbers)
    with_pictures = pages_with_pictures(document, numbers)
    canvases = read_pages(document, sorted({*with_text, *with_pictures}))
    return [*canvases, *read_at_once(read_pictures(document, with_pictures))]


def read_at_once(pictures: Iterator[Picture]) -> Iterator[Canvas]:
    """The canvases of pictures, of several at once: what reads them leaves the interpreter to the others."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while batch := list(islice(pictures, AT_ONCE)):
            yield from pool.map(canvas_of, batch)


def plots_on(canvas: Canvas, sheets: Sequence[Sheet]) -> list[Plot]:
    """The plots of a canvas. A picture has its caption beside it on a sheet of its page, and so may turned text."""
    plots = [plot for panel in find_panels(canvas) if (plot := plot_of(panel)) is not None]
    captions = captions_on(sheets)
    named = [(plot, None if plot.label else caption_of(plot.box, captions)) for plot in plots]
    return [replace(plot, label=c.label, caption=c.text) if c else plot for plot, c in named]


def plot_of(panel: Panel) -> Plot | None:
    """The plot of a panel; None where it has no rows."""
    layout = lay_out_panel(panel)
    if layout is None:
        return None
    measure = measure_of(layout.heading, " ".join(line.text for line in layout.heads), panel.caption)
    rows, axis = read_drawn(panel, rows_of(panel, layout))
    scale = axis.scale if axis else scale_of(measure, [row.values for row in rows])
    if panel.canvas.reader == OCR:
        from extract.forests.proof.repair import repair_rows  # statistics take a second to import

        rows = repair_rows(rows, scale)
    return Plot(
        panel.label,
        panel.caption,
        panel.canvas.sheet.on_page(extent(panel)),
        measure,
        scale,
        tuple(finished(row, measure) for row in rows),
        heads_of(layout),
    )


def extent(panel: Panel) -> Box:
    """The place of what is printed and drawn in a panel, in the frame of its sheet."""
    drawing = within(panel.canvas.drawing, panel.region)
    sides = [(mark.x, mark.x) for mark in drawing.squares]
    sides += [(mark.x0, mark.x1) for mark in drawing.whiskers] + [(mark.x0, mark.x1) for mark in drawing.diamonds]
    x0 = min([word.x0 for word in panel.words] + [a for a, _ in sides])
    x1 = max([word.x1 for word in panel.words] + [b for _, b in sides])
    return Box(x0, panel.region.top, x1, panel.region.bottom)


def heads_of(layout: PlotLayout) -> tuple[str, ...]:
    """The heads of the columns from left to right, that of the intervals among them."""
    heads = [(column.x0, column.head) for column in layout.columns] + [(layout.interval_span[0], layout.heading)]
    return tuple(head for _, head in sorted(heads))


def finished(row: PlotRow, measure: str) -> PlotRow:
    """A row as it leaves the reader: with its measure where it has an estimate, without words."""
    measured = measure if row.values.get("estimate") else ""
    values = {name: value for name, value in {**row.values, "measure": measured}.items() if value}
    return PlotRow(values, row.box, row.flags, row.read_by, dict(row.marks))
