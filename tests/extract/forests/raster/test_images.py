"""Pictures on pages and in files: those that may hold a plot, their places, and their unchanged pixels."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow
from pypdfium2 import PdfDocument

from extract.errors import UnreadableError
from extract.forests.raster.images import may_hold_plot, open_picture, pictures_on
from extract.page.ocr.pixels import Image
from extract.page.ocr.placed_images import PlacedImage, joined_strips
from extract.page.ocr.rendering import PdfRect


def paper(width: int = 400, height: int = 300) -> Image:
    return np.full((height, width, 3), 255, np.uint8)


def with_intervals(image: Image) -> Image:
    for y in range(60, 260, 40):
        cv2.line(image, (150, y), (230, y), (0, 0, 0), 2)
    return image


def noise(width: int = 400, height: int = 300) -> Image:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


def pdf_of(image: Image, path: Path, rotation: int = 0) -> PdfDocument:
    Pillow.fromarray(image).save(path.with_suffix(".png"))
    Pillow.fromarray(image).save(path, resolution=150.0, quality=100)
    document = PdfDocument(path)
    document[0].set_rotation(rotation)
    return document


def test_a_plot_is_mostly_paper_with_lines() -> None:
    assert may_hold_plot(with_intervals(paper()))
    assert may_hold_plot(np.ascontiguousarray(np.rot90(with_intervals(paper()))))
    assert not may_hold_plot(paper())
    assert not may_hold_plot(noise())
    assert not may_hold_plot(with_intervals(noise()))
    assert not may_hold_plot(paper(1, 1))
    assert not may_hold_plot(paper(30, 5000))


def test_a_picture_on_a_page_keeps_its_pixels_and_its_place(tmp_path: Path) -> None:
    with pdf_of(with_intervals(paper()), tmp_path / "one.pdf") as document:
        [picture] = pictures_on(document[0], 1)
        embedded = next(iter(document[0].get_objects())).get_bitmap().to_numpy()[:, :, ::-1]
    assert picture.pixels.shape == embedded.shape
    assert np.abs(picture.pixels.astype(int) - embedded).max() <= 1
    assert (picture.page_width, picture.page_height) == (192, 144)
    assert picture.place.edges == pytest.approx((0, 0, 192, 144), abs=0.01)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_shows_its_picture_turned(tmp_path: Path, rotation: int) -> None:
    with pdf_of(with_intervals(paper()), tmp_path / "one.pdf", rotation) as document:
        [picture] = pictures_on(document[0], 1)
        upright = next(iter(document[0].get_objects())).get_bitmap().to_numpy()[:, :, ::-1]
    turned = np.rot90(upright, -rotation // 90)
    assert picture.pixels.shape == turned.shape
    assert np.abs(picture.pixels.astype(int) - turned).mean() < 1
    assert (picture.page_width > picture.page_height) == (rotation == 180)


def test_strips_of_one_picture_are_one() -> None:
    density = (2.0, 2.0)
    strips = [PlacedImage(PdfRect(10.0, y, 110.0, y + 20.0), density) for y in (0.0, 20.0, 40.0)]
    beside = PlacedImage(PdfRect(200.0, 0.0, 300.0, 60.0), (1.0, 1.0))
    whole = PlacedImage(PdfRect(10.0, 0.0, 110.0, 60.0), density)
    assert joined_strips([*strips, beside]) == [whole, beside]


def test_a_file_is_opened_on_white(tmp_path: Path) -> None:
    clear = np.zeros((80, 100, 4), np.uint8)
    Pillow.fromarray(clear).save(tmp_path / "clear.png")
    assert open_picture(tmp_path / "clear.png").pixels.min() == 255
    Pillow.fromarray(paper(100, 80)).save(tmp_path / "page.jpg")
    assert open_picture(tmp_path / "page.jpg").place.edges == (0, 0, 100, 80)


def test_a_large_picture_is_scaled_down_and_keeps_its_frame(tmp_path: Path) -> None:
    Pillow.fromarray(np.full((200, 40_000), 255, np.uint8)).save(tmp_path / "long.png")
    picture = open_picture(tmp_path / "long.png")
    assert picture.pixels.shape[1] < 40_000
    assert picture.place.edges == (0, 0, 40_000, 200)


def test_a_huge_or_damaged_file_gives_one_line(tmp_path: Path) -> None:
    Pillow.new("1", (20_000, 20_000)).save(tmp_path / "huge.png")
    with pytest.raises(UnreadableError, match="more than 60 million pixels"):
        open_picture(tmp_path / "huge.png")
    whole = tmp_path / "whole.jpg"
    Pillow.fromarray(noise()).save(whole)
    (tmp_path / "part.jpg").write_bytes(whole.read_bytes()[:2000])
    with pytest.raises(UnreadableError, match="damaged"):
        open_picture(tmp_path / "part.jpg")
