"""Arrows at the ends of lines: the interval goes on beyond the axis."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extract.forests.plot import Whisker
from extract.forests.vector.paths import Paths
from extract.forests.vector.shapes import Segment

ARROW_GAP_PT = 0.6  # between the strokes of an arrow, and between an arrow and the line that it ends
LONGEST_ARROW_PT = 15.0  # from the tip of an arrow to its back; longer slanting strokes belong to diamonds and curves


class ArrowHead(NamedTuple):
    """The head of an arrow: x of its tip, x of its back, and its height on the page."""

    tip: float
    back: float
    y: float


def with_arrows(whiskers: Iterable[Whisker], paths: Paths) -> list[Whisker]:
    """The whiskers from top to bottom. A whisker with an arrow is marked as cut there and ends at the arrow's tip."""
    whiskers = list(whiskers)
    by_height: dict[int, list[ArrowHead]] = defaultdict(list)  # whole points: one more or less is searched for gaps
    heights = {round(whisker.y) + off for whisker in whiskers for off in (-1, 0, 1)}
    strokes = [s for s in paths.segments if round(s.y0) in heights or round(s.y1) in heights]
    for head in [*heads_of_strokes(strokes), *heads_of_triangles(paths)]:
        for height in (round(head.y) - 1, round(head.y), round(head.y) + 1):
            by_height[height].append(head)
    found = [with_arrow(whisker, by_height[round(whisker.y)]) for whisker in whiskers]
    return sorted(found, key=lambda whisker: (whisker.y, whisker.x0))


def heads_of_strokes(segments: Sequence[Segment]) -> Iterator[ArrowHead]:
    """Heads of two strokes that leave one point, one up and one down, and go equally far."""
    by_ends: dict[tuple[int, int], list[Segment]] = defaultdict(list)
    slants = [s for s in segments if not s.is_level and not s.is_upright and s.x1 - s.x0 <= LONGEST_ARROW_PT]
    for stroke in slants:
        by_ends[(round(stroke.x0), round(stroke.x1))].append(stroke)
    for alike in by_ends.values():
        for one in alike:
            for other in alike:
                if one.y1 < one.y0 and other.y1 > other.y0:
                    yield from meeting(one, other)


def meeting(rising: Segment, falling: Segment) -> Iterator[ArrowHead]:
    if abs(rising.y0 - falling.y0) < ARROW_GAP_PT:
        yield ArrowHead(rising.x0, rising.x1, (rising.y0 + falling.y0) / 2)
    if abs(rising.y1 - falling.y1) < ARROW_GAP_PT:
        yield ArrowHead(rising.x1, rising.x0, (rising.y1 + falling.y1) / 2)


def heads_of_triangles(paths: Paths) -> Iterator[ArrowHead]:
    """Heads that are triangles whose highest corner is at their back."""
    for triangle in paths.triangles:
        if triangle.width <= LONGEST_ARROW_PT and triangle.height <= LONGEST_ARROW_PT:
            if abs(triangle.peak - triangle.x1) < ARROW_GAP_PT:
                yield ArrowHead(triangle.x0, triangle.x1, triangle.y)
            elif abs(triangle.peak - triangle.x0) < ARROW_GAP_PT:
                yield ArrowHead(triangle.x1, triangle.x0, triangle.y)


def with_arrow(whisker: Whisker, heads: Iterable[ArrowHead]) -> Whisker:
    """The whisker, cut where heads of arrows stand at its ends as it was drawn."""
    near = [head for head in heads if abs(head.y - whisker.y) < ARROW_GAP_PT]
    low = [h.tip for h in near if h.tip - ARROW_GAP_PT < whisker.x0 < h.back + ARROW_GAP_PT]
    high = [h.tip for h in near if h.back - ARROW_GAP_PT < whisker.x1 < h.tip + ARROW_GAP_PT]
    return whisker._replace(
        x0=min([whisker.x0, *low]),
        x1=max([whisker.x1, *high]),
        cut_low=whisker.cut_low or bool(low),
        cut_high=whisker.cut_high or bool(high),
    )
