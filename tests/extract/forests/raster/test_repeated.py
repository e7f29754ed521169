"""A picture that a PDF places many times is rendered, looked at and read once; one that looks otherwise anew."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import typst
from PIL import Image as Pillow
from pypdfium2 import PdfDocument

from extract.forests.raster import images
from extract.forests.raster.images import KnownPictures, pictures_on
from extract.forests.reading import read_forests
from extract.page.ocr import cache, picture_texts
from extract.page.ocr.cache import LastReadings
from extract.page.ocr.pixels import Image

TIMES = 400
PAGE = "#set page(width: 700pt, height: {height}pt, margin: 5pt)\n#set text(size: 8pt)\n"
LINE = "#place(dx: -60pt, dy: -20pt, line(length: 60pt))"


@pytest.fixture
def made(tmp_path: Path) -> Callable[[str], Path]:
    """made(source): a PDF of Typst markup, in which plot.png and other.png are pictures with lines as plots have."""
    for name, shade in (("plot", 0), ("other", 90)):
        picture = np.full((120, 240, 3), 255, np.uint8)
        for y in range(20, 120, 20):
            cv2.line(picture, (90, y), (140, y), (shade, shade, shade), 2)
        Pillow.fromarray(picture).save(tmp_path / f"{name}.png")

    def make(source: str) -> Path:
        (tmp_path / "made.typ").write_text(source, encoding="utf-8")
        (tmp_path / "made.pdf").write_bytes(typst.compile(tmp_path / "made.typ", ignore_system_fonts=True, timestamp=0))
        return tmp_path / "made.pdf"

    return make


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Counter[str]:
    """How often pictures were rendered, looked at and read. Nothing is read in truth, and no cache can be written."""
    counts = Counter[str]()

    def counting(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def counted(*arguments: object) -> object:
            counts[name] += 1
            return function(*arguments)

        return counted

    (tmp_path / "file").write_text("")
    monkeypatch.setattr(cache, "READINGS_FOLDER", tmp_path / "file" / "cache")
    monkeypatch.setattr(picture_texts, "_LAST", LastReadings(100))
    monkeypatch.setattr(picture_texts, "read_anew", counting("read", lambda _: (0, [])))
    monkeypatch.setattr(images, "rendered", counting("rendered", images.rendered))
    monkeypatch.setattr(images, "may_hold_plot", counting("looked at", images.may_hold_plot))
    return counts


@pytest.mark.parametrize(
    "source",
    [
        PAGE.format(height=2000) + f"#grid(columns: 10, gutter: 8pt, ..range({TIMES}).map(_ => image('plot.png')))",
        PAGE.format(height=100) + "#pagebreak()\n".join(["#image('plot.png', width: 120pt)\n"] * TIMES),
        PAGE.format(height=100) + "#place(dx: 9pt, image('plot.png', width: 120pt))\n" * TIMES,
    ],
    ids=["side by side", "page by page", "upon each other"],
)
def test_a_picture_that_is_placed_many_times_is_read_once(
    source: str, made: Callable[[str], Path], work: Counter[str]
) -> None:
    read_forests(made(source.replace("'", '"')))
    assert work["read"] == 1
    assert max(work["rendered"], work["looked at"]) <= 2  # to find it, and to read it


def pixels_of(path: Path, known: KnownPictures | None) -> list[Image]:
    with PdfDocument(path) as document:
        return [
            picture.pixels
            for number in range(len(document))
            for picture in pictures_on(document[number], number + 1, lambda _: True, known)
        ]


def test_what_looks_otherwise_is_rendered_anew(made: Callable[[str], Path], work: Counter[str]) -> None:
    plot = "image('plot.png', width: {}pt)"
    places = [
        *[plot.format(120), plot.format(120), plot.format(180), "image('other.png', width: 120pt)"],
        *[f"rotate(90deg, {plot.format(120)})", f"box[#{plot.format(120)} {LINE}]"],
        *[f"box[#{plot.format(120)} #place(dy: -9pt)[words]]", f"link('https://x.org', {plot.format(120)})"],
        *[f"box(width: 60pt, clip: true, {plot.format(120)})", f"scale(x: -100%, {plot.format(120)})"],
    ]
    source = "#pagebreak()\n".join(f"#{place}\n" for place in places).replace("'", '"')
    path = made(PAGE.format(height=200) + source)
    alone = pixels_of(path, None)
    assert len(alone) == len(places)
    work.clear()
    together = pixels_of(path, KnownPictures())
    assert work["rendered"] == len(places) - 1
    assert [np.array_equal(one, other) for one, other in zip(alone, together, strict=True)] == [True] * len(places)


def test_pixels_are_kept_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "KEPT_BYTES_COUNT", 250)
    monkeypatch.setattr(images, "may_hold_plot", lambda pixels: bool(pixels[0, 0, 0]))
    known, shown = KnownPictures(), list[int]()

    def look(number: int) -> Image | None:
        def render() -> Image:
            shown.append(number)
            return np.full((10, 10, 1), number, np.uint8)

        key = images.PictureKey(bytes([number]), (), (), ())
        return known.plot_pixels(key, render)

    assert [look(number) is None for number in (0, 1, 2, 0, 1, 2, 3, 1)] == [True, *[False] * 2, True, *[False] * 4]
    assert shown == [0, 1, 2, 3, 1]
