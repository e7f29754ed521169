"""Pictures of whole pages, rendered when they are first looked at and kept."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress

from extract.errors import UnreadableError
from extract.review.desk.paper import ReviewedPaper
from validations.report.pictures import PagePicture, PageRegion
from validations.report.write import NoPicturesError

MOST_KEPT = 40  # pages of some 100 KB
_FAR = 1e6  # beyond the edges of any page: the picture is cut at them


class PagePictures:
    """The pictures of the pages of a paper. The limited workers of the PDF render them."""

    def __init__(self, paper: ReviewedPaper) -> None:
        self.paper = paper
        self._pages: OrderedDict[tuple[object, int], PagePicture] = OrderedDict()
        self._rendering = threading.Lock()

    def at_hand(self, number: int) -> PagePicture | None:
        """The picture of a page, if it has been rendered."""
        return self._pages.get((self.paper.about.sha256, number))

    def page(self, number: int) -> PagePicture:
        """The picture of a page. NoPicturesError where there is no PDF or no such page, or where it cannot be read."""
        return self.pages([number])[number]

    def pages(self, numbers: Sequence[int]) -> dict[int, PagePicture]:
        """The pictures of several pages, those that are missing rendered at once; errors as `page` has them."""
        edition = self.paper.about.sha256
        with self._rendering:
            missing = [number for number in dict.fromkeys(numbers) if (edition, number) not in self._pages]
            if missing:
                self._render(edition, missing)
            found = {number: self._pages[edition, number] for number in numbers}
            while len(self._pages) > max(MOST_KEPT, len(found)):
                self._pages.popitem(last=False)
        return found

    def ahead(self, numbers: Sequence[int]) -> None:
        """Begin to render pages that will be looked at next; what is wrong with one is said when it is."""
        missing = [number for number in numbers if self.at_hand(number) is None]
        if missing and not self._rendering.locked():
            threading.Thread(target=self._quietly, args=(missing,), daemon=True).start()

    def _quietly(self, numbers: Sequence[int]) -> None:
        with suppress(Exception):
            self.pages(numbers)

    def _render(self, edition: str, numbers: Sequence[int]) -> None:
        regions = {number: PageRegion(number, 0, 0, _FAR, _FAR) for number in numbers}
        try:
            made = self.paper.sources.crop(list(regions.values()))
        except UnreadableError as error:
            raise NoPicturesError(str(error)) from error
        for number, region in regions.items():
            if region not in made:
                raise NoPicturesError(f"the PDF has no page {number}")
            self._pages[edition, number] = made[region]
