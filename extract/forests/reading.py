"""The forest plots of a PDF or picture: from pages and pictures that may show one to panels, and to rows by their text
and their drawing."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path

from extract.errors import Guard, PartFaults, place_of_part, unguarded
from extract.forests.axis.drawn_values import read_drawn
from extract.forests.axis.measures import measure_of, scale_of, usual_scale
from extract.forests.axis.row_marks import drawing_within
from extract.forests.drawn.layout import lay_out_drawn
from extract.forests.finding import find_panels
from extract.forests.pages import (
    caption_of,
    captions_on,
    pages_with_outlines,
    pages_with_pictures,
    pages_with_plots,
    read_pages,
    read_pictures,
)
from extract.forests.panel import Panel
from extract.forests.plot import PICTURE_READER, Canvas, Plot, PlotFlag, PlotRow
from extract.forests.proof.second_readings import without_second_readings
from extract.forests.raster.canvas import canvas_of
from extract.forests.raster.images import A_PICTURE, KnownPictures, Picture, may_hold_plot, open_picture
from extract.forests.text.captions import FigureCaption
from extract.forests.text.heads import IGNORED
from extract.forests.text.intervals import is_one_number
from extract.forests.text.layout import PlotLayout, lay_out_panel
from extract.forests.text.rows import ODD_SHAPE, rows_of
from extract.page.box import Box
from extract.page.document import Document, open_document
from extract.page.sheet import Sheet
from extract.pdf.opening import is_picture

PICTURES_AT_ONCE_COUNT = min(4, os.cpu_count() or 1)  # each takes 300 MB of memory while it is read


def read_forests(
    path: Path, pages: range | None = None, password: str | None = None, faults: PartFaults | None = None
) -> list[Plot]:
    """Every forest plot of a PDF, or of a PNG or JPEG (whose page is 1), in reading order.

    Raises UnreadableError where the file cannot be read, UsageError where the PDF has none of the pages asked for. A
    page, picture or plot that cannot be read costs no other one: `faults` keeps it.
    """
    faults = faults or PartFaults(path)
    if is_picture(path):
        picture = open_picture(path)
        plots = plots_on(canvas_of(picture), [], faults.within) if may_hold_plot(picture.pixels) else []
    else:
        with open_document(path, password, faults) as document:
            plots = plots_in(document, pages)
    faults.raise_without(plots)
    return plots


def plots_in(document: Document, pages: range | None = None) -> list[Plot]:
    """Every forest plot of an open PDF, in reading order. UsageError where it has none of the pages asked for."""
    found = list[Plot]()
    for canvas in read_canvases(document, pages):
        with document.part(canvas.sheet.page):
            found += plots_on(canvas, document.sheets(canvas.sheet.page), document.faults.within)
    return sorted(without_second_readings(found), key=lambda plot: plot.box.page)


def read_canvases(document: Document, pages: range | None = None) -> list[Canvas]:
    """The pages and the pictures that may show a plot."""
    numbers, known = document.numbers(pages), KnownPictures()
    with_text = pages_with_plots(document, numbers)
    with_pictures = pages_with_pictures(document, numbers, known)
    with_outlines = pages_with_outlines(document, numbers)
    canvases = read_pages(document, sorted({*with_text, *with_pictures, *with_outlines}), known)
    return [*canvases, *read_at_once(read_pictures(document, with_pictures, known), document.faults)]


def read_at_once(pictures: Iterator[Picture], faults: PartFaults) -> Iterator[Canvas]:
    """The canvases of pictures, several read at once in threads: OCR runs outside of the interpreter's lock."""

    def read(picture: Picture) -> list[Canvas]:
        with faults.within(place_of_part(picture.page, A_PICTURE), A_PICTURE, picture.page):
            return [canvas_of(picture)]
        return []

    with ThreadPoolExecutor(PICTURES_AT_ONCE_COUNT) as pool:
        while batch := list(islice(pictures, PICTURES_AT_ONCE_COUNT)):
            yield from (canvas for canvases in pool.map(read, batch) for canvas in canvases)


def plots_on(canvas: Canvas, sheets: Sequence[Sheet], guard: Guard = unguarded) -> list[Plot]:
    """The plots of a canvas. A plot without a caption on its canvas, such as a picture or turned text, gets its caption
    from the other sheets of its page. `guard`: around the reading of each."""
    plots, captions, page = list[Plot](), captions_on(sheets), canvas.sheet.page
    for number, panel in enumerate(find_panels(canvas), 1):
        label = panel.label or f"forest plot {number}"
        with guard(place_of_part(page, label), label, page):
            plot = plot_of(with_page_caption(panel, captions))
            plots += [plot] if plot else []
    return plots


def with_page_caption(panel: Panel, captions: Sequence[FigureCaption]) -> Panel:
    """The panel with its caption from the page, if its canvas has none."""
    caption = None if panel.label else caption_of(panel.canvas.sheet.on_page(panel_extent(panel)), captions)
    return replace(panel, label=caption.label, caption=caption.text) if caption else panel


def plot_of(panel: Panel) -> Plot | None:
    """The plot of a panel; None where it has no rows."""
    layout = lay_out_drawn(panel) if panel.is_drawn else lay_out_panel(panel)
    if layout is None:
        return None
    heads = " ".join(line.text for line in layout.heads)
    measure = measure_of(layout.heading, heads, axis_text(panel, layout), panel.caption)
    rows, axis = read_drawn(panel, rows_of(panel, layout), usual_scale(measure) if panel.is_drawn else "")
    scale = axis.scale if axis else scale_of(measure, [row.values for row in rows])
    if panel.canvas.reader == PICTURE_READER:
        from extract.forests.proof.drawn_doubts import with_drawn_doubts  # deferred: scipy takes a second to import
        from extract.forests.proof.repair import repair_rows

        rows = repair_rows(rows, scale)
        rows = with_drawn_doubts(rows, axis)
    return Plot(
        panel.label,
        panel.caption,
        panel.canvas.sheet.on_page(panel_extent(panel)),
        measure,
        scale,
        tuple(finished_row(row, measure) for row in rows),
        heads_of(layout),
        (*panel.flags, *unread_columns(panel, layout)),
        panel.title,
    )


def axis_text(panel: Panel, layout: PlotLayout) -> str:
    """The words below the rows of a panel that stand at its axis: "Odds ratio (log scale)"."""
    bottom = max((entry.line.bottom for entry in layout.entries if entry.kind == "row"), default=panel.region.bottom)
    ticks = [tick.x for tick in drawing_within(panel.canvas.drawing, panel.region).ticks]
    below = [word for word in panel.words if word.top > bottom and ticks]
    return " ".join(word.text for word in below if min(ticks) < (word.x0 + word.x1) / 2 < max(ticks))


def unread_columns(panel: Panel, layout: PlotLayout) -> list[PlotFlag]:
    """A flag for each column of numbers that has no head and is not read: the heads may stand on the page before."""
    rows = [entry for entry in layout.entries if entry.kind == "row"]
    flags = []
    for i, (column, name) in enumerate(zip(layout.columns, layout.names, strict=True)):
        texts = [" ".join(word.text for word in words) for row in rows if (words := (row.cells or {}).get(i))]
        numbers = [text for text in texts if is_one_number(text)]
        if name == IGNORED and not column.is_text and not column.head and 2 * len(numbers) > len(rows):
            evidence = f"a column of numbers without a head is not read: {', '.join(numbers)}"
            flags.append(PlotFlag("", ODD_SHAPE, panel.canvas.reader, "", evidence))
    return flags


def panel_extent(panel: Panel) -> Box:
    """The box of a panel in the frame of its sheet, as wide as its words and marks."""
    drawing = drawing_within(panel.canvas.drawing, panel.region)
    spans = [(word.x0, word.x1) for word in panel.words] + [(mark.x, mark.x) for mark in drawing.squares]
    spans += [(mark.x0, mark.x1) for mark in drawing.whiskers] + [(mark.x0, mark.x1) for mark in drawing.diamonds]
    x0, x1 = min(a for a, _ in spans), max(b for _, b in spans)
    return Box(x0, panel.region.top, x1, panel.region.bottom)


def heads_of(layout: PlotLayout) -> tuple[str, ...]:
    """The heads of the columns, that of the intervals among them, from left to right."""
    heads = [(column.x0, column.head) for column in layout.columns] + [(layout.interval_span[0], layout.heading)]
    return tuple(head for _, head in sorted(heads))


def finished_row(row: PlotRow, measure: str) -> PlotRow:
    """A row for the callers of the reader: with the measure of its estimate, without empty values and words."""
    measured = measure if row.values.get("estimate") else ""
    values = {name: value for name, value in {**row.values, "measure": measured}.items() if value}
    return PlotRow(values, row.box, row.flags, row.read_by, dict(row.marks))
