"""The data package (version 2) of a paper's CSVs: columns, keys, source, and what the exhibits declare."""

import json
import re
from importlib.metadata import version
from typing import Any

from extract.claims.text.abbreviations import definitions_in, parse_abbreviations
from extract.records.exhibits import ExtractedExhibit, MissingExhibit
from extract.records.names import titles
from extract.records.pipeline import READINGS, ExtractedPaper
from schemas import SCHEMAS
from schemas.base.exhibit import Field

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
_READERS = {"pdfplumber": "pdfplumber", "camelot": "camelot-py", "playa": "playa-pdf", "rapidocr": "rapidocr"}


def describe(paper: ExtractedPaper) -> str:
    """The text of datapackage.json."""
    card = paper.card
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": re.sub(r"[^a-z0-9._-]+", "-", card.paper.lower()),
        "title": f"Tables of {card.citation}",
        "sources": [{"title": card.citation, **({"path": f"https://doi.org/{card.doi}"} if card.doi else {})}],
        **({"licenses": [_licence(card.licence)]} if card.licence else {}),
        "source_pdf": {
            "name": paper.pdf,
            "sha256": paper.sha256,
            "edition": "facsimile" if paper.facsimile else "publisher",
        },
        "readers": {name: version(distribution) for name, distribution in _READERS.items() if _is_used(paper, name)},
        "resources": [
            *(_exhibit_resource(paper, exhibit) for exhibit in paper.exhibits),
            *([_claims_resource(paper)] if paper.claims else []),
            _readings_resource(),
        ],
        **({"missing": [_missing(item) for item in paper.missing]} if paper.missing else {}),
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _licence(text: str) -> dict[str, str]:
    return {"name": re.sub(r"\W+", "-", text.lower()), "title": text}


def _missing(item: MissingExhibit) -> dict[str, str]:
    """An exhibit of the card that could not be read."""
    return {"name": item.card.name, "title": item.card.label, "schema": item.card.schema, "why": item.why}


def _is_used(paper: ExtractedPaper, reader: str) -> bool:
    """Whether a reader was used: OCR runs only where a paper has pictures."""
    used = {name for exhibit in paper.exhibits for names in exhibit.frame["read_by"] for name in names.split("+")}
    return reader != "rapidocr" or reader in used


def _exhibit_resource(paper: ExtractedPaper, exhibit: ExtractedExhibit) -> dict[str, Any]:
    model, card = SCHEMAS[exhibit.card.schema], exhibit.card
    fields = [_field(item) for item in model.fields(exhibit.frame)]
    return {
        **_csv(card.name, titles(paper.card.exhibits)[card.name]),
        "schema": {"fields": fields, "primaryKey": model.key(), "missingValues": [""]},
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
        "page": exhibit.box.page,
        "box": [round(value, 1) for value in exhibit.box.edges],
    }


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
        **_csv("claims", "Figures stated in the text"),
        "schema": {
            "fields": [_field(item) for item in model.fields(frame)],
            "primaryKey": model.key(),
            "missingValues": [""],
        },
        "exhibit": {**declared, "cohort_n": None if cohort is None else str(cohort), "printed_rows": len(frame)},
    }


def _readings_resource() -> dict[str, Any]:
    fields = [{"name": name, "title": name, "description": _READINGS[name], "type": "string"} for name in READINGS]
    return {**_csv("readings", "Readings in doubt"), "schema": {"fields": fields, "missingValues": [""]}}


def _csv(name: str, title: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }


def _field(item: Field) -> dict[str, Any]:
    described = {"name": item.name, "title": item.title, "description": item.description, "type": item.type}
    extras = {"unit": item.unit, "constraints": dict(item.constraints)}
    return described | {key: value for key, value in extras.items() if value}
