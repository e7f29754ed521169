"""A printed data row turned into records: text by column of the schema."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.cards.card import CardColumn, ExhibitCard
from extract.cards.formats import CellError, CellPart, Format, parse_cell, split_slashes
from extract.page.box import place_columns
from extract.records.data_rows import DataRow
from extract.tables.table import Cell

TextRecord = dict[str, str]


@dataclass(frozen=True)
class Doubt:
    """A line of readings.csv: what a reader read, what is published, and why that is in doubt or was repaired. `row`:
    the number of the data row, "" for the head of a column. `code`: the code of the finding that the line becomes."""

    exhibit: str
    row: str
    column: str
    published: str
    reading: str
    evidence: str
    reader: str = "pdfplumber"
    code: str = "RDR001"


@dataclass(frozen=True)
class CellReading:
    """A printed cell of a published column, split into parts by the format number `choice` of the column."""

    column: CardColumn
    choice: int
    parts: tuple[CellPart, ...]
    cell: Cell

    @property
    def form(self) -> Format:
        return self.column.formats[self.choice]

    @property
    def constants(self) -> dict[str, str]:
        return self.column.constants[self.choice]


def read_row(
    row: DataRow, cells: Sequence[Cell], card: ExhibitCard, second_key: str
) -> tuple[list[TextRecord], list[Doubt]]:
    """Return the records of a row, whose `cells` are in the order of the card's columns, and its cells that follow no
    format. `second_key`: the column of the schema that tells the records of a row apart, "" where a row makes one."""
    label = next((text for text in row.row.texts if text), "")
    pairs = [(column, cell) for column, cell in zip(card.columns, cells, strict=True) if column.formats]
    found = [_read_cell(column, cell, label) for column, cell in pairs]
    doubts = [_doubt(card.name, row, reading, why) for reading, why in found if why]
    readings, unsplit = _split_label([reading for reading, _ in found], second_key)
    doubts += [_doubt(card.name, row, reading, "the label does not tell its parts apart") for reading in unsplit]
    records = [record for group in _groups(readings, second_key) for record in _records(group, second_key)]
    place = place_columns(row.row.boxes) | {"read_by": "+".join(row.row.read_by)}
    fixed = {"row": str(row.number)} | card.constants | place
    return [fixed | _under_heading(record, row.heading, card.headings) for record in records], doubts


def _under_heading(record: TextRecord, heading: Cell, column: str) -> TextRecord:
    """The record with the text of its heading in `column`, and the heading's marks in the notes."""
    if column in ("", "-"):
        return record
    notes = [*(f"{column}:{mark}" for mark in heading.marks), *filter(None, [record["notes"]])]
    return record | {column: heading.text, "notes": ";".join(notes)}


def _doubt(exhibit: str, row: DataRow, reading: CellReading, evidence: str) -> Doubt:
    published = reading.parts[0].values[reading.column.field] if reading.parts else ""
    return Doubt(exhibit, str(row.number), reading.column.field, published, reading.cell.text, evidence)


def _read_cell(column: CardColumn, cell: Cell, label: str) -> tuple[CellReading, str]:
    """The cell by the format of the column that fits; of several, the one whose first field is a word of the row's
    label ("Age, median"), else the one that fills most fields. A blank cell and the reason where no format fits."""
    fitting: list[CellReading] = []
    reasons: list[str] = []
    for choice, form in enumerate(column.formats):
        try:
            fitting.append(CellReading(column, choice, parse_cell(cell.text, form), cell))
        except CellError as error:
            reasons.append(str(error))
    if fitting:
        return max(fitting, key=lambda reading: _fit(reading, label)), ""
    blank = parse_cell("", column.formats[0])
    return CellReading(column, 0, blank, cell), "; ".join(reasons)


def _fit(reading: CellReading, label: str) -> tuple[bool, int]:
    named = reading.form.fields[0] in label.casefold().replace(",", " ").split()
    return named, sum(1 for part in reading.parts for text in part.values.values() if text)


def _split_label(readings: Sequence[CellReading], second_key: str) -> tuple[list[CellReading], list[CellReading]]:
    """Split the label ("LMS/of which uLMS") of a row that prints a value for each of several parts ("12/5"). Second:
    the readings that are cut to their first part because label and values have different numbers of parts."""
    several = [entry for entry in readings if len(entry.parts) > 1 and not entry.form.repeated]
    if not several:
        return list(readings), []
    count = max(len(entry.parts) for entry in several)
    split = [_label_parts(entry) if entry.form.fields == (second_key,) else entry for entry in readings]
    if any(len(entry.parts) == count for entry in split if entry.form.fields == (second_key,)):
        return split, []
    return [replace(entry, parts=entry.parts[:1]) if entry in several else entry for entry in readings], several


def _label_parts(entry: CellReading) -> CellReading:
    (name,) = entry.form.fields
    labels = split_slashes(entry.parts[0].values[name])
    return replace(entry, parts=tuple(CellPart({name: label}) for label in labels))


def _groups(readings: Sequence[CellReading], second_key: str) -> list[list[CellReading]]:
    """The readings of each record: one group for each constant of the second key (PFS, OS), with the columns that
    have no such constant in every group."""
    values = list(dict.fromkeys(entry.constants[second_key] for entry in readings if second_key in entry.constants))
    if not values:
        return [list(readings)]
    return [[entry for entry in readings if entry.constants.get(second_key, value) == value] for value in values]


def _records(group: Sequence[CellReading], second_key: str) -> list[TextRecord]:
    """One record per part. Where a cell is a list, one numbered record per member, each with the other cells."""
    lists = [entry for entry in group if entry.form.repeated]
    count = len(lists[0].parts) if lists else max(len(entry.parts) for entry in group)
    records: list[TextRecord] = []
    for number in range(count):
        record: TextRecord = {}
        for entry in group:
            record |= entry.constants | _values(entry, 0 if lists and not entry.form.repeated else number)
        record["notes"] = ";".join(note for entry in group for note in _notes(entry, number))
        if lists:
            record[second_key] = str(number + 1)
        elif number:
            record["part_of"] = records[0][second_key]
        records.append(record)
    return records


def _values(entry: CellReading, number: int) -> dict[str, str]:
    """The values of a part; where a cell prints fewer values than there are parts, they belong to the first parts."""
    return entry.parts[number].values if number < len(entry.parts) else {}


def _notes(entry: CellReading, number: int) -> list[str]:
    marks = [f"{entry.column.field}:{mark}" for mark in entry.cell.marks] if number == 0 else []
    absent = entry.parts[number].absent if number < len(entry.parts) else {}
    return marks + [f"{name}:{sign}" for name, sign in absent.items()]
