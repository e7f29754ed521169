"""Lists of studies: tables whose rows are named by author and year, as reviews print them."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.meaning.reading import Meaning
from extract.tables.heads import column_heads
from extract.tables.table import PrintedTable
from schemas.base.study_names import study_name, without_reference

_FEWEST_STUDIES = 3
_STUDIES_SHARE = 0.6  # of the printed labels name a study
_FEWEST_EFFECTS = 3  # rows that have an effect with its interval: then the table is one of results
_YEAR_HEAD = re.compile(r"(?:publication )?year(?: of publication)?|published(?: in)?|date", re.IGNORECASE)
_YEAR_CELL = re.compile(r"\(?((?:19|20)\d\d[a-z]?)\)?")


class StudyLabel(NamedTuple):
    """The label of a row in a list of studies. `text`: without the reference, with the year of a column of its own;
    `references`: its numbers in the list of references, as printed."""

    text: str
    references: tuple[str, ...] = ()


def is_list_of_studies(table: PrintedTable, meanings: Iterable[Meaning]) -> bool:
    """Whether most rows of a table are named by author and year or reference, and fewer than three have an effect."""
    labels = [label for row in table.body if (label := row.texts[0])]
    named = [label for label in labels if study_name(label)]
    if len(named) < _FEWEST_STUDIES:
        years = _years(table)
        named = [row.texts[0] for row, year in zip(table.body, years, strict=True) if row.texts[0] and year]
    rows = {meaning.body_row for meaning in meanings if meaning.values.get("ci_low")}
    enough = len(named) >= max(_FEWEST_STUDIES, _STUDIES_SHARE * len(labels))
    return enough and len(rows) < _FEWEST_EFFECTS


def study_labels(table: PrintedTable) -> list[StudyLabel]:
    """Return the label of each body row of a list of studies."""
    years = _years(table)
    return [_label(row.texts[0], row.cells[0].marks, year) for row, year in zip(table.body, years, strict=True)]


def _label(text: str, marks: Sequence[str], year: str) -> StudyLabel:
    named = study_name(text)
    reference = (named.reference,) if named and named.reference else ()
    dated = f" {year}" if year and text and not (named and named.year) else ""
    return StudyLabel(without_reference(text) + dated, (*reference, *marks))


def _years(table: PrintedTable) -> list[str]:
    """The year of each body row where a column is one of years, else blanks."""
    heads = column_heads(table)
    place = next((place for place, head in enumerate(heads) if place and _YEAR_HEAD.fullmatch(head.strip())), None)
    cells = [""] * len(table.body) if place is None else [row.texts[place] for row in table.body]
    matches = [_YEAR_CELL.fullmatch(cell) for cell in cells]
    return [match[1] if match else "" for match in matches]
