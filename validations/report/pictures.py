"""The parts of pages that the report shows: a window for each finding, and the region to crop from each page."""

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

CONTEXT_PT = 26.0  # above and below a row: shows two or three neighbouring rows
SIDE_MARGIN_PT = 6.0  # left and right of the exhibit
WINDOW_GAP_PT = 150.0  # rows at most this far apart share a window; farther rows would need a crop too tall to read
HEAD_MARGIN_PT = 2.0  # around the head of an exhibit
HEAD_GAP_PT = 60.0  # a head at most this far from the first row is shown in that row's window
MOST_WINDOWS = 4  # of one finding: a finding about a whole column would fill the page


class PageRegion(NamedTuple):
    """A rectangle of a page in points, from the top left of the page as displayed; pages count from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def tall(self) -> bool:
        """Whether this row belongs to a table that is turned sideways on its page."""
        return self.bottom - self.top > self.x1 - self.x0

    def around(self, across: float, down: float) -> "PageRegion":
        """The region grown by `across` points left and right, and by `down` points above and below."""
        return PageRegion(self.page, self.x0 - across, self.top - down, self.x1 + across, self.bottom + down)


@dataclass(frozen=True)
class PagePicture:
    """A crop of a page: the region it actually covers, and its image file. `turn`: degrees clockwise to turn the image
    so that its text is upright."""

    region: PageRegion
    data: bytes
    mime: str
    turn: int = 0

    @property
    def uri(self) -> str:
        """The image as a data URI, which needs no other file."""
        return data_uri(self.data, self.mime)


def data_uri(data: bytes, mime: str) -> str:
    """An image file as a data URI."""
    return f"data:{mime};base64,{base64.b64encode(data).decode('ascii')}"


Crop = Callable[[Sequence[PageRegion]], Mapping[PageRegion, PagePicture]]
"""Crops regions from the pages of a PDF; regions outside the pages are missing from the result."""


@dataclass(frozen=True)
class Window:
    """A part of a page with the boxes of rows; the first `own` boxes are rows of the finding itself, the others related
    rows. A window without boxes shows the head of the exhibit."""

    region: PageRegion
    boxes: tuple[PageRegion, ...]
    own: int


@dataclass(frozen=True)
class RedrawnPlot:
    """A forest plot drawn from the curated rows. `window`: on the plot as printed, None where its box is not known;
    `uri`: the drawing as a data URI."""

    label: str
    window: Window | None
    uri: str


def hull(regions: Iterable[PageRegion]) -> PageRegion:
    """The smallest region around regions of one page."""
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
    """The windows on the rows of a finding (`own`) and on related rows (`others`); rows near one another share one.

    `exhibit`: the boxes of all rows of the exhibit. A window is as wide as the exhibit (as tall, if the exhibit is
    turned sideways). `head`: the head of the exhibit, shown with the first row or, if that is far away, in its own
    window.
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
    """Whether a row is on the same page, in the same column of the page, and at most WINDOW_GAP_PT away."""
    return box.page == group.page and _away(box, group) <= WINDOW_GAP_PT and _overlap(box, group)


def _away(box: PageRegion, rows: PageRegion) -> float:
    """The distance of a row from other rows, in points, across the lines of text."""
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
    """Whether a row is in the same column of the page; for a sideways table, in the same horizontal band."""
    if rows.tall:
        return box.top < rows.bottom and rows.top < box.bottom
    return box.x0 < rows.x1 and rows.x0 < box.x1


def regions_by_page(shown: Iterable[Window]) -> dict[int, PageRegion]:
    """By page, the smallest region around all its windows: each page is cropped once."""
    pages: dict[int, list[PageRegion]] = {}
    for window in shown:
        pages.setdefault(window.region.page, []).append(window.region)
    return {page: hull(regions) for page, regions in sorted(pages.items())}
