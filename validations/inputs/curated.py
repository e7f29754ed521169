"""Reads a folder of curated CSVs, or one CSV typed by hand, into tables; never a PDF."""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from sys import intern
from typing import Any

import pandas as pd

from schemas import SCHEMAS, SchemaError, validate
from schemas.base.exhibit import PROVENANCE
from schemas.base.failures import Failure
from schemas.base.files import MOST_CSV_BYTES, FileError, read_text, sha256_of
from schemas.base.names import PACKAGE, name_fault
from validations.inputs.package import cohort_of, read_package
from validations.inputs.row_numbers import with_row_numbers
from validations.inputs.states import UNFINISHED, UnfinishedError, in_one_state
from validations.tables import Paper, Table

DERIVED_CSVS = ("findings.csv", "checks.csv", "readings.csv")
CLAIMS = "claims"  # the name of both the schema and the exhibit of figures stated in the text
OPTIONAL_COLUMNS = ("row", *PROVENANCE)  # a table typed by hand may lack these
READINGS_COLUMNS = ("exhibit", "row", "column", "published", "reader", "reading", "evidence")
SHA256 = "sha256:"  # before a hash in a data package
SETTLED_READINGS = ("RDR002", "RDR007", "RDR009", "RDR011")  # repaired or confirmed: the value is not in doubt
MOST_COLUMNS = 1000  # of a CSV; a sheet of a spreadsheet program has 16,384, of which nobody types so many
LISTED_NAMES, _SHOWN_LETTERS = 10, 40  # in one message


def read_curated_paper(folder: Path) -> Paper:
    """Return the exhibits in datapackage.json, if only none; without it, each CSV of the folder with the columns of a
    schema. While another run publishes there, they are read again, so that all are of one state of the paper."""
    if not folder.is_dir():
        raise FileError(f"{folder}: expected a folder with curated CSVs, found none")
    return in_one_state(folder, _read_paper)


def _read_paper(folder: Path) -> Paper:
    package = read_package(folder)
    tables = _listed(folder, package) if package else _found(folder)
    files = tuple(file_hashes(folder, resource) for resource in package.get("resources", ()) if resource.get("path"))
    changed = not package or any(file["hash"] not in ("", file["found"]) for file in files)
    if changed and (folder / UNFINISHED).exists():
        raise UnfinishedError(f"{folder}: a run that published there was killed; run that command again")
    if not tables and not package.get("resources"):
        raise FileError(f"{folder}: expected CSVs of exhibits, found none")
    doubts = _readings(folder / "readings.csv")
    named = {table.name: replace(table, doubtful=doubtful_rows(doubts, table.name)) for table in tables}
    return Paper(named, doubts, files=files)


def file_hashes(folder: Path, resource: Mapping[str, Any]) -> dict[str, str]:
    """Return of a CSV in the data package its name (`file`), the SHA-256 that stands there (`hash`, "" for none) and
    that of the file (`found`)."""
    path, said = folder / Path(resource["path"]).name, str(resource.get("hash") or "")
    found = f"{SHA256}{sha256_of(path)}" if path.is_file() else "no file"
    return {"file": path.name, "hash": said if said.startswith(SHA256) else "", "found": found}


def _readings(path: Path) -> tuple[Mapping[str, str], ...]:
    """The lines of readings.csv; none where the file does not exist."""
    if not path.exists():
        return ()
    frame = read_frame(path)
    if missing := [name for name in READINGS_COLUMNS if name not in frame]:
        raise FileError(f"{path}: expected the columns {', '.join(READINGS_COLUMNS)}, {', '.join(missing)} missing")
    return tuple({str(k): str(v) for k, v in row.items()} for row in frame.to_dict("records"))


def doubtful_rows(doubts: Iterable[Mapping[str, str]], exhibit: str) -> frozenset[str]:
    """Return the rows of an exhibit with a reading that nothing has settled, from the lines of readings.csv."""
    return frozenset(
        line["row"]
        for line in doubts
        if line.get("exhibit") == exhibit and line.get("row") and line.get("code") not in SETTLED_READINGS
    )


def require_schema(path: Path, name: str) -> None:
    """Raise FileError if there is no schema of this name; `path` is the file to be read with it."""
    if name not in SCHEMAS:
        close = get_close_matches(name, SCHEMAS, 1)
        hint = f" (did you mean {close[0]}?)" if close else ""
        raise FileError(f"{path}: no schema is called {name}{hint}; the schemas are {', '.join(SCHEMAS)}")


def read_table(path: Path, schema: str, cohort_n: int | None = None, about: Mapping[str, Any] | None = None) -> Table:
    """Return the exhibit in a CSV. `about`: its entry in the data package."""
    require_schema(path, schema)
    frame = read_frame(path)
    own = [name for name in SCHEMAS[schema].columns() if name not in OPTIONAL_COLUMNS]
    if not set(own) & set(frame.columns):
        found = named_columns(map(cut, frame.columns))
        raise FileError(f"{path}: expected the columns of {schema} ({', '.join(own)}), found {found}")
    known = about or {}
    words = " ".join([known.get("caption") or "", *(known.get("heads") or [])])
    table = table_from_frame(path.stem, schema, frame, cohort_n, dict(known.get("abbreviations") or {}), words)
    return replace(table, footnotes=tuple(known.get("footnotes") or ()))


def table_from_frame(
    name: str,
    schema: str,
    frame: pd.DataFrame,
    cohort_n: int | None = None,
    abbreviations: Mapping[str, str] | None = None,
    words: str = "",
    left_out: Collection[str] = (),
) -> Table:
    """Return the table of a frame of text. Row numbers, provenance and the columns `left_out` may be missing.

    Other differences from the schema do not stop the checks: the table keeps them as `broken`, and a missing column
    becomes blank.
    """
    model = SCHEMAS[schema]
    frame = with_row_numbers(frame, model)
    missing = (*PROVENANCE, *model.optional(), *left_out)
    frame = frame.assign(**{column: "" for column in missing if column not in frame})
    broken: tuple[Failure, ...] = ()
    try:
        validate(frame, schema)
    except SchemaError as error:
        broken = tuple(item for item in error.failures if item.column not in left_out or item.value)
    whole = frame.reindex(columns=model.columns(), fill_value="")
    return Table(name, schema, whole, cohort_n, abbreviations or {}, broken, words)


def read_frame(path: Path) -> pd.DataFrame:
    """Return a CSV as a frame of text, "" for empty cells. FileError names a row that does not fit the head."""
    head, *rows = csv_lines(path, utf8_text(path))
    return text_frame(path, head, rows)


def utf8_text(path: Path, most_bytes: int = MOST_CSV_BYTES, advice: str = "") -> str:
    """Return the text of a CSV; FileError if it is no file, too large or not UTF-8."""
    excel = "found another encoding: in Excel, save it as 'CSV UTF-8 (Comma delimited)'"
    return read_text(path, most_bytes, advice, excel)


def csv_lines(path: Path, text: str, separator: str = ",") -> list[list[str]]:
    """Return the cells of each line of a CSV: the column names first, without empty lines."""
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator))
    except csv.Error as error:
        raise FileError(f"{path}: expected CSV, {error}") from None
    if not lines:
        raise FileError(f"{path}: expected a line of column names, the file is empty")
    if (width := max(map(len, lines))) > MOST_COLUMNS:
        raise FileError(f"{path}: expected at most {MOST_COLUMNS} columns, found {width}")
    return [lines[0], *filter(None, lines[1:])]


def text_frame(
    path: Path, head: Sequence[str], rows: Sequence[Sequence[str]], separator: str = "comma"
) -> pd.DataFrame:
    """Return the rows as a frame of text; FileError if a column name repeats or a row is not as wide as the head."""
    if twice := [name for name, count in Counter(head).items() if count > 1]:
        raise FileError(f"{path}: expected each column once, found {named_columns(map(cut, twice))} more than once")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(head):
            raise FileError(
                f"{path}: expected {len(head)} cells in each row, found {len(row)} in row {number} below the heads "
                f"(a {separator} inside a cell needs quotes around the cell)"
            )
    columns = zip(*rows, strict=True) if rows else [()] * len(head)
    texts = (list(map(intern, cells)) for cells in columns)  # equal texts are one object: less memory, hashed once
    return pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in zip(head, texts, strict=True)})


def cut(text: str) -> str:
    """Return a text for a message, without the end of a long one."""
    return text if len(text) <= _SHOWN_LETTERS else f"{text[:_SHOWN_LETTERS]}…"


def named_columns(names: Iterable[str]) -> str:
    """Return the names of columns for a message; of many, the first ones."""
    listed = list(names)
    more = f" and {len(listed) - LISTED_NAMES} more" if len(listed) > LISTED_NAMES else ""
    return ", ".join(listed[:LISTED_NAMES]) + more


def _listed(folder: Path, package: Mapping[str, Any]) -> list[Table]:
    exhibits = [resource for resource in package["resources"] if resource.get("exhibit") is not None]
    return [
        read_table(
            _csv_of(folder, item["path"], item["exhibit"]["schema"]),
            item["exhibit"]["schema"],
            cohort_of(item["exhibit"]),
            item["exhibit"],
        )
        for item in exhibits
    ]


def _csv_of(folder: Path, path: str, schema: str) -> Path:
    """The CSV of an exhibit: <name>.csv beside the data package, by the rule for names; claims.csv for claims only."""
    name = path.removesuffix(".csv")
    fault = "" if name == schema == CLAIMS else name_fault(name)
    if fault or name == path:
        raise FileError(f"{folder / PACKAGE} path: {fault or f'expected {name}.csv, found {name}'}")
    return folder / path


def _found(folder: Path) -> list[Table]:
    paths = sorted(path for path in folder.glob("*.csv") if path.name not in DERIVED_CSVS)
    schemas = {path: schema_of(read_frame(path).columns.tolist()) for path in paths}
    return [read_table(path, schema) for path, schema in schemas.items() if schema]


def schema_of(columns: Sequence[str]) -> str:
    """Return the schema whose own columns are all present, the one with most columns if several; "" if none is."""
    own = {name: set(model.columns()) - {*OPTIONAL_COLUMNS, *model.optional()} for name, model in SCHEMAS.items()}
    return max((name for name in own if own[name] <= set(columns)), key=lambda name: len(own[name]), default="")
