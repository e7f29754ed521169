"""The marks on the level lines of a picture: squares, arrows, bars at the ends; and pooled diamonds."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import atan2, nan, sin, sqrt
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.forests.plot import Diamond, Square, Whisker
from extract.forests.raster.ink import Ink, Mask, closed
from extract.forests.raster.lines import Level, component_boxes
from extract.page.ocr.pixels import PixelBox

MARK_REACH_EM = 1.6  # up and down from a line: no mark reaches farther
REACH_END_PX = 2  # a block that ends no nearer to the end of that reach is a part of an upright, no mark
MARK_RISE_PX = 2  # by which the smallest mark is higher than its line is thick
MARK_SPLIT_PX = 3  # between two parts of one mark, which noise cut apart
SMALLEST_MARK_PX = 3  # of width; narrower blocks are strokes
NARROWEST_MARK_RATIO = 0.5  # of the width of a mark to its height; less is a tick or a bar
WIDEST_MARK_RATIO = 2.5  # the same; more is a thick piece of a line
CENTRED_MARK_SHARE = 0.35  # of the height of a mark: its middle may lie so far from its line
CENTRED_MARK_PX = 2  # the same for the smallest marks
STROKE_SHARE = 0.5  # of the height of a stroke across a line: bars and ticks are no wider
STOUTER_RATIO = 1.5  # of the width of a mark to its height, to the same of the bars at the ends of its line
BAR_END_PX = 1  # from the end of a line to the bar that ends it
BLUR_PX = 2  # around a mark: its blurred edges
LINE_DARKNESS_SHARE = 0.8  # of its line: a pixel as dark shows the line upon a paler mark
BAND_FROM_SHARE = 0.125  # of the height of a mark below its top: above are its blurred edges
BAND_TO_SHARE = 0.25  # of the height of a mark below its top: farther down its line may run
COVERED_END_PX = 2  # from the end of a line to its mark: a mark so near covers the end

ARROW_EM = 0.9  # the largest head of an arrow: its length, and its height on either side of the line
SHORTEST_ARROW_SHARE = 0.25  # of the largest head's length; shorter ones are blurred ends of lines
LOWEST_ARROW_EM = 0.2  # on either side of the line; lower ones are thick lines
ARROW_TIP_PART = 3  # the first third of an arrow is its tip
ARROW_TIP_SHARE = 0.55  # of the height of an arrow: its tip, and the line behind it, are lower; bars are not
ARROW_MIDDLE_SHARE = 0.2  # of its height an arrow has at half its length; a line that ends in a bar has less
BEHIND_ARROW_PART = 3  # of the largest head's length: in this part behind an arrow the line must go on
BEHIND_ARROW_PX = 4  # the same in small pictures

LOWEST_DIAMOND_EM = 0.35  # lower pieces of a drawing are lines
HIGHEST_DIAMOND_EM = 4.0  # higher pieces are frames and pictures
NARROWEST_DIAMOND_RATIO = 0.5  # of the width of a diamond to its height
NARROWEST_DIAMOND_PX = 6  # narrower pieces have too few columns to tell their shape
PEAK_SHARE = 0.94  # of the greatest height: the columns as high are the peak of a diamond
DIAMOND_CORRELATION_RATIO = 0.93  # of the heights of a diamond's columns with those of a rhombus; of a disc it is less
LEAST_FILLED_SHARE = 0.38  # of the box of a diamond lies between its sides: half of it, less for concave sides
MOST_FILLED_SHARE = 0.68  # the same with blunt ends; a disc fills 0.79, a square 1
OUTLINE_COLUMN_SHARE = 0.25  # of a diamond's width: at that column its outline has two strokes, if it is hollow
NO_CHANGE = 1e-6  # of darkness: divisors are no smaller


class Block(NamedTuple):
    """A run of columns that are dark farther up and down than their line is thick."""

    x0: int
    x1: int
    top: float
    bottom: float
    heights: tuple[int, ...]

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


class Beam(NamedTuple):
    """A line with its mark (None for a line without) and its whisker. `strokes`: the middles of the short lines across
    it (bars, ticks); `inner`: those between its ends."""

    square: Square | None
    whisker: Whisker
    strokes: tuple[float, ...]
    inner: tuple[float, ...] = ()

    @property
    def is_marked(self) -> bool:
        """Whether a mark stands on the line, or one stroke that may be one."""
        return self.square is not None or len(self.inner) == 1


def read_beam(ink: Ink, level: Level) -> Beam:
    blocks = list(blocks_on(ink, level))
    low, high = arrow_length(ink, level, -1), arrow_length(ink, level, 1)
    inside = [b for b in blocks if level.left + low <= b.x0 and b.x1 <= level.right - high]
    stout = [b for b in inside if may_be_square(ink, level, b)]
    block = max(stout, key=lambda b: sum(b.heights), default=None)
    square = square_of(ink, level, block) if block else None
    narrow = [b for b in blocks if b.width <= max(b.height * STROKE_SHARE, ink.thin)]
    strokes = [b for b in narrow if b is not block or not is_stouter(b, [other for other in narrow if other is not b])]
    x0, x1 = barred_ends(line_ends(ink, level, block), level, [b for b in strokes if b is not block])
    inner = [b for b in strokes if b.x0 - level.left > BAR_END_PX and level.right - b.x1 > BAR_END_PX]
    whisker = Whisker(x0, x1, level.y + 0.5, low > 0, high > 0)
    return Beam(square, whisker, tuple(b.middle for b in strokes), tuple(b.middle for b in inner))


def is_stouter(block: Block, others: Sequence[Block]) -> bool:
    """Whether a block is a small mark between the bars at the ends of its line, and no stroke as they are."""
    widest = max((other.width / other.height for other in others), default=0.0)
    return bool(others) and block.width / block.height > STOUTER_RATIO * widest


def barred_ends(ends: tuple[float, float], level: Level, strokes: Sequence[Block]) -> tuple[float, float]:
    """The two ends of a line; an end in a bar is in its middle."""
    x0, x1 = ends
    for bar in strokes:
        if bar.x0 - level.left <= BAR_END_PX:
            x0 = bar.middle
        elif level.right - bar.x1 <= BAR_END_PX:
            x1 = bar.middle
    return x0, x1


def blocks_on(ink: Ink, level: Level) -> Iterator[Block]:
    """The blocks on a line, from left to right."""
    y, reach = round(level.y), round(MARK_REACH_EM * ink.em)
    up, down = (dark_way(ink.mask, y, level, step, reach) for step in (-1, 1))
    thick = np.median((up + down - 1)[max(0, level.x0 - level.left) : level.x1 - level.left])
    high = closed((up + down - 1 >= thick + MARK_RISE_PX).astype(np.uint8)[None], MARK_SPLIT_PX, 1)[0]
    for is_high, run in groupby(range(len(high)), key=lambda at: bool(high[at])):
        columns = list(run)
        if is_high:
            first, last = columns[0], columns[-1]
            top, bottom = y - np.median(up[columns]) + 1, y + np.median(down[columns])
            heights = tuple(int(h) for h in (up + down - 1)[first : last + 1])
            yield Block(level.left + first, level.left + last + 1, float(top), float(bottom), heights)


def dark_way(mask: Mask, y: int, level: Level, step: int, reach: int) -> NDArray[np.int64]:
    """For each column of a line, the number of dark pixels from the line up (`step` -1) or down (1), itself included.
    The line counts as dark throughout: it may be a pixel higher or lower at one place."""
    rows = [
        mask[row, level.left : level.right] if 0 <= row < len(mask) else None
        for row in range(y, y + step * reach, step)
    ]
    blank = np.zeros(level.right - level.left, np.uint8)
    stack = np.stack([blank if row is None else row for row in rows])
    stack[0] = 1
    lengths = (stack == 0).argmax(axis=0)
    return np.asarray(np.where((stack == 0).any(axis=0), lengths, reach), np.int64)


def may_be_square(ink: Ink, level: Level, block: Block) -> bool:
    """Whether a block can be the mark of an estimate: it is stout, and its line runs through its middle."""
    off = abs((block.top + block.bottom) / 2 - level.y - 0.5)
    stout = NARROWEST_MARK_RATIO <= block.width / max(block.height, 1) < WIDEST_MARK_RATIO
    return (
        stout
        and block.width >= SMALLEST_MARK_PX
        and off <= max(CENTRED_MARK_PX, CENTRED_MARK_SHARE * block.height)
        and block.height < 2 * MARK_REACH_EM * ink.em - REACH_END_PX
    )


def arrow_length(ink: Ink, level: Level, side: int) -> int:
    """The length of the head of an arrow, filled or of two strokes, at the low (-1) or high (1) end of a line; 0 if
    the line has none there. An arrow grows from its tip on, and behind it the line goes on."""
    y, reach = round(level.y), round(ARROW_EM * ink.em)
    x0, x1 = (level.left, level.left + 2 * reach) if side < 0 else (level.right - 2 * reach, level.right)
    strip = ink.mask[max(0, y - reach) : y + reach + 1, max(0, x0) : x1]
    _, pieces = cv2.connectedComponents(strip)
    rows = np.abs(np.arange(len(strip)) - min(y, reach))[:, None]
    spans = np.where(pieces == pieces[min(y, reach)].max(), rows, 0).max(axis=0)
    spans = spans if side < 0 else spans[::-1]
    peak = int(spans[:reach].argmax())
    line = float(np.median(spans[peak:]))
    behind = spans[peak + 1 : peak + 1 + max(BEHIND_ARROW_PX, reach // BEHIND_ARROW_PART)]
    rise = (spans[: peak + 1] - line) / max(spans[peak] - line, 1)
    pointed = rise[: max(1, peak // ARROW_TIP_PART)].mean() < ARROW_TIP_SHARE
    grows = pointed and rise[(peak + 1) // 2] > ARROW_MIDDLE_SHARE
    ends = len(behind) > 0 and behind.min() < ARROW_TIP_SHARE * spans[peak]
    large = peak >= reach * SHORTEST_ARROW_SHARE and spans[peak] > LOWEST_ARROW_EM * ink.em
    return peak + 1 if large and grows and ends else 0


def square_of(ink: Ink, level: Level, block: Block) -> Square:
    """The mark of a block. Its width and height are sums of darkness, so that blurred edges do not make it larger. The
    darkness of the mark itself is that of most of its columns, as a darker upright may run through it. A mark that an
    upright hides has no known place and size: x and side are NaN."""
    top, bottom = max(0, int(block.top) - BLUR_PX), int(block.bottom) + BLUR_PX
    part = ink.dark[top:bottom, max(0, block.x0 - BLUR_PX) : block.x1 + BLUR_PX]
    rows = np.arange(top, top + len(part)) + 0.5
    beside = (abs(rows - level.y - 0.5) > level.thick / 2 + 0.5) & (rows > block.top) & (rows < block.bottom)
    across = part[beside].max(axis=0) if beside.any() else part.max(axis=0)
    full = float(np.median(across[BLUR_PX : BLUR_PX + block.width]))
    middle = (block.top + block.bottom) / 2
    if full == 0:  # all darkness of the mark was subtracted as the upright's
        return Square(nan, middle, nan)
    down = np.median(part[:, BLUR_PX : BLUR_PX + block.width], axis=1)
    columns = np.clip(across / full, 0, 1)
    width, height = float(columns.sum()), float(np.clip(down / full, 0, 1).sum())
    x = max(0, block.x0 - BLUR_PX) + 0.5 + float(np.average(np.arange(len(columns)), weights=columns))
    return Square(x, middle, sqrt(width * height))


def line_ends(ink: Ink, level: Level, block: Block | None) -> tuple[float, float]:
    """The two ends of a line. If its mark covers an end, the end shows only if the mark is paler than the line; else
    the middle of the mark stands for it."""
    y = round(level.y)
    row = ink.dark[max(0, y - 1) : y + 2, level.left : level.right].max(axis=0)
    line = float(np.median(row[max(0, level.x0 - level.left) : level.x1 - level.left]))
    x0, x1 = edge(row, line) + level.left, level.right - edge(row[::-1], line)
    if block is None:
        return x0, x1
    seen = row >= LINE_DARKNESS_SHARE * line
    first, last = (round(block.top + block.height * share) for share in (BAND_FROM_SHARE, BAND_TO_SHARE))
    mark = float(np.median(ink.dark[first : last + 1, block.x0 : block.x1]))
    is_dark = mark >= LINE_DARKNESS_SHARE * line
    if block.x0 - level.left < COVERED_END_PX:
        x0 = covered_end(seen, block, level, is_dark, 1)
    if level.right - block.x1 < COVERED_END_PX:
        x1 = covered_end(seen, block, level, is_dark, -1)
    return x0, x1


def edge(row: NDArray[np.float32], full: float) -> float:
    """The first place where a row is half as dark as its line, to a fraction of a pixel."""
    over = np.flatnonzero(row >= full / 2)
    first = int(over[0]) if len(over) else 0
    if first == 0:
        return 0.0
    before, here = float(row[first - 1]), float(row[first])
    return first + 0.5 - (here - full / 2) / max(here - before, NO_CHANGE)


def covered_end(seen: NDArray[np.bool_], block: Block, level: Level, is_dark: bool, step: int) -> float:
    """The low (`step` 1) or high (-1) end of a line within its mark; the middle of a mark as dark as the line."""
    middle = (block.x0 + block.x1) / 2
    inside = seen[block.x0 - level.left : block.x1 - level.left]
    if is_dark or not inside.any():
        return middle
    places = np.flatnonzero(inside)
    return float(block.x0 + (places[0] if step > 0 else places[-1] + 1))


def take_diamonds(ink: Ink) -> tuple[list[Diamond], Ink]:
    """The diamonds of a drawing, and the drawing without them."""
    mask, found = ink.mask.copy(), []
    for box in component_boxes(ink.mask):
        likely = LOWEST_DIAMOND_EM * ink.em < box.height < HIGHEST_DIAMOND_EM * ink.em
        if likely and (diamond := diamond_in(ink, box)):
            found.append(diamond)
            mask[box.slices] = 0
    return found, Ink(ink.dark, mask, ink.em)


def diamond_in(ink: Ink, box: PixelBox) -> Diamond | None:
    """The diamond that fills a box; None for a piece of the drawing that does not rise and fall in straight lines."""
    part = ink.mask[box.slices]
    narrow = box.width < NARROWEST_DIAMOND_RATIO * box.height or box.width < NARROWEST_DIAMOND_PX
    if narrow or not part.any(axis=0).all():
        return None
    upper, lower = part.argmax(axis=0), box.height - part[::-1].argmax(axis=0)
    spans = (lower - upper).astype(float)
    peak = float(np.flatnonzero(spans >= PEAK_SHARE * spans.max()).mean())
    slopes = np.interp(np.arange(box.width), [0, peak, box.width - 1], [0, spans.max(), 0])
    share = spans.sum() / (box.width * box.height)
    if not LEAST_FILLED_SHARE < share < MOST_FILLED_SHARE:
        return None
    if not spans.std() or np.corrcoef(spans, slopes)[0, 1] < DIAMOND_CORRELATION_RATIO:
        return None
    more = miter(part, box.height)
    y = box.top + float(((upper + lower) / 2)[[0, -1]].mean())
    return Diamond(box.x0 + more, box.x0 + peak + 0.5, box.x1 - more, y)


def miter(part: Mask, height: int) -> float:
    """The length by which the outline of a hollow diamond goes beyond its ends; 0 for a filled diamond. The ends of
    the outline of a sharp one are mostly cut off."""
    column = part[:, min(part.shape[1] - 1, round(part.shape[1] * OUTLINE_COLUMN_SHARE))]
    rows = np.flatnonzero(column)
    run = int((np.diff(rows) > 1).argmax()) + 1 if len(rows) > 1 and (np.diff(rows) > 1).any() else 0
    slope = atan2(height / 2, part.shape[1] / 2)
    return run / 2 * min(1.0, np.cos(slope) / sin(slope)) if run else 0.0
