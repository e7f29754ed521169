"""Strips of pictures are joined as if each was compared with all others, in time that grows with their number."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.page.ocr import placed_images
from extract.page.ocr.placed_images import PlacedImage, is_strip, joined, joined_strips
from extract.page.ocr.rendering import PdfRect

DENSITY = (2.0, 2.0)
EDGES = st.sampled_from([0.0, 1.5, 10.0, 11.0, 20.0, 22.9, 23.1, 40.0])


def joined_by_comparing_all(images: Sequence[PlacedImage]) -> list[PlacedImage]:
    found: list[PlacedImage] = []
    for image in sorted(dict.fromkeys(images), key=lambda image: (-image.place.top, image.place.left)):
        at = next((at for at, known in enumerate(found) if is_strip(known.place, image.place)), None)
        if at is None:
            found.append(image)
        else:
            found[at] = joined(found[at], image)
    return found


@given(st.lists(st.tuples(EDGES, EDGES, st.sampled_from([10.0, 11.0]), st.sampled_from([10.0, 12.0])), max_size=12))
def test_strips_are_joined_as_by_comparing_all(corners: list[tuple[float, float, float, float]]) -> None:
    images = [PlacedImage(PdfRect(x, y, x + wide, y + high), DENSITY) for x, y, wide, high in corners]
    assert joined_strips(images) == joined_by_comparing_all(images)


def comparisons(images: Sequence[PlacedImage], monkeypatch: pytest.MonkeyPatch) -> int:
    count = 0

    def counted(first: PdfRect, second: PdfRect) -> bool:
        nonlocal count
        count += 1
        return is_strip(first, second)

    monkeypatch.setattr(placed_images, "is_strip", counted)
    joined_strips(images)
    return count


@pytest.mark.parametrize("pitch", [10.0, 11.5, 20.0])
def test_the_comparisons_grow_with_the_number_of_pictures(pitch: float, monkeypatch: pytest.MonkeyPatch) -> None:
    tiles = [
        PlacedImage(PdfRect(x * pitch, y * pitch, x * pitch + 10, y * pitch + 10), DENSITY)
        for y in range(40)
        for x in range(100)
    ]
    few, many = comparisons(tiles[:1000], monkeypatch), comparisons(tiles, monkeypatch)
    assert few <= 10 * 1000
    assert many <= 5 * max(few, 1)


def test_a_picture_in_one_place_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    image = PlacedImage(PdfRect(5.0, 5.0, 105.0, 55.0), DENSITY)
    assert joined_strips([image] * 5000) == [image]
    assert comparisons([image] * 5000, monkeypatch) <= 10
