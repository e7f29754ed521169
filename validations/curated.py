"""Reads what lies in a folder of curated CSVs, or one CSV that someone typed, into tables; never a PDF."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from sys import intern
from typing import Any

import pandas as pd

from schemas import SCHEMAS, SchemaError, validate
from schemas.exhibit import PROVENANCE
from schemas.failures import Failure
from validations.tables import Paper, Table

OURS = ("findings.csv", "checks.csv", "readings.csv")
FREE = ("row", *PROVENANCE)  # what a table typed by hand may leave out


class InputError(ValueError):
    """A file that cannot be read as what it should be: one line that names it and what was expected."""


def read_paper(folder: Path) -> Paper:
    """The exhibits that datapackage.json lists, else every CSV of the folder that has the columns of a schema."""
    package = folder / "datapackage.json"
    if not folder.is_dir():
        raise InputError(f"{folder}: expected a folder with curated CSVs, there is none")
    tables = _listed(folder, _json(package)) if package.exists() else _found(folder)
    if not tables:
        raise InputError(f"{folder}: expected CSVs of exhibits, found none")
    readings = folder / "readings.csv"
    rows = read_frame(readings).to_dict("records") if readings.exists() else []
    return Paper(
        {table.name: table for table in tables}, tuple({str(k): str(v) for k, v in row.items()} for row in rows)
    )


def read_table(path: Path, schema: str, cohort_n: int | None = None, about: Mapping[str, Any] | None = None) -> Table:
    """The exhibit in a CSV. `about`: what the data package says of it."""
    if schema not in SCHEMAS:
        raise InputError(f"{path}: no schema is called {schema}; there are {', '.join(SCHEMAS)}")
    frame = read_frame(path)
    own = [name for name in SCHEMAS[schema].columns() if name not in FREE]
    if not set(own) & set(frame.columns):
        raise InputError(
            f"{path}: expected the columns of {schema} ({', '.join(own)}), found {', '.join(frame.columns)}"
        )
    known = about or {}
    words = " ".join([known.get("caption") or "", *(known.get("heads") or [])])
    return make_table(path.stem, schema, frame, cohort_n, dict(known.get("abbreviations") or {}), words)


def make_table(
    name: str,
    schema: str,
    frame: pd.DataFrame,
    cohort_n: int | None = None,
    abbreviations: Mapping[str, str] | None = None,
    words: str = "",
) -> Table:
    """The table of a frame of text: row numbers, notes and provenance may be missing; in what else it is not its
    schema is kept beside it, so that the checks see what there is."""
    model = SCHEMAS[schema]
    if "row" not in frame:
        frame = frame.assign(row=[str(place + 1) for place in range(len(frame))])
    frame = frame.assign(**{column: "" for column in PROVENANCE if column not in frame})
    broken: tuple[Failure, ...] = ()
    try:
        validate(frame, schema)
    except SchemaError as error:
        broken = error.failures
    whole = frame.reindex(columns=model.columns(), fill_value="")
    return Table(name, schema, whole, cohort_n, abbreviations or {}, broken, words)


def read_frame(path: Path) -> pd.DataFrame:
    """A CSV as a frame of text, "" where a cell is empty; InputError names the line that is no row of it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *rows = list(csv.reader(file, strict=True))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: expected UTF-8, byte {error.start} is none") from None
    except csv.Error as error:
        raise InputError(f"{path}: expected CSV, {error}") from None
    except ValueError:
        raise InputError(f"{path}: expected a line of column names, the file is empty") from None
    return _frame(path, head, [row for row in rows if row])


def _frame(path: Path, head: list[str], rows: list[list[str]]) -> pd.DataFrame:
    twice = [name for place, name in enumerate(head) if name in head[:place]]
    if twice:
        raise InputError(f"{path}: expected each column once, found {', '.join(twice)} again")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(head):
            raise InputError(f"{path}: expected {len(head)} cells in each row, found {len(row)} in row {number}")
    columns = zip(*rows, strict=True) if rows else [()] * len(head)
    texts = (list(map(intern, cells)) for cells in columns)  # equal texts are one object: less memory, hashed once
    return pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in zip(head, texts, strict=True)})


def _json(path: Path) -> Mapping[str, Any]:
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path}: expected JSON, {error}") from None
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        raise InputError(f"{path}: expected a data package with resources")
    return package


def _listed(folder: Path, package: Mapping[str, Any]) -> list[Table]:
    tables = []
    for resource in package["resources"]:
        about = resource.get("exhibit")
        if about is not None:
            if "schema" not in about or "path" not in resource:
                raise InputError(f"{folder / 'datapackage.json'}: expected a path and a schema of each exhibit")
            cohort_n = str(about.get("cohort_n") or "").replace(",", "")
            path = folder / Path(resource["path"]).name
            tables.append(read_table(path, about["schema"], int(cohort_n) if cohort_n.isdecimal() else None, about))
    return tables


def _found(folder: Path) -> list[Table]:
    paths = sorted(path for path in folder.glob("*.csv") if path.name not in OURS)
    schemas = {path: schema_of(read_frame(path).columns.tolist()) for path in paths}
    return [read_table(path, schema) for path, schema in schemas.items() if schema]


def schema_of(columns: Sequence[str]) -> str:
    """The schema all of whose own columns are among these; "" where there is none."""
    own = {name: set(model.columns()) - set(FREE) for name, model in SCHEMAS.items()}
    return max((name for name in own if own[name] <= set(columns)), key=lambda name: len(own[name]), default="")
