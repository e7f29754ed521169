"""Pictures of pages: rendered once, ahead of the reviewer, and never for pages that are not there."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from extract.errors import UnreadableError
from extract.review.desk.paper import ReviewedPaper
from extract.review.desk.pictures import MOST_KEPT, PagePictures
from tests.validations.report.conftest import white
from validations.report.pictures import PagePicture, PageRegion
from validations.report.write import NoPicturesError


class Camera:
    """Crops pages of a PDF of 50, and counts how often."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.done = threading.Event()

    def __call__(self, regions: Sequence[PageRegion]) -> Mapping[PageRegion, PagePicture]:
        self.calls.append([region.page for region in regions])
        self.done.set()
        return {region: picture for region, picture in white(regions).items() if region.page <= 50}


@pytest.fixture
def camera() -> Camera:
    return Camera()


@pytest.fixture
def pictures(paper: ReviewedPaper, camera: Camera) -> PagePictures:
    paper.sources = replace(paper.sources, crop=camera)
    return PagePictures(paper)


def test_a_page_is_rendered_once(pictures: PagePictures, camera: Camera) -> None:
    assert pictures.at_hand(3) is None
    assert pictures.page(3) is pictures.page(3) is pictures.at_hand(3)
    assert set(pictures.pages([3, 4, 5, 4])) == {3, 4, 5}
    assert camera.calls == [[3], [4, 5]]


def test_the_oldest_pages_are_given_up(pictures: PagePictures, camera: Camera) -> None:
    for number in range(1, MOST_KEPT + 3):
        pictures.page(number)
    assert pictures.at_hand(1) is pictures.at_hand(2) is None
    assert pictures.at_hand(3) is not None


def test_pages_are_rendered_ahead(pictures: PagePictures, camera: Camera) -> None:
    pictures.ahead([7])
    assert camera.done.wait(10)
    pictures.page(7)
    pictures.ahead([7])
    assert camera.calls == [[7]]


def test_a_page_that_is_not_there_or_cannot_be_read_is_named(pictures: PagePictures, paper: ReviewedPaper) -> None:
    with pytest.raises(NoPicturesError, match="no page 51"):
        pictures.page(51)

    def broken(regions: Sequence[PageRegion]) -> Mapping[PageRegion, PagePicture]:
        raise UnreadableError("made.pdf: damaged")

    paper.sources = replace(paper.sources, crop=broken)
    with pytest.raises(NoPicturesError, match="damaged"):
        pictures.page(9)
    pictures.ahead([9])
