"""The data package (version 2) of a paper's CSVs: columns, keys, source, and what the exhibits declare."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from extract.claims.text.abbreviations import definitions_in, parse_abbreviations
from extract.page.box import Box
from extract.records.exhibits import ExtractedExhibit, MissingExhibit
from extract.records.names import titles
from extract.records.pipeline import READINGS, ExtractedPaper
from schemas import SCHEMAS
from schemas.base.exhibit import Field

PROFILES = "https://datapackage.org/profiles/2.0"
_WRAPPERS = re.compile(r"\(\?:|\)\??")
_CODES = re.compile(r"[^|()\[\]{}\\.*+?^$]+(?:\|[^|()\[\]{}\\.*+?^$]+)+")
_READINGS = {
    "exhibit": "The exhibit, by the name of its CSV.",
    "row": "The printed row; blank for the head of a column.",
    "column": "The first column of the CSV that is read from the printed cell.",
    "published": "What the CSV holds.",
    "reader": "Which reader read the cell.",
    "reading": "What it read.",
    "evidence": "Why the value is in doubt, or why it was repaired.",
    "code": "The finding that it becomes: see doubletake explain.",
}
_READERS = {
    "pdfplumber": "pdfplumber",
    "camelot": "camelot-py",
    "playa": "playa-pdf",
    "rapidocr": "rapidocr",
    "jats": "lxml",
}


def describe(paper: ExtractedPaper, csvs: Mapping[str, str]) -> str:
    """The text of datapackage.json. `csvs`: file name -> text of each CSV."""
    card = paper.card
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": re.sub(r"[^a-z0-9._-]+", "-", card.paper.lower()),
        "title": f"Tables of {card.citation}",
        "sources": [{"title": card.citation, **({"path": f"https://doi.org/{card.doi}"} if card.doi else {})}],
        **({"licenses": [_licence(card.licence)]} if card.licence else {}),
        "source_pdf": {
            "name": paper.pdf,
            "sha256": paper.sha256,
            "edition": paper.edition,
            **({"pages": {str(number): _edges(box) for number, box in paper.pages.items()}} if paper.pages else {}),
        },
        **({"source_xml": dict(zip(("name", "sha256"), paper.xml, strict=True))} if paper.xml else {}),
        "readers": {name: version(distribution) for name, distribution in _READERS.items() if _is_used(paper, name)},
        "resources": [resource | fingerprint(csvs[resource["path"]]) for resource in _resources(paper)],
        **({"reviewers": card.reviewers} if card.reviewers > 1 else {}),
        **({"missing": [_missing(item) for item in paper.missing]} if paper.missing else {}),
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _resources(paper: ExtractedPaper) -> Iterator[dict[str, Any]]:
    yield from (_exhibit_resource(paper, exhibit) for exhibit in paper.exhibits)
    if paper.claims:
        yield _claims_resource(paper)
    yield _readings_resource()


def fingerprint(content: str | bytes) -> dict[str, Any]:
    """Size and hash of a file, under the names that Data Package 2 has for them."""
    data = content.encode() if isinstance(content, str) else content
    return {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def _licence(text: str) -> dict[str, str]:
    return {"name": re.sub(r"\W+", "-", text.lower()), "title": text}


def _missing(item: MissingExhibit) -> dict[str, str]:
    """An exhibit of the card that could not be read."""
    return {"name": item.card.name, "title": item.card.label, "schema": item.card.schema, "why": item.why}


def _is_used(paper: ExtractedPaper, reader: str) -> bool:
    """Whether a reader was used: OCR runs only where a paper has pictures, an XML is read only where it is given."""
    if reader == "jats" or paper.from_xml:
        return reader == "jats" and (paper.from_xml or paper.xml is not None)
    used = {name for exhibit in paper.exhibits for names in exhibit.frame["read_by"] for name in names.split("+")}
    return reader != "rapidocr" or reader in used


def _exhibit_resource(paper: ExtractedPaper, exhibit: ExtractedExhibit) -> dict[str, Any]:
    model, card = SCHEMAS[exhibit.card.schema], exhibit.card
    fields = [field_of(item) for item in model.fields(exhibit.frame)]
    return {
        **csv_resource(card.name, titles(paper.card.exhibits)[card.name]),
        "schema": table_schema(fields, model.key()),
        "exhibit": _declared(paper, exhibit),
    }


def _declared(paper: ExtractedPaper, exhibit: ExtractedExhibit) -> dict[str, Any]:
    """The facts from caption, notes, heads and card that the checks use."""
    card = exhibit.card
    defined = parse_abbreviations([*exhibit.footnotes, *definitions_in(exhibit.caption)])
    return {
        "schema": card.schema,
        "label": card.label,
        "caption": exhibit.caption,
        "heads": [column.head for column in card.columns],
        "footnotes": list(exhibit.footnotes),
        "abbreviations": defined,
        "head_marks": dict(exhibit.head_marks),
        "cohort_n": None if card.cohort is None else str(card.cohort),
        "printed_rows": card.rows,
        **({"left_out": list(exhibit.left_out)} if exhibit.left_out else {}),
        **_place(exhibit),
    }


def _place(exhibit: ExtractedExhibit) -> dict[str, Any]:
    """The place of an exhibit: its first page and box there, its element in the XML."""
    box, element = exhibit.box, {"element": exhibit.element} if exhibit.element else {}
    return element if box is None else {"page": box.page, "box": _edges(box), **element}


def _edges(box: Box) -> list[float]:
    """x0, top, x1 and bottom in points, from the top left of the page."""
    return [round(value, 1) for value in box.edges]


def _claims_resource(paper: ExtractedPaper) -> dict[str, Any]:
    model, frame = SCHEMAS["claims"], paper.frames["claims"]
    cohort = paper.card.cohort
    declared = {
        "schema": "claims",
        "label": "Text",
        "caption": "",
        "footnotes": [],
        "abbreviations": {},
        "head_marks": {},
    }
    return {
        **csv_resource("claims", "Figures stated in the text"),
        "schema": table_schema([field_of(item) for item in model.fields(frame)], model.key()),
        "exhibit": {**declared, "cohort_n": None if cohort is None else str(cohort), "printed_rows": len(frame)},
    }


def _readings_resource() -> dict[str, Any]:
    fields = [{"name": name, "title": name, "description": _READINGS[name], "type": "string"} for name in READINGS]
    return {**csv_resource("readings", "Readings in doubt"), "schema": table_schema(fields)}


def csv_resource(name: str, title: str) -> dict[str, Any]:
    """A CSV as a resource, without its schema. Readers take a resource for version 1 without `$schema` and `type`."""
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "type": "table",
        "name": name,
        "path": f"{name}.csv",
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }


def table_schema(
    fields: Sequence[dict[str, Any]], key: Sequence[str] = (), missing: Sequence[str] = ("",)
) -> dict[str, Any]:
    """The schema of a CSV with exactly these fields. `key`: its primary key; `missing`: the texts of missing values."""
    return {
        "$schema": f"{PROFILES}/tableschema.json",
        "fieldsMatch": "exact",
        "fields": list(fields),
        **({"primaryKey": list(key)} if key else {}),
        "missingValues": list(missing),
    }


def field_of(item: Field) -> dict[str, Any]:
    """A column as a field; the codes of a column of codes are its categories."""
    known = {"name": item.name, "title": item.title, "description": item.description, "type": item.type}
    constraints = {name: value for name, value in item.constraints.items() if name != "enum"}
    codes = item.constraints.get("enum") or _codes_of(str(constraints.get("pattern", "")))
    extras = {"unit": item.unit, "categories": list(codes), "constraints": constraints}
    return known | {name: value for name, value in extras.items() if value}


def _codes_of(pattern: str) -> list[str]:
    """The codes of a pattern that lists them: (?:count|median_range)?; none of another pattern."""
    listed = _WRAPPERS.sub("", pattern)
    return listed.split("|") if _CODES.fullmatch(listed) else []
