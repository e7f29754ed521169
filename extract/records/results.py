"""A table without a card turned into records: of the schema `results`, or of `sheet` where all its cells are words."""

from collections.abc import Iterator, Sequence

import pandas as pd

from extract.meaning.outline import is_table_of_words, outline
from extract.meaning.reading import Meaning
from extract.page.box import place_columns
from extract.records.records import Doubt, TextRecord
from extract.tables.heads import HEAD_SEPARATOR, head_paths
from extract.tables.table import Flag, PrintedTable, Row
from schemas import SCHEMAS, validate

_OF_MEANING = ("section", "outcome", "level", "unit", "timepoint", "arm", "versus", "population", "statistic", "adjusted")


def schema_of(table: PrintedTable) -> str:
    """The schema of a table without a card."""
    return "sheet" if is_table_of_words(table) else "results"


def results_frame(table: PrintedTable, meanings: Sequence[Meaning]) -> pd.DataFrame:
    """Return what the cells of a table say as a frame of the schema `results`, a record a statement."""
    return _frame("results", [_result(meaning, table.body[meaning.body_row]) for meaning in meanings])


def sheet_frame(table: PrintedTable) -> pd.DataFrame:
    """Return the cells right of the labels as a frame of the schema `sheet`."""
    return _frame("sheet", list(_sheet_records(table)))


def _frame(schema: str, records: Sequence[TextRecord]) -> pd.DataFrame:
    frame = pd.DataFrame(records, columns=SCHEMAS[schema].columns(), dtype=str)
    return validate(frame.fillna(""), schema)


def _result(meaning: Meaning, row: Row) -> TextRecord:
    values = dict(meaning.values)
    noted = next(iter(values), meaning.statistic)
    notes = ";".join(f"{noted}:{mark.replace(';', ',')}" for mark in meaning.marks)
    return {
        "row": str(meaning.row),
        "cell": meaning.cell,
        **{name: getattr(meaning, name) for name in _OF_MEANING},
        "arm_n": meaning.arm_n,
        **values,
        "notes": notes,
        **_provenance(row),
    }


def _provenance(row: Row) -> TextRecord:
    return {**place_columns(row.boxes), "read_by": "+".join(row.read_by)}


def _sheet_records(table: PrintedTable) -> Iterator[TextRecord]:
    heads = head_paths(table.head) or [""] * table.width
    lines = outline(list(enumerate(table.body)), 1, range(1, table.width))
    for number, line in enumerate((line for line in lines if line.has_values), 1):
        row = table.body[line.index]
        fixed = {
            "row": str(number),
            "section": HEAD_SEPARATOR.join(above.label for above in line.above),
            "label": line.label,
            **_provenance(row),
        }
        for place, cell in enumerate(row.cells[1:], 1):
            if cell.text:
                notes = ";".join(f"text:{mark}" for mark in cell.marks)
                yield {**fixed, "cell": str(place + 1), "head": heads[place], "text": cell.text, "notes": notes}


def doubts_of(name: str, table: PrintedTable, frame: pd.DataFrame, rows: dict[int, str]) -> list[Doubt]:
    """The flags of a table as lines of readings.csv. `rows`: the body row of each data row -> its number."""
    return [_doubt(name, table, flag, frame, rows) for flag in table.flags]


def _doubt(name: str, table: PrintedTable, flag: Flag, frame: pd.DataFrame, rows: dict[int, str]) -> Doubt:
    body_row = flag.row - table.header_rows
    number = rows.get(body_row, "") if flag.row >= 0 else ""
    own = frame[(frame["row"] == number) & (frame["cell"].str.partition(".")[0] == str(flag.column + 1))]
    column, published = _value_of(own) if not own.empty else ("", "" if flag.row < 0 else table.rows[flag.row].texts[flag.column])
    return Doubt(name, number, column, published, flag.reading, flag.evidence, flag.reader, flag.code)


def _value_of(records: pd.DataFrame) -> tuple[str, str]:
    """The first column of values that a record fills, with its text."""
    numeric = [column for column in records.columns if column in _VALUES and records.iloc[0][column]]
    column = numeric[0] if numeric else ("text" if "text" in records.columns else "notes")
    return column, str(records.iloc[0][column])


_VALUES = ("value", "n", "total", "percent", "mean", "sd", "se", "median", "q1", "q3", "low", "high", "estimate", "ci_low", "ci_high", "p")
