"""The rows of a panel: what is printed in each, under which heading, with what is said of the pooled lines."""

from collections.abc import Sequence
from dataclasses import replace

from extract.forests.panel import Panel
from extract.forests.plot import PlotFlag, PlotRow
from extract.forests.text.heterogeneity import BETWEEN, TEST, statistics_in
from extract.forests.text.intervals import bare_hits_in
from extract.forests.text.labels import SUBTOTAL, is_pooled
from extract.forests.text.layout import Entry, Layout, lay_out
from extract.forests.text.row_values import Reading, flags_in, place_of_words, read_entry
from extract.forests.text.wrapped_labels import with_wrapped

UNLABELLED = "RDR004"
WHOLE = ("100", "100.0", "100.00")


def read_rows(panel: Panel) -> list[PlotRow]:
    """The rows of a panel from top to bottom, headings left out; none where it has no interval."""
    layout = lay_out(panel)
    return rows_of(panel, layout) if layout else []


def rows_of(panel: Panel, layout: Layout) -> list[PlotRow]:
    """The rows of a panel that is taken apart."""
    rows: list[PlotRow] = []
    group = ""
    for entry in with_wrapped(layout):
        if entry.kind == "text":
            group = entry.text
        elif entry.kind == "row":
            row = make_row(panel, entry, read_entry(entry, layout), layout)
            group = "" if ends_group(rows, row, group) else group
            rows.append(replace(row, values={**row.values, "group": group}))
        else:
            rows = with_statement(rows, panel, entry, layout, group)
    return with_missing_labels(settled(rows))


def with_missing_labels(rows: Sequence[PlotRow]) -> list[PlotRow]:
    """The rows, with a flag on those without a label: it may be drawn as outlines, or cut off."""
    told = "no text stands where a row has its label"
    return [
        row
        if row.values.get("label")
        else replace(row, flags=(*row.flags, PlotFlag("label", UNLABELLED, row.read_by[0], "", told)))
        for row in rows
    ]


def make_row(panel: Panel, entry: Entry, reading: Reading, layout: Layout) -> PlotRow:
    label = reading.values.get("label", "")
    kind = "study"
    if SUBTOTAL.match(label):
        kind = "subtotal"
    elif is_pooled(label) or (not label and reading.values.get("weight") in WHOLE):
        kind = "overall"
    elif "n_studies" in layout.names:
        kind = "subgroup"
    return placed(panel, Reading({"kind": kind, **reading.values}, reading.marks, reading.words), entry)


def placed(panel: Panel, reading: Reading, entry: Entry) -> PlotRow:
    """A row with its place: around its words, of a line that has none in columns around all of the line."""
    canvas = panel.canvas
    place = place_of_words([*(entry.cells or {}).values(), entry.hit.words if entry.hit else ()])
    return PlotRow(
        reading.values,
        canvas.sheet.on_page(place),
        flags_in(reading.words),
        (canvas.reader,),
        reading.marks,
        place,
        reading.words,
    )


def ends_group(rows: Sequence[PlotRow], row: PlotRow, group: str) -> bool:
    """Whether a heading does not hold for a row: after the subtotal of its group, for all but another subtotal."""
    closed = bool(rows) and rows[-1].values["kind"] == "subtotal" and rows[-1].values.get("group", "") == group
    return closed and row.values["kind"] != "subtotal"


def with_statement(rows: list[PlotRow], panel: Panel, entry: Entry, layout: Layout, group: str) -> list[PlotRow]:
    """The rows with what a line says of a pooled one, or of heterogeneity, which is a row of its own."""
    last = next((i for i in reversed(range(len(rows))) if rows[i].values["kind"] in ("subtotal", "overall")), None)
    found, missing = statistics_in(entry.text)
    if entry.kind == "statistics" and not TEST.search(entry.text):
        return [*rows, heterogeneity(panel, entry, Reading(found, missing), group)] if found or missing else rows
    if last is None:
        return rows
    values, marks = dict(rows[last].values), dict(rows[last].marks)
    if entry.kind == "statistics":
        values |= {"z": found["z"]} if "z" in found else {}
        marks |= {"z": f"p={found['p']}".replace("=<", "<")} if "p" in found else {}
    elif entry.kind == "prediction":
        hit = bare_hits_in(entry.line)[0]
        values |= {"prediction_low": hit.low, "prediction_high": hit.high}
    else:
        events = read_entry(entry, layout).values
        values |= {name: value for name, value in events.items() if name.endswith("events")}
    return [*rows[:last], replace(rows[last], values=values, marks=marks), *rows[last + 1 :]]


def heterogeneity(panel: Panel, entry: Entry, reading: Reading, group: str) -> PlotRow:
    between = bool(BETWEEN.search(entry.text))
    label = "between groups" if between else "Heterogeneity"
    values = {"kind": "heterogeneity", "group": "" if between else group, "label": label, **reading.values}
    words = tuple(word for word in entry.line.words)
    found = dict.fromkeys([*reading.values, *reading.marks], words)
    return placed(panel, Reading(values, reading.marks, found), Entry(entry.kind, entry.line, None, "", {0: words}))


def settled(rows: Sequence[PlotRow]) -> list[PlotRow]:
    """Pooled lines before which and after which there are studies are subtotals; those of all have no group, nor has
    what is said of them."""
    done: list[PlotRow] = []
    overall = False
    for i, row in enumerate(rows):
        values = dict(row.values)
        if values["kind"] == "overall" and any(r.values["kind"] in ("study", "subgroup") for r in rows[i + 1 :]):
            values["kind"] = "subtotal"
        overall = values["kind"] == "overall" or (overall and values["kind"] == "heterogeneity")
        values["group"] = "" if overall else values.get("group", "")
        done.append(replace(row, values=values))
    return done
