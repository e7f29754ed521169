"""What is expected of the files that are written beside the exhibits: findings, checks, readings, data package."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from validations.inputs.curated import file_hashes
from validations.registry import SEVERITIES, Finding, all_checks
from validations.release.exhibits import JATS_EDITION
from validations.release.expected import Expected, GateSheet, among, between, columns, filled, known, matching, unique
from validations.rulings.matching import VERDICT_KINDS
from validations.run import TALLY_COLUMNS

Frames = Mapping[str, pd.DataFrame]
COUNTS = ("checked", "not_checkable", "fired")
CHANGED_CSV = "SCH003"
CHANGED = "the file is not the one that extract wrote"
EDITIONS = ("facsimile", "publisher", JATS_EDITION)


def of_written(
    folder: Path, package: Mapping[str, Any], ours: Frames, exhibits: Frames, parts: Mapping[str, str]
) -> Iterator[GateSheet]:
    """The sheets of what `extract` and `validate` say of the exhibits. `parts`: the second key column of each. What is
    said of an exhibit that is missing is at the exhibit itself."""
    missing = [item["name"] for item in package.get("missing", ())]
    exhibits = {**exhibits, **{name: pd.DataFrame() for name in missing}}
    readings = {"readings": pd.DataFrame()} if "readings.csv" in ours else {}  # a file that may be changed, too
    yield from _findings(ours["findings.csv"], {**exhibits, **readings}, parts)
    yield _checks(ours["checks.csv"], list(exhibits))
    for resource in package["resources"]:
        if resource.get("name") == "readings":
            names = [item["name"] for item in resource["schema"]["fields"]]
            yield from _readings(ours.get("readings.csv", pd.DataFrame()), names, exhibits)
    if package["resources"]:
        yield _package(folder, package)
        yield _hashes(folder, package, ours["findings.csv"])


def _shared(exhibits: list[str]) -> list[Expected]:
    """What findings.csv and checks.csv have in common."""
    codes = [item.code for item in all_checks()]
    return [among("code", codes, "a code that doubletake explain knows"), among("exhibit", exhibits, "an exhibit")]


def _findings(frame: pd.DataFrame, exhibits: Frames, parts: Mapping[str, str]) -> Iterator[GateSheet]:
    """Known codes, severities and verdicts; each finding at a record that there is, and so its other places."""
    names = [item.name for item in fields(Finding)]
    key = ("code", "exhibit", "row", "part", "column", "printed", "expected", "message")
    expected = [columns(names), *map(filled, ("code", "name", "severity", "message")), unique(key)]
    expected += [*_shared(list(exhibits)), among("severity", SEVERITIES), among("verdict", VERDICT_KINDS)]
    yield GateSheet("findings.csv", frame, ("code", "exhibit", "row"), tuple(expected))
    places = [place for name in exhibits for place in _places(name, exhibits[name], parts.get(name, ""))]
    places.append(("", "", ""))  # the whole paper
    at = known(frame, ("exhibit", "row", "part"), places, "records of the exhibits")
    yield replace(at, name="findings.csv, places")
    also = [place.partition(":") for cell in frame["also"].dropna() for place in cell.split(";")]
    others = pd.DataFrame([(exhibit, row) for exhibit, _, row in also], columns=["exhibit", "row"], dtype="str")
    rows = known(others, ("exhibit", "row"), {place[:2] for place in places}, "rows of the exhibits")
    yield replace(rows, name="findings.csv, also")


def _places(name: str, frame: pd.DataFrame, part: str) -> Iterator[tuple[str, str, str]]:
    """The exhibit itself, its rows, and the records of its rows."""
    yield (name, "", "")
    for row, second in frame.reindex(columns=["row", part or "row"]).itertuples(index=False, name=None):
        yield from ((name, row, ""), (name, row, second if part else ""))


def _checks(frame: pd.DataFrame, exhibits: list[str]) -> GateSheet:
    """Known codes and exhibits (blank: the whole paper), and counts."""
    frame = frame.assign(**{name: pd.to_numeric(frame[name], errors="coerce") for name in COUNTS if name in frame})
    expected = [columns(TALLY_COLUMNS), *map(filled, ("code", *COUNTS)), unique(TALLY_COLUMNS[:2]), *_shared(exhibits)]
    return GateSheet("checks.csv", frame, TALLY_COLUMNS[:2], (*expected, *(between(name, 0, None) for name in COUNTS)))


def _readings(frame: pd.DataFrame, names: list[str], exhibits: Frames) -> Iterator[GateSheet]:
    """Doubts at cells that there are; a blank row means the head of a column."""
    key = ("exhibit", "row", "column")
    expected = [columns(names), *map(filled, ("exhibit", "evidence")), among("exhibit", list(exhibits), "an exhibit")]
    yield GateSheet("readings.csv", frame, key, tuple(expected))
    cells = {
        (name, row, column)
        for name, exhibit in exhibits.items()
        for row in ("", *exhibit.reindex(columns=["row"])["row"].dropna())
        for column in ("", *exhibit.columns)
    }
    yield replace(known(frame, key, cells, "cells of the exhibits"), name="readings.csv, cells")


def _package(folder: Path, package: Mapping[str, Any]) -> GateSheet:
    """Each resource a file that is there, and the PDF from which all was read."""
    pdf = package.get("source_pdf") or {}
    said = {"pdf": pdf.get("name"), "sha256": pdf.get("sha256"), "edition": pdf.get("edition")}
    rows = [{"path": item.get("path"), "title": item.get("title"), **said} for item in package["resources"]]
    frame = pd.DataFrame(rows, dtype="str")
    files = [path.name for path in folder.glob("*.csv")]
    expected = [*map(filled, rows[0]), unique(["path"]), among("path", files, "a file that is there")]
    expected += [among("edition", EDITIONS), matching("sha256", "[0-9a-f]{64}", "a SHA-256")]
    return GateSheet("datapackage.json", frame, ("path",), tuple(expected))


def _hashes(folder: Path, package: Mapping[str, Any], findings: pd.DataFrame) -> GateSheet:
    """Each CSV the file whose SHA-256 the package gives, but where a person has ruled that it may differ."""
    ruled = set(findings[(findings["code"] == CHANGED_CSV) & findings["verdict"].notna()]["exhibit"])
    files = [file for file in map(partial(file_hashes, folder), package["resources"]) if file["hash"]]
    expected = pd.DataFrame(files, columns=["file", "hash", "found"], dtype="str")
    expected = expected[~expected["file"].str.removesuffix(".csv").isin(ruled)]
    there = expected[["file", "found"]].itertuples(index=False, name=None)
    sheet = known(expected, ("file", "hash"), there, "files with the hash in the data package", CHANGED)
    return replace(sheet, name="datapackage.json, hashes")
