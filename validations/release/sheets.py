"""The CSVs of a paper's folder as anyone reads them, each with its expectations."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from schemas.base.exhibit import PROVENANCE
from validations.inputs.curated import DERIVED_CSVS, schema_of
from validations.inputs.package import cohort_of, read_package
from validations.inputs.row_numbers import with_row_numbers
from validations.registry import WAITING_SEVERITIES
from validations.release.exhibits import JATS_EDITION, Declared, of_exhibit
from validations.release.expected import GateSheet, known
from validations.release.written import of_written

ON_DIGITS = ("ExpectPercentOfTotal", "ExpectPrintedNumbersToBeInOrder")


def read_stranger(path: Path, *, text: bool = False) -> pd.DataFrame:
    """A CSV as anybody reads it: what is blank is missing, and nothing else is; numbers lose their last zeros unless
    all is read as `text`."""
    return pd.read_csv(path, na_values="", keep_default_na=False, dtype="str" if text else None)


def gate_sheets(folder: Path) -> Iterator[GateSheet]:
    """Yield the sheets of all files in a paper's folder; `validate` has already written there."""
    package = read_package(folder) or {"resources": []}
    declared = dict(_declared(package)) or dict(_found(folder))
    texts = {
        name: with_row_numbers(read_stranger(folder / f"{name}.csv", text=True), about.model)
        for name, about in declared.items()
    }
    ours = {path.name: read_stranger(path, text=True) for path in map(folder.joinpath, DERIVED_CSVS) if path.exists()}
    ruled = list(_ruled(ours["findings.csv"]))
    for name, about in declared.items():
        excepted = tuple(place for exhibit, place in ruled if exhibit == name)
        yield from _exhibit(folder / f"{name}.csv", replace(about, ruled=excepted), texts[name])
        yield from _taken_from(name, declared, texts)
    parts = {name: about.model.part() for name, about in declared.items()}
    yield from of_written(folder, package, ours, texts, parts)


def _declared(package: Mapping[str, Any]) -> Iterator[tuple[str, Declared]]:
    boxed = (package.get("source_pdf") or {}).get("edition") != JATS_EDITION
    for resource in package["resources"]:
        if about := resource.get("exhibit"):
            left_out, label = len(about.get("left_out") or ()), about.get("label") or ""
            rows, cohort = about.get("printed_rows"), cohort_of(about)
            declared = Declared(about["schema"], label, rows, cohort, left_out=left_out, boxed=boxed)
            yield Path(resource["path"]).stem, declared


def _found(folder: Path) -> Iterator[tuple[str, Declared]]:
    """Exhibits that someone typed; they need no provenance."""
    for path in sorted(path for path in folder.glob("*.csv") if path.name not in DERIVED_CSVS):
        if schema := schema_of(list(read_stranger(path).columns)):
            yield path.stem, Declared(schema, published=False)


def _ruled(findings: pd.DataFrame) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """The exhibit, and row, part and column, of each finding that waits for no ruling."""
    settled = findings[findings["verdict"].notna() | ~findings["severity"].isin(WAITING_SEVERITIES)].fillna("")
    for exhibit, *place in settled[["exhibit", "row", "part", "column"]].itertuples(index=False, name=None):
        yield exhibit, (place[0], place[1], place[2])


def without_findings(frame: pd.DataFrame, about: Declared) -> pd.DataFrame:
    """Return the frame with a blank in each cell that a finding already reports."""
    frame, key = frame.copy(), about.model.key()
    for *record, column in about.ruled:
        if column in frame and column not in key:
            here = (frame.reindex(columns=key).astype(str) == record[: len(key)]).all(axis=1)
            frame.loc[here, column] = None
    return frame


def _exhibit(path: Path, about: Declared, digits: pd.DataFrame) -> Iterator[GateSheet]:
    """The sheet of the CSV as anyone reads it, and the sheet of its printed digits."""
    frame, key = without_findings(read_stranger(path), about), tuple(about.model.key())
    expected = list(of_exhibit(frame, about))
    yield GateSheet(path.name, frame, key, tuple(item for item in expected if item.kind not in ON_DIGITS))
    yield GateSheet(f"{path.name}, digits", digits, key, tuple(item for item in expected if item.kind in ON_DIGITS))


def _taken_from(name: str, declared: Mapping[str, Declared], texts: Mapping[str, pd.DataFrame]) -> Iterator[GateSheet]:
    """Expect that records split from another exhibit belong to one of its rows, with equal shared columns."""
    model, label = declared[name].model, declared[name].label
    sources = [other for other, said in declared.items() if (said.schema, said.label) == (model.taken_from(), label)]
    for source in sources[:1]:
        shared = [item for item in model.columns() if item in texts[source] and item not in PROVENANCE]
        records = texts[source].reindex(columns=shared).fillna("").itertuples(index=False, name=None)
        words, fault = (
            f"{', '.join(shared)} of a row of {source}",
            f"no row of {source} has the same {', '.join(shared)}",
        )
        sheet = known(texts[name], shared, records, words, fault)
        yield replace(sheet, name=f"{name}.csv, rows")
