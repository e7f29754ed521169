"""The columns of a table that goes on over pages: found together where the pages are set alike, else page by page."""

from collections.abc import Sequence
from dataclasses import replace

from extract.page.box import HasEdges
from extract.page.lines import Line, Phrase
from extract.page.words import Word
from extract.tables.grid.columns import find_columns
from extract.tables.grid.gutters import Span


def columns_by_part(regions: Sequence[HasEdges], bodies: Sequence[Sequence[Line]]) -> list[list[Span]]:
    """Return the columns of each part of a table, in the frame of its page. `bodies`: the lines of the parts without
    heads.

    Few rows may leave gaps that are no gutters, so the lines of all parts are looked at together, moved to where their
    tables, their pages or their texts begin alike. Only where these lines cover gutters that each page has, as those of
    columns of other widths do, each part has the columns of its own page.
    """
    own = [find_columns(body) for body in bodies]
    most = max(map(len, own))
    together: list[list[list[Span]]] = []
    for shifts in _possible_shifts(regions, bodies):
        moved = [line for body, shift in zip(bodies, shifts, strict=True) for line in _moved_lines(body, shift)]
        spans = find_columns(moved)
        together.append([[(a - shift, b - shift) for a, b in spans] for shift in shifts])
        if len(spans) == most:
            return together[-1]
    return own if len(set(map(len, own))) == 1 else together[0]


def _possible_shifts(regions: Sequence[HasEdges], bodies: Sequence[Sequence[Line]]) -> list[list[float]]:
    """The ways to move the parts to the right, in points, so that they stand below the first one."""
    tables = [regions[0].x0 - region.x0 for region in regions]
    edges = [min((line.x0 for line in body), default=0.0) for body in bodies]
    return [tables, [0.0] * len(regions), [edges[0] - edge for edge in edges]]


def _moved_lines(lines: Sequence[Line], by: float) -> list[Line]:
    """The lines moved to the right by `by` points."""

    def move(word: Word) -> Word:
        return replace(word, x0=word.x0 + by, x1=word.x1 + by)

    return [Line(tuple(Phrase(tuple(map(move, phrase.words))) for phrase in line.phrases)) for line in lines]
