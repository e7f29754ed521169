"""A PDF without a card turned into the frames that are published: all tables, plots and figures of the text."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from extract.cards.card import Card, CardColumn, ExhibitCard
from extract.claims.claim import Claim
from extract.claims.reading import claims_in_document
from extract.claims.text.title_page import doi, title
from extract.errors import Guard, PartFaults, place_of_part, unguarded
from extract.forests.plot import Plot
from extract.forests.reading import plots_in
from extract.jats.claims_comparison import ComparedClaims, claims_with_xml
from extract.jats.reading import read_jats
from extract.jats.third_reading import read_xml_besides, tables_with_xml
from extract.meaning.reading import Meaning, meanings_of_paper, part_of
from extract.page.document import open_document
from extract.records.exhibits import ExtractedExhibit, unread_exhibits
from extract.records.figures import plot_doubts, plot_frame
from extract.records.names import distinct_names, exhibit_names
from extract.records.pipeline import ExtractedPaper, pages_of, with_xml_of
from extract.records.results import read_by_rules, ruled_doubts, ruled_schema
from extract.tables.heads import column_heads
from extract.tables.reading import tables_in
from extract.tables.table import PrintedTable
from schemas.base.files import sha256_of

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def read_without_card(
    pdf: Path, name: str, pages: range | None = None, password: str | None = None, xml: Path | None = None
) -> ExtractedPaper:
    """Return everything that a PDF prints: each captioned or uncaptioned table, each panel of a forest plot, and the
    figures of the running text. A part that fails is logged, and missing in what is returned. UnreadableError where the
    PDF cannot be opened, UsageError where it has none of the pages. `name`: of the paper; `xml`: its JATS XML, as
    a third reading."""
    faults = PartFaults(pdf)
    besides = None if xml is None else read_xml_besides(xml)
    plots, tables, claims, about = list[Plot](), list[PrintedTable](), list[Claim](), ("", "")
    with open_document(pdf, password, faults) as document:
        with document.part(1, what="title"):
            about = title(document), doi(document)
        with document.part(0, what="forest plots"):
            plots = plots_in(document, pages)
        with document.part(0, what="tables"):
            tables = tables_in(document, pages)
        with document.part(0, what="figures in the text"):
            claims = claims_in_document(document, pages)
        compared = ComparedClaims(tuple(claims), ())
        if besides is not None:
            tables = tables_with_xml(tables, *besides, None if pages else faults)
            compared = claims_with_xml(claims, besides[0].claims)
        of_tables = table_exhibits(tables, faults.within)
        exhibits = (*of_tables, *plot_exhibits(plots, [exhibit.card.name for exhibit in of_tables], faults.within))
        faults.raise_without([*exhibits, *claims])
        missing = unread_exhibits(faults.unread, [exhibit.card.name for exhibit in exhibits])
        card = Card(name, about[1], about[0] or pdf.stem, "", None, tuple(exhibit.card for exhibit in exhibits), ())
        paper = ExtractedPaper(card, exhibits, pdf.name, sha256_of(pdf), False, compared.claims, missing)
        paper = replace(paper, pages=pages_of(paper, document))
    return paper if xml is None else with_xml_of(paper, xml, compared)


def read_xml_without_card(xml: Path, name: str) -> ExtractedPaper:
    """Return everything that the JATS XML of a paper holds: its tables and the figures of its text. Its records have no
    place on a page. UnreadableError where it cannot be read. `name`: of the paper."""
    faults = PartFaults(xml)
    read = read_jats(xml, faults)
    exhibits = tuple(table_exhibits(read.tables, faults.within))
    faults.raise_without([*exhibits, *read.claims])
    missing = unread_exhibits(faults.unread, [exhibit.card.name for exhibit in exhibits])
    card = Card(name, read.doi, read.title or xml.stem, "", None, tuple(exhibit.card for exhibit in exhibits), ())
    return ExtractedPaper(card, exhibits, xml.name, sha256_of(xml), False, read.claims, missing, from_xml=True)


def table_exhibits(tables: Sequence[PrintedTable], guard: Guard = unguarded) -> list[ExtractedExhibit]:
    """Return the tables of a paper as exhibits of the schemas `results` and `sheet`. `guard`: around each."""
    names = exhibit_names([(table.label, table.page) for table in tables], "table")
    found: list[ExtractedExhibit] = []
    for name, table, said in zip(names, tables, meanings_of_paper(tables, guard), strict=True):
        with guard(*part_of(table)):
            found += [] if said is None else [_table(name, table, said)]
    return found


def _table(name: str, table: PrintedTable, meanings: Sequence[Meaning]) -> ExtractedExhibit:
    schema = ruled_schema(table, meanings)
    ruled = read_by_rules(table, schema, meanings)
    columns = tuple(CardColumn(head, (), ()) for head in column_heads(table))
    card = ExhibitCard(name, table.label, schema, len(ruled.rows), columns, "", (), {})
    doubts = tuple(ruled_doubts(name, table, ruled))
    return ExtractedExhibit(
        card,
        table.caption,
        next(iter(table.boxes), None),
        ruled.frame,
        doubts,
        table.footnotes,
        table=table,
        meanings=tuple(meanings) if schema == "results" else (),
        element=table.element,
    )


def plot_exhibits(plots: Sequence[Plot], taken: Sequence[str] = (), guard: Guard = unguarded) -> list[ExtractedExhibit]:
    """Return the plots of a paper as exhibits of the schema `forest`, each panel of a figure by itself. `taken`: names
    of other exhibits; `guard`: around each."""
    figures = [list(panels) for _, panels in groupby(plots, key=lambda plot: (plot.label, plot.box.page))]
    names = exhibit_names([(panels[0].label, panels[0].box.page) for panels in figures], "fig")
    wanted = [
        name if len(panels) == 1 else f"{name}_{_LETTERS[number % len(_LETTERS)]}"
        for name, panels in zip(names, figures, strict=True)
        for number in range(len(panels))
    ]
    found: list[ExtractedExhibit] = []
    for name, plot in zip(distinct_names(wanted, taken), plots, strict=True):
        label = plot.label or "a forest plot"
        with guard(place_of_part(plot.box.page, label), label, plot.box.page):
            found.append(_plot(name, plot))
    return found


def _plot(name: str, plot: Plot) -> ExtractedExhibit:
    columns = tuple(CardColumn(head, (), ()) for head in plot.heads)
    card = ExhibitCard(name, plot.label, "forest", len(plot.rows), columns, "", (), {})
    return ExtractedExhibit(card, plot.caption, plot.box, plot_frame(plot), tuple(plot_doubts(name, plot)), plot=plot)
