"""Identifier, place, printed cells and disputes of a row."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.results import Source

_BOX = ("page", "x0", "top", "x1", "bottom")


class Identifiers:
    """Makes the identifiers of one frame: the same text twice gets _2, _3 in the order of print."""

    def __init__(self) -> None:
        self._seen = Counter[str]()

    def of(self, paper: CuratedPaper, source: Source, *parts: str) -> str:
        """Paper, exhibit, row and part of a result: li2024.table2.3.PFS"""
        names = (paper.name, source.record.exhibit, source.record.row, *(parts or (source.part,)))
        made = ".".join(filter(None, (re.sub(r"[^\w.≥≤<>-]+", "_", name).strip("_") for name in names)))
        self._seen[made] += 1
        return made if self._seen[made] == 1 else f"{made}_{self._seen[made]}"


def place(paper: CuratedPaper, sources: Sequence[Source], printed: Sequence[str] = ("printed",)) -> Mapping[str, str]:
    """Where the row of some sources is printed, what is printed, and what is disputed. `printed`: the columns for the
    cells of each source."""
    record = sources[0].record
    records = [record for source in sources for record in source.records]
    columns = [name for source in sources for name in source.columns]
    names = [name for table in _tables(paper, records) for name in table]
    return {
        **{"paper": paper.name, "exhibit": record.exhibit, "row": record.row},
        **{name: source.printed for name, source in zip(printed, sources, strict=True)},
        **paper.disputes.of(records, [*columns, *names])._asdict(),
        **{name: record[name] for name in _BOX},
    }


def _tables(paper: CuratedPaper, records: Iterable[object]) -> Iterable[tuple[str, ...]]:
    """The columns that name the rows of these records."""
    exhibits = dict.fromkeys(getattr(record, "exhibit", "") for record in records)
    return (paper.paper.tables[name].model.names() for name in exhibits)
