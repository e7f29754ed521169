"""Arrows at the ends of lines: the interval goes on beyond the axis."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extract.forests.plot import Whisker
from extract.forests.vector.paths import Paths
from extract.forests.vector.shapes import Piece

NEAR = 0.6  # points between an arrow and the line that it ends
LONGEST = 15.0  # points of an arrow's head


class Head(NamedTuple):
    """The head of an arrow, from its tip to its back."""

    tip: float
    back: float
    y: float


def with_arrows(whiskers: Iterable[Whisker], paths: Paths) -> list[Whisker]:
    """Whiskers from top to bottom, those with an arrow cut, and as long as the arrow goes."""
    whiskers = list(whiskers)
    by_height: dict[int, list[Head]] = defaultdict(list)
    heights = {round(whisker.y) + off for whisker in whiskers for off in (-1, 0, 1)}
    strokes = [p for p in paths.pieces if round(p.y0) in heights or round(p.y1) in heights]
    for head in [*of_strokes(strokes), *of_triangles(paths)]:
        for height in (round(head.y) - 1, round(head.y), round(head.y) + 1):
            by_height[height].append(head)
    found = [with_arrow(whisker, by_height[round(whisker.y)]) for whisker in whiskers]
    return sorted(found, key=lambda whisker: (whisker.y, whisker.x0))


def of_strokes(pieces: Sequence[Piece]) -> Iterator[Head]:
    """Two strokes from one point, one up and one down, equally far."""
    by_ends: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    slants = [p for p in pieces if not p.level and not p.upright and p.x1 - p.x0 <= LONGEST]
    for piece in slants:
        by_ends[(round(piece.x0), round(piece.x1))].append(piece)
    for alike in by_ends.values():
        for one in alike:
            for other in alike:
                if one.y1 < one.y0 and other.y1 > other.y0:
                    yield from meeting(one, other)


def meeting(rising: Piece, falling: Piece) -> Iterator[Head]:
    if abs(rising.y0 - falling.y0) < NEAR:
        yield Head(rising.x0, rising.x1, (rising.y0 + falling.y0) / 2)
    if abs(rising.y1 - falling.y1) < NEAR:
        yield Head(rising.x1, rising.x0, (rising.y1 + falling.y1) / 2)


def of_triangles(paths: Paths) -> Iterator[Head]:
    """Triangles whose highest and lowest corners are at their back."""
    for triangle in paths.triangles:
        if triangle.width <= LONGEST and triangle.height <= LONGEST:
            if abs(triangle.peak - triangle.x1) < NEAR:
                yield Head(triangle.x0, triangle.x1, triangle.y)
            elif abs(triangle.peak - triangle.x0) < NEAR:
                yield Head(triangle.x1, triangle.x0, triangle.y)


def with_arrow(whisker: Whisker, heads: Iterable[Head]) -> Whisker:
    for head in heads:
        if abs(head.y - whisker.y) < NEAR:
            if head.tip - NEAR < whisker.x0 < head.back + NEAR:
                whisker = whisker._replace(x0=min(head.tip, whisker.x0), cut_low=True)
            elif head.back - NEAR < whisker.x1 < head.tip + NEAR:
                whisker = whisker._replace(x1=max(head.tip, whisker.x1), cut_high=True)
    return whisker
