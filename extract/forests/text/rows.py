"""The rows of a panel: the values printed in each, its heading, and the statistics stated of the pooled lines."""

from collections.abc import Sequence
from dataclasses import replace

from extract.forests.axis.lone_marks import ONE_HEIGHT_SHARE, drawn_flag, lone_marks, with_lone_marks
from extract.forests.axis.row_marks import drawing_within, row_pitch
from extract.forests.panel import Panel
from extract.forests.plot import DRAWING_READER, PICTURE_READER, TEXT_READER, Canvas, PlotFlag, PlotRow
from extract.forests.text.heterogeneity import (
    BETWEEN_SUBGROUPS,
    EFFECT_TEST,
    STUDY_TEST,
    states_unread_values,
    statistics_in,
)
from extract.forests.text.intervals import bare_limits_in
from extract.forests.text.kinds import with_drawn_kinds, with_pooled_kinds, with_trial_kinds
from extract.forests.text.labels import is_pooled, is_subtotal
from extract.forests.text.layout import Entry, PlotLayout, lay_out_panel
from extract.forests.text.row_values import RowReading, place_of_words, read_entry, word_flags
from extract.forests.text.wrapped_labels import with_wrapped_labels
from extract.page.words import Word

UNLABELLED = "RDR004"
ODD_SHAPE = "RDR003"
WHOLE_WEIGHTS = ("100", "100.0", "100.00")


def read_rows(panel: Panel) -> list[PlotRow]:
    """The rows of a panel from top to bottom, without headings; an empty list where the panel has no interval."""
    layout = lay_out_panel(panel)
    return rows_of(panel, layout) if layout else []


def rows_of(panel: Panel, layout: PlotLayout) -> list[PlotRow]:
    """The rows of a panel with this layout, from top to bottom, without headings."""
    rows: list[PlotRow] = []
    group = ""
    for entry in with_drawn_rows(with_wrapped_labels(layout), panel):
        if entry.kind == "text":
            group = entry.text
        elif entry.kind in ("row", "drawn"):
            row = make_row(panel, entry, read_entry(entry, layout), layout)
            group = "" if ends_group(rows, row, group) else group
            rows.append(replace(row, values={**row.values, "group": group}))
        else:
            rows = with_statement(rows, panel, entry, layout, group)
    rows = with_lone_marks(panel, with_pooled_kinds(with_drawn_kinds(panel, rows)))
    return flag_unlabelled(with_trial_kinds(panel, layout, rows))


def with_drawn_rows(entries: Sequence[Entry], panel: Panel) -> list[Entry]:
    """The entries, with the texts beside a mark that no other row has as rows: their numbers are drawn, not printed."""
    heights = [entry_height(entry) for entry in entries if entry.kind == "row"]
    marks = lone_marks(drawing_within(panel.canvas.drawing, panel.region), heights)
    near = ONE_HEIGHT_SHARE * row_pitch(sorted(heights))

    def is_drawn(entry: Entry) -> bool:
        return entry.kind == "text" and any(abs(entry_height(entry) - mark.y) < near for mark in marks)

    return [replace(entry, kind="drawn") if is_drawn(entry) else entry for entry in entries]


def entry_height(entry: Entry) -> float:
    """The middle height of a line: of its interval, as labels may have several lines."""
    return entry.interval.parts[0][0].middle if entry.interval else entry.line.middle


def flag_unlabelled(rows: Sequence[PlotRow]) -> list[PlotRow]:
    """The rows, with a flag on studies without a label: it may be drawn as outlines, or be cut off."""
    evidence = "no text stands in the place of the row's label"
    return [
        row
        if row.values.get("label") or row.values["kind"] == "overall"
        else replace(row, flags=(*row.flags, PlotFlag("label", UNLABELLED, row.read_by[0], "", evidence)))
        for row in rows
    ]


def make_row(panel: Panel, entry: Entry, reading: RowReading, layout: PlotLayout) -> PlotRow:
    """A row with its kind: by its label, by a weight of 100 %, or by the columns of the plot."""
    label = reading.values.get("label", "")
    kind = "study"
    if is_subtotal(label):
        kind = "subtotal"
    elif is_pooled(label) or (not label and reading.values.get("weight") in WHOLE_WEIGHTS):
        kind = "overall"
    elif "n_studies" in layout.names:
        kind = "subgroup"
    return placed(panel, RowReading({"kind": kind, **reading.values}, reading.marks, reading.words), entry)


def placed(panel: Panel, reading: RowReading, entry: Entry) -> PlotRow:
    """A row with its place: the box around the words of its cells and its interval."""
    canvas = panel.canvas
    place = place_of_words([*(entry.cells or {}).values(), entry.interval.words if entry.interval else ()])
    reader = reader_of_words(canvas, [word for words in reading.words.values() for word in words])
    flags = interval_flags(entry, reading, reader)
    return PlotRow(
        reading.values,
        canvas.sheet.on_page(place),
        (*word_flags(reading.words), *flags),
        (DRAWING_READER if entry.kind == "drawn" else reader,),
        reading.marks,
        place,
        reading.words,
    )


def reader_of_words(canvas: Canvas, words: Sequence[Word]) -> str:
    """The reader of some words: OCR gives no fonts. A page may have words of both readers."""
    return TEXT_READER if words and all(word.font for word in words) else canvas.reader


def interval_flags(entry: Entry, reading: RowReading, reader: str) -> list[PlotFlag]:
    """The flags of an interval that was read with a doubt, and of a row whose interval was not read."""
    if entry.interval is not None:
        doubt, doubted = entry.interval.doubt, entry.interval.doubted
        return [PlotFlag(name, ODD_SHAPE, reader, reading.values[name], doubt) for name in doubted]
    if entry.kind == "drawn":
        return [drawn_flag("a mark is drawn beside the label, and no numbers are printed")]
    if entry.kind != "row" or entry.excluded:
        return []
    return [
        PlotFlag("estimate", ODD_SHAPE, reader, entry.text, "the row has numbers, and no interval that can be read")
    ]


def ends_group(rows: Sequence[PlotRow], row: PlotRow, group: str) -> bool:
    """Whether a heading does not apply to a row: below the subtotal of its group it applies to subtotals only."""
    closed = bool(rows) and rows[-1].values["kind"] == "subtotal" and rows[-1].values.get("group", "") == group
    return closed and row.values["kind"] != "subtotal"


def with_statement(rows: list[PlotRow], panel: Panel, entry: Entry, layout: PlotLayout, group: str) -> list[PlotRow]:
    """The rows with the statement of a line: heterogeneity is a row of its own; a test, a prediction interval and total
    events belong to the last pooled row."""
    found, missing = statistics_in(entry.text)
    if entry.kind == "statistics" and not EFFECT_TEST.search(entry.text):
        if not found and not missing:
            return rows
        if STUDY_TEST.search(entry.text) and rows and rows[-1].values["kind"] == "heterogeneity":
            return [*rows[:-1], replace(rows[-1], values={**found, **rows[-1].values})]
        return [*rows, heterogeneity_row(panel, entry, RowReading(found, missing), group)]
    last = next((i for i in reversed(range(len(rows))) if rows[i].values["kind"] in ("subtotal", "overall")), None)
    if last is None:
        return rows
    values, marks = dict(rows[last].values), dict(rows[last].marks)
    if entry.kind == "statistics":
        values |= {"z": found["z"]} if "z" in found else {}
        marks |= {"z": f"p={found['p']}".replace("=<", "<")} if "p" in found else {}
    elif entry.kind == "prediction":
        limits = bare_limits_in(entry.line)[0]
        values |= {"prediction_low": limits.low, "prediction_high": limits.high}
    else:
        events = read_entry(entry, layout).values
        values |= {name: value for name, value in events.items() if name.endswith("events")}
    return [*rows[:last], replace(rows[last], values=values, marks=marks), *rows[last + 1 :]]


def heterogeneity_row(panel: Panel, entry: Entry, reading: RowReading, group: str) -> PlotRow:
    """The row of a line of heterogeneity: of a group, or between the groups."""
    between = bool(BETWEEN_SUBGROUPS.search(entry.text))
    label = "between groups" if between else "Heterogeneity"
    values = {"kind": "heterogeneity", "group": "" if between else group, "label": label, **reading.values}
    words = entry.line.words
    sources = dict.fromkeys([*reading.values, *reading.marks], words)
    row = placed(panel, RowReading(values, reading.marks, sources), Entry(entry.kind, entry.line, cells={0: words}))
    reader = panel.canvas.reader
    if reader != PICTURE_READER or not states_unread_values(entry.text):
        return row
    column = next((name for name in ("i2", "q", "tau2", "df", "p") if name not in reading.values), "label")
    evidence = f"the line states more values than are read: {entry.text}"
    return replace(row, flags=(*row.flags, PlotFlag(column, ODD_SHAPE, reader, "", evidence)))
