"""Straight lines in a picture: those from top to bottom, dashed or not, and those from left to right."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.forests.plot import Upright
from extract.forests.raster.ink import DARKER, LINKED, TALL, Ink, Mask, box_of, closed, opened

CROSSING = 0.7  # of the type size: the height of what stands on a line
WHOLE = 0.9  # of the rows of a line are dark where it is not dashed
LEAST = 0.3  # of them in the loosest dashed line
SHORT = 0.3  # of the type size: the shortest line from left to right
LEVEL = 0.2  # of the type size between the heights of two pieces of one line


class Level(NamedTuple):
    """A line from left to right, in pixels: what of it is thin (`x0` to `x1`), and its whole way, through the marks
    that stand on it (`left` to `right`); `thick`: pixels from top to bottom."""

    x0: int
    x1: int
    y: float
    left: int
    right: int
    thick: float


def find_uprights(ink: Ink) -> list[Upright]:
    linked = closed(ink.slim, 1, round(LINKED * ink.em))
    tall = opened(linked, 1, round(TALL * ink.em))
    found = [upright_at(ink, *box) for box in boxes_of(tall) if box[2] <= 2 * ink.thin]
    lines: list[Upright] = []
    for line in sorted((line for line in found if line is not None), key=lambda line: line.top):
        other = next((at for at, known in enumerate(lines) if abs(known.x - line.x) <= ink.thin), None)
        if other is None:
            lines.append(line)
        else:
            lines[other] = as_one(lines[other], line)
    return lines


def as_one(upper: Upright, lower: Upright) -> Upright:
    """Two pieces of one line, with the place of the longer; what is missing between them makes it a dashed one."""
    longer = max(upper, lower, key=lambda line: line.bottom - line.top)
    return Upright(longer.x, upper.top, max(upper.bottom, lower.bottom), upper.dashed or lower.dashed)


def boxes_of(mask: Mask) -> Iterator[tuple[int, int, int, int]]:
    """x0, top, width and height of each piece."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    yield from ((int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:])


def upright_at(ink: Ink, x0: int, top: int, width: int, height: int) -> Upright | None:
    rows = ~crossed(ink, x0, top, width, height)
    if rows.sum() < ink.em:
        return None
    share = float(ink.mask[top : top + height, x0 : x0 + width].max(axis=1)[rows].mean())
    if share < LEAST:
        return None
    dark = (ink.dark * ink.slim)[top : top + height, x0 : x0 + width].sum(axis=0)
    x = x0 + 0.5 + float(np.average(np.arange(width), weights=dark + 1e-6))
    return Upright(x, float(top), float(top + height), share < WHOLE)


def crossed(ink: Ink, x0: int, top: int, width: int, height: int) -> NDArray[np.bool_]:
    """In which rows a line is crossed by others, whose marks below one another look like dashes."""
    left, right = max(0, x0 - 2 * ink.thin), min(ink.mask.shape[1] - 1, x0 + width + 2 * ink.thin)
    beside = np.asarray(ink.mask[top : top + height, [left, right]].max(axis=1), np.uint8)
    near = np.asarray(cv2.dilate(beside[:, np.newaxis], box_of(1, round(CROSSING * ink.em))))
    return np.asarray(near.ravel() > 0)


def without_uprights(ink: Ink, uprights: Iterable[Upright]) -> Ink:
    """The drawing as it would be without these lines: how dark they are is taken off, and what crosses them is closed
    again."""
    dark, band = ink.dark.copy(), np.zeros_like(ink.mask)
    for line in uprights:
        x0, x1 = max(0, int(line.x) - ink.thin), int(line.x) + ink.thin + 1
        top, bottom = round(line.top), round(line.bottom)
        part = dark[top:bottom, x0:x1]
        alone = ~crossed(ink, x0, top, x1 - x0, bottom - top)
        own = np.percentile(part[alone] if alone.any() else part, 80, axis=0)
        part[:] = np.clip(part - own, 0, None)
        band[top:bottom, x0:x1] |= (own > DARKER / 3).astype(np.uint8)
    mask = np.asarray(ink.mask & ((dark > DARKER) | (band == 0)), np.uint8)
    return Ink(dark, np.asarray(mask | (closed(mask, 2 * ink.thin, 1) & band), np.uint8), ink.em)


def find_levels(ink: Ink) -> list[Level]:
    """Lines from left to right, from top to bottom."""
    pieces = boxes_of(opened(ink.flat, max(6, round(SHORT * ink.em)), 1))
    levels = [level for box in pieces if (level := level_at(ink, *box))]
    return merged(sorted(levels, key=lambda level: (round(level.y), level.x0)), LEVEL * ink.em)


def level_at(ink: Ink, x0: int, top: int, width: int, height: int) -> Level | None:
    """A piece with its way through the marks at its ends; None for what is no line but a block's edge."""
    if height > 2 * ink.thin or width < 2 * height:
        return None
    dark = ink.dark[top : top + height, x0 : x0 + width].sum(axis=1)
    y = top + float(np.average(np.arange(height), weights=dark + 1e-6))
    row = ink.mask[max(0, round(y) - 1) : round(y) + 2].max(axis=0)
    thick = float(np.median(ink.mask[top : top + height, x0 : x0 + width].sum(axis=0)))
    return Level(x0, x0 + width, y, first_blank(row, x0, -1) + 1, first_blank(row, x0 + width - 1, 1), thick)


def first_blank(row: NDArray[np.uint8], x: int, step: int) -> int:
    """The first place from x on that is not dark."""
    way = row[x::step] if step > 0 else row[: x + 1][::-1]
    blank = np.flatnonzero(way == 0)
    return x + step * (int(blank[0]) if len(blank) else len(way))


def merged(levels: list[Level], near: float) -> list[Level]:
    """Pieces of one line, which lead to each other through a mark, as one."""
    found: list[Level] = []
    for level in levels:
        place = next(
            (
                at
                for at, other in enumerate(found)
                if abs(other.y - level.y) <= near and other.left <= level.x1 and level.left <= other.x1
            ),
            None,
        )
        if place is None:
            found.append(level)
        else:
            other = found[place]
            y = other.y if other.x1 - other.x0 > level.x1 - level.x0 else level.y
            ends = min(other.left, level.left), max(other.right, level.right)
            found[place] = Level(min(other.x0, level.x0), max(other.x1, level.x1), y, *ends, other.thick)
    return found
