"""The paths that are drawn on a page, in the frame of a sheet: straight pieces, boxes, rhombi, discs and triangles."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import dist
from typing import NamedTuple

from pdfminer.layout import LTCurve, LTRect
from pdfplumber.page import Page

from extract.forests.vector.shapes import CLOSE, LEVEL, Patch, Piece, Point, is_box, is_rhombus, patch_of
from extract.page.box import Box
from extract.page.objects import flat_items
from extract.page.sheet import Sheet, is_white, turned

THIN = 1.5  # points: a filled box as thin as this, and much longer, is a line
LONG = 4.0  # times its thickness
CURVES = "cvy"  # operators of a path that draw a curve
CORNERS = 4


@dataclass
class Paths:
    """What a page is drawn with; white things are left out."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Patch] = field(default_factory=list)
    rhombi: list[Patch] = field(default_factory=list)
    discs: list[Patch] = field(default_factory=list)
    triangles: list[Patch] = field(default_factory=list)


class Path(NamedTuple):
    """`ink`: whether it can be seen; `shape`: whether it is closed, by filling or by coming back to its beginning."""

    points: tuple[Point, ...]
    curved: bool
    shape: bool
    ink: bool
    dashed: bool


def read_paths(page: Page, sheet: Sheet) -> Paths:
    """The paths of a page. White lines count where they run over a shape, as those of short intervals may."""
    paths = Paths()
    white: list[Piece] = []
    for item in flat_items(page.layout):
        if isinstance(item, LTCurve):
            path = path_of(item, page, sheet)
            if path.ink:
                sort_in(path, paths)
            elif item.stroke:
                white += pieces_of(path)
    paths.pieces += [piece for piece in white if piece.level and runs_over(piece, paths.boxes)]
    return paths


def path_of(item: LTCurve, page: Page, sheet: Sheet) -> Path:
    corners = list(without_repeats(place_on(sheet, page, point) for point in item.pts))
    back = len(corners) > 2 and dist(corners[0], corners[-1]) < 2 * CLOSE
    points = tuple(corners[:-1] if back else corners)
    shape = len(points) > 2 and (back or bool(item.fill) or is_closed(item))
    ink = bool((item.fill and not is_white(item.non_stroking_color)) or is_stroked(item))
    curved = any(operator[0] in CURVES for operator in item.original_path or [])
    return Path(points, curved, shape, ink, bool(item.dashing_style and item.dashing_style[0]))


def is_closed(item: LTCurve) -> bool:
    return isinstance(item, LTRect) or any(operator[0] == "h" for operator in item.original_path or [])


def is_stroked(item: LTCurve) -> bool:
    return bool(item.stroke and not is_white(item.stroking_color))


def place_on(sheet: Sheet, page: Page, point: Point) -> Point:
    """A point of the PDF, whose y grows upwards, in the frame of a sheet."""
    left, top = float(page.mediabox[0] - page.bbox[0]), float(page.mediabox[1] - page.bbox[1])
    x, y = point[0] + left, float(page.height) - point[1] + top
    return turned(Box(x, y, x, y), sheet.turn, float(page.width), float(page.height))[:2]


def without_repeats(points: Iterable[Point]) -> Iterator[Point]:
    last: Point | None = None
    for point in points:
        if last is None or dist(point, last) > CLOSE:
            yield point
            last = point


def sort_in(path: Path, paths: Paths) -> None:
    """Put a path where it belongs; what is no simple shape is left out."""
    if not path.shape or is_bar(path):
        paths.pieces += pieces_of(path)
    elif path.curved:
        paths.discs.append(patch_of(path.points))
    elif len(path.points) == CORNERS:
        kind = paths.boxes if is_box(path.points) else paths.rhombi if is_rhombus(path.points) else None
        if kind is not None:
            kind.append(patch_of(path.points))
    elif len(path.points) == CORNERS - 1:
        paths.triangles.append(patch_of(path.points))


def pieces_of(path: Path) -> list[Piece]:
    """The straight lines of a path; of a thin bar its middle line."""
    if path.curved or len(path.points) < 2:
        return []
    if is_bar(path):
        x0, top, x1, bottom, _ = patch_of(path.points)
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        return [Piece(x0, y, x1, y) if x1 - x0 > bottom - top else Piece(x, top, x, bottom)]
    ends = zip(path.points, path.points[1:], strict=False)
    return [
        Piece(*min(a, b), *max(a, b), path.dashed) if abs(a[0] - b[0]) > LEVEL else down(a, b, path) for a, b in ends
    ]


def down(a: Point, b: Point, path: Path) -> Piece:
    upper, lower = sorted((a, b), key=lambda point: point[1])
    return Piece(min(a[0], b[0]), upper[1], max(a[0], b[0]), lower[1], path.dashed)


def is_bar(path: Path) -> bool:
    if not path.shape or path.curved or len(path.points) != CORNERS or not is_box(path.points):
        return False
    patch = patch_of(path.points)
    thin, long = sorted((patch.width, patch.height))
    return thin <= THIN and long >= LONG * thin


def runs_over(piece: Piece, boxes: Sequence[Patch]) -> bool:
    x, y = (piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2
    return any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for box in boxes)
