"""The rows of a paper as W3C Web Annotations: each record on its place of the page, for any program that shows them.

Sources: Web Annotation Data Model (2017), sections 3 and 5; Media Fragments URI 1.0 for the box in percent of the page,
with decimals, as Annotorious and other viewers read and write it; RFC 8118 for the page of a PDF (#page=4).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

from extract.publishing.analysis.exports.references import citation_of, doi_of
from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.results import Source
from extract.publishing.analysis.rows.places import Identifiers
from schemas.base.exhibit import PROVENANCE
from validations.tables import Record, Table

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
DIGITS = 3  # of a percentage: a hundredth of a point
_OURS = UUID(
    "6a1f4f0e-7a3f-5b0c-9d2c-5f7e3d1b8c42"
)  # a fixed name space: the same row has the same identifier for ever
_Box = tuple[float, float, float, float]
_Entity = dict[str, Any]


def annotations_of(paper: CuratedPaper) -> str:
    """The annotations of all records with a place, as a page of annotations in JSON-LD, one a line; "" where the data
    package does not say what part of each page is shown, or no record has a place."""
    items = list(_annotations(paper))
    if not items:
        return ""
    collection = {
        **{"id": urn(f"{paper.name} collection"), "type": "AnnotationCollection", "total": len(items)},
        "label": f"Results printed in {citation_of(paper)}",
    }
    page = {
        **{"@context": CONTEXT, "id": urn(f"{paper.name} page"), "type": "AnnotationPage", "partOf": collection},
        **{"startIndex": 0, "items": []},
    }
    head = json.dumps(page, ensure_ascii=False).removesuffix("]}")
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f"{head}\n{lines}\n]}}\n"


def urn(name: str) -> str:
    """The identifier of a thing of ours: an absolute IRI, which stays the same from run to run."""
    return f"urn:uuid:{uuid5(_OURS, name)}"


def _annotations(paper: CuratedPaper) -> Iterator[_Entity]:
    pages, names = pages_of(paper), Identifiers()
    for table in paper.paper.tables.values():
        for record in table.records:
            name = names.of(paper, Source((record,), (), record.part))
            if targets := [_target(paper, number, box, pages) for number, box in _boxes(record) if number in pages]:
                yield {
                    **{"id": urn(name), "type": "Annotation", "motivation": "describing"},
                    "body": list(_bodies(paper, table, record, name)),
                    "target": targets[0] if len(targets) == 1 else targets,
                }


def pages_of(paper: CuratedPaper) -> Mapping[str, _Box]:
    """The shown part of each page by its number, in the frame of the boxes; empty where it is not known."""
    known = (paper.package.get("source_pdf") or {}).get("pages") or {}
    boxes = {str(number): (float(x0), float(y0), float(x1), float(y1)) for number, (x0, y0, x1, y1) in known.items()}
    return {number: box for number, box in boxes.items() if box[2] > box[0] and box[3] > box[1]}


def _boxes(record: Record) -> Iterator[tuple[str, _Box]]:
    """Page and box of a record, then those of its other parts."""
    first = ":".join(record[name] for name in ("page", "x0", "top", "x1", "bottom"))
    for place in (first, *record["continued"].split(";")):
        number, *edges = place.split(":")
        if number and all(edges) and len(edges) == 4:
            x0, top, x1, bottom = map(float, edges)
            yield number, (x0, top, x1, bottom)


def _target(paper: CuratedPaper, number: str, box: _Box, pages: Mapping[str, _Box]) -> _Entity:
    """A box on a page of the PDF."""
    name, doi = (paper.package.get("source_pdf") or {}).get("name") or f"{paper.name}.pdf", doi_of(paper)
    return {
        "source": {
            **{"id": f"{quote(name)}#page={number}", "type": "Text", "format": "application/pdf"},
            **({"via": f"https://doi.org/{quote(doi)}"} if doi else {}),
        },
        "selector": {
            **{"type": "FragmentSelector", "conformsTo": MEDIA_FRAGMENTS},
            "value": f"xywh=percent:{','.join(f'{value:.{DIGITS}f}' for value in percentages(box, pages[number]))}",
        },
    }


def percentages(box: _Box, shown: _Box) -> _Box:
    """Left, top, width and height of a box in percent of the shown part of its page; what is not shown is cut off."""
    wide, high = shown[2] - shown[0], shown[3] - shown[1]
    across = [min(max(100 * (x - shown[0]) / wide, 0.0), 100.0) for x in (box[0], box[2])]
    down = [min(max(100 * (y - shown[1]) / high, 0.0), 100.0) for y in (box[1], box[3])]
    return across[0], down[0], across[1] - across[0], down[1] - down[0]


def _bodies(paper: CuratedPaper, table: Table, record: Record, name: str) -> Iterator[_Entity]:
    """Identifier, printed cells, and the findings on them."""
    columns = [column for column in table.frame.columns if column not in (*PROVENANCE, "row") and record[column]]
    printed = "; ".join(f"{column}={record[column]}" for column in columns)
    yield _text("identifying", name)
    yield _text("describing", printed)
    dispute = paper.disputes.of([record], columns)
    for text in filter(None, (dispute.why, dispute.noted)):
        yield _text("assessing", text)


def _text(purpose: str, value: str) -> _Entity:
    return {"type": "TextualBody", "purpose": purpose, "value": value}
