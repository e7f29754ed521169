"""Which marks of a drawing belong to which printed rows: by their heights."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extract.forests.plot import Diamond, Drawing, PlotRow, Square, Whisker
from extract.page.box import Box

OFF = 0.15  # of a mark's side: so far from its line may its middle be
NEAR = 0.8  # points, the same for the smallest marks
PITCH = 12.0  # points between two rows, where there is but one


class Marks(NamedTuple):
    """What is drawn in a row: a square and a whisker, either of them alone, or a diamond."""

    square: Square | None = None
    whisker: Whisker | None = None
    diamond: Diamond | None = None

    @property
    def y(self) -> float:
        mark = self.diamond or self.square or self.whisker
        return mark.y if mark else 0.0

    @property
    def places(self) -> dict[str, float]:
        """Where estimate and limits are drawn. An interval that is cut has no limit there."""
        found: dict[str, float] = {}
        if self.diamond:
            return {"estimate": self.diamond.x, "ci_low": self.diamond.x0, "ci_high": self.diamond.x1}
        if self.square:
            found["estimate"] = self.square.x
        if self.whisker and not self.whisker.cut_low:
            found["ci_low"] = self.whisker.x0
        if self.whisker and not self.whisker.cut_high:
            found["ci_high"] = self.whisker.x1
        return found


def bind(rows: Sequence[PlotRow], drawing: Drawing) -> list[Marks | None]:
    """The marks of each row, None where it has none. Text and marks may stand at heights that differ, by the same in
    all rows. A line of heterogeneity has no marks."""
    heights = {i: middle(row) for i, row in enumerate(rows) if row.values.get("kind") != "heterogeneity"}
    marks = sorted(all_marks(drawing), key=lambda mark: mark.y)
    if not heights or not marks:
        return [None] * len(rows)
    limit = pitch(sorted(heights.values())) / 2
    shift = median(min((mark.y - y for y in heights.values()), key=abs) for mark in marks)
    shift = shift if abs(shift) < limit else 0.0
    pairs = [(abs(mark.y - y - shift), i, k) for k, mark in enumerate(marks) for i, y in heights.items()]
    bound: list[Marks | None] = [None] * len(rows)
    taken: set[int] = set()
    for _, i, k in sorted(pair for pair in pairs if pair[0] < limit):
        if bound[i] is None and k not in taken:
            bound[i] = marks[k]
            taken.add(k)
    return bound


def middle(row: PlotRow) -> float:
    """The height of a row: of its estimate, as labels may run over several lines."""
    if words := row.words.get("estimate"):
        return words[0].middle
    return (row.place.top + row.place.bottom) / 2


def pitch(heights: Sequence[float]) -> float:
    """How far a row is from the next one, mostly."""
    gaps = [lower - upper for upper, lower in pairwise(heights) if lower - upper > NEAR]
    return median(gaps) if gaps else PITCH


def within(drawing: Drawing, region: Box) -> Drawing:
    """What of a drawing stands in a part of the sheet."""
    x0, top, x1, bottom = region.edges

    def holds(x: float, y: float) -> bool:
        return x0 <= x <= x1 and top <= y <= bottom

    return Drawing(
        tuple(mark for mark in drawing.squares if holds(mark.x, mark.y)),
        tuple(mark for mark in drawing.whiskers if holds((mark.x0 + mark.x1) / 2, mark.y)),
        tuple(mark for mark in drawing.diamonds if holds(mark.x, mark.y)),
        tuple(line for line in drawing.uprights if x0 <= line.x <= x1 and line.top < bottom and top < line.bottom),
        tuple(tick for tick in drawing.ticks if holds(tick.x, tick.y)),
    )


def all_marks(drawing: Drawing) -> Iterator[Marks]:
    """Squares with their whiskers, whiskers alone, diamonds."""
    with_square: set[Whisker] = set()
    for square in drawing.squares:
        off, reach = max(NEAR, OFF * square.side), square.side / 2 + NEAR
        near = [w for w in drawing.whiskers if abs(w.y - square.y) <= off and w.x0 - reach < square.x < w.x1 + reach]
        whisker = min(near, key=lambda w: abs(w.y - square.y), default=None)
        with_square.update(near)
        yield Marks(square, whisker)
    yield from (Marks(whisker=whisker) for whisker in drawing.whiskers if whisker not in with_square)
    yield from (Marks(diamond=diamond) for diamond in drawing.diamonds)
