"""Reads a CSV that someone typed, or that another tool wrote, as a table.

Missing columns become blank. A note tells of each thing read otherwise than written. One line says what cannot be read.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

import pandas as pd

from schemas import SCHEMAS
from schemas.base.exhibit import PROVENANCE, Exhibit, Field
from schemas.base.failures import Failure
from schemas.base.files import MOST_CSV_BYTES, FileError
from validations.inputs.curated import (
    LISTED_NAMES,
    csv_lines,
    cut,
    named_columns,
    table_from_frame,
    text_frame,
    utf8_text,
)
from validations.inputs.row_numbers import with_row_numbers
from validations.tables import Table, row_place

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
COHORT_HEADS = ("n_total", "total", "cohort", "cohort_n")
_FLAGS_COLUMN = "flags"  # in which `doubletake forest --csv` says which values are in doubt
MOST_LISTED_COLUMNS = 24  # in one message, which should fit a few lines of a terminal
_DECIMAL_COMMA = re.compile(r"[<>≤≥]? ?-?(?:0+,\d+|\d+,\d{1,2}|\d+,\d{4,}|\d{4,},\d+)")


def read_typed(
    path: Path, schema: str, cohort_n: int | None = None, most_bytes: int = MOST_CSV_BYTES
) -> tuple[Table, tuple[str, ...]]:
    """Return the table in a CSV, and a line for each thing that was read otherwise than written. FileError if the CSV
    has no column of the schema, no rows, or decimal commas, or if it is larger than `most_bytes`."""
    model = SCHEMAS[schema]
    text = utf8_text(path, most_bytes, "raise --max-mb to read it anyway")
    separator = separator_of(text, model.columns())
    head, rows = _filled(csv_lines(path, text, separator))
    heads = as_column_names(head, model.columns())
    frame = text_frame(path, heads, rows, SEPARATORS[separator].removesuffix("s"))
    own = [name for name in model.columns() if name not in PROVENANCE and name != "row"]
    if not set(own) & set(frame.columns):
        found = named_columns(repr(cut(name)) for name in head)
        raise FileError(
            f"{path}: expected columns of {schema} ({_some(own, schema)}), found {found}; {_explained(schema)}"
        )
    if not rows:
        raise FileError(f"{path}: expected rows under the column names, found none")
    if separator != ",":
        _no_decimal_commas(path, frame, model)
    known_heads = [name for name in heads if name != _FLAGS_COLUMN or name in model.columns()]
    broken = [*missing_columns(heads, schema), *unknown_columns(known_heads, schema)]
    flagged = sum(map(bool, frame[_FLAGS_COLUMN].tolist())) if len(known_heads) < len(heads) else 0
    frame, notes = _whole(frame, model)
    table = table_from_frame(path.stem, schema, frame, cohort_n, left_out=tuple(set(own) - set(heads)))
    changes = [f"read with {SEPARATORS[separator]} between the columns"] if separator != "," else []
    renamed = [f"{old!r} as {new}" for old, new in zip(head, heads, strict=True) if old != new]
    changes += [f"read the columns {', '.join(renamed)}"] if renamed else []
    changes += [f"{flagged} rows have flags of the reader, which are not checked"] if flagged else []
    return replace(table, broken=(*broken, *table.broken)), tuple(f"{path}: {note}" for note in (*changes, *notes))


def separator_of(text: str, known: Iterable[str]) -> str:
    """Return the separator with which the first line has most known column names; a comma if all are equal."""
    first, names = text.partition("\n")[0], set(known)
    return max(
        SEPARATORS,
        key=lambda mark: len({as_column_name(head.strip().strip('"')) for head in first.split(mark)} & names),
    )


def as_column_name(head: str) -> str:
    """Return a head spelt as a column name: Hazard ratio -> hazard_ratio"""
    return re.sub(r"[\s-]+", "_", head.strip().casefold())


def as_column_names(head: Sequence[str], known: Iterable[str]) -> list[str]:
    """Return the known column names for heads that differ in case and blanks only; other heads stay unchanged."""
    names = set(known)
    return [as_column_name(name) if name not in names and as_column_name(name) in names else name for name in head]


def _filled(lines: Sequence[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Head and rows without the empty lines and columns that spreadsheets add at the end."""
    head, *rows = lines
    rows = [row for row in rows if any(map(str.strip, row))]
    width = max((place for place, name in enumerate(head, start=1) if name.strip()), default=0)
    longer = [row for row in (head, *rows) if len(row) > width]
    if longer and not any(cell.strip() for row in longer for cell in row[width:]):
        head, rows = head[:width], [row[:width] for row in rows]
    return head, rows


def _no_decimal_commas(path: Path, frame: pd.DataFrame, model: type[Exhibit]) -> None:
    """Raise FileError if numbers have decimal commas: 1,349 would be read a thousand times too large."""
    for name in frame.columns:
        cells = frame[name].tolist() if name in model.numeric() else []
        if found := next((cell for cell in cells if _DECIMAL_COMMA.fullmatch(cell)), ""):
            raise FileError(
                f"{path}: expected decimal points, found a decimal comma in {name} ({found!r}); "
                "replace the commas by points, or save the sheet with English number settings"
            )


def missing_columns(columns: Iterable[str], schema: str) -> list[Failure]:
    """Return one failure for all missing columns without which nothing can be checked; empty if there are none."""
    model, found = SCHEMAS[schema], set(columns)
    numbers = dict.fromkeys(column for group in model.quantities() for column in group.values())
    missing = [f"the column {name}" for name in model.needed() if name not in found]
    if numbers and not found & set(numbers):
        missing.append(f"a column of numbers such as {' or '.join(list(numbers)[:2])}")
    names = [name for name in model.needed() if name not in found]
    column = names[0] if len(missing) == len(names) == 1 else ""
    expected = f"{' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} missing; {_explained(schema)}"
    return [Failure(column, "", "", expected)] if missing else []


def unknown_columns(columns: Sequence[str], schema: str) -> list[Failure]:
    """Return one failure for all columns that the schema does not have, with suggestions; empty if there are none."""
    model, strange = SCHEMAS[schema], [name for name in columns if name not in SCHEMAS[schema].columns()]
    spare = [item for item in model.fields() if item.name not in columns and item.name not in PROVENANCE]
    hinted = [f"{cut(name)!r}{_hint(cut(name), spare)}" for name in strange[:LISTED_NAMES]]
    shown = named_columns([*hinted, *strange[LISTED_NAMES:]])
    own = [name for name in model.columns() if name not in PROVENANCE]
    expected = f"columns of {schema} only, found {shown}; its columns are {_some(own, schema)}"
    return [Failure(strange[0] if len(strange) == 1 else "", "", "", expected)] if strange else []


def _hint(head: str, fields: Sequence[Field]) -> str:
    close = closest_column(head, fields)
    if not close and as_column_name(head) in COHORT_HEADS:
        return " (give the cohort's N with --param n_total=N)"
    return f" (did you mean {close}?)" if close else ""


def closest_column(head: str, fields: Sequence[Field]) -> str:
    """Return the column closest to a head by name, title, initials of the title or unit; "" if none is close."""
    words: dict[str, str] = {}
    units = [item.unit for item in fields]
    for item in fields:
        title = item.title.casefold()
        for word in (item.name, title, "".join(part[0] for part in title.split() if len(title.split()) > 1)):
            words.setdefault(word, item.name)
        if units.count(item.unit) == 1:
            words.setdefault(item.unit, item.name)
    words.pop("", None)
    close = get_close_matches(head.strip().casefold(), words, 1)
    return words[close[0]] if close else ""


def _some(names: Sequence[str], schema: str) -> str:
    return (
        ", ".join(names)
        if len(names) <= MOST_LISTED_COLUMNS
        else f"{', '.join(names[:MOST_LISTED_COLUMNS])} and others"
    )


def _explained(schema: str) -> str:
    return f"'doubletake explain {schema}' describes them"


def _whole(frame: pd.DataFrame, model: type[Exhibit]) -> tuple[pd.DataFrame, list[str]]:
    """The frame with known columns only, its rows numbered and in order, and notes on the numbering."""
    part = model.part()
    given = frame["row"].to_numpy(dtype=object).tolist() if "row" in frame else []
    known = [name for name in model.columns() if name in frame and (name != "row" or any(given))]
    frame = frame[known]
    whole, notes = with_row_numbers(frame, model), []
    if "row" not in frame:
        notes.append(_numbering(len(whole), whole["row"].nunique(), _used(model, frame), part))
    elif all(map(row_place, given)):
        rows = list(map(row_place, given))
        if any(below < above for above, below in pairwise(rows)):
            whole = frame.iloc[sorted(range(len(rows)), key=rows.__getitem__)].reset_index(drop=True)
    if model.shared() and part not in frame:
        notes.append(f"no column {part}: all records are read as one {part}")
    return whole, notes


def _numbering(records: int, rows: int, shared: Sequence[str], part: str) -> str:
    one = f"; records of one {' and '.join(shared)} that differ in {part} share a row" if rows < records else ""
    return f"no column row: numbered {records} records as {rows} printed row{'s' * (rows > 1)}{one}"


def _used(model: type[Exhibit], frame: pd.DataFrame) -> list[str]:
    return [name for name in model.shared() if name in frame and frame[name].any()]
