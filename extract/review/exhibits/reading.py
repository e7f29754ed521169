"""The exhibits of a paper, read when they are first wanted, or ahead of that, and kept."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from extract.cards.loading import load_card
from extract.review.desk.paper import ReviewedPaper
from extract.review.desk.words import quoted_columns
from extract.review.exhibits.grids import Grid, grid_of_csv, with_repairs
from schemas.base.exhibit import PROVENANCE
from validations.inputs.curated import CLAIMS
from validations.registry import Finding
from validations.report.pictures import PageRegion
from validations.report.places import also_places, row_boxes

GRIDS, READING = "grids", "reading of the grids"  # names of what is kept


def grids_of(paper: ReviewedPaper) -> Sequence[Grid]:
    """The exhibits of a paper: read from its PDF as its card says, or its CSVs where it has no card or no PDF."""
    read = paper.sources.grids
    if paper.card is None or read is None:
        return _csv_grids(paper)
    card = load_card(paper.card.stem, paper.card.parent)
    facts = (paper.about.sha256, replace(card, misreads=()))
    grids: Sequence[Grid] = paper.keeping.get(GRIDS, facts, read)
    return [with_repairs(card, grid) for grid in grids]


def _csv_grids(paper: ReviewedPaper) -> list[Grid]:
    tables, labels = paper.checked().paper.tables, paper.about.labels
    return [
        grid_of_csv(table, labels.get(name, name), [tuple(row_boxes(record)) for record in table.records], PROVENANCE)
        for name, table in tables.items()
        if name != CLAIMS
    ]


def read_ahead(paper: ReviewedPaper) -> None:
    """Begin to read the exhibits of a paper, which takes seconds, so that they are at hand when they are wanted."""
    if paper.card is not None and paper.sources.grids is not None:
        paper.keeping.get(READING, True, lambda: _begin(paper))


def _begin(paper: ReviewedPaper) -> threading.Thread:
    thread = threading.Thread(target=_read_quietly, args=(paper,), daemon=True)
    thread.start()
    return thread


def _read_quietly(paper: ReviewedPaper) -> None:
    with suppress(Exception):  # whoever asks for the exhibits gets the error
        grids_of(paper)


def lit_boxes(paper: ReviewedPaper, finding: Finding) -> list[PageRegion]:
    """The places of the printed values that a finding quotes; none before the exhibits are read."""
    grids: Sequence[Grid] = paper.keeping.at_hand(GRIDS) or ()
    columns = dict.fromkeys([finding.column, *quoted_columns(finding)])
    places = [(finding.exhibit, finding.row, finding.part), *((*place, "") for place in also_places(finding))]
    found = [
        box
        for exhibit, row, part in places
        for grid in grids
        if grid.exhibit == exhibit
        for column in columns
        for box in grid.boxes_of(row, column, part)
    ]
    return list(dict.fromkeys(found))
