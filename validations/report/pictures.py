"""What of which page is shown: regions that are to be cut out of pages, and the windows on them that findings have."""

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

CONTEXT_PT = 26.0  # points around a row: two or three rows above and below
SIDE_MARGIN_PT = 6.0  # points beside the exhibit
WINDOW_GAP_PT = 150.0  # points between rows that are shown in one window
HEAD_MARGIN_PT = 2.0  # points around a head
HEAD_GAP_PT = 60.0  # points between the head of an exhibit and rows that are shown with it
MOST_WINDOWS = 4  # of a finding


class PageRegion(NamedTuple):
    """A rectangle of a page in points, from the top left of the page as displayed; pages count from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def tall(self) -> bool:
        """Whether it is a row of a table that stands sideways on its page."""
        return self.bottom - self.top > self.x1 - self.x0

    def around(self, across: float, down: float) -> "PageRegion":
        return PageRegion(self.page, self.x0 - across, self.top - down, self.x1 + across, self.bottom + down)


@dataclass(frozen=True)
class PagePicture:
    """What was cut out: the region that it really is (of its page), an image file of it, and by how many degrees
    clockwise it must be turned for its text to be read."""

    region: PageRegion
    data: bytes
    mime: str
    turn: int = 0

    @property
    def uri(self) -> str:
        return f"data:{self.mime};base64,{base64.b64encode(self.data).decode('ascii')}"


Crop = Callable[[Sequence[PageRegion]], Mapping[PageRegion, PagePicture]]


@dataclass(frozen=True)
class Window:
    """What a finding shows of a page: a region of it with the boxes of rows, the first `own` of them its own; without
    boxes it is the head of the exhibit."""

    region: PageRegion
    boxes: tuple[PageRegion, ...]
    own: int


def hull(regions: Iterable[PageRegion]) -> PageRegion:
    """The least region that holds all of these, which are on one page."""
    found = list(regions)
    corners = zip(*(region[1:] for region in found), strict=True)
    x0, top, x1, bottom = (pick(values) for pick, values in zip((min, min, max, max), corners, strict=True))
    return PageRegion(found[0].page, x0, top, x1, bottom)


def windows(
    own: Sequence[PageRegion],
    others: Sequence[PageRegion],
    exhibit: Sequence[PageRegion],
    head: PageRegion | None = None,
) -> list[Window]:
    """The windows on the rows of a finding and on its other places: rows near one another share one.

    `exhibit`: the boxes of all rows of the exhibit, whose width (height, where it stands sideways) is shown. `head`:
    its head, which is shown with the first row, or by itself where that is far away.
    """
    groups: list[list[PageRegion]] = []
    for box in dict.fromkeys((*own, *others)):
        near = next((group for group in groups if _near(box, hull(group))), None)
        if near is None:
            groups.append([box])
        else:
            near.append(box)
    first = sorted(groups, key=lambda group: not set(group) & set(own))[:MOST_WINDOWS]
    seen = [_window(group, set(own), exhibit) for group in first]
    if head is None or not seen:
        return seen
    top = seen[0]
    if top.region.page == head.page and _away(top.region, head) <= HEAD_GAP_PT:
        return [replace(top, region=hull([top.region, head.around(HEAD_MARGIN_PT, HEAD_MARGIN_PT)])), *seen[1:]]
    return [Window(head.around(HEAD_MARGIN_PT, HEAD_MARGIN_PT), (), 0), *seen]


def _near(box: PageRegion, group: PageRegion) -> bool:
    """Whether a row stands on the same page, in the same column of it, and not far."""
    return box.page == group.page and _away(box, group) <= WINDOW_GAP_PT and _overlap(box, group)


def _away(box: PageRegion, rows: PageRegion) -> float:
    """Points between a row and others, across the lines of text."""
    if rows.tall:
        return max(box.x0 - rows.x1, rows.x0 - box.x1)
    return max(box.top - rows.bottom, rows.top - box.bottom)


def _window(group: Sequence[PageRegion], own: set[PageRegion], exhibit: Sequence[PageRegion]) -> Window:
    rows = hull(group)
    beside = [box for box in exhibit if box.page == rows.page and _overlap(box, rows)]
    whole = hull([rows, *beside])
    across, down = (CONTEXT_PT, SIDE_MARGIN_PT) if group[0].tall else (SIDE_MARGIN_PT, CONTEXT_PT)
    long = PageRegion(rows.page, rows.x0, whole.top, rows.x1, whole.bottom)
    wide = PageRegion(rows.page, whole.x0, rows.top, whole.x1, rows.bottom)
    region = (long if group[0].tall else wide).around(across, down)
    mine = [box for box in group if box in own]
    return Window(region, (*mine, *(box for box in group if box not in own)), len(mine))


def _overlap(box: PageRegion, rows: PageRegion) -> bool:
    """Whether a row stands in the same column of the page, or, of a sideways table, in the same band."""
    if rows.tall:
        return box.top < rows.bottom and rows.top < box.bottom
    return box.x0 < rows.x1 and rows.x0 < box.x1


def regions_by_page(shown: Iterable[Window]) -> dict[int, PageRegion]:
    """Page -> the least region that holds all windows on it: each page is cut once."""
    pages: dict[int, list[PageRegion]] = {}
    for window in shown:
        pages.setdefault(window.region.page, []).append(window.region)
    return {page: hull(regions) for page, regions in sorted(pages.items())}
