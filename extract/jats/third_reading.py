"""The XML as a third reading of a PDF: its tables and figures beside those of the pages."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extract.errors import PartFaults, UnreadableError, UsageError
from extract.jats.comparison import DIFFERENT, with_xml
from extract.jats.pairing import pair_tables, shared_numbers
from extract.jats.reading import JatsPaper, read_jats
from extract.jats.tables import JATS_READER
from extract.page.labels import label_key
from extract.tables.table import Flag, PrintedTable

_OTHER_PAPER_SHARE = 0.2  # of the numbers: where no pair of tables shares more, the XML is of another paper
_NO_SUCH_TABLE = Flag(-1, -1, DIFFERENT, JATS_READER, "", "the XML has no such table")


def read_xml_besides(xml: Path) -> tuple[JatsPaper, PartFaults]:
    """Return what the XML of a PDF holds, and the tables of which it has no cells; a warning names these.
    UnreadableError if the XML cannot be read."""
    faults = PartFaults(xml)
    read = read_jats(xml, faults)
    faults.log()
    return read, faults


def tables_with_xml(
    tables: Sequence[PrintedTable], read: JatsPaper, without_cells: PartFaults, faults: PartFaults | None = None
) -> list[PrintedTable]:
    """Return the tables of a PDF with what its XML says of each. `without_cells`: the tables that the XML holds without
    cells; `faults`: keeps the tables of the XML that were not found on the pages, None where not all pages were read.
    UsageError where the XML is of another paper."""
    pairs = pair_tables(tables, read.tables)
    _refuse_another_paper(tables, read, pairs, without_cells)
    unknown = {label_key(item.label) for item in without_cells.unread}
    found = [
        with_xml(table, read.tables[pairs[number]])
        if number in pairs
        else table
        if label_key(table.label) in unknown
        else replace(table, flags=(_NO_SUCH_TABLE, *table.flags))
        for number, table in enumerate(tables)
    ]
    for place, table in enumerate(read.tables) if faults else ():
        if place not in pairs.values():
            error = UnreadableError("the XML has it, and it was not found on the pages")
            faults.keep(error, table.label or table.element, table.label)  # type: ignore[union-attr]
    return found


def _refuse_another_paper(
    tables: Sequence[PrintedTable], read: JatsPaper, pairs: dict[int, int], without_cells: PartFaults
) -> None:
    shares = [shared_numbers(tables[number], read.tables[place]) for number, place in pairs.items()]
    if tables and read.tables and max(shares, default=0.0) < _OTHER_PAPER_SHARE:
        raise UsageError(f"{without_cells.path}: no table has the numbers of the PDF; is it the XML of another paper?")
