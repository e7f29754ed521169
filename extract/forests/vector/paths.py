"""The paths drawn on a page, in the frame of a sheet: straight segments, boxes, rhombi, discs, triangles
and other polygons."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import dist
from typing import Any, NamedTuple

from pdfminer.layout import LTCurve, LTRect
from pdfplumber.page import Page

from extract.forests.vector.shapes import (
    LEVEL_TOLERANCE_PT,
    SAME_CORNER_PT,
    Patch,
    PathPoint,
    Segment,
    is_box,
    is_rhombus,
    patch_of,
)
from extract.page.box import Box
from extract.page.objects import flat_items
from extract.page.sheet import Sheet, is_white, turned

CLOSING_GAP_PT = 0.1  # between the two ends of a path that comes back to its beginning; both may be rounded
THIN_BAR_PT = 1.5  # a filled box as thin as this, and much longer, is a line: some programs draw no others
LONG_BAR_RATIO = 4.0  # of a bar's length to its thickness; less is a small square
LETTER_OVERHANG_PT = 1.0  # of an outlined letter over the place that OCR gives its word
STEPS = (0.25, 0.5, 0.75)  # of the way along a curve, between its ends
CURVE_OPERATORS = "cvy"  # of the paths of PDF
BOX_CORNERS = 4
MARK_CORNERS_COUNT = 12  # of a mark at most: stars have ten, a cross has twelve


@dataclass
class Paths:
    """The visible paths of a page, by kind."""

    segments: list[Segment] = field(default_factory=list)
    boxes: list[Patch] = field(default_factory=list)
    rhombi: list[Patch] = field(default_factory=list)
    discs: list[Patch] = field(default_factory=list)
    triangles: list[Patch] = field(default_factory=list)
    polygons: list[Patch] = field(default_factory=list)


class Path(NamedTuple):
    """A path of the PDF: its corners, and whether it is curved, closed (filled, or back at its beginning), visible (not
    white) and dashed."""

    points: tuple[PathPoint, ...]
    curved: bool
    closed: bool
    visible: bool
    dashed: bool


def read_paths(page: Page, sheet: Sheet, letters: Sequence[Box] = ()) -> Paths:
    """The paths of a page but those within `letters`, the places of words. A level white line counts if it runs over a
    box: short intervals are drawn so."""
    paths = Paths()
    white: list[Segment] = []
    for item in flat_items(page.layout):
        if isinstance(item, LTCurve):
            path = path_of(item, page, sheet)
            if letters and is_letter(path, letters):
                continue
            if path.visible:
                sort_in(path, paths)
            elif item.stroke:
                white += segments_of(path)
    paths.segments += [line for line in white if line.is_level and runs_over(line, paths.boxes)]
    return paths


def path_of(item: LTCurve, page: Page, sheet: Sheet) -> Path:
    curved = any(operator[0] in CURVE_OPERATORS for operator in item.original_path or [])
    way = list(way_of(item.original_path or [])) if curved else item.pts
    corners = list(without_repeats(place_on(sheet, page, point) for point in way))
    back = len(corners) > 2 and dist(corners[0], corners[-1]) < CLOSING_GAP_PT
    points = tuple(corners[:-1] if back else corners)
    closed = len(points) > 2 and (back or bool(item.fill) or has_closed_outline(item))
    visible = bool((item.fill and not is_white(item.non_stroking_color)) or is_stroked(item))
    return Path(points, curved, closed, visible, bool(item.dashing_style and item.dashing_style[0]))


def way_of(path: Sequence[tuple[Any, ...]]) -> Iterator[PathPoint]:
    """Points on a path, close enough on its curves for the box around them: two curves may draw a whole disc."""
    last: PathPoint | None = None
    for operator, *points in path:
        if operator[0] in CURVE_OPERATORS and last is not None:
            first = last if operator[0] == "v" else points[0]
            second = points[-1] if operator[0] == "y" else points[-2]
            yield from (curve_point(last, first, second, points[-1], t) for t in STEPS)
        if points:
            last = points[-1]
            yield last


def curve_point(a: PathPoint, b: PathPoint, c: PathPoint, d: PathPoint, t: float) -> PathPoint:
    """The point of a Bézier curve at a share of its way."""
    u = 1 - t
    x, y = (u**3 * p + 3 * u * u * t * q + 3 * u * t * t * r + t**3 * s for p, q, r, s in zip(a, b, c, d, strict=True))
    return x, y


def is_letter(path: Path, letters: Sequence[Box]) -> bool:
    """Whether a closed path lies within the place of a word that is drawn as outlines."""
    if not (path.closed and path.points):
        return False
    patch = patch_of(path.points)
    return any(Box(patch.x0, patch.top, patch.x1, patch.bottom).inside(place, LETTER_OVERHANG_PT) for place in letters)


def has_closed_outline(item: LTCurve) -> bool:
    return isinstance(item, LTRect) or any(operator[0] == "h" for operator in item.original_path or [])


def is_stroked(item: LTCurve) -> bool:
    return bool(item.stroke and not is_white(item.stroking_color))


def place_on(sheet: Sheet, page: Page, point: PathPoint) -> PathPoint:
    """A point of the PDF, whose y grows upwards, in the frame of a sheet."""
    left, top = float(page.mediabox[0] - page.bbox[0]), float(page.mediabox[1] - page.bbox[1])
    x, y = point[0] + left, float(page.height) - point[1] + top
    return turned(Box(x, y, x, y), sheet.turn, float(page.width), float(page.height))[:2]


def without_repeats(points: Iterable[PathPoint]) -> Iterator[PathPoint]:
    last: PathPoint | None = None
    for point in points:
        if last is None or dist(point, last) > SAME_CORNER_PT:
            yield point
            last = point


def sort_in(path: Path, paths: Paths) -> None:
    """Add a path to the paths of its kind. A path that is no simple shape is left out."""
    if not path.closed or is_bar(path):
        paths.segments += segments_of(path)
    elif path.curved:
        paths.discs.append(patch_of(path.points))
    elif len(path.points) == BOX_CORNERS:
        kind = paths.boxes if is_box(path.points) else paths.rhombi if is_rhombus(path.points) else None
        if kind is not None:
            kind.append(patch_of(path.points))
    elif len(path.points) == BOX_CORNERS - 1:
        paths.triangles.append(patch_of(path.points))
    elif BOX_CORNERS < len(path.points) <= MARK_CORNERS_COUNT:
        paths.polygons.append(patch_of(path.points))


def segments_of(path: Path) -> list[Segment]:
    """The straight lines of a path; the middle line of a thin bar; nothing of a curve."""
    if path.curved or len(path.points) < 2:
        return []
    if is_bar(path):
        bar = patch_of(path.points)
        if bar.width > bar.height:
            return [Segment(bar.x0, bar.y, bar.x1, bar.y)]
        return [Segment(bar.x, bar.top, bar.x, bar.bottom)]
    ends = zip(path.points, path.points[1:], strict=False)
    return [
        Segment(*min(a, b), *max(a, b), path.dashed) if abs(a[0] - b[0]) > LEVEL_TOLERANCE_PT else downwards(a, b, path)
        for a, b in ends
    ]


def downwards(a: PathPoint, b: PathPoint, path: Path) -> Segment:
    upper, lower = sorted((a, b), key=lambda point: point[1])
    return Segment(min(a[0], b[0]), upper[1], max(a[0], b[0]), lower[1], path.dashed)


def is_bar(path: Path) -> bool:
    if not path.closed or path.curved or len(path.points) != BOX_CORNERS or not is_box(path.points):
        return False
    patch = patch_of(path.points)
    thickness, length = sorted((patch.width, patch.height))
    return thickness <= THIN_BAR_PT and length >= LONG_BAR_RATIO * thickness


def runs_over(line: Segment, boxes: Sequence[Patch]) -> bool:
    x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
    return any(Box(x, y, x, y).inside(box) for box in boxes)
