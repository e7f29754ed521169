"""The marks of a drawing by the printed row to which they belong: they stand at its height."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extract.forests.plot import Diamond, Drawing, PlotRow, Square, Whisker
from extract.page.box import Box

WHISKER_OFFSET_SHARE = 0.15  # of a square's side between its middle and its whisker: journals set drawings anew
WHISKER_OFFSET_PT = 0.8  # the same for the smallest squares
LONE_ROW_PITCH_PT = 12.0  # between two rows, where only one is printed: a usual line of small type


class RowMarks(NamedTuple):
    """The marks drawn in a row: a square and a whisker, one of them alone, or a diamond."""

    square: Square | None = None
    whisker: Whisker | None = None
    diamond: Diamond | None = None

    @property
    def y(self) -> float:
        mark = self.diamond or self.square or self.whisker
        return mark.y if mark else 0.0

    @property
    def span(self) -> tuple[float, float]:
        """The left and right end of all that is drawn, with cut ends."""
        line = self.whisker or self.diamond
        x = self.square.x if self.square else None
        ends = [line.x0, line.x1] if line else []
        ends += [x] if x is not None else []
        return min(ends), max(ends)

    @property
    def has_interval(self) -> bool:
        return self.whisker is not None or self.diamond is not None

    @property
    def places(self) -> dict[str, float]:
        """The x of the estimate and of its limits, by column. A cut end of an interval is no limit."""
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


def bind_marks(rows: Sequence[PlotRow], drawing: Drawing) -> list[RowMarks | None]:
    """The marks of each row, None for a row without marks. Marks may stand higher or lower than the text, by the same
    in all rows. A line of heterogeneity has no marks."""
    heights = {i: row_height(row) for i, row in enumerate(rows) if row.values.get("kind") != "heterogeneity"}
    marks = sorted(drawn_marks(drawing), key=lambda mark: mark.y)
    if not heights or not marks:
        return [None] * len(rows)
    limit = row_pitch(sorted(heights.values())) / 2
    shift = shift_of(marks, list(heights.values()), limit)
    pairs = [(abs(mark.y - y - shift), i, k) for k, mark in enumerate(marks) for i, y in heights.items()]
    bound: list[RowMarks | None] = [None] * len(rows)
    taken: set[int] = set()
    for _, i, k in sorted(pair for pair in pairs if pair[0] < limit):
        if bound[i] is None and k not in taken:
            bound[i] = marks[k]
            taken.add(k)
    return bound


def shift_of(marks: Sequence[RowMarks], heights: Sequence[float], limit: float) -> float:
    """By how much marks stand lower than the text of their rows; 0 for more than `limit`, which is half a pitch."""
    shift = median(min((mark.y - y for y in heights), key=abs) for mark in marks)
    return shift if abs(shift) < limit else 0.0


def row_height(row: PlotRow) -> float:
    """The y of the middle of a row: of its estimate if it has one, as labels may have several lines."""
    if words := row.words.get("estimate"):
        return words[0].middle
    return (row.place.top + row.place.bottom) / 2


def row_pitch(heights: Sequence[float]) -> float:
    """The usual distance from one row to the next."""
    gaps = [lower - upper for upper, lower in pairwise(heights) if lower - upper > WHISKER_OFFSET_PT]
    return median(gaps) if gaps else LONE_ROW_PITCH_PT


def drawing_within(drawing: Drawing, region: Box) -> Drawing:
    """The part of a drawing that stands in a region of the sheet."""

    def holds(x: float, y: float) -> bool:
        return Box(x, y, x, y).inside(region)

    def passes(x: float, top: float, bottom: float) -> bool:
        return region.x0 <= x <= region.x1 and top < region.bottom and region.top < bottom

    return Drawing(
        tuple(mark for mark in drawing.squares if holds(mark.x, mark.y)),
        tuple(mark for mark in drawing.whiskers if holds((mark.x0 + mark.x1) / 2, mark.y)),
        tuple(mark for mark in drawing.diamonds if holds(mark.x, mark.y)),
        tuple(line for line in drawing.uprights if passes(line.x, line.top, line.bottom)),
        tuple(tick for tick in drawing.ticks if holds(tick.x, tick.y)),
        drawing.from_pixels,
        drawing.grain,
    )


def drawn_marks(drawing: Drawing) -> Iterator[RowMarks]:
    """Squares with their whiskers, then whiskers alone, then diamonds."""
    with_square: set[Whisker] = set()
    for square in drawing.squares:
        off, reach = max(WHISKER_OFFSET_PT, WHISKER_OFFSET_SHARE * square.side), square.side / 2 + WHISKER_OFFSET_PT
        near = [w for w in drawing.whiskers if abs(w.y - square.y) <= off and w.x0 - reach < square.x < w.x1 + reach]
        whisker = min(near, key=lambda w: abs(w.y - square.y), default=None)
        with_square.update(near)
        yield RowMarks(square, whisker)
    yield from (RowMarks(whisker=whisker) for whisker in drawing.whiskers if whisker not in with_square)
    yield from (RowMarks(diamond=diamond) for diamond in drawing.diamonds)
