"""Straight lines in a picture: upright ones, dashed or not, and level ones."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.forests.plot import Upright
from extract.forests.raster.ink import DARK_LEVELS, Ink, Mask, box_kernel, closed, opened
from extract.page.ocr.pixels import PixelBox

UPRIGHT_GAP_EM = 1.2  # the widest gap between two dashes of a line
SHORTEST_UPRIGHT_EM = 3.0  # lower strokes are ticks, bars and marks
SPREAD_RATIO = 2  # of the box around a line to the thickest line: a line that slants by a pixel has a thicker box
CROSSED_BESIDE_RATIO = 2  # of the thickest line: so far beside an upright a line that crosses it must be dark
CROSSED_HEIGHT_EM = 0.7  # up and down from such a line: the height of the marks that stand on it
UNDASHED_SHARE = 0.9  # of the rows of a line are dark if the line is not dashed
LOOSEST_DASHES_SHARE = 0.3  # of the rows of the loosest dashed line are dark
OWN_DARKNESS_PERCENT = 80  # of the rows of a line are no darker than the line itself: the others are crossed
COVERED_LEVELS = 12.0  # of 255: where an upright is darker, it may hide ink; a third of DARK_LEVELS
REJOINED_RATIO = 2  # of the thickest line: gaps no wider that an upright left in other lines are closed
SHORTEST_LEVEL_EM = 0.3  # the whiskers of the most exact studies; shorter runs are in letters
SHORTEST_LEVEL_PX = 6  # the same in small pictures
LEVEL_SHAPE_RATIO = 2  # of the length of a line to its thickness at least; less is the edge of a mark
SAME_LEVEL_EM = 0.2  # between the heights of two pieces of one line
NO_WEIGHT = 1e-6  # added to weights of an average, which fails if all of them are zero


class Level(NamedTuple):
    """A line from left to right, in pixels. `x0` to `x1`: its thin part; `left` to `right`: its whole way, through the
    marks that stand on it; `thick`: its thickness."""

    x0: int
    x1: int
    y: float
    left: int
    right: int
    thick: float


def find_uprights(ink: Ink) -> list[Upright]:
    linked = closed(ink.slim, 1, round(UPRIGHT_GAP_EM * ink.em))
    tall = opened(linked, 1, round(SHORTEST_UPRIGHT_EM * ink.em))
    found = [upright_in(ink, box) for box in component_boxes(tall) if box.width <= SPREAD_RATIO * ink.thin]
    lines: list[Upright] = []
    for line in sorted((line for line in found if line is not None), key=lambda line: line.top):
        other = next((at for at, known in enumerate(lines) if abs(known.x - line.x) <= ink.thin), None)
        if other is None:
            lines.append(line)
        else:
            lines[other] = joined_uprights(lines[other], line)
    return lines


def joined_uprights(upper: Upright, lower: Upright) -> Upright:
    """Two pieces of one line as one, at the place of the longer piece."""
    longer = max(upper, lower, key=lambda line: line.bottom - line.top)
    return Upright(longer.x, upper.top, max(upper.bottom, lower.bottom), upper.dashed or lower.dashed)


def component_boxes(mask: Mask) -> Iterator[PixelBox]:
    """The boxes around the connected parts of a mask."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    yield from (PixelBox(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:])


def upright_in(ink: Ink, box: PixelBox) -> Upright | None:
    """The upright line in a box; None if too few rows of it are dark, or if nearly all of it is crossed."""
    rows = ~crossed_rows(ink, box)
    if rows.sum() < ink.em:
        return None
    share = float(ink.mask[box.slices].max(axis=1)[rows].mean())
    if share < LOOSEST_DASHES_SHARE:
        return None
    dark = (ink.dark * ink.slim)[box.slices].sum(axis=0)
    x = box.x0 + 0.5 + float(np.average(np.arange(box.width), weights=dark + NO_WEIGHT))
    return Upright(x, float(box.top), float(box.bottom), share < UNDASHED_SHARE)


def crossed_rows(ink: Ink, box: PixelBox) -> NDArray[np.bool_]:
    """The rows of an upright line that other lines cross: marks on these, one below the other, look like dashes."""
    beside = CROSSED_BESIDE_RATIO * ink.thin
    left, right = max(0, box.x0 - beside), min(ink.mask.shape[1] - 1, box.x1 + beside)
    dark = np.asarray(ink.mask[box.top : box.bottom, [left, right]].max(axis=1), np.uint8)
    near = np.asarray(cv2.dilate(dark[:, np.newaxis], box_kernel(1, round(CROSSED_HEIGHT_EM * ink.em))))
    return np.asarray(near.ravel() > 0)


def without_uprights(ink: Ink, uprights: Iterable[Upright]) -> Ink:
    """The drawing without these lines: their darkness is subtracted, and the gaps in lines that cross them are
    closed."""
    dark, band = ink.dark.copy(), np.zeros_like(ink.mask)
    for line in uprights:
        box = PixelBox(max(0, int(line.x) - ink.thin), round(line.top), int(line.x) + ink.thin + 1, round(line.bottom))
        part = dark[box.slices]
        alone = ~crossed_rows(ink, box)
        own = np.percentile(part[alone] if alone.any() else part, OWN_DARKNESS_PERCENT, axis=0)
        part[:] = np.clip(part - own, 0, None)
        band[box.slices] |= (own > COVERED_LEVELS).astype(np.uint8)
    mask = np.asarray(ink.mask & ((dark > DARK_LEVELS) | (band == 0)), np.uint8)
    rejoined = closed(mask, REJOINED_RATIO * ink.thin, 1) & band
    return Ink(dark, np.asarray(mask | rejoined, np.uint8), ink.em)


def find_levels(ink: Ink) -> list[Level]:
    """The level lines, from top to bottom."""
    shortest = max(SHORTEST_LEVEL_PX, round(SHORTEST_LEVEL_EM * ink.em))
    boxes = component_boxes(opened(ink.flat, shortest, 1))
    levels = [level for box in boxes if (level := level_in(ink, box))]
    return merged_levels(sorted(levels, key=lambda level: (round(level.y), level.x0)), SAME_LEVEL_EM * ink.em)


def level_in(ink: Ink, box: PixelBox) -> Level | None:
    """The level line in a box, with its way through the marks at its ends; None for the edge of a mark."""
    if box.height > SPREAD_RATIO * ink.thin or box.width < LEVEL_SHAPE_RATIO * box.height:
        return None
    dark = ink.dark[box.slices].sum(axis=1)
    y = box.top + float(np.average(np.arange(box.height), weights=dark + NO_WEIGHT))
    row = ink.mask[max(0, round(y) - 1) : round(y) + 2].max(axis=0)
    thick = float(np.median(ink.mask[box.slices].sum(axis=0)))
    return Level(box.x0, box.x1, y, first_blank(row, box.x0, -1) + 1, first_blank(row, box.x1 - 1, 1), thick)


def first_blank(row: NDArray[np.uint8], x: int, step: int) -> int:
    """The first place that is not dark, from x on to the right (`step` 1) or left (-1)."""
    way = row[x::step] if step > 0 else row[: x + 1][::-1]
    blank = np.flatnonzero(way == 0)
    return x + step * (int(blank[0]) if len(blank) else len(way))


def merged_levels(levels: list[Level], near: float) -> list[Level]:
    """The lines, with pieces of one line, which meet in a mark, as one. `near`: pixels between their heights."""
    found: list[Level] = []
    for level in levels:
        place = next((at for at, other in enumerate(found) if continues(level, other, near)), None)
        if place is None:
            found.append(level)
        else:
            other = found[place]
            y = other.y if other.x1 - other.x0 > level.x1 - level.x0 else level.y
            ends = min(other.left, level.left), max(other.right, level.right)
            found[place] = Level(min(other.x0, level.x0), max(other.x1, level.x1), y, *ends, other.thick)
    return found


def continues(level: Level, other: Level, near: float) -> bool:
    return abs(other.y - level.y) <= near and other.left <= level.x1 and level.left <= other.x1
