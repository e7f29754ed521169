"""The papers as references: RIS, and the year of each."""

import re
from collections.abc import Mapping, Sequence

from extract.publishing.analysis.papers import CuratedPaper

_CITATION = re.compile(r"(?P<authors>.+?), (?P<journal>[^,]+) (?P<year>(?:19|20)\d\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/(.+)")


def ris_of(papers: Sequence[CuratedPaper]) -> str:
    """The papers as RIS, one record each: RevMan takes it before the study data."""
    return "".join(f"{line}\r\n" for paper in papers for line in _record(paper))


def years_of(papers: Sequence[CuratedPaper]) -> Mapping[str, str]:
    """The year of each paper, by its name; "" where neither its citation nor its name has one."""
    return {paper.name: _year(paper) for paper in papers}


def citation_of(paper: CuratedPaper) -> str:
    """The citation, or the title, that the data package gives; the name of the paper without one."""
    return str(_source(paper).get("title") or paper.name)


def doi_of(paper: CuratedPaper) -> str:
    """The DOI, "" where it is not known."""
    found = _DOI.fullmatch(str(_source(paper).get("path", "")))
    return found[1] if found else ""


def _source(paper: CuratedPaper) -> Mapping[str, object]:
    return next(iter(paper.package.get("sources") or [{}]))


def _year(paper: CuratedPaper) -> str:
    for text in (citation_of(paper), paper.name):
        if found := _YEAR.findall(text):
            return str(found[-1])
    return ""


def _record(paper: CuratedPaper) -> list[str]:
    citation, doi = citation_of(paper), doi_of(paper)
    found = _CITATION.fullmatch(citation)
    fields = {
        "TY": "JOUR",
        "ID": paper.name,
        "AU": found["authors"] if found else "",
        "TI": citation,
        "T2": found["journal"] if found else "",
        "PY": _year(paper),
        "DO": doi,
        "UR": f"https://doi.org/{doi}" if doi else "",
    }
    return [*(f"{tag}  - {text}" for tag, text in fields.items() if text), "ER  - "]
