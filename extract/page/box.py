"""Box: a rectangle on a page, and the geometry of everything that has one."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

EDGES = ("x0", "top", "x1", "bottom")
TEXT_LAYER_READER = "pdfplumber"  # reads the text layer of a page


class HasEdges(Protocol):
    """Anything with the edges of a rectangle: words, phrases, lines, captions, regions, boxes."""

    @property
    def x0(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def bottom(self) -> float: ...


class Rectangle:
    """The geometry of a class with the edges x0, top, x1 and bottom. All lengths are in the unit of the edges."""

    __slots__ = ()

    @property
    def width(self: HasEdges) -> float:
        return self.x1 - self.x0

    @property
    def height(self: HasEdges) -> float:
        return self.bottom - self.top

    @property
    def center(self: HasEdges) -> float:
        """The middle between left and right edge."""
        return (self.x0 + self.x1) / 2

    @property
    def middle(self: HasEdges) -> float:
        """The middle between top and bottom."""
        return (self.top + self.bottom) / 2

    def overlap_x(self: HasEdges, other: HasEdges) -> float:
        """The length that both share sideways; the gap between them as a negative number if they share none."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def overlap_y(self: HasEdges, other: HasEdges) -> float:
        """The height that both share; the gap between them as a negative number if they share none."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)

    def inside(self: HasEdges, other: HasEdges, margin: float = 0.0) -> bool:
        """Whether this lies within `other` widened by `margin` on all sides."""
        return (
            other.x0 - margin <= self.x0
            and self.x1 <= other.x1 + margin
            and other.top - margin <= self.top
            and self.bottom <= other.bottom + margin
        )


class _Edges(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float
    page: int = 0


class Box(_Edges, Rectangle):
    """A rectangle: points from the top left (pixels in pictures). `page` counts from 1; 0 stands for the page, sheet or
    picture at hand. Boxes with a page lie on the page as displayed, the others in the frame of their sheet."""

    __slots__ = ()

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom."""
        return self.x0, self.top, self.x1, self.bottom

    @property
    def transposed(self) -> "Box":
        """The box with x and y exchanged, so that upright things can be handled like horizontal ones."""
        return Box(self.top, self.x0, self.bottom, self.x1, self.page)

    def union(self, other: HasEdges) -> "Box":
        """The smallest box that holds both, on the page of this one."""
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
            self.page,
        )

    def grown(self, x: float, y: float | None = None) -> "Box":
        """The box widened by `x` at the left and right, and by `y` (the same unless given) at the top and bottom."""
        y = x if y is None else y
        return Box(self.x0 - x, self.top - y, self.x1 + x, self.bottom + y, self.page)


def bounding_box(things: Iterable[HasEdges], page: int = 0) -> Box:
    """The smallest box that holds all things. Raises ValueError if there are none."""
    edges = [(thing.x0, thing.top, thing.x1, thing.bottom) for thing in things]
    x0, top, x1, bottom = zip(*edges, strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom), page)


def boxes_by_page(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """One box around those of each page, in the order in which the pages first occur."""
    around: dict[int, Box] = {}
    for box in boxes:
        around[box.page] = around[box.page].union(box) if box.page in around else box
    return tuple(around.values())


def place_columns(boxes: Sequence[Box]) -> dict[str, str]:
    """Return the place of a curated row, by column: the first box in page, x0, top, x1 and bottom, the others in
    `continued` ("6:40.1:60.2:500.0:75.0;..."). Points with one decimal; {} without a box."""
    if not boxes:
        return {}
    (page, *corners), *others = ((str(box.page), *(f"{value:.1f}" for value in box.edges)) for box in boxes)
    return {"page": page, **dict(zip(EDGES, corners, strict=True)), "continued": ";".join(map(":".join, others))}
