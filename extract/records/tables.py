"""The tables of a PDF matched to an exhibit of a card, and their rows turned into records."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from extract.cards.card import Card, CardColumn, ExhibitCard, Misread, UnreadRow
from extract.cards.formats import CellError, parse_cell
from extract.errors import ExhibitError
from extract.meaning.arms import arms_of_paper
from extract.records.data_rows import DataRow, data_rows, plain_rows, rows_left_out, sparse_rows
from extract.records.exhibits import ExtractedExhibit, validated_frame
from extract.records.flags import flag_doubts
from extract.records.heads import (
    HeadMatch,
    differing_head,
    match_columns,
    match_exhibit,
    match_key,
    unlike_heads,
)
from extract.records.records import Doubt, TextRecord, read_row
from extract.records.repairs import misread_column, repair, repair_doubt
from extract.records.results import ruled_lines
from extract.records.ruled_exhibits import head_doubt, read_ruled_exhibit
from extract.records.typed_rows import CARD_READER, table_of_card, with_typed_rows
from extract.tables.heads import column_heads, head_paths
from extract.tables.table import Cell, PrintedTable
from schemas import SCHEMAS, SchemaError

_FAILURES_SHOWN = 3  # of a schema, in one error
# Of the cells under a head that is not the card's. Single cells of the right column are misread; of another column
# nearly all cells have another form.
_UNFIT_SHARE = 0.2


def read_exhibit(card: Card, exhibit: ExhibitCard, tables: Sequence[PrintedTable], pdf: Path) -> ExtractedExhibit:
    """Return the exhibit from the tables of a PDF. ExhibitError with paper, exhibit, file and page where it differs
    from the card."""
    where = f"{card.paper} exhibits.{exhibit.name}"
    table = table_of(card, exhibit, tables, pdf)
    misreads = [item for item in card.misreads if item.exhibit == exhibit.name]
    try:
        table = with_rows_of_card(card, exhibit, table)
        if SCHEMAS[exhibit.schema].read_by_rules():
            return read_ruled_exhibit(card, exhibit, table, misreads, arms_of_paper(tables))
        return _read(exhibit, table, misreads)
    except (ExhibitError, SchemaError) as error:
        look = f"see {_look(pdf, table)}, then correct the card"
        leave = "; list rows that are not to be published in left_out" if isinstance(error, SchemaError) else ""
        found = _shortened(str(error).splitlines())
        place = f"{where} ({exhibit.label}, {pdf.name} {_pages(table)})"
        raise ExhibitError(f"{place}: {found}: {look}{leave}", found) from None


def table_of(card: Card, exhibit: ExhibitCard, tables: Sequence[PrintedTable], pdf: Path) -> PrintedTable:
    """Return the table of an exhibit: the one that the card types, else the one that was read. ExhibitError if neither
    is there."""
    where = f"{card.paper} exhibits.{exhibit.name} ({pdf.name})"
    return table_of_card(exhibit, _typed(card, exhibit)) or find_table(exhibit, tables, where, _alike(card, exhibit))


def with_rows_of_card(card: Card, exhibit: ExhibitCard, table: PrintedTable) -> PrintedTable:
    """Return the table with the rows that the card types. ExhibitError where one stands under no data row."""
    typed = _typed(card, exhibit)
    if not typed or table.rows[-1].read_by == (CARD_READER,):
        return table
    return with_typed_rows(table, typed, data_lines(exhibit, table))


def _typed(card: Card, exhibit: ExhibitCard) -> list[UnreadRow]:
    return [row for row in card.unread_rows if row.exhibit == exhibit.name]


def _look(pdf: Path, table: PrintedTable) -> str:
    """The command that shows a table."""
    return f"'doubletake look {pdf} --page {table.page} -o page.png'" if table.boxes else f"'doubletake tables {pdf}'"


def _shortened(lines: Sequence[str]) -> str:
    """The first failures, and the number of the others."""
    more = [f"and {len(lines) - _FAILURES_SHOWN} more"] if len(lines) > _FAILURES_SHOWN else []
    return "; ".join([*lines[:_FAILURES_SHOWN], *more])


def _alike(card: Card, exhibit: ExhibitCard) -> list[ExhibitCard]:
    """The exhibits of a card with the label and the heads of this one, in the order of the card."""
    heads = [column.head for column in exhibit.columns]
    of_label = [other for other in card.exhibits if match_key(other.label) == match_key(exhibit.label)]
    return [other for other in of_label if [column.head for column in other.columns] == heads]


def find_table(
    exhibit: ExhibitCard, tables: Sequence[PrintedTable], where: str, alike: Sequence[ExhibitCard] = ()
) -> PrintedTable:
    """Return the table with the exhibit's label; of several, the one with its heads; of several with these, the one at
    its place among the exhibits `alike`. ExhibitError unless exactly one table fits."""
    labelled = [table for table in tables if match_key(table.label) == match_key(exhibit.label)]
    found = labelled
    if len(labelled) > 1:
        found = [table for table in labelled if _has_heads(table, exhibit)]
        found = found or [table for table in labelled if table.width == len(exhibit.columns)]
    if len(found) == 1:
        return found[0]
    if found and len(found) == len(alike):
        return found[alike.index(exhibit)]
    listed = ", ".join(f"{table.label} ({_pages(table)})" for table in labelled or tables) or "no table"
    wanted = "one table with the card's heads" if labelled else "a table"
    difference = f"expected {wanted} under '{exhibit.label}', found {listed}"
    raise ExhibitError(f"{where}: {difference}; check that it is the right PDF", difference)


def _has_heads(table: PrintedTable, exhibit: ExhibitCard) -> bool:
    """Whether the heads of the table are those of the card, or similar."""
    try:
        return not match_columns(head_paths(table.head), exhibit.columns).other
    except ExhibitError:
        return False


def _pages(table: PrintedTable) -> str:
    if not table.boxes:
        return table.element
    first, last = table.boxes[0].page, table.boxes[-1].page
    return f"page {first}" if first == last else f"pages {first}-{last}"


def _read(exhibit: ExhibitCard, table: PrintedTable, misreads: Sequence[Misread]) -> ExtractedExhibit:
    heads = column_heads(table)
    rows = data_rows(table.body, exhibit.unsectioned) if exhibit.headings else plain_rows(table.body)
    match = match_exhibit(heads, exhibit, len(rows))
    places = match.places
    grid = repair([[row.row.cells[place] for place in places] for row in rows], exhibit.columns, misreads)
    left_out = rows_left_out(rows, exhibit.left_out)
    if idle := [misread.row for misread in misreads if misread.row in left_out]:
        raise ExhibitError(f"row {idle[0]} is in both misread and left_out; remove it from one of them")
    kept = [(row, cells) for row, cells in zip(rows, grid, strict=True) if row.number not in left_out]
    _refuse_other_columns(exhibit, heads, match, [cells for _, cells in kept])
    records, unclear = _read_rows(exhibit, kept)
    doubts = [head_doubt(exhibit, match, number, heads) for number in sorted([*match.similar, *match.other])]
    doubts += [_sparse_doubt(exhibit, row) for row in sparse_rows([row for row, _ in kept])]
    doubts += unclear + [repair_doubt(misread_column(exhibit.columns, misread).field, misread) for misread in misreads]
    repaired = {(str(misread.row), misread.column) for misread in misreads}
    doubts += flag_doubts(exhibit, table, places, rows, repaired, left_out)
    return ExtractedExhibit(
        exhibit,
        table.caption,
        next(iter(table.boxes), None),
        validated_frame(exhibit, records, unlike_heads(heads, exhibit, match) if match.other else ()),
        tuple(doubts),
        table.footnotes,
        head_marks(exhibit, table, places),
        tuple(sorted(left_out)),
        element=table.element,
    )


def data_lines(exhibit: ExhibitCard, table: PrintedTable) -> list[int]:
    """The body rows that are data rows, counted from 0."""
    if SCHEMAS[exhibit.schema].read_by_rules():
        return ruled_lines(table, exhibit.schema)
    rows = data_rows(table.body, exhibit.unsectioned) if exhibit.headings else plain_rows(table.body)
    places = {id(row): place for place, row in enumerate(table.body)}
    return [places[id(entry.row)] for entry in rows]


def _read_rows(
    exhibit: ExhibitCard, rows: Sequence[tuple[DataRow, Sequence[Cell]]]
) -> tuple[list[TextRecord], list[Doubt]]:
    """The records of the rows, and the cells that do not follow the card's formats. ExhibitError where these are more
    than half as many as the rows: then the card is wrong, not the cells."""
    part = SCHEMAS[exhibit.schema].part()
    found = [read_row(row, cells, exhibit, part) for row, cells in rows]
    unclear = [doubt for _, doubts in found for doubt in doubts]
    if len(unclear) > len(rows) / 2:
        cells = f"{len(unclear)} cells in {len(rows)} rows"
        raise ExhibitError(f"{cells} do not follow the formats of the card: {unclear[0].evidence}")
    return [record for records, _ in found for record in records], unclear


def head_marks(exhibit: ExhibitCard, table: PrintedTable, places: Sequence[int]) -> dict[str, list[str]]:
    """Column of the schema -> the note marks at its printed head."""
    marks: dict[str, list[str]] = {}
    for column, place in zip(exhibit.columns, places, strict=True):
        found = [mark for row in table.head for mark in row.cells[place].marks]
        if found and column.formats:
            marks.setdefault(column.field, []).extend(found)
    return marks


def _refuse_other_columns(
    exhibit: ExhibitCard, heads: Sequence[str], match: HeadMatch, rows: Sequence[Sequence[Cell]]
) -> None:
    """Raise ExhibitError with each column that has another head than the card's and cells that do not fit either."""
    found = []
    for number in match.other:
        column = exhibit.columns[number]
        texts = [cells[number].text for cells in rows if cells[number].text]
        unfit = [text for text in texts if not _fits(column, text)]
        if column.formats and len(unfit) > len(texts) * _UNFIT_SHARE:
            unlike = differing_head(heads, exhibit.columns, match.places, number)
            found.append(f"{unlike}, and {len(unfit)} of its {len(texts)} cells do not fit, such as '{unfit[0]}'")
    if found:
        raise ExhibitError("; ".join(found))


def _fits(column: CardColumn, text: str) -> bool:
    """Whether a cell follows one of the formats of a column."""
    for form in column.formats:
        with suppress(CellError):
            parse_cell(text, form)
            return True
    return False


def _sparse_doubt(exhibit: ExhibitCard, row: DataRow) -> Doubt:
    field = next(column.field for column in exhibit.columns if column.formats)
    printed = " | ".join(text for text in row.row.texts if text)
    return Doubt(
        exhibit.name, str(row.number), field, "", printed, "blank where other rows have values; possibly a heading"
    )
