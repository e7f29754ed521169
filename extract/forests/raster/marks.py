"""What stands on the lines of a picture: squares, arrows, bars at the ends; and pooled diamonds."""

from collections.abc import Iterator
from itertools import groupby
from math import atan2, sin, sqrt
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.forests.plot import Diamond, Square, Whisker
from extract.forests.raster.ink import Ink, Mask, closed
from extract.forests.raster.lines import Level, boxes_of

HIGH = 1.6  # of the type size: how far up and down from its line a mark may reach
HIGHER = 2  # pixels by which the smallest mark is higher than its line is thick
STEADY = 0.2  # of its height an arrow has at half its length
DIAMONDS = 0.35, 4.0  # of the type size: the lowest and the highest
SPLIT = 3  # pixels between two parts of one mark, which noise cut apart
SMALLEST = 3  # pixels that the smallest mark is wide
ARROW = 0.9  # of the type size: the largest head of an arrow, long and from its line up
POINTED = 0.55  # of the height of an arrow: its tip is lower
AROUND = 0.35  # of the height of a mark: its line may be so far from its middle
SLANTED = 0.93  # how like the profile of a rhombus that of a diamond is (correlation)
FILLED = 0.38, 0.68  # of the box of a diamond lie between its sides
LINE_DARK = 0.8  # as dark as its line a pixel is on it, over a mark that is paler


class Block(NamedTuple):
    """A run of columns that are dark farther up and down than a line is thick."""

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


class Beam(NamedTuple):
    """A line with what stands on it: its mark, and the whisker where one is seen; `strokes`: the middles of the short
    lines across it (bars, ticks)."""

    square: Square | None
    whisker: Whisker
    strokes: tuple[float, ...]


def read_beam(ink: Ink, level: Level) -> Beam:
    blocks = list(blocks_on(ink, level))
    low, high = arrow_at(ink, level, -1), arrow_at(ink, level, 1)
    strokes = [b for b in blocks if b.width <= max(b.height / 2, ink.thin)]
    inside = [b for b in blocks if level.left + low <= b.x0 and b.x1 <= level.right - high]
    stout = [b for b in inside if is_mark(ink, level, b)]
    block = max(stout, key=lambda b: sum(b.heights), default=None)
    square = square_of(ink, level, block) if block else None
    x0, x1 = ends(ink, level, block)
    middles = tuple((b.x0 + b.x1) / 2 for b in strokes)
    return Beam(square, Whisker(x0, x1, level.y + 0.5, low > 0, high > 0), middles)


def blocks_on(ink: Ink, level: Level) -> Iterator[Block]:
    y, reach = round(level.y), round(HIGH * ink.em)
    up, down = (way(ink.mask, y, level, step, reach) for step in (-1, 1))
    thick = np.median((up + down - 1)[max(0, level.x0 - level.left) : level.x1 - level.left])
    high = closed((up + down - 1 >= thick + HIGHER).astype(np.uint8)[None], SPLIT, 1)[0]
    for is_high, run in groupby(range(len(high)), key=lambda at: bool(high[at])):
        columns = list(run)
        if is_high:
            first, last = columns[0], columns[-1]
            top, bottom = y - np.median(up[columns]) + 1, y + np.median(down[columns])
            heights = tuple(int(h) for h in (up + down - 1)[first : last + 1])
            yield Block(level.left + first, level.left + last + 1, float(top), float(bottom), heights)


def way(mask: Mask, y: int, level: Level, step: int, reach: int) -> NDArray[np.int64]:
    """For each column of a line, how far it is dark upwards or downwards from there, itself included; a line that is a
    pixel higher or lower at one place is still that line."""
    rows = [
        mask[row, level.left : level.right] if 0 <= row < len(mask) else None
        for row in range(y, y + step * reach, step)
    ]
    blank = np.zeros(level.right - level.left, np.uint8)
    stack = np.stack([blank if row is None else row for row in rows])
    stack[0] = 1
    ends = (stack == 0).argmax(axis=0)
    return np.asarray(np.where((stack == 0).any(axis=0), ends, reach), np.int64)


def is_mark(ink: Ink, level: Level, block: Block) -> bool:
    """Whether a block can be the mark of an estimate: stout, not of a line's thickness, its line in its middle."""
    off = abs((block.top + block.bottom) / 2 - level.y - 0.5)
    stout = 0.5 <= block.width / max(block.height, 1) < 2.5
    return (
        stout
        and block.width >= SMALLEST
        and off <= max(2, AROUND * block.height)
        and block.height < 2 * HIGH * ink.em - 2
    )


def arrow_at(ink: Ink, level: Level, side: int) -> int:
    """How long the head of an arrow is, filled or of two strokes, in which a line ends at its low (-1) or high (1) end:
    it grows from its tip on, and then it is a line again. 0 where there is none."""
    y, reach = round(level.y), round(ARROW * ink.em)
    x0, x1 = (level.left, level.left + 2 * reach) if side < 0 else (level.right - 2 * reach, level.right)
    strip = ink.mask[max(0, y - reach) : y + reach + 1, max(0, x0) : x1]
    _, pieces = cv2.connectedComponents(strip)
    rows = np.abs(np.arange(len(strip)) - min(y, reach))[:, None]
    spans = np.where(pieces == pieces[min(y, reach)].max(), rows, 0).max(axis=0)
    spans = spans if side < 0 else spans[::-1]
    peak = int(spans[:reach].argmax())
    line, behind = float(np.median(spans[peak:])), spans[peak + 1 : peak + 1 + max(4, reach // 3)]
    rise = (spans[: peak + 1] - line) / max(spans[peak] - line, 1)
    grows = rise[: max(1, peak // 3)].mean() < POINTED and rise[(peak + 1) // 2] > STEADY
    ends = len(behind) > 0 and behind.min() < POINTED * spans[peak]
    return peak + 1 if peak >= reach / 4 and spans[peak] > 0.2 * ink.em and grows and ends else 0


def square_of(ink: Ink, level: Level, block: Block) -> Square:
    """The mark of a block. How far it goes is told by how dark its edges are, so that blur does not make it larger; how
    dark it is, and how high, by most of its columns, as a darker upright may run through it."""
    top, bottom = max(0, int(block.top) - 2), int(block.bottom) + 2
    part = ink.dark[top:bottom, max(0, block.x0 - 2) : block.x1 + 2]
    rows = np.arange(top, top + len(part)) + 0.5
    beside = (abs(rows - level.y - 0.5) > level.thick / 2 + 0.5) & (rows > block.top) & (rows < block.bottom)
    across = part[beside].max(axis=0) if beside.any() else part.max(axis=0)
    full = float(np.median(across[2 : 2 + block.width]))
    down = np.median(part[:, 2 : 2 + block.width], axis=1)
    columns = np.clip(across / full, 0, 1)
    width, height = float(columns.sum()), float(np.clip(down / full, 0, 1).sum())
    x = max(0, block.x0 - 2) + 0.5 + float(np.average(np.arange(len(columns)), weights=columns))
    return Square(x, (block.top + block.bottom) / 2, sqrt(width * height))


def ends(ink: Ink, level: Level, block: Block | None) -> tuple[float, float]:
    """Where a line begins and ends. Where its mark covers an end, that is seen if the mark is paler than the line; else
    it is at the middle of the mark."""
    y = round(level.y)
    row = ink.dark[max(0, y - 1) : y + 2, level.left : level.right].max(axis=0)
    line = float(np.median(row[max(0, level.x0 - level.left) : level.x1 - level.left]))
    x0, x1 = edge(row, line, 1) + level.left, level.right - edge(row[::-1], line, 1)
    if block is None:
        return x0, x1
    seen = row >= LINE_DARK * line
    beside = ink.dark[
        round(block.top + block.height / 8) : round(block.top + block.height / 4) + 1, block.x0 : block.x1
    ]
    is_dark = float(np.median(beside)) >= LINE_DARK * line
    if block.x0 - level.left < 2:
        x0 = covered(seen, block, level, is_dark, 1)
    if level.right - block.x1 < 2:
        x1 = covered(seen, block, level, is_dark, -1)
    return x0, x1


def edge(row: NDArray[np.float32], full: float, start: int) -> float:
    """Where a row gets half as dark as its line, to a part of a pixel."""
    over = np.flatnonzero(row >= full / 2)
    first = int(over[0]) if len(over) else 0
    if first == 0:
        return 0.0
    before, here = float(row[first - 1]), float(row[first])
    return first + 0.5 - (here - full / 2) / max(here - before, 1e-6)


def covered(seen: NDArray[np.bool_], block: Block, level: Level, is_dark: bool, step: int) -> float:
    """The end of a line within its mark: how far it is seen; the middle of the mark where that is as dark."""
    middle = (block.x0 + block.x1) / 2
    inside = seen[block.x0 - level.left : block.x1 - level.left]
    if is_dark or not inside.any():
        return middle
    places = np.flatnonzero(inside)
    return float(block.x0 + (places[0] if step > 0 else places[-1] + 1))


def take_diamonds(ink: Ink) -> tuple[list[Diamond], Ink]:
    """The diamonds of a drawing, and the drawing without them."""
    mask, found = ink.mask.copy(), []
    for x0, top, width, height in boxes_of(ink.mask):
        likely = DIAMONDS[0] * ink.em < height < DIAMONDS[1] * ink.em
        if likely and (diamond := diamond_in(ink, x0, top, width, height)):
            found.append(diamond)
            mask[top : top + height, x0 : x0 + width] = 0
    return found, Ink(ink.dark, mask, ink.em)


def diamond_in(ink: Ink, x0: int, top: int, width: int, height: int) -> Diamond | None:
    """The diamond in a box that a piece of the drawing fills, None where it is no diamond: from its ends it rises and
    falls in straight lines."""
    part = ink.mask[top : top + height, x0 : x0 + width]
    if width < 0.5 * height or width < 6 or not part.any(axis=0).all():
        return None
    upper, lower = part.argmax(axis=0), height - part[::-1].argmax(axis=0)
    spans = (lower - upper).astype(float)
    peak = float(np.flatnonzero(spans >= 0.94 * spans.max()).mean())
    slopes = np.interp(np.arange(width), [0, peak, width - 1], [0, spans.max(), 0])
    share = spans.sum() / (width * height)
    if not FILLED[0] < share < FILLED[1] or np.corrcoef(spans, slopes)[0, 1] < SLANTED:
        return None
    more = miter(part, peak, height)
    y = top + float(((upper + lower) / 2)[[0, -1]].mean())
    return Diamond(x0 + more, x0 + peak + 0.5, x0 + width - more, y)


def miter(part: Mask, peak: float, height: int) -> float:
    """By how much the outline of a hollow diamond goes out beyond its ends; 0 for one that is filled. Of a
    sharp one the ends of the outline are mostly cut off."""
    column = part[:, min(part.shape[1] - 1, round(part.shape[1] / 4))]
    rows = np.flatnonzero(column)
    run = int((np.diff(rows) > 1).argmax()) + 1 if len(rows) > 1 and (np.diff(rows) > 1).any() else 0
    slope = atan2(height / 2, part.shape[1] / 2)
    return run / 2 * min(1.0, np.cos(slope) / sin(slope)) if run else 0.0
