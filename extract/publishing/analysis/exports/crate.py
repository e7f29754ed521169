"""The folder as an RO-Crate (1.3): from the PDF, by the program with its versions, to the CSVs, and who ruled on them.

Source: RO-Crate Metadata Specification 1.3, and its profile for the provenance of runs (actions with instrument, object
and result).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from extract.publishing.analysis.exports.references import citation_of, doi_of, years_of
from extract.publishing.analysis.papers import CuratedPaper

CRATE_FILE = "ro-crate-metadata.json"
_CRATE = "https://w3id.org/ro/crate/1.3"
_PROGRAM = "#doubletake"
_LICENCE = "https://spdx.org/licenses/MIT"
_Entity = dict[str, Any]


def crate_of(papers: Sequence[CuratedPaper], files: Mapping[str, str]) -> str:
    """The metadata file. `files`: the other files of the folder with their titles."""
    read = [entity for paper in papers for entity in _of_paper(paper)]
    graph = [
        {"@id": CRATE_FILE, "@type": "CreativeWork", "about": _to("./"), "conformsTo": _to(_CRATE)},
        _root(papers, files),
        _program(),
        *({"@id": name, "@type": "File", "name": title} for name, title in files.items()),
        *read,
        *_people(papers),
        _analysis(papers, files),
    ]
    return json.dumps({"@context": f"{_CRATE}/context", "@graph": graph}, indent=2, ensure_ascii=False) + "\n"


def _to(identifier: str) -> dict[str, str]:
    return {"@id": identifier}


def _root(papers: Sequence[CuratedPaper], files: Mapping[str, str]) -> _Entity:
    """The folder. Its date is that of the latest ruling, or the year of the latest paper: there is no clock here."""
    dates = [ruling["on"] for paper in papers for ruling in paper.rulings if ruling.get("on")]
    date = max(dates or filter(None, years_of(papers).values()), default="")
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": "Frames for meta-analysis software, made from curated papers",
        "description": "Results printed in published papers, each with its place on the page.",
        **({"datePublished": date} if date else {}),
        "license": _to(_LICENCE),
        "hasPart": [_to(name) for name in files],
        "mentions": [_to(f"#read-{paper.name}") for paper in papers],
    }


def _program() -> _Entity:
    return {
        **{"@id": _PROGRAM, "@type": "SoftwareApplication", "name": "Doubletake"},
        **{"softwareVersion": version("doubletake"), "license": _to(_LICENCE)},
    }


def _of_paper(paper: CuratedPaper) -> Iterator[_Entity]:
    """The PDF, the readers, the CSVs, the run that read them, and the rulings on what was found."""
    source = paper.package.get("source_pdf") or {}
    pdf, csvs = f"#pdf-{paper.name}", [f"../{paper.name}/{name}.csv" for name in paper.paper.tables]
    doi = doi_of(paper)
    yield {
        **{"@id": pdf, "@type": "File", "name": source.get("name") or f"{paper.name}.pdf"},
        **{"encodingFormat": "application/pdf", "citation": citation_of(paper)},
        **({"sha256": source["sha256"], "description": source.get("edition", "")} if source.get("sha256") else {}),
        **({"sameAs": _to(f"https://doi.org/{doi}")} if doi else {}),
    }
    readers = {f"#{name}-{release}": (name, release) for name, release in (paper.package.get("readers") or {}).items()}
    for identifier, (name, release) in readers.items():
        yield {"@id": identifier, "@type": "SoftwareApplication", "name": name, "softwareVersion": release}
    yield {
        **{"@id": f"#read-{paper.name}", "@type": "CreateAction", "name": f"Reading of {paper.name}"},
        **{"instrument": [_to(_PROGRAM), *map(_to, readers)], "object": _to(pdf), "result": [*map(_to, csvs)]},
    }
    yield from ({"@id": path, "@type": "File", "encodingFormat": "text/csv"} for path in csvs)
    for number, ruling in enumerate(paper.rulings, start=1):
        place = " ".join(filter(None, (ruling.get("code"), ruling.get("exhibit"), ruling.get("row"))))
        yield {
            **{
                "@id": f"#ruling-{paper.name}-{number}",
                "@type": "AssessAction",
                "name": f"{place}: {ruling['verdict']}",
            },
            **{"object": _to(f"../{paper.name}/{ruling.get('exhibit', '')}.csv"), "agent": _to(_person(ruling))},
            **{"endTime": ruling.get("on", ""), "description": ruling.get("why", "")},
        }


def _person(ruling: Mapping[str, str]) -> str:
    return f"#{'-'.join((ruling.get('by') or 'unknown').split())}"


def _people(papers: Sequence[CuratedPaper]) -> Iterator[_Entity]:
    """Who ruled, each once."""
    rulings = [ruling for paper in papers for ruling in paper.rulings]
    names = {_person(ruling): ruling.get("by") or "unknown" for ruling in rulings}
    return ({"@id": identifier, "@type": "Person", "name": name} for identifier, name in names.items())


def _analysis(papers: Sequence[CuratedPaper], files: Mapping[str, str]) -> _Entity:
    csvs = [f"../{paper.name}/{name}.csv" for paper in papers for name in paper.paper.tables]
    return {
        **{"@id": "#analysis", "@type": "CreateAction", "name": "Making of the frames", "instrument": _to(_PROGRAM)},
        **{"object": [*map(_to, csvs)], "result": [*map(_to, files)]},
    }
