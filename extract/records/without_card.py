"""A PDF without a card turned into the frames that are published: all tables, plots and figures of the text."""

import hashlib
import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from extract.cards.card import Card, CardColumn, ExhibitCard
from extract.claims.reading import claims_in_document
from extract.forests.plot import Plot
from extract.forests.reading import plots_in
from extract.meaning.reading import Meaning, meanings_of_paper
from extract.page.document import open_document
from extract.records.exhibits import ExtractedExhibit
from extract.records.figures import plot_frame, plot_doubts
from extract.records.names import exhibit_names
from extract.records.pipeline import ExtractedPaper
from extract.records.results import doubts_of, results_frame, schema_of, sheet_frame
from extract.tables.heads import head_paths
from extract.tables.reading import tables_in
from extract.tables.table import PrintedTable

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def read_without_card(pdf: Path, pages: range | None = None, password: str | None = None) -> ExtractedPaper:
    """Return everything that a PDF prints: each captioned or uncaptioned table, each panel of a forest plot, and the
    figures of the running text. UnreadableError where the PDF cannot be opened."""
    with open_document(pdf, password) as document:
        plots = plots_in(document, pages)
        tables = tables_in(document, pages)
        claims = tuple(claims_in_document(document, pages))
    exhibits = (*_tables(tables), *_plots(plots))
    card = Card(pdf.stem, "", pdf.stem, "", None, tuple(exhibit.card for exhibit in exhibits), ())
    sha256 = hashlib.sha256(pdf.read_bytes()).hexdigest()
    return ExtractedPaper(card, exhibits, pdf.name, sha256, False, claims)


def _tables(tables: Sequence[PrintedTable]) -> list[ExtractedExhibit]:
    names = exhibit_names([(table.label, table.boxes[0].page) for table in tables], "table")
    meanings = meanings_of_paper(tables)
    return [_table(name, table, said) for name, table, said in zip(names, tables, meanings, strict=True)]


def _table(name: str, table: PrintedTable, meanings: Sequence[Meaning]) -> ExtractedExhibit:
    schema = schema_of(table)
    frame = results_frame(table, meanings) if schema == "results" else sheet_frame(table)
    rows = {meaning.body_row: str(meaning.row) for meaning in meanings}
    heads = head_paths(table.head) or [""] * table.width
    columns = tuple(CardColumn(head, (), ()) for head in heads)
    printed = len(set(frame["row"]))
    card = ExhibitCard(name, table.label, schema, printed, columns, "", (), {})
    doubts = tuple(doubts_of(name, table, frame, rows))
    return ExtractedExhibit(card, table.caption, table.boxes[0], frame, doubts, table.footnotes)


def _plots(plots: Sequence[Plot]) -> list[ExtractedExhibit]:
    figures = [list(panels) for _, panels in groupby(plots, key=lambda plot: (plot.label, plot.box.page))]
    names = exhibit_names([(panels[0].label, panels[0].box.page) for panels in figures], "fig")
    return [
        _plot(name if len(panels) == 1 else f"{name}_{_LETTERS[number % len(_LETTERS)]}", plot)
        for name, panels in zip(names, figures, strict=True)
        for number, plot in enumerate(panels)
    ]


def _plot(name: str, plot: Plot) -> ExtractedExhibit:
    columns = tuple(CardColumn(head, (), ()) for head in plot.heads)
    card = ExhibitCard(name, plot.label, "forest", len(plot.rows), columns, "", (), {})
    return ExtractedExhibit(card, plot.caption, plot.box, plot_frame(plot), tuple(plot_doubts(name, plot)))


def paper_name(pdf: Path) -> str:
    """The name of a PDF as a folder: its file name without .pdf, in letters that every file system takes."""
    return re.sub(r"[^\w.-]+", "_", pdf.stem) or "paper"
