"""The exhibits of a paper as grids of printed cells, each with its place on the page: what a curator compares."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from extract.cards.card import Card, CardColumn, ExhibitCard
from extract.errors import ExhibitError
from extract.forests.plot import Plot
from extract.forests.reading import plots_in
from extract.page.box import Box
from extract.page.document import open_document
from extract.records.figures import find_plots
from extract.records.heads import match_columns
from extract.records.tables import data_lines, table_of, with_rows_of_card
from extract.records.typed_rows import CARD_READER
from extract.tables.heads import column_heads
from extract.tables.reading import tables_in
from extract.tables.table import PrintedTable
from validations.report.pictures import PageRegion
from validations.tables import Table


@dataclass(frozen=True)
class GridCell:
    """A cell. `read`: what we read; `text`: what is published, which differs where the card repairs it; `boxes`: its
    place; `doubts`: why it is in doubt."""

    text: str
    read: str
    boxes: tuple[PageRegion, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def repaired(self) -> bool:
        return self.text != self.read


@dataclass(frozen=True)
class GridRow:
    """A data row with its number, as in the CSV. `typed`: the card has typed it; `above`: the headings of sections
    right above it; `read_by`: the readers that agree on it."""

    number: int
    cells: tuple[GridCell, ...]
    typed: bool = False
    above: tuple[str, ...] = ()
    read_by: tuple[str, ...] = ()

    @property
    def boxes(self) -> tuple[PageRegion, ...]:
        return tuple(box for cell in self.cells for box in cell.boxes)


@dataclass(frozen=True)
class Grid:
    """An exhibit. `columns`: their names in the card; `fills`: the columns of the CSV that each of them fills, and the
    constants of its records; `fault`: why it is not as the card says. A grid that is not
    `correctable` shows records of the CSV."""

    exhibit: str
    label: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    fills: tuple[frozenset[str], ...] = ()
    pages: tuple[int, ...] = ()
    unread: bool = False
    is_plot: bool = False
    correctable: bool = True
    fault: str = ""

    def column_of(self, row: str, column: str, part: str) -> int | None:
        """The column of the grid that holds a value of the CSV in a row; arguments as in `boxes_of`."""
        found = self.row(int(row)) if row.isdecimal() else None
        places = [place for place, names in enumerate(self.fills) if column in names] if found else []
        printed = [place for place in places if found and found.cells[place].read]
        own = [place for place in printed if part in self.fills[place]] or printed or places
        return own[0] if own else None

    def boxes_of(self, row: str, column: str, part: str) -> tuple[PageRegion, ...]:
        """The places of the cells of a row that fill a column of the CSV; `part`: of several, those of this record."""
        found = self.row(int(row)) if row.isdecimal() else None
        places = [place for place, names in enumerate(self.fills) if column in names] if found else []
        own = [place for place in places if part in self.fills[place]] or places
        return tuple(box for place in own if found for box in found.cells[place].boxes)

    def count(self, what: str) -> int:
        """How many cells have doubts, or are repaired: `what` is "doubts" or "repaired"."""
        return sum(bool(getattr(cell, what)) for row in self.rows for cell in row.cells)

    def row(self, number: int) -> GridRow | None:
        return next((row for row in self.rows if row.number == number), None)


def read_grids(card: Card, pdf: Path, password: str | None = None) -> list[Grid]:
    """The exhibits of a card as read from its PDF, before repairs. One that is not found has a fault and no rows."""
    with open_document(pdf, password) as document:
        figures = [exhibit for exhibit in card.exhibits if exhibit.is_plot]
        plots = plots_in(document) if figures else []
        tables = tables_in(document) if len(figures) < len(card.exhibits) else []
        return [
            _plot_grid(card, exhibit, plots, pdf) if exhibit.is_plot else _table_grid(card, exhibit, tables, pdf)
            for exhibit in card.exhibits
        ]


def _table_grid(card: Card, exhibit: ExhibitCard, tables: Sequence[PrintedTable], pdf: Path) -> Grid:
    fills = tuple(map(_filled, exhibit.columns))
    grid = Grid(exhibit.name, exhibit.label, tuple(exhibit.repairable), (), fills, unread=exhibit.unread)
    try:
        table = with_rows_of_card(card, exhibit, table_of(card, exhibit, tables, pdf))
        lines = data_lines(exhibit, table)
        places = match_columns(column_heads(table), exhibit.columns).places
    except ExhibitError as error:
        return replace(grid, fault=error.difference)
    rows = tuple(
        replace(_table_row(table, line, places, number), above=_headings(table, before + 1, line))
        for number, (before, line) in enumerate(pairwise([-1, *lines]), 1)
    )
    counted = "" if len(rows) == exhibit.rows else f"read {len(rows)} rows, the card says {exhibit.rows}"
    pages = tuple(dict.fromkeys(box.page for box in table.boxes))
    return replace(grid, rows=rows, pages=pages, fault=counted)


def _filled(column: CardColumn) -> frozenset[str]:
    fields = [name for form in column.formats for name in form.fields]
    return frozenset([*fields, *(value for given in column.constants for value in given.values())])


def _table_row(table: PrintedTable, line: int, places: Sequence[int], number: int) -> GridRow:
    row, at = table.body[line], line + table.header_rows
    said: dict[int, list[str]] = {}
    for flag in table.flags:
        if flag.row == at:
            said.setdefault(flag.column, []).append(f"{flag.code}: {flag.evidence}")
    cells = tuple(
        GridCell(cell.text, cell.text, tuple(map(_region, cell.boxes)), tuple(said.get(place, ())))
        for place in places
        for cell in [row.cells[place]]
    )
    return GridRow(number, cells, row.read_by == (CARD_READER,), read_by=row.read_by)


def _headings(table: PrintedTable, start: int, end: int) -> tuple[str, ...]:
    """The lines of a table that are no data rows, as texts: between two data rows."""
    texts = (" ".join(cell.text for cell in row.cells if cell.text) for row in table.body[start:end])
    return tuple(text for text in texts if text)


def _plot_grid(card: Card, exhibit: ExhibitCard, plots: Sequence[Plot], pdf: Path) -> Grid:
    grid = Grid(exhibit.name, exhibit.label, (), (), unread=exhibit.unread, is_plot=True)
    try:
        panels = find_plots(exhibit, plots, f"{card.paper} exhibits.{exhibit.name} ({pdf.name})", card.exhibits)
    except ExhibitError as error:
        return replace(grid, fault=error.difference)
    printed = [row for plot in panels for row in plot.rows]
    columns = tuple(name for name in exhibit.repairable if any(row.values.get(name) for row in printed))
    rows = tuple(
        GridRow(
            number,
            tuple(
                GridCell(
                    text := row.values.get(name, ""),
                    text,
                    (_region(row.box),),
                    tuple(f"{flag.code}: {flag.evidence}" for flag in row.flags if flag.column == name),
                )
                for name in columns
            ),
        )
        for number, row in enumerate(printed, 1)
    )
    pages = tuple(dict.fromkeys(plot.box.page for plot in panels))
    return replace(grid, columns=columns, rows=rows, fills=tuple(frozenset([name]) for name in columns), pages=pages)


def with_repairs(card: Card, grid: Grid) -> Grid:
    """The grid with the repairs of the card."""
    repairs = {(each.row, each.column): each.published for each in card.misreads if each.exhibit == grid.exhibit}
    rows = tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, text=repairs.get((row.number, column), cell.text))
                for column, cell in zip(grid.columns, row.cells, strict=True)
            ),
        )
        for row in grid.rows
    )
    return replace(grid, rows=rows)


def _region(box: Box) -> PageRegion:
    return PageRegion(box.page, *box.edges)


def grid_of_csv(table: Table, label: str, boxes: Sequence[tuple[PageRegion, ...]], hidden: Sequence[str]) -> Grid:
    """A published exhibit of a paper without a card, a row for each record; `boxes`: those of each record; `hidden`:
    columns that are not shown, with those that are blank."""
    columns = tuple(name for name in table.model.columns() if name not in hidden and any(table.column(name)))
    rows = tuple(
        GridRow(int(record.row or 0), tuple(GridCell(record[name], record[name], own) for name in columns))
        for record, own in zip(table.records, boxes, strict=True)
    )
    pages = tuple(dict.fromkeys(box.page for own in boxes for box in own))
    return Grid(table.name, label, columns, rows, pages=pages, correctable=False)
