"""Panels beside one column of labels, such as progression-free and overall survival: the part of a plot that is drawn
at each column of intervals."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from extract.forests.axis.row_marks import RowMarks, drawing_within, drawn_marks
from extract.forests.panel import Panel
from extract.forests.plot import DRAWING_READER, Canvas, PlotFlag
from extract.forests.text.cells import is_plot_value
from extract.forests.text.interval_columns import IntervalColumn
from extract.forests.text.intervals import PrintedInterval
from extract.forests.text.labels import PANEL_LETTER
from extract.page.box import Box
from extract.page.lines import Phrase, make_lines
from extract.page.words import Word

NOT_READ = "RDR012"
BLOCK_ROWS_SHARE = 0.5  # of the rows have a mark in each drawing, and an interval in each column: others are chance
CONCORDANT_SHARE = 0.85  # of pairs of numbers are drawn in their order: OCR misreads some, another column has 50-80 %
ROW_REACH_SHARE = 0.5  # of the distance of rows: a mark no farther from a row stands in it


@dataclass(frozen=True)
class DrawnBlock:
    """Marks of many rows that stand below one another, from x0 to x1: those of one axis."""

    x0: float
    x1: float
    marks: tuple[RowMarks, ...]


@dataclass(frozen=True)
class SidePanel:
    """A column of intervals with the marks that are drawn for it, from x0 to x1."""

    column: IntervalColumn
    block: DrawnBlock

    @property
    def x0(self) -> float:
        return min(self.column.x0, self.block.x0)

    @property
    def x1(self) -> float:
        return max(self.column.x1, self.block.x1)


def panels_beside(canvas: Canvas, box: Box, group: Sequence[IntervalColumn], words: Sequence[Word]) -> list[Panel]:
    """The panels in the box of a plot with these columns of intervals: one for each column that has its own drawing, or
    else one for all, with a flag for what is not read. `words`: those in the box."""
    fewest = BLOCK_ROWS_SHARE * len(group[0].intervals)
    columns = [column for column in group if len(column.intervals) >= fewest]
    blocks = drawn_blocks(canvas, box, group[0])
    sides = matched_sides(columns, blocks)
    drawn = {id(side.column) for side in sides}
    chosen = sides[0].column if len(sides) == 1 else None if sides else columns[0]
    unread = [column for column in columns if column is not chosen and id(column) not in drawn]
    undecided = [block for block in blocks if all(side.block is not block for side in sides)]
    flags = (*map(unread_column, unread), *(unread_drawing() for _ in undecided if sides))
    if len(sides) < 2:
        region = box if not (sides and undecided) else block_region(box, sides[0], undecided)
        estimates = chosen or columns[0]
        return [Panel(canvas, region, tuple(words), estimates=(estimates.x0, estimates.x1), flags=flags)]
    return list(separated(canvas, box, sides, words, flags))


def drawn_blocks(canvas: Canvas, box: Box, estimates: IntervalColumn) -> list[DrawnBlock]:
    """The drawings in a box from left to right: marks that overlap sideways, and stand in most rows."""
    marks = sorted(((*extent(mark), mark) for mark in drawn_marks(drawing_within(canvas.drawing, box))), key=by_left)
    runs: list[DrawnBlock] = []
    for x0, x1, mark in marks:
        if runs and x0 <= runs[-1].x1:
            last = runs.pop()
            runs.append(DrawnBlock(last.x0, max(last.x1, x1), (*last.marks, mark)))
        else:
            runs.append(DrawnBlock(x0, x1, (mark,)))
    fewest = max(2, BLOCK_ROWS_SHARE * len(estimates.intervals))
    drawn = [run for run in runs if 2 * sum(mark.has_interval for mark in run.marks) > len(run.marks)]
    return [run for run in drawn if len(list(marked_rows(estimates, run))) >= fewest]


def by_left(mark: tuple[float, float, RowMarks]) -> float:
    return mark[0]


def extent(mark: RowMarks) -> tuple[float, float]:
    """The left and right end of a mark, with those of its arrows."""
    ends = [*mark.places.values(), *((mark.whisker.x0, mark.whisker.x1) if mark.whisker else ())]
    return min(ends), max(ends)


def marked_rows(column: IntervalColumn, block: DrawnBlock) -> Iterator[tuple[PrintedInterval, RowMarks]]:
    """The intervals of a column that have a mark of a drawing at their height, each with the nearest mark."""
    for interval in column.intervals:
        nearest = min(block.marks, key=lambda mark: abs(mark.y - interval.y))
        if abs(nearest.y - interval.y) < ROW_REACH_SHARE * column.pitch:
            yield interval, nearest


def matched_sides(columns: Sequence[IntervalColumn], blocks: Sequence[DrawnBlock]) -> list[SidePanel]:
    """The columns with the drawings that show their numbers, from left to right; the likeliest pairs first."""
    shares = {(c, b): concordance(column, block) for c, column in enumerate(columns) for b, block in enumerate(blocks)}
    likely = sorted((pair for pair in shares if shares[pair] >= CONCORDANT_SHARE), key=lambda p: (-shares[p], p))
    found: dict[int, int] = {}
    for c, b in likely:
        if c not in found and b not in found.values():
            found[c] = b
    return sorted((SidePanel(columns[c], blocks[b]) for c, b in found.items()), key=lambda side: side.block.x0)


def concordance(column: IntervalColumn, block: DrawnBlock) -> float:
    """The share of pairs of printed numbers whose places in the drawing have the same order."""
    points = [point for interval, mark in marked_rows(column, block) for point in drawn_points(interval, mark)]
    signs = [(a - b) * (x - y) for (a, x), (b, y) in combinations(points, 2) if a != b and x != y]
    return sum(sign > 0 for sign in signs) / len(signs) if signs else 0.0


def drawn_points(interval: PrintedInterval, mark: RowMarks) -> Iterator[tuple[float, float]]:
    """The numbers of an interval, each with its place in the drawing."""
    texts = {"estimate": interval.estimate, "ci_low": interval.low, "ci_high": interval.high}
    yield from ((float(texts[name]), x) for name, x in mark.places.items() if texts[name])


def unread_column(column: IntervalColumn) -> PlotFlag:
    first = column.intervals[0]
    text = f"{first.estimate} ({first.low}, {first.high})"
    evidence = f"{len(column.intervals)} rows have a further interval, the first {text}, that is not read"
    return PlotFlag("", NOT_READ, DRAWING_READER, "", evidence)


def unread_drawing() -> PlotFlag:
    return PlotFlag("", NOT_READ, DRAWING_READER, "", "a further drawing stands beside the rows, and is not read")


def block_region(box: Box, side: SidePanel, others: Iterable[DrawnBlock]) -> Box:
    """The part of a box that holds a panel, without the drawings of others."""
    left = max((other.x1 for other in others if other.x1 < side.block.x0), default=box.x0)
    right = min((other.x0 for other in others if other.x0 > side.block.x1), default=box.x1)
    return Box(left, box.top, right, box.bottom)


def separated(
    canvas: Canvas, box: Box, sides: Sequence[SidePanel], words: Sequence[Word], flags: tuple[PlotFlag, ...]
) -> Iterator[Panel]:
    """A panel for each column with its drawing. Each has the labels left of all; columns between two panels belong to
    the right one, or to the left one where columns follow the last panel, too."""
    phrases = [phrase for line in make_lines(words) for phrase in line.phrases]
    rows = Box(sides[0].x0, sides[0].column.top, sides[-1].x1, sides[0].column.bottom)
    trailing = any(phrase.x0 > rows.x1 and holds_value(phrase) and in_rows(phrase, rows) for phrase in phrases)
    between = [values_between(left, right, phrases, rows) for left, right in pairwise(sides)]
    limits = [sides[0].x0, float("inf")]
    for (left, right), values in zip(pairwise(sides), between, strict=True):
        last = max([left.x1, *(phrase.x1 for phrase in values if trailing)])
        first = min([right.x0, *(phrase.x0 for phrase in values if not trailing)])
        limits.insert(-1, (last + first) / 2)
    own_values = any(between) and not trailing
    for i, side in enumerate(sides):
        start, end = limits[i], limits[i + 1]
        own = [p for p in phrases if start <= p.center < end or reaches_over(p, side, sides)]
        shared = [p for p in phrases if p.center < limits[0] and not (i and own_values and holds_value(p))]
        taken = [word for phrase in dict.fromkeys([*shared, *own]) for word in phrase.words]
        region = Box(side.x0 if i else box.x0, box.top, min(end, box.x1), box.bottom)
        yield Panel(
            canvas,
            region,
            tuple(taken),
            estimates=(side.column.x0, side.column.x1),
            flags=flags if i == 0 else (),
            title=panel_title([p for p in own if p.middle < rows.top and not in_rows(p, rows)]),
        )


def panel_title(heads: Sequence[Phrase]) -> str:
    """The text of the first line of the heads of a panel: "Overall survival" over "HR (95% CI)"."""
    lines = make_lines([word for phrase in heads for word in phrase.words])
    words = lines[0].text.split(" ") if lines else []
    return " ".join(words[1:] if len(words) > 1 and PANEL_LETTER.fullmatch(words[0]) else words)


def values_between(left: SidePanel, right: SidePanel, phrases: Iterable[Phrase], rows: Box) -> list[Phrase]:
    """The values in the rows between two panels."""
    return [p for p in phrases if left.x1 < p.x0 and p.x1 < right.x0 and in_rows(p, rows) and holds_value(p)]


def holds_value(phrase: Phrase) -> bool:
    return is_plot_value(phrase.words[0].text)


def in_rows(phrase: Phrase, rows: Box) -> bool:
    return rows.top - phrase.size / 2 <= phrase.middle <= rows.bottom + phrase.size / 2


def reaches_over(phrase: Phrase, side: SidePanel, sides: Sequence[SidePanel]) -> bool:
    """Whether a phrase is a head over this panel and others."""
    return phrase.x0 < side.x1 and side.x0 < phrase.x1 and sum(phrase.x0 < s.x1 and s.x0 < phrase.x1 for s in sides) > 1
