"""Box: a rectangle on a page."""

from collections.abc import Iterable
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page: points from the top left of the page as displayed; pages count from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    def around(self, other: "Box") -> "Box":
        """The smallest box that holds both; both must lie on one page."""
        return Box(
            self.page,
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


def boxes_by_page(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """One box around those of each page, in the order in which the pages first occur."""
    around: dict[int, Box] = {}
    for box in boxes:
        around[box.page] = around[box.page].around(box) if box.page in around else box
    return tuple(around.values())
