"""What a result is about, as its record says it, and where it is printed."""

from collections.abc import Iterable, Mapping

from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.results import Source
from validations.tables import Record, Table

_SAME = ("section", "timepoint", "population", "unit")


def about(paper: CuratedPaper, table: Table, record: Record, **known: str) -> Mapping[str, str]:
    """The columns that say what a result is about; `known` ones go before those of the record."""
    own = {name: record[name] for name in _SAME}
    return {"study": paper.name, "caption": paper.caption(table)} | own | known


def source(table: Table, records: Iterable[Record], columns: Iterable[str], part: str = "") -> Source:
    """Where a result is printed. The columns that name the row are not among the printed numbers."""
    found = tuple(records)
    key = found[0].part or ""
    return Source(found, tuple(columns), ".".join(filter(None, (key, part))))
