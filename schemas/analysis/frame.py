"""What an analysis frame is: a list of columns, from which its validation, its codebook and its data package are made.

All cells are text, "" where there is no value; numbers are plain (20.0, -1.13943, 3e-05), so that every program reads
them as numbers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from schemas.base.exhibit import Field, Kind
from schemas.base.failures import Failure, SchemaError

PATTERNS: Mapping[Kind, str] = {
    "string": r"(?s:.*)",
    "integer": r"(?:0|[1-9][0-9]*)",
    "number": r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e-?[0-9]+)?",
}
EXPECTED: Mapping[Kind, str] = {"string": "text", "integer": "a whole number", "number": "a plain number"}


@dataclass(frozen=True)
class AnalysisFrame:
    """A file of curated/analysis/. `title`: what the file holds; `record`: what a row is. The key is `id`."""

    name: str
    title: str
    record: str
    fields: tuple[Field, ...]

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def columns(self) -> list[str]:
        """The names of the columns in the order of the CSV."""
        return [item.name for item in self.fields]

    def frame(self, rows: list[Mapping[str, str]]) -> pd.DataFrame:
        """Return the rows as a frame of text, columns without a value blank. SchemaError names every wrong cell."""
        made = pd.DataFrame([[row.get(name, "") for name in self.columns] for row in rows], columns=self.columns)
        unknown = {name for row in rows for name in row} - set(self.columns)
        if unknown:
            raise SchemaError(self.name, tuple(Failure(name, "", "", "no such column") for name in sorted(unknown)))
        return validated(made.astype("str"), self)


def validated(frame: pd.DataFrame, spec: AnalysisFrame) -> pd.DataFrame:
    """Return `frame`; SchemaError lists every cell that breaks the types, categories or key of `spec`."""
    try:
        return _model(spec).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases[["column", "failure_case", "index"]].drop_duplicates()
        expected = {item.name: _expected(item) for item in spec.fields}
        failures = tuple(
            Failure(str(column), str(frame["id"].get(index, index)), str(value), expected.get(str(column), "one key"))
            for column, value, index in cases.itertuples(index=False)
        )
        raise SchemaError(spec.name, failures) from None


@cache
def _model(spec: AnalysisFrame) -> pa.DataFrameSchema:
    columns = {item.name: pa.Column(str, pa.Check.str_matches(rf"{_pattern(item)}\Z")) for item in spec.fields}
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=["id"])


def _pattern(item: Field) -> str:
    """The regular expression of the cells of a column; all but required columns may be blank."""
    codes, required = item.constraints.get("enum", ()), item.constraints.get("required")
    pattern = "|".join(map(re.escape, codes)) if codes else PATTERNS[item.type]
    return rf"(?=(?s:.*\S))(?:{pattern})" if required else f"(?:{pattern})?"


def _expected(item: Field) -> str:
    known = " or ".join(item.constraints.get("enum", ())) or EXPECTED[item.type]
    return known if item.constraints.get("required") else f"{known}, or nothing"
