"""The data package (version 2) of the analysis frames, and their codebook."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from extract.publishing.analysis.exports.metadat import dataset_fields
from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.datapackage import PROFILES, csv_resource, field_of, fingerprint, table_schema
from schemas.analysis.frame import AnalysisFrame
from schemas.analysis.frames import FRAMES
from schemas.base.exhibit import Field

MISSING = {"metapsy": "NA"}  # how a file writes a missing value; the others leave the cell empty
_MEDIA = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ris": "application/x-research-info-systems",
    ".md": "text/markdown",
    ".jsonld": "application/ld+json",
}
_DATASET = re.compile(r"dat\.[a-z0-9]+\.csv")
CODEBOOK = "codebook.csv"
CODEBOOK_COLUMNS = ("file", "column", "title", "description", "type", "unit", "codes")


def codebook(frames: Sequence[AnalysisFrame]) -> pd.DataFrame:
    """A row for each column of the frames: what it means, its type, unit and codes."""
    rows = [
        (f"{spec.name}.csv", item.name, item.title, item.description, item.type, item.unit, " | ".join(_codes(item)))
        for spec in frames
        for item in spec.fields
    ]
    return pd.DataFrame(rows, columns=list(CODEBOOK_COLUMNS), dtype="str")


def _codes(item: Field) -> tuple[str, ...]:
    return tuple(item.constraints.get("enum", ()))


def describe_analysis(
    papers: Sequence[CuratedPaper], others: Mapping[str, str], files: Mapping[str, str | bytes]
) -> str:
    """The text of datapackage.json. `others`: the files beside the frames, with their titles; `files`: the contents of
    all files, whose size and hash are stated."""
    resources = [
        *(_resource(FRAMES[name]) for name in FRAMES),
        _codebook_resource(),
        *(
            _dataset(name, title, files[name]) if _DATASET.fullmatch(name) else _other(name, title)
            for name, title in others.items()
        ),
    ]
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "analysis",
        "title": "Frames for meta-analysis software, made from curated papers",
        "sources": [source for paper in papers for source in _sources(paper)],
        "source_pdf": {paper.name: dict(paper.package.get("source_pdf") or {}) for paper in papers},
        "resources": [resource | fingerprint(files[resource["path"]]) for resource in resources],
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _sources(paper: CuratedPaper) -> list[Mapping[str, str]]:
    return list(paper.package.get("sources") or [{"title": paper.name}])


def _resource(spec: AnalysisFrame) -> dict[str, Any]:
    return {
        **csv_resource(spec.name, spec.title),
        "schema": table_schema(
            [field_of(item) for item in spec.fields], ["id"], sorted({"", MISSING.get(spec.name, "")})
        ),
    }


def _codebook_resource() -> dict[str, Any]:
    fields = [{"name": name, "title": name.capitalize(), "type": "string"} for name in CODEBOOK_COLUMNS]
    schema = table_schema(fields, ["file", "column"])
    return {**csv_resource("codebook", "What the columns of the frames mean"), "schema": schema}


def _dataset(path: str, title: str, content: str | bytes) -> dict[str, Any]:
    """A paper as a data set of {metadat}: rows of several frames."""
    head = str(content).partition("\n")[0].split(",")
    fields = [field_of(item) for item in dataset_fields(head)]
    return {**csv_resource(path.removesuffix(".csv"), title), "schema": table_schema(fields, ["frame", "id"])}


def _other(path: str, title: str) -> dict[str, str]:
    """A file that is no frame: a picture, a list of references, what another program reads."""
    stem, dot, end = path.rpartition(".")
    media = _MEDIA.get(dot + end, "text/csv" if end == "csv" else "text/plain")
    name = path.lower().replace("_", "-") if end != "csv" else stem.lower()
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": name,
        "path": path,
        "title": title,
        "format": end,
        "mediatype": media,
    }
