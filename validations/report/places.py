"""Where the records of a paper are printed (their boxes), and the names a reader gives them."""

from collections.abc import Iterator, Sequence
from math import isfinite

from validations.registry import Finding
from validations.report.pictures import PageRegion
from validations.tables import Paper, Record, Table

MOST_NAME_LETTERS = 48  # a longer name of a row is cut: the heading of a finding fits two lines
SIDES = ("x0", "top", "x1", "bottom")


def row_boxes(record: Record) -> list[PageRegion]:
    """The boxes of a printed row: the first, and those where the row continues; empty if the record has no box."""
    first = _region([record["page"], *(record[side] for side in SIDES)])
    more = [_region(part.split(":")) for part in record["continued"].split(";") if part]
    return [region for region in [first, *more] if region is not None]


def finding_box(finding: Finding) -> list[PageRegion]:
    """The box given by the finding itself; empty if it gives none."""
    region = _region([finding.page, *(getattr(finding, side) for side in SIDES)])
    return [] if region is None else [region]


def exhibit_head(table: Table, page: object, box: Sequence[object]) -> PageRegion | None:
    """The head of an exhibit: the region between the edge of its box and its first row; None if there is none.

    `page` and `box` are from the data package: the first page of the exhibit and its box there."""
    whole = _region([str(part) for part in (page, *box)])
    rows = [region for record in table.records for region in row_boxes(record) if whole and region.page == whole.page]
    if whole is None or not rows:
        return None
    if rows[0].tall:
        head = whole._replace(x1=min(row.x0 for row in rows))
        return head if head.x1 > head.x0 else None
    head = whole._replace(bottom=min(row.top for row in rows))
    return head if head.bottom > head.top else None


def _region(texts: list[str]) -> PageRegion | None:
    try:
        page, *sides = texts
        region = PageRegion(int(page), *map(float, sides))
    except (ValueError, TypeError):
        return None
    return region if all(map(isfinite, region[1:])) else None


def records_at(paper: Paper, exhibit: str, row: str, part: str | None = None) -> list[Record]:
    """The records of a printed row; with `part`, only the record of that part, if it exists."""
    table = paper.tables.get(exhibit)
    found = [record for record in table.records if record.row == row] if table and row else []
    return [record for record in found if part in (None, record.part)] or found


def row_name(table: Table, record: Record) -> str:
    """The name of a row for a reader, long parts shortened: Primary tumour site › Trunk"""
    names = dict.fromkeys(record[name] for name in table.model.names() if name != "row" and record[name])
    return " › ".join(
        name if len(name) <= MOST_NAME_LETTERS else f"{name[:MOST_NAME_LETTERS].rstrip()}…" for name in names
    )


def also_places(finding: Finding) -> Iterator[tuple[str, str]]:
    """Exhibit and row of each related place of a finding."""
    for place in filter(None, finding.also.split(";")):
        exhibit, _, row = place.rpartition(":")
        yield exhibit, row
