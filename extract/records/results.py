"""A table without a card turned into records: of the schema `results`, or of `sheet` where all its cells are words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from extract.meaning.block import data_lines
from extract.meaning.outline import OutlineLine, is_table_of_words, outline
from extract.meaning.reading import Meaning
from extract.meaning.studies import StudyLabel, is_list_of_studies, study_labels
from extract.page.box import place_columns
from extract.records.records import Doubt, TextRecord
from extract.tables.heads import HEAD_SEPARATOR, column_heads
from extract.tables.table import Flag, PrintedTable, Row
from schemas import SCHEMAS, validate


@dataclass(frozen=True)
class RuledTable:
    """A table read by rules. `rows`: the body row of each data row, from 0 -> its number, from 1."""

    frame: pd.DataFrame
    rows: Mapping[int, str]


def read_by_rules(table: PrintedTable, schema: str, meanings: Sequence[Meaning]) -> RuledTable:
    """Return the records of a table, by the schema `results` or `sheet`."""
    if schema == "sheet":
        records, rows = _sheet_records(table, study_labels(table) if is_list_of_studies(table, meanings) else ())
    else:
        records = [_result(meaning, table.body[meaning.body_row]) for meaning in meanings]
        rows = {meaning.body_row: str(meaning.row) for meaning in meanings}
    frame = pd.DataFrame(records, columns=SCHEMAS[schema].columns(), dtype=str)
    return RuledTable(validate(frame.fillna(""), schema), rows)


def ruled_schema(table: PrintedTable, meanings: Sequence[Meaning]) -> str:
    """The schema of a table without a card."""
    return "sheet" if is_table_of_words(table) or is_list_of_studies(table, meanings) else "results"


def _result(meaning: Meaning, row: Row) -> TextRecord:
    values = dict(meaning.values)
    noted = next(iter(values), meaning.statistic)
    notes = ";".join(f"{noted}:{mark.replace(';', ',')}" for mark in meaning.marks)
    return {
        "row": str(meaning.row),
        "cell": meaning.cell,
        "statistic": meaning.statistic,
        **meaning.texts,
        **values,
        "notes": notes,
        **_provenance(row),
    }


def _provenance(row: Row) -> TextRecord:
    return {**place_columns(row.boxes), "read_by": "+".join(row.read_by)}


def ruled_lines(table: PrintedTable, schema: str) -> list[int]:
    """The body rows that are data rows of the schema `results` or `sheet`."""
    return [line.index for line in _sheet_lines(table)] if schema == "sheet" else data_lines(table)


def _sheet_lines(table: PrintedTable) -> list[OutlineLine]:
    return [line for line in outline(list(enumerate(table.body)), 1, range(1, table.width)) if line.has_values]


def _sheet_records(table: PrintedTable, studies: Sequence[StudyLabel]) -> tuple[list[TextRecord], dict[int, str]]:
    """A record for each cell right of the labels, and the numbers of the data rows. `studies`: the labels of the body
    rows of a list of studies, () for another table."""
    heads = column_heads(table)
    lines = _sheet_lines(table)
    rows = {line.index: str(number) for number, line in enumerate(lines, 1)}
    records = [
        {
            "row": rows[line.index],
            "section": HEAD_SEPARATOR.join(above.label for above in line.above),
            "label": studies[line.index].text or line.label if studies else line.label,
            "cell": str(place + 1),
            "head": heads[place],
            "text": cell.text,
            "notes": ";".join(
                [
                    *(f"label:{number}" for number in (studies[line.index].references if studies else ())),
                    *(f"text:{mark}" for mark in cell.marks),
                ]
            ),
            **_provenance(table.body[line.index]),
        }
        for line in lines
        for place, cell in enumerate(table.body[line.index].cells)
        if place and cell.text
    ]
    return records, rows


def ruled_doubts(name: str, table: PrintedTable, ruled: RuledTable) -> list[Doubt]:
    """The flags of a table read by rules as lines of readings.csv."""
    return [_doubt(name, table, flag, ruled) for flag in (*table.flags, *table.settled)]


def _doubt(name: str, table: PrintedTable, flag: Flag, ruled: RuledTable) -> Doubt:
    frame, number = ruled.frame, ruled.rows.get(flag.row - table.header_rows, "") if flag.row >= 0 else ""
    own = frame[(frame["row"] == number) & (frame["cell"].str.partition(".")[0] == str(flag.column + 1))]
    printed = "" if flag.row < 0 else table.rows[flag.row].texts[flag.column]
    column, published = ("", printed) if own.empty else _value_of(own)
    return Doubt(name, number, column, published, flag.reading, flag.evidence, flag.reader, flag.code)


def _value_of(records: pd.DataFrame) -> tuple[str, str]:
    """The first column of values that a record fills, with its text."""
    numeric = [column for column in records.columns if column in _VALUES and records.iloc[0][column]]
    column = numeric[0] if numeric else ("text" if "text" in records.columns else "notes")
    return column, str(records.iloc[0][column])


_VALUES = (
    *("value", "n", "total", "percent", "mean", "sd", "se", "median", "q1", "q3"),
    *("low", "high", "estimate", "ci_low", "ci_high", "p"),
)
