"""Findings and their places in the words of the paper: rows by their labels, the text by its own sentences."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from validations.inputs.curated import CLAIMS
from validations.registry import Finding
from validations.report.pictures import PageRegion
from validations.report.places import also_places, records_at, row_boxes, row_name
from validations.report.view import title_of
from validations.tables import Paper

VERDICT_WORDS = {"paper_error": "paper’s error", "explained": "explained"}
_PLACE = re.compile(r"\b([a-z][a-z0-9_]*):(\d+)\b")
_QUOTED = re.compile(r"(?:^|; )([a-z][a-z0-9_]*)=")

Labels = Mapping[str, str]
"""What the paper calls an exhibit, by its name."""


@dataclass(frozen=True)
class RelatedPlace:
    """A place of a finding. `words`: what a reader calls it; `boxes`: where it is printed; `values`: the title of each
    column that the finding quotes, with the values in this row."""

    words: str
    boxes: tuple[PageRegion, ...]
    values: tuple[tuple[str, tuple[str, ...]], ...]


def quoted_columns(finding: Finding) -> list[str]:
    """The columns whose printed values a finding quotes."""
    return _QUOTED.findall(finding.printed)


def places_of(paper: Paper, labels: Labels, finding: Finding) -> tuple[RelatedPlace, ...]:
    """The places of a finding, its own first."""
    places = dict.fromkeys([(finding.exhibit, finding.row), *also_places(finding)])
    return tuple(_related(paper, labels, finding, *place) for place in places)


def _related(paper: Paper, labels: Labels, finding: Finding, exhibit: str, row: str) -> RelatedPlace:
    records, table = records_at(paper, exhibit, row), paper.tables.get(exhibit)
    columns = [column for column in quoted_columns(finding) if table and column in table.model.columns()]
    values = [
        (title_of(table, column), tuple(dict.fromkeys(record[column] for record in records if record[column])))
        for column in columns
    ]
    part = finding.part if (exhibit, row) == (finding.exhibit, finding.row) else None
    boxes = [box for record in records_at(paper, exhibit, row, part)[:1] for box in row_boxes(record)]
    words = place_words(paper, labels, exhibit, row, part)
    return RelatedPlace(words, tuple(boxes), tuple(value for value in values if value[1]))


def place_words(paper: Paper, labels: Labels, exhibit: str, row: str, part: str | None = None) -> str:
    """A place as a reader calls it: Table 1, row 3 (Age › < 54 years old), or the sentence of the text."""
    records = records_at(paper, exhibit, row, part)
    if exhibit == CLAIMS:
        return text_words(paper, row)
    name = row_name(paper.tables[exhibit], records[0]) if records else ""
    return f"{short_place(labels, exhibit, row)}{f' ({name})' if name else ''}"


def text_words(paper: Paper, row: str) -> str:
    """A place of the text: its words, quoted."""
    records = records_at(paper, CLAIMS, row)
    return f"the text “{records[0]['text']}”" if records and records[0]["text"] else f"the text, row {row or '–'}"


def short_place(labels: Labels, exhibit: str, row: str) -> str:
    """A place in few words: Table 1, row 3."""
    if exhibit == CLAIMS:
        return f"Text, row {row}" if row else "Text"
    return f"{labels.get(exhibit, exhibit)}{f', row {row}' if row else ''}" or "The paper"


def title_words(paper: Paper, labels: Labels, finding: Finding) -> str:
    """The title of a finding: its place, and its column."""
    words = place_words(paper, labels, finding.exhibit, finding.row, finding.part)
    if finding.exhibit == CLAIMS:
        return words[:1].upper() + words[1:]
    column = title_of(paper.tables.get(finding.exhibit), finding.column)
    return f"{words}{f' – {column}' if column else ''}"


def message_words(paper: Paper, labels: Labels, finding: Finding) -> str:
    """The sentence of a finding, with names such as table1:23 in the words of the paper."""
    if finding.code == "VER001":
        return f"A ruling on {finding.printed.removeprefix('code=')} has no finding any more: withdraw it"

    def named(found: re.Match[str]) -> str:
        return place_words(paper, labels, found[1], found[2]) if found[1] in paper.tables else found[0]

    return _PLACE.sub(named, finding.message)


def mixed_rows(places: tuple[RelatedPlace, ...], finding: Finding) -> Iterator[RelatedPlace]:
    """The places whose values a finding quotes, if it quotes those of several rows."""
    quoted = [place for place in places if place.values]
    if len(quoted) > 1 and " | " in finding.printed:
        yield from quoted
