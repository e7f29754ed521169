"""Validates a frame against a schema and words every failure as one line."""

import pandas as pd
import pandera.errors

from schemas.base.discovery import models
from schemas.base.exhibit import Exhibit
from schemas.base.failures import Failure, SchemaError
from schemas.base.printed import BOUNDS


def validate(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return `frame` with its columns in the order of the schema `name`; SchemaError lists every failure."""
    model, frame = models()[name], frame.reset_index(drop=True)
    try:
        model.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        raise SchemaError(name, tidy_failures(errors.failure_cases, frame, model)) from None
    return frame[model.columns()]


def tidy_failures(cases: pd.DataFrame, frame: pd.DataFrame, model: type[Exhibit]) -> tuple[Failure, ...]:
    """The failure cases of pandera, each place once, in the order of rows; those of whole columns come first."""
    rows = frame["row"].astype(str).tolist() if "row" in frame else [str(place + 1) for place in range(len(frame))]
    keyed = frame.reindex(columns=model.key(), fill_value="").astype(str)
    keys = [" | ".join(key) for key in keyed.itertuples(index=False)]
    expected = {name: column.metadata["expected"] for name, column in model.to_schema().columns.items()}
    found: dict[Failure, int] = {}
    for check, column, value, index in cases[["check", "column", "failure_case", "index"]].itertuples(index=False):
        of_type = str(check).startswith("dtype(")  # named for the whole column, or with pyarrow for each cell
        line = -1 if pd.isna(index) or of_type else int(index)
        if check == "multiple_fields_uniqueness":
            failure = Failure(model.key()[-1], rows[line], keys[line], "a record that occurs once")
        elif line >= 0:
            wanted = BOUNDS if str(check).startswith("has_bounds") else expected[column]
            failure = Failure(column, rows[line], str(value), wanted)
        else:
            failure = _of_column(check, column, str(frame[column].dtype if of_type else value))
        found.setdefault(failure, line)
    return tuple(sorted(found, key=found.__getitem__))


def _of_column(check: str, column: str, value: str) -> Failure:
    if check == "column_in_dataframe":
        return Failure(value, "", "", "this column, which is missing")
    if check == "column_in_schema":
        return Failure(value, "", "", "no such column")
    return Failure(column, "", "", f"text in every cell, found cells of the type {value}")
