"""The forest plots of a PDF matched to an exhibit of a card, and their rows turned into records."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

import pandas as pd

from extract.cards.card import Card, ExhibitCard, Misread
from extract.errors import ExhibitError
from extract.forests.plot import Plot, PlotFlag, PlotRow
from extract.page.box import place_columns
from extract.records.exhibits import ExtractedExhibit, validated_frame
from extract.records.heads import HeadMatch, head_evidence, match_exhibit, match_key, unlike_heads
from extract.records.records import Doubt, TextRecord
from extract.records.repairs import refuse_other_reading, repair_doubt, row_index
from schemas import SCHEMAS, SchemaError, validate
from schemas.forest import DRAWN_COLUMNS

# Columns that are printed in lines under the rows, and columns that the reader fills by itself.
_POOLED_COLUMNS = ("i2", "tau2", "q", "df", "z", "p", "prediction_low", "prediction_high")
_READER_COLUMNS = ("kind", "group", "label", "measure", *DRAWN_COLUMNS)


def read_figure(card: Card, exhibit: ExhibitCard, plots: Sequence[Plot], pdf: Path) -> ExtractedExhibit:
    """Return the exhibit from the forest plots of a PDF. ExhibitError with paper, exhibit, file and page where it
    differs from the card."""
    where = f"{card.paper} exhibits.{exhibit.name}"
    panels = find_plots(exhibit, plots, f"{where} ({pdf.name})", card.exhibits)
    page = panels[0].box.page
    try:
        return _read(exhibit, panels, [item for item in card.misreads if item.exhibit == exhibit.name])
    except (ExhibitError, SchemaError) as error:
        look = f"see 'doubletake look {pdf} --page {page} -o page.png', then correct the card"
        found = "; ".join(str(error).splitlines())
        raise ExhibitError(f"{where} ({exhibit.label}, {pdf.name} page {page}): {found}: {look}", found) from None


def find_plots(
    exhibit: ExhibitCard, plots: Sequence[Plot], where: str, exhibits: Sequence[ExhibitCard] = ()
) -> list[Plot]:
    """Return the panels of the figure with the exhibit's label; where as many exhibits of the card as panels have the
    label, the panel at the exhibit's place among these. ExhibitError where no plot has the label."""
    found = [plot for plot in plots if _name(plot.label) == _name(exhibit.label)]
    alike = [other for other in exhibits if other.is_plot and _name(other.label) == _name(exhibit.label)]
    if len(found) > 1 and len(found) == len(alike):
        return [found[alike.index(exhibit)]]
    if not found:
        listed = ", ".join(f"{plot.label or 'a plot without label'} (page {plot.box.page})" for plot in plots)
        expected = f"expected a forest plot under '{exhibit.label}', found {listed or 'no forest plot'}"
        raise ExhibitError(f"{where}: {expected}; check that it is the right PDF", expected)
    return found


def _name(label: str) -> str:
    return re.sub(r"^figure", "fig", match_key(label))


def _read(exhibit: ExhibitCard, panels: Sequence[Plot], misreads: Sequence[Misread]) -> ExtractedExhibit:
    rows = [(plot, row) for plot in panels for row in plot.rows]
    matches = [match_exhibit(plot.heads, exhibit, len(rows)) for plot in panels]
    unlike = [
        line
        for plot, match in zip(panels, matches, strict=True)
        if match.other
        for line in unlike_heads(plot.heads, exhibit, match)
    ]
    doubts = [
        doubt for plot, match in zip(panels, matches, strict=True) for doubt in _head_doubts(exhibit, plot, match)
    ]
    records = _repaired([_record(exhibit, plot, row, number) for number, (plot, row) in enumerate(rows, 1)], misreads)
    _refuse_blank_columns(exhibit, records)
    doubts += [_plot_doubt(exhibit, flag) for plot in panels for flag in plot.flags]
    mended = {(str(misread.row), misread.column) for misread in misreads}
    doubts += [doubt for number, (_, row) in enumerate(rows, 1) for doubt in _doubts(exhibit, row, str(number), mended)]
    doubts += [repair_doubt(misread.column, misread) for misread in misreads]
    caption, box = panels[0].caption, panels[0].box
    return ExtractedExhibit(exhibit, caption, box, validated_frame(exhibit, records, unlike), tuple(doubts))


def _record(exhibit: ExhibitCard, plot: Plot, row: PlotRow, number: int) -> TextRecord:
    """A row as a record, with only the columns that the card publishes."""
    kept = _fields(exhibit) | set(_READER_COLUMNS) | set(_POOLED_COLUMNS)
    notes = ";".join(f"{column}:{mark}" for column, mark in row.marks.items() if column in kept)
    fixed = {"row": str(number), "measure": plot.measure, "notes": notes, "read_by": "+".join(row.read_by)}
    values = {column: text for column, text in row.values.items() if column in kept and text}
    return fixed | values | exhibit.constants | place_columns([row.box])


def plot_frame(plot: Plot) -> pd.DataFrame:
    """Return the rows of a plot as a frame of the schema `forest`, with every column that was read."""
    model = SCHEMAS["forest"]
    records = [_whole_record(plot, row, number, model.columns()) for number, row in enumerate(plot.rows, 1)]
    return validate(pd.DataFrame(records, columns=model.columns(), dtype=str).fillna(""), "forest")


def _whole_record(plot: Plot, row: PlotRow, number: int, columns: Collection[str]) -> TextRecord:
    values = {column: text for column, text in row.values.items() if column in columns}
    notes = ";".join(f"{column}:{mark}" for column, mark in row.marks.items())
    fixed = {"row": str(number), "measure": plot.measure, "notes": notes, "read_by": "+".join(row.read_by)}
    return {**fixed, **values, **place_columns([row.box])}


def plot_doubts(name: str, plot: Plot) -> list[Doubt]:
    """The flags of the rows of a plot as lines of readings.csv."""
    return [
        Doubt(name, str(number), flag.column, row.values.get(flag.column, ""), *flag[3:], flag.reader, flag.code)
        for number, row in enumerate(plot.rows, 1)
        for flag in row.flags
    ]


def _fields(exhibit: ExhibitCard) -> set[str]:
    return {name for column in exhibit.columns for form in column.formats for name in form.fields}


def _refuse_blank_columns(exhibit: ExhibitCard, records: Sequence[TextRecord]) -> None:
    """Raise ExhibitError where a column of the card has no value in any row."""
    for column in exhibit.columns:
        if column.formats and not any(record.get(column.field) for record in records):
            raise ExhibitError(f"no row has a value under '{column.head}', from which the card reads {column.field}")


def _head_doubts(exhibit: ExhibitCard, plot: Plot, match: HeadMatch) -> list[Doubt]:
    """The heads of a plot that are worded otherwise than the card's."""
    doubts = []
    for number in sorted([*match.similar, *match.other]):
        column, printed = exhibit.columns[number], plot.heads[match.places[number]]
        field, reader = column.field if column.formats else "", plot.rows[0].read_by[0]
        doubts.append(Doubt(exhibit.name, "", field, column.head, printed, head_evidence(match, number), reader))
    return doubts


def _plot_doubt(exhibit: ExhibitCard, flag: PlotFlag) -> Doubt:
    """A flag on a whole plot as a line of readings.csv, without row and column."""
    return Doubt(exhibit.name, "", "", "", flag.reading, flag.evidence, flag.reader, flag.code)


def _doubts(exhibit: ExhibitCard, row: PlotRow, number: str, mended: set[tuple[str, str]]) -> list[Doubt]:
    """The flags of a row as lines of readings.csv, but for values that the card repairs or does not publish."""
    kept = _fields(exhibit) | set(_READER_COLUMNS) | set(_POOLED_COLUMNS)
    return [
        Doubt(exhibit.name, number, flag.column, row.values.get(flag.column, ""), *flag[3:], flag.reader, flag.code)
        for flag in row.flags
        if flag.column in kept and (number, flag.column) not in mended
    ]


def _repaired(records: Sequence[TextRecord], misreads: Sequence[Misread]) -> list[TextRecord]:
    """The records with each misread value as it is published. ExhibitError where a value does not read as the card
    says, so that no repair outlives its cause."""
    found = [dict(record) for record in records]
    for misread in misreads:
        record = found[row_index(misread, len(found))]
        refuse_other_reading(misread, record.get(misread.column, ""))
        record[misread.column] = misread.published
    return found
